//! `evaluate`: the interpreter finds exactly what a reference finds that is too simple to be wrong in the same way.

use channel_file::interpreter::{Budget, Scratch};
use channel_file::template::{OwnedValue, SensorType, Value};
use channel_file_smith::{Choices, Declared, Generated};

use crate::pair::{BOUNDLESS, Pair};
use crate::shrink::Case;

/// An event that was evaluated: which of the types it is of, its values, what matched.
type Seen = (usize, Vec<OwnedValue>, Vec<(u32, String)>);

/// What one content has come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Events that were evaluated by both.
    pub events: u64,
    /// Those that match something.
    pub matching: u64,
    /// Instances that they match.
    pub matches: u64,
}

/// One content and so many events, which follow from the choices. Each event goes through interpreter and reference; some twice,
/// some explained as well, and then all once more in the opposite order, with other memory.
///
/// `scratch` may be that of another interpreter: it is to make no difference.
///
/// # Errors
///
/// In words what differs, made as small as it can be.
pub fn compare(choices: &mut Choices<'_>, events: u64, scratch: &mut Option<Scratch>) -> Result<Tally, String> {
    let generated = Generated::new(choices).map_err(|error| format!("smith makes invalid content: {error}"))?;
    let mut choices = Choices::seeded(choices.number());
    let supplied = supplied(&mut choices, &generated.types);
    let sensor: Vec<SensorType<'_>> = supplied.iter().map(Declared::supplied).collect();
    let automaton_bytes = choices.pick(&[0, 2_000, Budget::DEFAULT.automaton_bytes]);
    let comparison =
        Comparison { generated: &generated, supplied: &supplied, budget: Budget { automaton_bytes, ..BOUNDLESS } };
    let pair = Pair::load(&generated.content, &sensor, &comparison.budget).map_err(|error| {
        let values: Vec<_> = supplied[0].fields.iter().map(|_| OwnedValue::Absent).collect();
        comparison.report(&error, (0, &values))
    })?;
    let mut own = scratch.take().unwrap_or_else(|| pair.interpreter.scratch());
    let (tally, seen) = comparison.forwards(&pair, &mut choices, events, &mut own)?;
    if choices.percent(20) {
        own = if choices.percent(50) { pair.interpreter.scratch() } else { pair.interpreter.measuring_scratch() };
    }
    for (of, values, found) in seen.iter().rev() {
        let borrowed: Vec<Value<'_>> = values.iter().map(OwnedValue::as_ref).collect();
        let again = pair.evaluate(&supplied[*of], &borrowed, &mut own);
        if again.as_ref() != Ok(found) {
            let error = format!("in another order {again:?}, at first {found:?}");
            return Err(comparison.report(&error, (*of, values)));
        }
    }
    *scratch = Some(own);
    Ok(tally)
}

struct Comparison<'c> {
    generated: &'c Generated<'static>,
    supplied: &'c [Declared<'static>],
    budget: Budget,
}

impl Comparison<'_> {
    /// One event after the other, and some of them twice.
    fn forwards(
        &self,
        pair: &Pair<'_>,
        choices: &mut Choices<'_>,
        events: u64,
        scratch: &mut Scratch,
    ) -> Result<(Tally, Vec<Seen>), String> {
        let sources: Vec<_> = self.supplied.iter().map(|declared| self.generated.events(declared)).collect();
        let (mut tally, mut seen) = (Tally::default(), Vec::new());
        for index in 0..events {
            let of = choices.below(self.supplied.len());
            let values = sources[of].event(choices);
            tally.events += 1;
            let mut result = pair.compare(&self.supplied[of], &values, scratch);
            if index % 8 == 0 && result.is_ok() {
                result = pair.compare(&self.supplied[of], &values, scratch);
            }
            if index % 16 == 1 && result.is_ok() {
                let explained = pair.compare_explanations(&self.supplied[of], &values, scratch);
                result = explained.and(result);
            }
            let found = result.map_err(|error| self.report(&error, (of, &values)))?;
            tally.matching += u64::from(!found.is_empty());
            tally.matches += u64::try_from(found.len()).unwrap_or(u64::MAX);
            seen.push((of, values, found.into_iter().map(|found| (found.instance, found.rule)).collect()));
        }
        Ok((tally, seen))
    }

    fn report(&self, error: &str, event: (usize, &[OwnedValue])) -> String {
        let Generated { types, content, .. } = self.generated;
        let case = Case::new(types, self.supplied, content, event, &self.budget);
        match case.difference() {
            Some(_) => {
                let case = case.shrunk();
                format!("{}\n{case}", case.difference().unwrap_or_default())
            }
            None => format!("{error}, and not with fresh memory\n{case}"),
        }
    }
}

/// What a sensor has: mostly all, sometimes only earlier versions or not all of the types.
fn supplied(choices: &mut Choices<'_>, types: &[Declared<'static>]) -> Vec<Declared<'static>> {
    let mut supplied = types.to_vec();
    if choices.percent(20) {
        for declared in &mut supplied {
            *declared = declared.at(choices.pick(&declared.versions()));
        }
        if supplied.len() > 1 && choices.percent(30) {
            supplied.remove(0);
        }
    }
    supplied
}
