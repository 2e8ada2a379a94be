//! The documents as tables of FlatBuffers, by hand: what its compiler would make of a schema, so that it is not needed here.
//!
//! ```text
//! table Log       { records: [Record]; }
//! table Record    { address: uint; identity: string; user: string; date: string; request: string; code: ushort; size: ulong; }
//! table Rules     { rules: [Rule]; }
//! table Rule      { id: string; title: string; author: string; references: [string]; instances: [Instance]; }
//! table Instance  { template_type: uint; version: uint; severity: Severity; disposition: Disposition; criteria: [Criterion]; }
//! table Criterion { field: ushort; sense: Sense; patterns: [Pattern]; }
//! table Pattern   { operator: Operator; ignoring_case: bool; text: string; }
//! ```
#![allow(unsafe_code, reason = "reading fields of a table is, as it relies on the verifier; made code does the same")]

use flatbuffers::{
    FlatBufferBuilder, Follow, ForwardsUOffset, InvalidFlatbuffer, Table, Vector, Verifiable, Verifier, WIPOffset,
};

use crate::Failure;
use crate::serialization::documents::{Criterion, Instance, Log, Pattern, Record, Rule, Rules, Value, length, sum};

/// A document that has a table.
pub(crate) trait Tables: Sized {
    type Table<'a>: Follow<'a, Inner = Self::Table<'a>> + Verifiable + 'a;

    /// Builds the whole buffer.
    fn build(&self, builder: &mut FlatBufferBuilder<'static>);

    fn weigh_table(table: Self::Table<'_>) -> u64;

    fn of_table(table: Self::Table<'_>) -> Result<Self, Failure>;
}

type Text<'a> = ForwardsUOffset<&'a str>;
type Texts<'a> = ForwardsUOffset<Vector<'a, ForwardsUOffset<&'a str>>>;
type Many<'a, T> = ForwardsUOffset<Vector<'a, ForwardsUOffset<T>>>;

/// A table, its fields with their slots in the table of offsets. A field that is left out is zero or empty.
macro_rules! table {
    ($($name:ident<$a:lifetime> { $($slot:literal $field:ident: $type:ty,)+ })+) => { $(
        #[derive(Clone, Copy)]
        pub(crate) struct $name<$a>(Table<$a>);

        impl<$a> $name<$a> {
            $(
                #[inline]
                fn $field(&self) -> <$type as Follow<$a>>::Inner {
                    // SAFETY: tables come from `flatbuffers::root` alone, which has verified this field to be of this type.
                    unsafe { self.0.get::<$type>($slot, None) }.unwrap_or_default()
                }
            )+
        }

        impl<$a> Follow<$a> for $name<$a> {
            type Inner = Self;

            #[inline]
            unsafe fn follow(bytes: &$a [u8], place: usize) -> Self {
                // SAFETY: the caller knows that there is a table.
                Self(unsafe { Table::new(bytes, place) })
            }
        }

        impl<$a> Verifiable for $name<$a> {
            #[inline]
            fn run_verifier(verifier: &mut Verifier<'_, '_>, place: usize) -> Result<(), InvalidFlatbuffer> {
                let visitor = verifier.visit_table(place)?;
                $( let visitor = visitor.visit_field::<$type>(stringify!($field), $slot, false)?; )+
                visitor.finish();
                Ok(())
            }
        }
    )+ };
}

table! {
    LogTable<'a> { 4 records: Many<'a, RecordTable<'a>>, }
    RecordTable<'a> {
        4 address: u32, 6 identity: Text<'a>, 8 user: Text<'a>, 10 date: Text<'a>, 12 request: Text<'a>, 14 code: u16,
        16 size: u64,
    }
    RulesTable<'a> { 4 rules: Many<'a, RuleTable<'a>>, }
    RuleTable<'a> {
        4 id: Text<'a>, 6 title: Text<'a>, 8 author: Text<'a>, 10 references: Texts<'a>,
        12 instances: Many<'a, InstanceTable<'a>>,
    }
    InstanceTable<'a> {
        4 template_type: u32, 6 version: u32, 8 severity: u8, 10 disposition: u8, 12 criteria: Many<'a, CriterionTable<'a>>,
    }
    CriterionTable<'a> { 4 field: u16, 6 sense: u8, 8 patterns: Many<'a, PatternTable<'a>>, }
    PatternTable<'a> { 4 operator: u8, 6 ignoring_case: bool, 8 text: Text<'a>, }
}

