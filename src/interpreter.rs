//! The content interpreter: which template instances does an event match?
//!
//! [`Interpreter::load`] takes a checked file, holds it against what the sensor supplies and against a [`Budget`], and makes it
//! ready. After that nothing can fail: [`Interpreter::evaluate`] has no error path and allocates nothing. What each pattern
//! means is written down in `docs/MATCHING.md`.

mod ascii;
mod budget;
mod channels;
mod commonness;
#[cfg(feature = "validator")]
mod conditions;
mod cost;
mod draft;
mod evaluate;
mod event;
mod explain;
mod glob;
mod index;
mod load;
mod matches;
mod memo;
mod number;
mod patterns;
mod program;
mod refusal;
mod regex;
mod scratch;
mod selection;
mod text;
mod two_way;
mod values;

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use self::draft::Draft;
use self::program::Program;
use self::regex::Spending;
use crate::channel_file::ChannelFile;
use crate::channel_file::view::TypeView;
use crate::error::{Error, ErrorCode, Path, Result};
use crate::template::{Disposition, SensorTypes, Severity};
use crate::wire::{count, index};

pub use self::budget::Budget;
#[cfg(feature = "std")]
pub use self::channels::SharedChannels;
pub use self::channels::{ChannelMatch, Channels, ChannelsScratch};
pub use self::event::Event;
pub use self::explain::CriterionVerdict;
pub use self::matches::{Match, Matches, Outcome};
pub use self::refusal::{InstanceCost, LeftOut, Refusal};
pub use self::scratch::Scratch;

/// The content of a channel file, loaded for one sensor. Shared by any number of threads, each with a [`Scratch`] of its own.
#[derive(Debug)]
pub struct Interpreter<'t> {
    identity: Arc<()>,
    channel: u32,
    content_version: u64,
    /// By the id of their type.
    programs: Vec<Program<'t>>,
    /// By id.
    instances: Vec<LoadedInstance>,
    /// The ids of all rules, one after the other, and where each ends.
    rule_ids: String,
    rule_ends: Vec<u32>,
}

/// What matching an instance means.
#[derive(Clone, Copy, Debug)]
struct LoadedInstance {
    rule: u32,
    severity: Severity,
    disposition: Disposition,
}

impl<'t> Interpreter<'t> {
    /// Loads all of a file, or nothing.
    ///
    /// Every template type of the file is held against the sensor's as [`ChannelFile::bind`] does: a sensor that supplies
    /// version `n` of a type supplies each earlier version as its prefix, so content on all of them is evaluated on the same
    /// events; content for a version that the sensor does not have is refused.
    ///
    /// Loading takes memory in proportion: at most 64 KiB, four times what the interpreter keeps, and 32 bytes for each byte of
    /// the file (`tests/allocations.rs`), and beside that what the budget allows for trying automata.
    ///
    /// # Errors
    ///
    /// Those of [`ChannelFile::bind`]; [`RegexSyntax`](ErrorCode::RegexSyntax) and [`RegexSize`](ErrorCode::RegexSize) with
    /// instance, field and pattern; [`BudgetBytes`](ErrorCode::BudgetBytes) and [`BudgetWork`](ErrorCode::BudgetWork) with the
    /// instances that cost most.
    pub fn load(file: &ChannelFile<'_>, sensor: &SensorTypes<'t>, budget: &Budget) -> Result<Self, Refusal> {
        file.bind(sensor)?;
        Self::load_types(file, sensor, budget, |_| true)
    }

    /// Loads the instances whose type the sensor has in the version that they were written against, and says which were left
    /// out. For a fleet in which some sensors are older than the content: what they cannot evaluate they do without, knowingly.
    ///
    /// # Errors
    ///
    /// Those of [`load`](Self::load), but for [`SensorLacksType`](ErrorCode::SensorLacksType) and
    /// [`SensorLacksVersion`](ErrorCode::SensorLacksVersion). A count of fields or inputs that disagrees refuses the whole file.
    pub fn load_supported(
        file: &ChannelFile<'_>,
        sensor: &SensorTypes<'t>,
        budget: &Budget,
    ) -> Result<(Self, Vec<LeftOut>), Refusal> {
        let mut lacking: BTreeMap<u32, Error> = BTreeMap::new();
        for template_type in file.types() {
            match file.bind_type(&template_type, sensor) {
                Ok(()) => {}
                Err(error) if is_lack(error.code()) => {
                    lacking.insert(template_type.index(), error);
                }
                Err(error) => return Err(error.into()),
            }
        }
        let interpreter =
            Self::load_types(file, sensor, budget, |template_type| !lacking.contains_key(&template_type.index()))?;
        let left_out = file.instances().filter_map(|instance| {
            let template_type = instance.template_type();
            let error = *lacking.get(&template_type.index())?;
            Some(LeftOut { instance: instance.id(), template_type: template_type.key(), error })
        });
        Ok((interpreter, left_out.collect()))
    }

