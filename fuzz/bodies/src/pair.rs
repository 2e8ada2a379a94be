//! The interpreter and the reference, side by side; and a difference between them made small.

use std::panic::{AssertUnwindSafe, catch_unwind};

use channel_file::interpreter::{Budget, Event, Interpreter, Outcome, Scratch};
use channel_file::template::{Content, OwnedValue, Rule, SensorType, SensorTypes, TemplateInstance, TypeKey, Value};
use channel_file::{ChannelFile, ErrorCode, encode};

use channel_file_smith::Declared;

use crate::reference::{self, Found, Reference, Verdict};

/// All that content may cost: what is compared is what it means.
pub const BOUNDLESS: Budget = Budget { bytes: u64::MAX, regex_bytes: 1 << 28, work: u64::MAX, ..Budget::DEFAULT };

/// One content, loaded by both.
pub struct Pair<'t> {
    /// The library's.
    pub interpreter: Interpreter<'t>,
    /// The one that is held against it.
    pub reference: Reference,
    /// The work that a byte of an event can make at the most, as the interpreter has worked it out.
    factor: u64,
    /// What an event without a byte can make: a few looks for each pattern, criterion and instance.
    constant: u64,
}

impl<'t> Pair<'t> {
    /// Through a file, as a sensor would; what the sensor does not have is left out.
    ///
    /// # Errors
    ///
    /// In words, if the two do not leave out the same, or the interpreter refuses.
    pub fn load(content: &Content, sensor: &'t [SensorType<'t>], budget: &Budget) -> Result<Self, String> {
        let bytes = encode(content).map_err(|error| format!("not encoded: {error}"))?;
        let file = ChannelFile::open(&bytes).map_err(|error| format!("not opened: {error}"))?;
        let types = SensorTypes::new(sensor);
        let loaded = guarded(|| Interpreter::load_supported(&file, &types, budget))?;
        let (interpreter, left_out) = loaded.map_err(|refusal| format!("refused: {refusal}"))?;
        let left_out: Vec<_> = left_out.into_iter().map(|left_out| left_out.instance).collect();
        let mut reference = Reference::new(content);
        let expected = reference
            .leave_out(|key: TypeKey| types.get(key.id).is_some_and(|own| own.declared().version >= key.version));
        if left_out != expected {
            return Err(format!("left out {left_out:?}, expected {expected:?}"));
        }
        if left_out.is_empty() && guarded(|| Interpreter::load(&file, &types, budget))?.is_err() {
            return Err("load refuses what load_supported takes whole".into());
        }
        let factor = match guarded(|| Interpreter::load_supported(&file, &types, &Budget { work: 0, ..*budget }))? {
            Err(refusal) if refusal.code() == ErrorCode::BudgetWork => refusal.error().found().unwrap_or(0),
            // No budget is too small for it, so nothing is known of it.
            _ => u64::MAX,
        };
        Ok(Self { interpreter, reference, factor, constant: constant(content) })
    }

    /// Evaluates an event with both; gives what matched, which is the same.
    ///
    /// # Errors
    ///
    /// In words, what is not the same.
    pub fn compare(
        &self,
        declared: &Declared<'_>,
        values: &[OwnedValue],
        scratch: &mut Scratch,
    ) -> Result<Vec<Found>, String> {
        let borrowed: Vec<Value<'_>> = values.iter().map(OwnedValue::as_ref).collect();
        let found = self.evaluate(declared, &borrowed, scratch)?;
        self.check_work(&borrowed, scratch.work())?;
        let event = reference::Event::new(borrowed.iter().copied());
        let expected = self.reference.matches(declared.id, &event);
        let of = |found: &Found| (found.instance, found.rule.clone());
        if found != expected.iter().map(|found| of(found)).collect::<Vec<_>>() {
            let expected: Vec<_> = expected.into_iter().map(of).collect();
            return Err(format!("the interpreter finds {found:?}, the reference {expected:?}"));
        }
        Ok(expected.into_iter().cloned().collect())
    }

    /// Whether the work is no more than what the content was admitted with.
    fn check_work(&self, values: &[Value<'_>], work: u64) -> Result<(), String> {
        let bytes = |value: &Value<'_>| match value {
            Value::Text(bytes) | Value::Bytes(bytes) => u64::try_from(bytes.len()).unwrap(),
            _ => 0,
        };
        let bound = self.factor.saturating_mul(values.iter().map(bytes).sum()).saturating_add(self.constant);
        if work > bound {
            return Err(format!("the event made work {work}, above {bound}: {} for each byte", self.factor));
        }
        Ok(())
    }

    /// What the interpreter finds: instances and the ids of their rules.
    ///
    /// # Errors
    ///
    /// In words, if it panics, or its outcome is not what the content lets expect.
    pub fn evaluate(
        &self,
        declared: &Declared<'_>,
        values: &[Value<'_>],
        scratch: &mut Scratch,
    ) -> Result<Vec<(u32, String)>, String> {
        let declaration = declared.declaration();
        let event = Event::new(&declaration, values).map_err(|error| format!("no event: {error}"))?;
        guarded(|| {
            let matches = self.interpreter.evaluate(&event, scratch);
            let has_content = self.reference.instances().any(|(_, key)| key.id == declared.id);
            let outcome = if has_content { Outcome::Evaluated } else { Outcome::NoContent };
            if matches.outcome() != outcome {
                return Err(format!("the outcome is {:?}, expected {outcome:?}", matches.outcome()));
            }
            Ok(matches.map(|found| (found.instance, found.rule.to_owned())).collect())
        })?
    }

    /// Explains an event to itself for every instance, with both.
    ///
    /// # Errors
    ///
    /// In words, what is not the same.
    pub fn compare_explanations(
        &self,
        declared: &Declared<'_>,
        values: &[OwnedValue],
        scratch: &mut Scratch,
    ) -> Result<(), String> {
        let borrowed: Vec<Value<'_>> = values.iter().map(OwnedValue::as_ref).collect();
        let declaration = declared.declaration();
        let event = Event::new(&declaration, &borrowed).map_err(|error| format!("no event: {error}"))?;
        let reference_event = reference::Event::new(borrowed.iter().copied());
        for (instance, key) in self.reference.instances() {
            let found = guarded(|| self.interpreter.explain(&event, instance, scratch))?;
            let found: Option<Vec<_>> = found.map(|verdicts| {
                let verdict = |(index, verdict): (usize, channel_file::interpreter::CriterionVerdict)| {
                    let found = Verdict { field: verdict.field, is_met: verdict.is_met, pattern: verdict.pattern };
                    Some(found).filter(|_| usize::from(verdict.criterion) == index)
                };
                verdicts.into_iter().enumerate().filter_map(verdict).collect()
            });
            let expected =
                if key.id == declared.id { self.reference.verdicts(instance, &reference_event) } else { None };
            if found != expected {
                return Err(format!("instance {instance}: explained as {found:?}, expected {expected:?}"));
            }
        }
        Ok(())
    }
}

/// Looks that matching may take whatever the event's values are: four a part of the content.
pub(crate) fn constant(content: &Content) -> u64 {
    let instances = content.rules().iter().flat_map(Rule::instances);
    let parts = |instance: &TemplateInstance| {
        let patterns: usize = instance.criteria().iter().map(|criterion| criterion.patterns().len()).sum();
        1 + instance.criteria().len() + patterns
    };
    u64::try_from(4 * instances.map(parts).sum::<usize>()).unwrap()
}

/// A panic is a difference like any other.
fn guarded<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str);
        format!("panicked: {}", said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("?"))
    })
}
