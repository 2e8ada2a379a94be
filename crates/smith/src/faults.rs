//! Faults in files that were valid, each with the error code that a reader answers with.
//!
//! What a code is certain of rests on `docs/FORMAT.md` and on the order in which the library looks, section 13; a file with
//! several faults may be refused with the code of any.

mod catalogue;
mod chart;
mod columns;
mod examples;
mod file;
mod limits;
mod order;
mod rules;
mod shapes;
mod slots;
mod strings;
mod texts;
mod types;
mod values;

use std::fmt;

use channel_file::{ErrorCode, SectionKind};

use self::chart::Chart;
pub use self::limits::{tighter_limits, tightest_limits};
use self::order::Changes;
use crate::choices::Choices;
use crate::frame::Frame;

/// Bytes of an input that decide how one fault is put in.
const DECISIONS: usize = 16;
/// How often another fault is drawn where one cannot be put in, before the catalogue is walked.
const DRAWS: usize = 4;
/// As many patterns as one more instance may have.
const MARGIN: usize = 128;

/// One thing that can be wrong with a file, and how it is made so.
///
/// ```
/// use channel_file::{ChannelFile, ErrorCode};
/// use channel_file_smith::{Choices, Fault, Generated};
///
/// let mut choices = Choices::seeded(7);
/// let file = Generated::new(&mut choices)?.bytes()?;
/// let fault = Fault::named("field-count-more").expect("it is listed");
/// let faulty = fault.apply(&file, &mut choices).expect("every file has a field count");
/// assert!(faulty.promises(ErrorCode::FieldCount));
/// assert_eq!(faulty.judge(ChannelFile::open(&faulty.bytes)), Ok(()));
/// # Ok::<(), channel_file::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Fault {
    name: &'static str,
    shows: &'static str,
    put: Put,
}

/// How a fault is put in. Lengths and checksums of what comes of it fit, unless they are the fault.
#[derive(Clone, Copy)]
enum Put {
    /// Into what the sections hold.
    Content(InContent),
    /// Into a column, whichever it is.
    Column(SectionKind, InColumn),
    /// Into the file: header, table, sections as a whole.
    File(InFile),
}

type InContent = fn(&Chart, &mut Frame, &mut Choices<'_>) -> Option<ErrorCode>;
type InColumn = fn(&Chart, &mut Frame, SectionKind) -> Option<ErrorCode>;
type InFile = fn(&Frame, &mut Choices<'_>) -> Option<Broken>;

/// The bytes of a file, and the code that they are refused with.
type Broken = (Vec<u8>, ErrorCode);

/// A file with faults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faulty {
    /// The file.
    pub bytes: Vec<u8>,
    /// What is wrong with it, each with the code that a file with this fault alone is refused with. Never empty.
    pub faults: Vec<(Fault, ErrorCode)>,
}

impl Fault {
    /// Every fault there is, in the order in which the format's description speaks of what they break.
    pub const ALL: &'static [Self] = catalogue::ALL;

    /// What it is called; never given to another fault.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What is wrong where it is put in.
    #[must_use]
    pub const fn shows(&self) -> &'static str {
        self.shows
    }

    /// The fault with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|fault| fault.name == name).copied()
    }

    /// Puts the fault into a valid file: where, and how, is what `choices` decide. `None` if the file is not valid under the
    /// default limits or has no place for this fault. Linear in the file.
    #[must_use]
    pub fn apply(self, bytes: &[u8], choices: &mut Choices<'_>) -> Option<Faulty> {
        let chart = Chart::of(bytes)?;
        let edit = self.edit(&chart, choices.part(DECISIONS))?;
        finish(&chart, vec![edit])
    }

    fn edit<'c>(self, chart: &Chart, mut choices: Choices<'c>) -> Option<Edit<'c>> {
        let mut frame = chart.frame.clone();
        let unused = choices.clone();
        let code = match self.put {
            Put::Content(put) => put(chart, &mut frame, &mut choices)?,
            Put::Column(kind, put) => put(chart, &mut frame, kind)?,
            // Whether it goes in at all: the file itself is made once all that it holds is there.
            Put::File(put) => put(&frame, &mut choices)?.1,
        };
        let changes = Changes::between(&chart.frame, &frame);
        Some(Edit { fault: self, code, frame, changes, choices: unused })
    }
}

