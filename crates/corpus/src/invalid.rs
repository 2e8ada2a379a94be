//! The invalid files.

mod bases;
mod examples;
mod frame;
mod patterns;
mod rules;
mod shapes;
mod slots;
mod text;
mod types;

use channel_file::ErrorCode;

use crate::{Frame, Invalid, Place, Result};

/// Every invalid file.
///
/// # Errors
///
/// Never, unless the library refuses content that this crate takes for valid.
pub fn invalid() -> Result<Vec<Invalid>> {
    let mut defects = Defects(Vec::new());
    frame::add(&mut defects)?;
    text::add(&mut defects)?;
    types::add(&mut defects)?;
    shapes::add(&mut defects)?;
    slots::add(&mut defects)?;
    patterns::add(&mut defects)?;
    rules::add(&mut defects)?;
    examples::add(&mut defects)?;
    defects.0.sort_by_key(|file| (file.code, file.name));
    Ok(defects.0)
}

struct Defects(Vec<Invalid>);

/// What a defect is called, what is wrong, and the code that a reader answers with.
type Defect = (&'static str, &'static str, ErrorCode);

impl Defects {
    /// A file made of bytes, refused at this offset.
    fn bytes(&mut self, (name, shows, code): Defect, offset: usize, bytes: Vec<u8>) {
        let offset = u64::try_from(offset).unwrap_or(u64::MAX);
        self.0.push(Invalid { name, shows, code, offset, bytes });
    }

    /// A valid file after an edit, refused at the place that the edit names; lengths and checksums fit.
    fn edit(&mut self, defect: Defect, base: &Frame, edit: impl FnOnce(&mut Frame) -> Result<Place>) -> Result<()> {
        let mut frame = base.clone();
        let place = edit(&mut frame)?;
        let (name, shows, code) = defect;
        self.0.push(Invalid { name, shows, code, offset: frame.offset(place)?, bytes: frame.bytes() });
        Ok(())
    }

    /// A valid file with other bytes at one place, refused there; lengths and checksums fit.
    fn put(&mut self, defect: Defect, base: &Frame, place: Place, bytes: &[u8]) -> Result<()> {
        self.put_elsewhere(defect, base, place, bytes, place)
    }

    /// A valid file with other bytes at one place, refused at another; lengths and checksums fit.
    fn put_elsewhere(
        &mut self,
        defect: Defect,
        base: &Frame,
        place: Place,
        bytes: &[u8],
        refused: Place,
    ) -> Result<()> {
        self.edit(defect, base, |frame| Ok(frame.put(place, bytes).map(|()| refused)?))
    }
}
