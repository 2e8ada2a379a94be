//! This project's own format.

use std::hint::black_box;

use channel_file::template::Content;
use channel_file::{ChannelFile, Limits, decode_with, encode_with};

use super::channel_file_reading::Reading;
use crate::Failure;
use crate::machine::version_of;
use crate::serialization::documents::{Document, Sample};
use crate::serialization::peer::{Description, Peer};

pub(super) struct ChannelFilePeer;

impl<D: Document + Reading> Peer<D> for ChannelFilePeer {
    type Model = Content;

    fn description(&self) -> Description {
        Description {
            name: "channel-file",
            version: version_of("channel-file"),
            checks: "structure, UTF-8, checksums, field counts, canonical order, what each field's schema allows",
            gives: "a view",
        }
    }

    fn model(&self, sample: &Sample<D>) -> Content {
        sample.content.clone()
    }

    fn document(&self, model: &Content) -> Result<D, Failure> {
        D::of(model)
    }

    fn serialize(&mut self, model: &Content) -> Result<impl AsRef<[u8]>, Failure> {
        Ok(encode_with(model, &Limits::FORMAT)?)
    }

    fn access(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        black_box(ChannelFile::open_with(bytes, &Limits::FORMAT)?);
        Ok(())
    }

    fn read(&mut self, bytes: &[u8]) -> Result<u64, Failure> {
        Ok(D::read(&ChannelFile::open_with(bytes, &Limits::FORMAT)?))
    }

    fn owned(&mut self, bytes: &[u8]) -> Result<Content, Failure> {
        Ok(decode_with(bytes, &Limits::FORMAT)?)
    }
}