impl Tables for Log {
    type Table<'a> = LogTable<'a>;

    fn build(&self, builder: &mut FlatBufferBuilder<'static>) {
        let records: Vec<_> = self.iter().map(|record| build_record(builder, record)).collect();
        let records = builder.create_vector(&records);
        let start = builder.start_table();
        builder.push_slot_always(4, records);
        let log = builder.end_table(start);
        builder.finish_minimal(log);
    }

    fn weigh_table(table: LogTable<'_>) -> u64 {
        sum(table.records().iter().map(|record| {
            let texts = [record.identity(), record.user(), record.date(), record.request()].map(length);
            sum(texts.into_iter().chain([record.address().into(), record.code().into(), record.size()]))
        }))
    }

    fn of_table(table: LogTable<'_>) -> Result<Self, Failure> {
        let record = |record: RecordTable<'_>| Record {
            address: record.address().to_be_bytes(),
            identity: record.identity().to_owned(),
            user: record.user().to_owned(),
            date: record.date().to_owned(),
            request: record.request().to_owned(),
            code: record.code(),
            size: record.size(),
        };
        Ok(table.records().iter().map(record).collect())
    }
}

fn build_record<'b>(builder: &mut FlatBufferBuilder<'b>, record: &Record<String>) -> WIPOffset<RecordTable<'b>> {
    let texts = [&record.identity, &record.user, &record.date, &record.request];
    let texts = texts.map(|text| builder.create_string(text));
    let start = builder.start_table();
    builder.push_slot(16, record.size, 0);
    builder.push_slot(4, u32::from_be_bytes(record.address), 0);
    for (slot, text) in [6, 8, 10, 12].into_iter().zip(texts) {
        builder.push_slot_always(slot, text);
    }
    builder.push_slot(14, record.code, 0);
    WIPOffset::new(builder.end_table(start).value())
}

impl Tables for Rules {
    type Table<'a> = RulesTable<'a>;

    fn build(&self, builder: &mut FlatBufferBuilder<'static>) {
        let rules: Vec<_> = self.iter().map(|rule| build_rule(builder, rule)).collect();
        let rules = builder.create_vector(&rules);
        let start = builder.start_table();
        builder.push_slot_always(4, rules);
        let rules = builder.end_table(start);
        builder.finish_minimal(rules);
    }

    fn weigh_table(table: RulesTable<'_>) -> u64 {
        sum(table.rules().iter().map(|rule| {
            let texts = [rule.id(), rule.title(), rule.author()].into_iter().chain(rule.references()).map(length);
            sum(texts.chain(rule.instances().iter().map(weigh_instance)))
        }))
    }

    fn of_table(table: RulesTable<'_>) -> Result<Self, Failure> {
        let rule = |rule: RuleTable<'_>| {
            Ok(Rule {
                id: rule.id().to_owned(),
                title: rule.title().to_owned(),
                author: rule.author().to_owned(),
                references: rule.references().iter().map(str::to_owned).collect(),
                instances: rule.instances().iter().map(instance).collect::<Result<_, Failure>>()?,
            })
        };
        table.rules().iter().map(rule).collect()
    }
}

fn build_rule<'b>(builder: &mut FlatBufferBuilder<'b>, rule: &Rule<String>) -> WIPOffset<RuleTable<'b>> {
    let texts = [&rule.id, &rule.title, &rule.author].map(|text| builder.create_string(text));
    let references: Vec<_> = rule.references.iter().map(|text| builder.create_string(text)).collect();
    let references = builder.create_vector(&references);
    let instances: Vec<_> = rule.instances.iter().map(|instance| build_instance(builder, instance)).collect();
    let instances = builder.create_vector(&instances);
    let start = builder.start_table();
    for (slot, text) in [4, 6, 8].into_iter().zip(texts) {
        builder.push_slot_always(slot, text);
    }
    builder.push_slot_always(10, references);
    builder.push_slot_always(12, instances);
    WIPOffset::new(builder.end_table(start).value())
}

