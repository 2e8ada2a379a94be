//! Patterns made ready to be evaluated, and what meets them.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::Event;
use super::commonness::commonness;
use super::glob::Glob;
use super::memo::{self, Memo};
use super::regex::{Compiled, OneOf, Regex, Spending, StateSets};
use super::text::{Folding, Needle, folded};
use super::values::{self, Address, Bounds, Parsed, is_within};
use crate::error::{Error, ErrorCode, Result};
use crate::template::{Case, Comparison, FieldReference, Operator, PatternRef, PatternValue, Value};
use crate::wire::index;

/// Patterns, with the memory that they share.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    list: Vec<Pattern>,
    /// Texts and byte strings, one after the other; those of which case is ignored are folded.
    heap: Vec<u8>,
    integers: Vec<Bounds<i128>>,
    addresses: Vec<Bounds<Address>>,
    expressions: Vec<Expression>,
    expression_bytes: usize,
}

/// One pattern.
#[derive(Clone, Copy, Debug)]
pub(super) enum Pattern {
    Absent,
    Empty,
    /// Compared with a text or a byte string.
    Text(Comparison, StoredText),
    /// A glob or a regular expression, by index.
    Expression(u32),
    Boolean(bool),
    /// Bounds, by index.
    Integers(u32),
    /// Bounds, by index.
    Addresses(u32),
    Field(FieldReference),
}

/// Where a text or a byte string is in the heap.
#[derive(Clone, Copy, Debug)]
pub(super) struct StoredText {
    start: u32,
    length: u32,
    /// Place of the byte that is likely to be the rarest.
    rarest: u32,
    folding: Folding,
}

/// What is costly to evaluate, and so evaluated once an event.
#[derive(Debug)]
struct Expression {
    engine: Engine,
    /// Sets of texts; every value that meets it has a text of each. The rarest come first.
    required: Vec<Vec<StoredText>>,
    /// No shorter value meets it.
    least_bytes: usize,
}

#[derive(Debug)]
enum Engine {
    Glob(Glob),
    Regex(Regex),
}

/// Globs and regular expressions that are compiled already: by field, since what was found out about one is kept for a
/// field's value.
pub(super) type Known<'f> = BTreeMap<(u16, Operator, &'f str, Case), u32>;

/// What evaluation writes to.
#[derive(Debug)]
pub(super) struct Workspace {
    /// Which expressions are met.
    pub(super) expressions: Memo,
    pub(super) sets: StateSets,
    /// Work done, in bytes looked at.
    pub(super) work: u64,
}

