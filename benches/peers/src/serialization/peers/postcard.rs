//! postcard, by serde.

use std::hint::black_box;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Failure;
use crate::machine::version_of;
use crate::serialization::documents::{Document, Sample, Weigh};
use crate::serialization::peer::{Description, Peer};

pub(super) struct Postcard;

impl<D: Document + Serialize + DeserializeOwned> Peer<D> for Postcard {
    type Model = D;

    fn description(&self) -> Description {
        Description {
            name: "postcard",
            version: version_of("postcard"),
            checks: "structure, UTF-8 of each text; no checksum, no field counts",
            gives: "a borrowing model",
        }
    }

    fn model(&self, sample: &Sample<D>) -> D {
        sample.document.clone()
    }

    fn document(&self, model: &D) -> Result<D, Failure> {
        Ok(model.clone())
    }

    fn serialize(&mut self, model: &D) -> Result<impl AsRef<[u8]>, Failure> {
        Ok(postcard::to_stdvec(model)?)
    }

    fn access(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        black_box(postcard::from_bytes::<D::Borrowed<'_>>(bytes)?);
        Ok(())
    }

    fn read(&mut self, bytes: &[u8]) -> Result<u64, Failure> {
        Ok(postcard::from_bytes::<D::Borrowed<'_>>(bytes)?.weigh())
    }

    fn owned(&mut self, bytes: &[u8]) -> Result<D, Failure> {
        Ok(postcard::from_bytes(bytes)?)
    }
}