impl Faulty {
    /// Puts so many faults into a valid file, if that many go together; less where they do not. `None` if the file is not valid
    /// under the default limits, or no fault goes in. Linear in the file, times the faults; where criteria with the same slots change places, times their
    /// values.
    ///
    /// Faults go together where none hides all others: what each of them changes is looked at after the one before it has been met.
    #[must_use]
    pub fn new(bytes: &[u8], faults: usize, choices: &mut Choices<'_>) -> Option<Self> {
        let chart = Chart::of(bytes)?;
        let mut edits: Vec<Edit<'_>> = Vec::new();
        for _ in 0..faults {
            let edit = draw(&chart, &edits, choices);
            edits.extend(edit);
        }
        finish(&chart, edits)
    }

    /// Whether a reader may refuse the file with this code.
    #[must_use]
    pub fn promises(&self, code: ErrorCode) -> bool {
        self.faults.iter().any(|(_, promised)| *promised == code)
    }

    /// Holds the library's answer against what the faults promise.
    ///
    /// # Errors
    ///
    /// What is wrong with the answer: the file was accepted, or refused with a code that no fault promises.
    pub fn judge<T>(&self, answer: Result<T, channel_file::Error>) -> Result<(), String> {
        match answer {
            Err(error) if self.promises(error.code()) => Ok(()),
            Err(error) => Err(format!("{:?}, but {error}", self.faults)),
            Ok(_) => Err(format!("{:?}, but accepted", self.faults)),
        }
    }
}

/// A fault in a file of its own.
struct Edit<'c> {
    fault: Fault,
    code: ErrorCode,
    frame: Frame,
    changes: Changes,
    /// What decided.
    choices: Choices<'c>,
}

impl Edit<'_> {
    const fn is_of_the_file(&self) -> bool {
        matches!(self.fault.put, Put::File(_))
    }

    /// Whether the two can be in one file, so that the one that is met first is met as if it were alone.
    fn goes_with(&self, other: &Edit<'_>) -> bool {
        match (self.is_of_the_file(), other.is_of_the_file()) {
            (true, true) => false,
            (true, false) | (false, true) => true,
            (false, false) => {
                !self.changes.overlap(&other.changes)
                    && (other.changes.unread_when_met(self.code) || self.changes.unread_when_met(other.code))
            }
        }
    }
}

/// A fault that goes into the file and with the others.
fn draw<'c>(chart: &Chart, edits: &[Edit<'c>], choices: &mut Choices<'c>) -> Option<Edit<'c>> {
    let one_is_of_the_file = edits.iter().any(Edit::is_of_the_file);
    let fits = |fault: &Fault, choices: &mut Choices<'c>| {
        let decisions = choices.part(DECISIONS);
        // Of these there is one, and making a file takes the longest.
        (!one_is_of_the_file || !matches!(fault.put, Put::File(_))).then_some(())?;
        let edit = fault.edit(chart, decisions)?;
        edits.iter().all(|other| edit.goes_with(other)).then_some(edit)
    };
    for _ in 0..DRAWS {
        let fault = choices.one_of(Fault::ALL)?;
        if let Some(edit) = fits(fault, choices) {
            return Some(edit);
        }
    }
    let start = choices.below(Fault::ALL.len());
    Fault::ALL.iter().cycle().skip(start).take(Fault::ALL.len()).find_map(|fault| fits(fault, choices))
}

/// The file with all the edits.
fn finish(chart: &Chart, edits: Vec<Edit<'_>>) -> Option<Faulty> {
    let mut frame = chart.frame.clone();
    for edit in &edits {
        edit.changes.copy(&edit.frame, &mut frame);
    }
    let promised = edits.iter().filter(|edit| !edit.is_of_the_file()).map(|edit| (edit.fault, edit.code));
    let mut faults: Vec<_> = promised.collect();
    let of_the_file = edits.iter().find_map(|edit| match edit.fault.put {
        Put::File(put) => put(&frame, &mut edit.choices.clone()).map(|(bytes, code)| (bytes, (edit.fault, code))),
        _ => None,
    });
    let bytes = match of_the_file {
        Some((bytes, fault)) => {
            faults.push(fault);
            bytes
        }
        // More patterns than bytes is a fault of its own, that a shorter file or another instance could bring about.
        None => Some(frame.bytes()).filter(|bytes| chart.patterns().saturating_add(MARGIN) < bytes.len())?,
    };
    (!faults.is_empty()).then_some(Faulty { bytes, faults })
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl PartialEq for Fault {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Fault {}
