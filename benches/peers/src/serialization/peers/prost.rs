//! prost: Protocol Buffers by derived messages. It has no model that borrows.

use std::hint::black_box;

use prost::Message;

use super::prost_messages::Messages;
use crate::Failure;
use crate::machine::version_of;
use crate::serialization::documents::{Document, Sample, Weigh};
use crate::serialization::peer::{Description, Peer};

pub(super) struct Prost;

impl<D: Document + Messages> Peer<D> for Prost {
    type Model = D::Message;

    fn description(&self) -> Description {
        Description {
            name: "prost",
            version: version_of("prost"),
            checks: "structure, UTF-8 of each text; no checksum, no field counts, unknown fields pass",
            gives: "an owning model",
        }
    }

    fn model(&self, sample: &Sample<D>) -> D::Message {
        sample.document.to_message()
    }

    fn document(&self, model: &D::Message) -> Result<D, Failure> {
        D::of_message(model)
    }

    fn serialize(&mut self, model: &D::Message) -> Result<impl AsRef<[u8]>, Failure> {
        Ok(model.encode_to_vec())
    }

    fn access(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        black_box(D::Message::decode(bytes)?);
        Ok(())
    }

    fn read(&mut self, bytes: &[u8]) -> Result<u64, Failure> {
        Ok(D::Message::decode(bytes)?.weigh())
    }

    fn owned(&mut self, bytes: &[u8]) -> Result<D::Message, Failure> {
        Ok(D::Message::decode(bytes)?)
    }
}