impl Patterns {
    /// Makes a pattern on a field ready.
    pub(super) fn add<'f>(
        &mut self,
        field: u16,
        pattern: &PatternRef<'f>,
        known: &mut Known<'f>,
        spending: &mut Spending<'_>,
    ) -> Result<()> {
        let ready = match pattern.value() {
            PatternValue::None if pattern.operator() == Operator::Empty => Pattern::Empty,
            PatternValue::None => Pattern::Absent,
            PatternValue::Text(text, case) => match pattern.operator() {
                operator @ (Operator::Glob | Operator::Regex) => {
                    let key = (field, operator, text, case);
                    if let Some(expression) = known.get(&key) {
                        Pattern::Expression(*expression)
                    } else {
                        let added = self.expression(operator, text, case, spending)?;
                        if let Pattern::Expression(expression) = added {
                            known.insert(key, expression);
                        }
                        added
                    }
                }
                operator => {
                    let stored = match case {
                        Case::Sensitive => self.store(text.as_bytes(), Folding::None)?,
                        Case::Ignored => {
                            let folded = folded(text);
                            self.store(folded.as_bytes(), Folding::of(&folded))?
                        }
                    };
                    Pattern::Text(comparison(operator), stored)
                }
            },
            PatternValue::Bytes(bytes) => {
                Pattern::Text(comparison(pattern.operator()), self.store(bytes, Folding::None)?)
            }
            PatternValue::Boolean(value) => Pattern::Boolean(value),
            PatternValue::Unsigned(value) => self.add_integers(i128::from(value), i128::from(value))?,
            PatternValue::Signed(value) => self.add_integers(i128::from(value), i128::from(value))?,
            PatternValue::UnsignedRange(low, high) => self.add_integers(i128::from(low), i128::from(high))?,
            PatternValue::SignedRange(low, high) => self.add_integers(i128::from(low), i128::from(high))?,
            PatternValue::Address(address) => self.add_addresses((Address::from(address), Address::from(address)))?,
            PatternValue::Network(network) => self.add_addresses(Address::bounds(&network))?,
            PatternValue::Field(reference) => Pattern::Field(reference),
        };
        self.list.push(ready);
        Ok(())
    }

    /// Compiles a glob or a regular expression.
    fn expression(
        &mut self,
        operator: Operator,
        text: &str,
        case: Case,
        spending: &mut Spending<'_>,
    ) -> Result<Pattern> {
        if operator == Operator::Glob {
            let glob = Glob::new(text, case);
            let text = glob.required();
            let folding = if case == Case::Sensitive { Folding::None } else { Folding::of(&text) };
            let required = self.store_sets(alloc::vec![alloc::vec![text.into_bytes()]], folding)?;
            return self.add_expression(Engine::Glob(glob), required, 0, spending);
        }
        let Compiled { regex, required, least_bytes } = Regex::compile(text, case, spending)?;
        let required = self.store_sets(required, Folding::Ascii)?;
        self.add_expression(Engine::Regex(regex), required, least_bytes, spending)
    }

    fn add_expression(
        &mut self,
        engine: Engine,
        required: Vec<Vec<StoredText>>,
        least_bytes: usize,
        spending: &mut Spending<'_>,
    ) -> Result<Pattern> {
        let bytes = match &engine {
            Engine::Glob(glob) => glob.memory(),
            Engine::Regex(regex) => regex.memory(),
        };
        self.expression_bytes = self.expression_bytes.saturating_add(bytes);
        spending.keep(bytes)?;
        self.expressions.push(Expression { engine, required, least_bytes });
        Ok(Pattern::Expression(last_of(&self.expressions)?))
    }

    fn add_integers(&mut self, low: i128, high: i128) -> Result<Pattern> {
        self.integers.push((low, high));
        Ok(Pattern::Integers(last_of(&self.integers)?))
    }

    fn add_addresses(&mut self, bounds: Bounds<Address>) -> Result<Pattern> {
        self.addresses.push(bounds);
        Ok(Pattern::Addresses(last_of(&self.addresses)?))
    }

    fn store_sets(&mut self, sets: Vec<OneOf>, folding: Folding) -> Result<Vec<Vec<StoredText>>> {
        let sets = sets.into_iter().filter(|set| set.iter().all(|text| !text.is_empty()));
        sets.map(|set| set.iter().map(|text| self.store(text, folding)).collect()).collect()
    }

    fn store(&mut self, bytes: &[u8], folding: Folding) -> Result<StoredText> {
        let start = u32::try_from(self.heap.len()).map_err(|_| too_many())?;
        let length = u32::try_from(bytes.len()).map_err(|_| too_many())?;
        self.heap.extend_from_slice(bytes);
        let rarest = crate::counted::counted(0_u32, bytes).min_by_key(|(_, byte)| commonness(**byte));
        Ok(StoredText { start, length, rarest: rarest.map_or(0, |(place, _)| place), folding })
    }

    /// Gives back room that was made for more.
    pub(super) fn shrink(&mut self) {
        self.list.shrink_to_fit();
        self.heap.shrink_to_fit();
        self.integers.shrink_to_fit();
        self.addresses.shrink_to_fit();
        self.expressions.shrink_to_fit();
    }

    /// How many patterns there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Texts of which one is in every value that meets the expression; none where no text is needed.
    pub(super) fn required(&self, expression: u32) -> &[StoredText] {
        let expression = self.expressions.get(index(expression));
        expression.and_then(|expression| expression.required.first()).map_or(&[], Vec::as_slice)
    }

    /// How many expressions there are.
    pub(super) fn expression_count(&self) -> usize {
        self.expressions.len()
    }

    pub(super) fn get(&self, patterns: &core::ops::Range<u32>) -> &[Pattern] {
        self.list.get(index(patterns.start)..index(patterns.end)).unwrap_or_default()
    }

    /// How many bytes all texts have.
    pub(super) fn text_bytes(&self) -> usize {
        self.heap.len()
    }

    pub(super) fn all(&self) -> &[Pattern] {
        &self.list
    }

    pub(super) fn integers(&self, bounds: u32) -> Option<Bounds<i128>> {
        self.integers.get(index(bounds)).copied()
    }

    pub(super) fn addresses(&self, bounds: u32) -> Option<Bounds<Address>> {
        self.addresses.get(index(bounds)).copied()
    }

    #[inline]
    pub(super) fn needle(&self, text: &StoredText) -> Needle<'_> {
        let start = index(text.start);
        let bytes = self.heap.get(start..start.saturating_add(index(text.length))).unwrap_or_default();
        Needle { bytes, folding: text.folding, rarest: index(text.rarest) }
    }

    /// Whether a value meets a pattern.
    pub(super) fn is_met(
        &self,
        pattern: &Pattern,
        value: &Value<'_>,
        event: &Event<'_>,
        parsed: &mut Parsed,
        space: &mut Workspace,
    ) -> bool {
        space.work = space.work.saturating_add(1);
        match (pattern, value) {
            (Pattern::Absent, _) => matches!(value, Value::Absent),
            (_, Value::Absent) => false,
            (Pattern::Text(comparison, text), Value::Text(value) | Value::Bytes(value)) => {
                let needle = self.needle(text);
                match comparison {
                    Comparison::Equals => needle.is(value),
                    Comparison::StartsWith => needle.begins(value),
                    Comparison::EndsWith => needle.ends(value),
                    Comparison::Contains => needle.occurs(value, &mut space.work),
                }
            }
            (Pattern::Empty, Value::Text(value) | Value::Bytes(value)) => value.is_empty(),
            (Pattern::Expression(expression), Value::Text(value)) => self.is_expression_met(*expression, value, space),
            (Pattern::Boolean(pattern), Value::Boolean(value)) => pattern == value,
            (Pattern::Integers(bounds), _) => {
                let integer = parsed.integer(value, &mut space.work);
                integer.is_some_and(|integer| is_within(self.integers(*bounds), integer))
            }
            (Pattern::Addresses(bounds), _) => {
                let address = parsed.address(value);
                address.is_some_and(|address| is_within(self.addresses(*bounds), address))
            }
            (Pattern::Field(reference), _) => {
                values::compare(value, &event.value(reference.field), reference, &mut space.work)
            }
            // A pattern that the field's kind does not take; no file that opens has it.
            _ => false,
        }
    }

    /// Whether a value meets an expression. Found out once an event.
    pub(super) fn is_expression_met(&self, expression: u32, value: &[u8], space: &mut Workspace) -> bool {
        if let Some(known) = space.expressions.get(expression) {
            return known == memo::Known::Met;
        }
        let Some(Expression { engine, required, least_bytes }) = self.expressions.get(index(expression)) else {
            return false;
        };
        let mut lacks = |text: &StoredText| !self.needle(text).occurs(value, &mut space.work);
        let is_met = match engine {
            _ if value.len() < *least_bytes => false,
            _ if required.iter().any(|set| set.iter().all(&mut lacks)) => false,
            Engine::Glob(glob) => glob.fits(value, &mut space.work),
            Engine::Regex(regex) => regex.is_found(value, &mut space.sets, &mut space.work),
        };
        space.expressions.set(expression, if is_met { memo::Known::Met } else { memo::Known::NotMet });
        is_met
    }

    /// How many states the sets of any expression have to hold.
    pub(super) fn most_states(&self) -> usize {
        let states = |expression: &Expression| match &expression.engine {
            Engine::Regex(regex) => regex.most_states(),
            Engine::Glob(_) => 0,
        };
        self.expressions.iter().map(states).max().unwrap_or_default()
    }

    pub(super) fn memory(&self) -> usize {
        let required = |expression: &Expression| {
            let sets = expression.required.iter().map(size_of_all);
            sets.fold(size_of_all(&expression.required), usize::saturating_add)
        };
        [
            size_of_all(&self.list),
            self.heap.capacity(),
            size_of_all(&self.integers),
            size_of_all(&self.addresses),
            size_of_all(&self.expressions),
            self.expressions.iter().map(required).fold(0, usize::saturating_add),
            self.expression_bytes,
        ]
        .into_iter()
        .fold(0, usize::saturating_add)
    }

    /// How often a byte of a value is looked at to see whether it meets an expression: by the expression, and for each text that
    /// it needs.
    pub(super) fn work_of(&self, expression: u32) -> usize {
        let Some(Expression { engine, required, .. }) = self.expressions.get(index(expression)) else { return 0 };
        let own = match engine {
            Engine::Glob(glob) => glob.work(),
            Engine::Regex(regex) => regex.work(),
        };
        required.iter().map(Vec::len).fold(own, usize::saturating_add)
    }

    /// The memory that a pattern takes, its part in indices apart.
    pub(super) fn memory_of(&self, pattern: &Pattern) -> usize {
        let own = match pattern {
            Pattern::Text(_, text) => index(text.length),
            Pattern::Expression(expression) => match self.expressions.get(index(*expression)).map(|own| &own.engine) {
                Some(Engine::Glob(glob)) => glob.memory(),
                Some(Engine::Regex(regex)) => regex.memory(),
                None => 0,
            },
            _ => 0,
        };
        own.saturating_add(size_of::<Pattern>())
    }
}

impl StoredText {
    pub(super) const fn folding(&self) -> Folding {
        self.folding
    }

    /// In bytes.
    pub(super) const fn length(&self) -> u32 {
        self.length
    }
}

const fn comparison(operator: Operator) -> Comparison {
    match operator {
        Operator::StartsWith => Comparison::StartsWith,
        Operator::EndsWith => Comparison::EndsWith,
        Operator::Contains => Comparison::Contains,
        _ => Comparison::Equals,
    }
}

fn last_of<T>(items: &[T]) -> Result<u32> {
    u32::try_from(items.len().saturating_sub(1)).map_err(|_| too_many())
}

/// More than 2^32 of something: no budget allows it.
fn too_many() -> Error {
    Error::new(ErrorCode::BudgetBytes, u64::from(u32::MAX), u64::MAX)
}

pub(super) fn size_of_all<T>(items: &Vec<T>) -> usize {
    items.capacity().saturating_mul(size_of::<T>())
}