    fn load_types(
        file: &ChannelFile<'_>,
        sensor: &SensorTypes<'t>,
        budget: &Budget,
        is_supported: impl Fn(&TypeView<'_>) -> bool,
    ) -> Result<Self, Refusal> {
        let mut drafts: BTreeMap<u32, Draft<'_>> = BTreeMap::new();
        for instance in file.instances() {
            let template_type = instance.template_type();
            if is_supported(&template_type) {
                drafts.entry(template_type.key().id).or_default().add(&instance);
            }
        }
        let mut programs = Vec::with_capacity(drafts.len());
        let mut spending = Spending::new(budget);
        for (id, draft) in &drafts {
            let lacks = || Error::new(ErrorCode::SensorLacksType, 0, u64::from(*id));
            let sensor_type = sensor.get(*id).ok_or_else(lacks)?;
            programs.push(load::program(draft, *sensor_type.declared(), &mut spending)?);
        }
        let mut rule_ids = String::new();
        let mut rule_ends = Vec::with_capacity(file.rules().len());
        for rule in file.rules() {
            rule_ids.push_str(rule.id());
            rule_ends.push(u32::try_from(rule_ids.len()).unwrap_or(u32::MAX));
        }
        let instances = file.instances().map(|instance| LoadedInstance {
            rule: instance.rule().index(),
            severity: instance.severity(),
            disposition: instance.disposition(),
        });
        let interpreter = Self {
            identity: Arc::new(()),
            channel: file.channel(),
            content_version: file.content_version(),
            programs,
            instances: instances.collect(),
            rule_ids,
            rule_ends,
        };
        interpreter.keep(budget)?;
        Ok(interpreter)
    }

    /// Refuses what takes more than the budget allows, and names the instances that cost most.
    fn keep(&self, budget: &Budget) -> Result<(), Refusal> {
        let refuse = |code, most, found, cost: fn(&InstanceCost) -> u64| {
            let mut worst: Vec<InstanceCost> = self.programs.iter().flat_map(|program| program.worst(cost)).collect();
            worst.sort_by_key(|own| core::cmp::Reverse(cost(own)));
            worst.truncate(cost::NAMED);
            let path = worst.first().map_or(Path::NOWHERE, |worst| Path::instance(worst.instance));
            Refusal { error: Error::new(code, most, found).within(path), worst }
        };
        let bytes = self.memory();
        if bytes > budget.bytes {
            return Err(refuse(ErrorCode::BudgetBytes, budget.bytes, bytes, |cost| cost.bytes));
        }
        let work = self.work();
        if work > budget.work {
            return Err(refuse(ErrorCode::BudgetWork, budget.work, work, |cost| cost.work));
        }
        Ok(())
    }

    /// The numbered stream that the file belongs to.
    #[must_use]
    pub const fn channel(&self) -> u32 {
        self.channel
    }

    /// Which in the stream it is.
    #[must_use]
    pub const fn content_version(&self) -> u64 {
        self.content_version
    }

    /// Memory to evaluate events in, as much as any event can need.
    #[must_use]
    pub fn scratch(&self) -> Scratch {
        Scratch::new(self, false)
    }

    /// The same, and it keeps how much work each instance made: eight bytes more for each.
    #[must_use]
    pub fn measuring_scratch(&self) -> Scratch {
        Scratch::new(self, true)
    }

    /// Which instances does the event match? Never fails; allocates nothing, unless the scratch was another interpreter's.
    pub fn evaluate<'s>(&'s self, event: &Event<'_>, scratch: &'s mut Scratch) -> Matches<'s> {
        scratch.begin(self);
        let outcome = match self.program(event.declared().id) {
            None => Outcome::NoContent,
            Some(program) if !program.is_on(event.declared()) => Outcome::OtherType,
            Some(program) => {
                evaluate::evaluate(program, event, scratch);
                Outcome::Evaluated
            }
        };
        Matches::new(self, scratch, outcome)
    }

    /// Bytes of memory that the interpreter takes, what its allocator adds apart.
    #[must_use]
    pub fn memory(&self) -> u64 {
        let programs = self.programs.iter().map(Program::memory).fold(0, usize::saturating_add);
        let instances = self.instances.capacity().saturating_mul(size_of::<LoadedInstance>());
        let rules = self.rule_ids.capacity().saturating_add(self.rule_ends.capacity().saturating_mul(4));
        count(programs.saturating_add(instances).saturating_add(rules))
    }

    /// How often a byte of an event is looked at, at the most. What an event makes whatever its length, some looks for each
    /// instance, criterion and pattern, comes on top; what events really make, [`Scratch::work`] tells.
    #[must_use]
    pub fn work(&self) -> u64 {
        count(self.programs.iter().map(Program::work).max().unwrap_or_default())
    }

    fn program(&self, id: u32) -> Option<&Program<'t>> {
        let at = self.programs.binary_search_by_key(&id, |program| program.declared.id).ok()?;
        self.programs.get(at)
    }

    /// The id of the rule with this index; empty for an index that no rule has.
    #[must_use]
    pub fn rule_id(&self, rule: u32) -> &str {
        let end = |rule: u32| self.rule_ends.get(index(rule)).map_or(0, |end| index(*end));
        let start = rule.checked_sub(1).map_or(0, end);
        self.rule_ids.get(start..end(rule)).unwrap_or_default()
    }
}

#[cfg(feature = "validator")]
pub(crate) use self::{regex::parse as parse_regex, text::fold};

/// Whether a regular expression could be loaded if it stood alone.
#[cfg(feature = "validator")]
pub(crate) fn check_regex(text: &str, case: crate::template::Case, budget: &Budget) -> Result<()> {
    regex::Regex::compile(text, case, &mut Spending::new(budget)).map(drop)
}

const fn is_lack(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::SensorLacksType | ErrorCode::SensorLacksVersion)
}
