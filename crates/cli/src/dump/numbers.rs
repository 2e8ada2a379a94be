//! The numbers of a row.

/// Reads little-endian numbers from a row, one after the other. Beyond the end there are zeros.
pub(super) struct Numbers<'b> {
    rest: &'b [u8],
}

impl<'b> Numbers<'b> {
    pub(super) const fn of(row: &'b [u8]) -> Self {
        Self { rest: row }
    }

    fn take<const N: usize>(&mut self) -> [u8; N] {
        match self.rest.split_first_chunk::<N>() {
            Some((taken, rest)) => {
                self.rest = rest;
                *taken
            }
            None => {
                self.rest = &[];
                [0; N]
            }
        }
    }

    pub(super) fn u8(&mut self) -> u8 {
        let [byte] = self.take();
        byte
    }

    pub(super) fn u16(&mut self) -> u16 {
        u16::from_le_bytes(self.take())
    }

    pub(super) fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.take())
    }

    pub(super) fn u64(&mut self) -> u64 {
        u64::from_le_bytes(self.take())
    }
}
