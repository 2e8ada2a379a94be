//! flatbuffers: tables and offsets, verified, then read in place.

use std::hint::black_box;

use flatbuffers::FlatBufferBuilder;

use super::flatbuffers_tables::Tables;
use crate::Failure;
use crate::machine::version_of;
use crate::serialization::documents::{Document, Sample};
use crate::serialization::peer::{Description, Peer};

/// One builder is kept from call to call, as its documentation recommends.
#[derive(Default)]
pub(super) struct FlatBuffers(FlatBufferBuilder<'static>);

impl<D: Document + Tables> Peer<D> for FlatBuffers {
    type Model = D;

    fn description(&self) -> Description {
        Description {
            name: "flatbuffers, kept builder",
            version: version_of("flatbuffers"),
            checks: "structure, UTF-8 of each text; no checksum, no field counts, unknown fields and numbers of enums pass",
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
        self.0.reset();
        model.build(&mut self.0);
        Ok(self.0.finished_data())
    }

    fn access(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        black_box(flatbuffers::root::<D::Table<'_>>(bytes)?);
        Ok(())
    }

    fn read(&mut self, bytes: &[u8]) -> Result<u64, Failure> {
        Ok(D::weigh_table(flatbuffers::root::<D::Table<'_>>(bytes)?))
    }

    fn owned(&mut self, bytes: &[u8]) -> Result<D, Failure> {
        D::of_table(flatbuffers::root::<D::Table<'_>>(bytes)?)
    }
}
