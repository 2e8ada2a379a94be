//! serde_json, by serde.

use std::hint::black_box;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Failure;
use crate::machine::version_of;
use crate::serialization::documents::{Document, Sample, Weigh};
use crate::serialization::peer::{Description, Peer};

pub(super) struct Json;

impl<D: Document + Serialize + DeserializeOwned> Peer<D> for Json {
    type Model = D;

    fn description(&self) -> Description {
        Description {
            name: "serde_json",
            version: version_of("serde_json"),
            checks: "syntax, UTF-8 of each text, names and kinds of fields; no checksum, unknown fields pass",
            gives: "a model that borrows what is not escaped",
        }
    }

    fn model(&self, sample: &Sample<D>) -> D {
        sample.document.clone()
    }

    fn document(&self, model: &D) -> Result<D, Failure> {
        Ok(model.clone())
    }

    fn serialize(&mut self, model: &D) -> Result<impl AsRef<[u8]>, Failure> {
        Ok(serde_json::to_vec(model)?)
    }

    fn access(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        black_box(serde_json::from_slice::<D::Unescaped<'_>>(bytes)?);
        Ok(())
    }

    fn read(&mut self, bytes: &[u8]) -> Result<u64, Failure> {
        Ok(serde_json::from_slice::<D::Unescaped<'_>>(bytes)?.weigh())
    }

    fn owned(&mut self, bytes: &[u8]) -> Result<D, Failure> {
        Ok(serde_json::from_slice(bytes)?)
    }
}
