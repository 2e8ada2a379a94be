//! bitcode, by its own derived traits: columns, decoded into a model that borrows texts.

use std::hint::black_box;

use bitcode::{Buffer, DecodeOwned, Encode};

use crate::Failure;
use crate::machine::version_of;
use crate::serialization::documents::{Document, Sample, Weigh};
use crate::serialization::peer::{Description, Peer};

const CHECKS: &str = "structure, UTF-8; no checksum, no field counts";

/// Every call begins with nothing.
pub(super) struct Bitcode;

/// One buffer is kept from call to call, as the documentation recommends where there are many.
#[derive(Default)]
pub(super) struct BitcodeKeeping(Buffer);

impl<D: Document + Encode + DecodeOwned> Peer<D> for Bitcode {
    type Model = D;

    fn description(&self) -> Description {
        Description { name: "bitcode", version: version_of("bitcode"), checks: CHECKS, gives: "a borrowing model" }
    }

    fn model(&self, sample: &Sample<D>) -> D {
        sample.document.clone()
    }

    fn document(&self, model: &D) -> Result<D, Failure> {
        Ok(model.clone())
    }

    fn serialize(&mut self, model: &D) -> Result<impl AsRef<[u8]>, Failure> {
        Ok(bitcode::encode(model))
    }

    fn access(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        black_box(bitcode::decode::<D::Borrowed<'_>>(bytes)?);
        Ok(())
    }

    fn read(&mut self, bytes: &[u8]) -> Result<u64, Failure> {
        Ok(bitcode::decode::<D::Borrowed<'_>>(bytes)?.weigh())
    }

    fn owned(&mut self, bytes: &[u8]) -> Result<D, Failure> {
        Ok(bitcode::decode(bytes)?)
    }
}

impl<D: Document + Encode + DecodeOwned> Peer<D> for BitcodeKeeping {
    type Model = D;

    fn description(&self) -> Description {
        let of = Peer::<D>::description(&Bitcode);
        Description { name: "bitcode, kept buffer", ..of }
    }

    fn model(&self, sample: &Sample<D>) -> D {
        sample.document.clone()
    }

    fn document(&self, model: &D) -> Result<D, Failure> {
        Ok(model.clone())
    }

    fn serialize(&mut self, model: &D) -> Result<impl AsRef<[u8]>, Failure> {
        Ok(self.0.encode(model))
    }

    fn access(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        black_box(self.0.decode::<D::Borrowed<'_>>(bytes)?);
        Ok(())
    }

    fn read(&mut self, bytes: &[u8]) -> Result<u64, Failure> {
        Ok(self.0.decode::<D::Borrowed<'_>>(bytes)?.weigh())
    }

    fn owned(&mut self, bytes: &[u8]) -> Result<D, Failure> {
        Ok(self.0.decode(bytes)?)
    }
}