fn build_instance<'b>(builder: &mut FlatBufferBuilder<'b>, of: &Instance<String>) -> WIPOffset<InstanceTable<'b>> {
    let criteria: Vec<_> = of.criteria.iter().map(|criterion| build_criterion(builder, criterion)).collect();
    let criteria = builder.create_vector(&criteria);
    let start = builder.start_table();
    builder.push_slot(4, of.template_type, 0);
    builder.push_slot(6, of.version, 0);
    builder.push_slot_always(12, criteria);
    builder.push_slot(8, of.severity as u8, 0);
    builder.push_slot(10, of.disposition as u8, 0);
    WIPOffset::new(builder.end_table(start).value())
}

fn build_criterion<'b>(builder: &mut FlatBufferBuilder<'b>, of: &Criterion<String>) -> WIPOffset<CriterionTable<'b>> {
    let patterns: Vec<_> = of.patterns.iter().map(|pattern| build_pattern(builder, pattern)).collect();
    let patterns = builder.create_vector(&patterns);
    let start = builder.start_table();
    builder.push_slot_always(8, patterns);
    builder.push_slot(4, of.field, 0);
    builder.push_slot(6, of.sense as u8, 0);
    WIPOffset::new(builder.end_table(start).value())
}

fn build_pattern<'b>(builder: &mut FlatBufferBuilder<'b>, of: &Pattern<String>) -> WIPOffset<PatternTable<'b>> {
    let (text, ignoring_case) = match &of.value {
        Value::None => (None, false),
        Value::Text(text) => (Some(builder.create_string(text)), false),
        Value::TextIgnoringCase(text) => (Some(builder.create_string(text)), true),
    };
    let start = builder.start_table();
    if let Some(text) = text {
        builder.push_slot_always(8, text);
    }
    builder.push_slot(4, of.operator as u8, 0);
    builder.push_slot(6, ignoring_case, false);
    WIPOffset::new(builder.end_table(start).value())
}

fn weigh_instance(of: InstanceTable<'_>) -> u64 {
    let numbers = [of.template_type().into(), of.version().into(), of.severity().into(), of.disposition().into()];
    sum(numbers.into_iter().chain(of.criteria().iter().map(|of| {
        let numbers = [of.field().into(), of.sense().into()];
        sum(numbers.into_iter().chain(of.patterns().iter().map(weigh_pattern)))
    })))
}

fn weigh_pattern(of: PatternTable<'_>) -> u64 {
    // A pattern without a text has none, and the text of one with is never empty.
    let value = match (of.text(), of.ignoring_case()) {
        ("", _) => 0,
        (text, false) => 1 + length(text),
        (text, true) => 2 + length(text),
    };
    u64::from(of.operator()) + value
}

fn instance(of: InstanceTable<'_>) -> Result<Instance<String>, Failure> {
    let criterion = |of: CriterionTable<'_>| {
        Ok(Criterion {
            field: of.field(),
            sense: i32::from(of.sense()).try_into()?,
            patterns: of.patterns().iter().map(pattern).collect::<Result<_, Failure>>()?,
        })
    };
    Ok(Instance {
        template_type: of.template_type(),
        version: of.version(),
        severity: i32::from(of.severity()).try_into()?,
        disposition: i32::from(of.disposition()).try_into()?,
        criteria: of.criteria().iter().map(criterion).collect::<Result<_, Failure>>()?,
    })
}

fn pattern(of: PatternTable<'_>) -> Result<Pattern<String>, Failure> {
    let value = match (of.text(), of.ignoring_case()) {
        ("", _) => Value::None,
        (text, false) => Value::Text(text.to_owned()),
        (text, true) => Value::TextIgnoringCase(text.to_owned()),
    };
    Ok(Pattern { operator: i32::from(of.operator()).try_into()?, value })
}
