//! rkyv: relative pointers, checked with bytecheck, then read in place.

use std::hint::black_box;

use rkyv::api::high::{HighDeserializer, HighSerializer, HighValidator};
use rkyv::bytecheck::CheckBytes;
use rkyv::rancor::Error;
use rkyv::ser::allocator::ArenaHandle;
use rkyv::util::AlignedVec;
use rkyv::{Archive, Deserialize, Serialize};

use crate::Failure;
use crate::machine::version_of;
use crate::serialization::documents::{Document, Sample, Weigh};
use crate::serialization::peer::{Description, Peer};

pub(super) struct Rkyv;

impl<D> Peer<D> for Rkyv
where
    D: Document + for<'a> Serialize<HighSerializer<AlignedVec, ArenaHandle<'a>, Error>>,
    <D as Archive>::Archived:
        Weigh + for<'a> CheckBytes<HighValidator<'a, Error>> + Deserialize<D, HighDeserializer<Error>>,
{
    type Model = D;

    fn description(&self) -> Description {
        Description {
            name: "rkyv",
            version: version_of("rkyv"),
            checks: "structure, UTF-8 of each text; no checksum, no field counts",
            gives: "a view",
        }
    }

    fn model(&self, sample: &Sample<D>) -> D {
        sample.document.clone()
    }

    fn document(&self, model: &D) -> Result<D, Failure> {
        Ok(model.clone())
    }

    fn serialize(&mut self, model: &D) -> Result<impl AsRef<[u8]>, Failure> {
        Ok(rkyv::to_bytes::<Error>(model)?)
    }

    fn access(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        black_box(rkyv::access::<D::Archived, Error>(bytes)?);
        Ok(())
    }

    fn read(&mut self, bytes: &[u8]) -> Result<u64, Failure> {
        Ok(rkyv::access::<D::Archived, Error>(bytes)?.weigh())
    }

    fn owned(&mut self, bytes: &[u8]) -> Result<D, Failure> {
        Ok(rkyv::from_bytes::<D, Error>(bytes)?)
    }
}
