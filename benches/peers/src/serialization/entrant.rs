//! A format with a document: proved, then timed or damaged.

use std::hint::black_box;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rkyv::util::AlignedVec;
use serde::Serialize;

use super::damage::Reaction;
use super::documents::{Document, Sample};
use super::peer::{Description, Peer};
use crate::Failure;
use crate::allocations::count;

/// What is done with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Verb {
    Serialize,
    Access,
    Read,
    Owned,
}

impl Verb {
    pub(crate) const ALL: [Self; 4] = [Self::Serialize, Self::Access, Self::Read, Self::Owned];
}

/// A format with a document, whatever its model is.
pub(crate) trait Entrant {
    fn description(&self) -> Description;

    /// The document as the format writes it.
    fn bytes(&self) -> &[u8];

    /// Does it so often.
    fn run(&mut self, verb: Verb, times: u32) -> Result<(), Failure>;

    /// Reads other bytes in place of the document's.
    fn react(&mut self, damaged: &[u8]) -> Reaction;
}

struct Entered<D, P: Peer<D>> {
    peer: P,
    description: Description,
    model: P::Model,
    weight: u64,
    bytes: Bytes,
    document: PhantomData<D>,
}

/// As one format needs them, and the others do not mind.
type Bytes = AlignedVec<16>;

/// Enters a format with a document.
///
/// # Errors
///
/// What it says differs from the document, in any way that it is written or read.
pub(super) fn enter<D, P>(mut peer: P, sample: &Sample<D>) -> Result<Box<dyn Entrant>, Failure>
where
    D: Document + 'static,
    P: Peer<D> + 'static,
{
    let description = peer.description();
    let model = peer.model(sample);
    let bytes = aligned(peer.serialize(&model)?.as_ref());
    let weight = sample.document.weigh();
    let prove = |holds: bool, what: &str| match holds {
        true => Ok(()),
        false => Err(format!("{}, {}: {what} differs", description.name, sample.name)),
    };
    peer.access(&bytes)?;
    prove(peer.document(&model)? == sample.document, "the model")?;
    prove(peer.read(&bytes)? == weight, "what is read")?;
    let owned = peer.owned(&bytes)?;
    prove(owned == model && peer.document(&owned)? == sample.document, "the owned model")?;
    prove(peer.serialize(&owned)?.as_ref() == &bytes[..], "what is written again")?;
    Ok(Box::new(Entered { peer, description, model, weight, bytes, document: PhantomData }))
}

impl<D, P: Peer<D>> Entrant for Entered<D, P> {
    fn description(&self) -> Description {
        self.description.clone()
    }

    fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn run(&mut self, verb: Verb, times: u32) -> Result<(), Failure> {
        for _ in 0..times {
            let bytes: &[u8] = black_box(&self.bytes);
            match verb {
                Verb::Serialize => {
                    black_box(self.peer.serialize(black_box(&self.model))?.as_ref());
                }
                Verb::Access => self.peer.access(bytes)?,
                Verb::Read => assert_eq!(self.peer.read(bytes)?, self.weight, "it reads the same every time"),
                Verb::Owned => drop(black_box(self.peer.owned(bytes)?)),
            }
        }
        Ok(())
    }

    fn react(&mut self, damaged: &[u8]) -> Reaction {
        let (peer, damaged) = (&mut self.peer, aligned(damaged));
        // What is asked for of memory counts until the model is made.
        let (read, taken) = count(|| {
            catch_unwind(AssertUnwindSafe(|| {
                peer.access(&damaged)?;
                Ok::<_, Failure>(peer.owned(&damaged).ok())
            }))
        });
        let mut reaction = Reaction { largest_request: taken.largest, ..Reaction::default() };
        match read {
            Err(_) => reaction.panicked = true,
            Ok(Err(_)) => {}
            Ok(Ok(model)) => {
                reaction.accepted = true;
                reaction.other_value = model.as_ref() != Some(&self.model);
                let again = catch_unwind(AssertUnwindSafe(|| {
                    model.is_some_and(|model| peer.serialize(&model).is_ok_and(|again| again.as_ref() == &damaged[..]))
                }));
                reaction.panicked = again.is_err();
                reaction.other_bytes = !again.unwrap_or(false);
            }
        }
        reaction
    }
}

fn aligned(bytes: &[u8]) -> Bytes {
    let mut aligned = Bytes::with_capacity(bytes.len());
    aligned.extend_from_slice(bytes);
    aligned
}

#[cfg(test)]
mod tests {
    use channel_file_scenarios::log;

    use super::*;
    use crate::serialization::documents::{Log, Weigh};

    /// Writes one byte, and weighs one more than it should or accepts everything, if told.
    struct Invented {
        heavier: bool,
        accepts: bool,
    }

    impl Peer<Log> for Invented {
        type Model = Log;

        fn description(&self) -> Description {
            Description { name: "invented", version: "0", checks: "", gives: "" }
        }

        fn model(&self, sample: &Sample<Log>) -> Log {
            sample.document.clone()
        }

        fn document(&self, model: &Log) -> Result<Log, Failure> {
            Ok(model.clone())
        }

        fn serialize(&mut self, _: &Log) -> Result<impl AsRef<[u8]>, Failure> {
            Ok([7])
        }

        fn access(&mut self, bytes: &[u8]) -> Result<(), Failure> {
            assert_ne!(bytes, [9], "an invented panic");
            if self.accepts || bytes == [7] { Ok(()) } else { Err("refused".into()) }
        }

        fn read(&mut self, bytes: &[u8]) -> Result<u64, Failure> {
            self.access(bytes)?;
            Ok(sample().document.weigh() + u64::from(self.heavier))
        }

        fn owned(&mut self, bytes: &[u8]) -> Result<Log, Failure> {
            self.access(bytes)?;
            Ok(sample().document)
        }
    }

    fn sample() -> Sample<Log> {
        Sample::new("log", log::content(&log::records(1))).expect("a log")
    }

    #[test]
    fn who_reads_something_else_does_not_enter() {
        assert!(enter(Invented { heavier: false, accepts: true }, &sample()).is_ok());
        let refused = enter(Invented { heavier: true, accepts: true }, &sample()).err().expect("it is heavier");
        assert_eq!(refused.to_string(), "invented, log: what is read differs");
    }

    #[test]
    fn reactions_to_damage_are_told_apart() {
        let react = |accepts, damaged: &[u8]| {
            let mut entrant = enter(Invented { heavier: false, accepts }, &sample()).expect("it is right");
            let Reaction { accepted, other_value, other_bytes, panicked, .. } = entrant.react(damaged);
            [accepted, other_value, other_bytes, panicked]
        };
        assert_eq!(react(false, &[8]), [false, false, false, false]);
        assert_eq!(react(true, &[7]), [true, false, false, false]);
        assert_eq!(react(true, &[8]), [true, false, true, false]);
        assert_eq!(react(true, &[9]), [false, false, false, true]);
    }
}
