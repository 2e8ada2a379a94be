//! In which order a file is looked at: which faults can be in one file without hiding each other.

use channel_file::{ErrorCode, SectionKind};

use super::chart::bytes_of;
use crate::frame::{Frame, Section};

/// The steps of the library, each of which reads more of the file than those before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Frame,
    Utf8,
    Types,
    Shapes,
    Rows,
    Ends,
    Values,
    Rules,
    Instances,
    Examples,
}

impl Step {
    /// The last step that can answer with this code.
    const fn of(code: ErrorCode) -> Self {
        use ErrorCode as E;
        match code {
            E::SectionRows => Self::Rows,
            E::TextUtf8 => Self::Utf8,
            E::TextEnds | E::TextBoundary | E::TextHeap | E::ByteEnds | E::ByteHeap | E::PatternEmpty => Self::Ends,
            E::TypeOrder
            | E::TypeVersion
            | E::TypeWithoutFields
            | E::FieldRows
            | E::FieldKindUnknown
            | E::FieldOperators
            | E::LimitFields => Self::Types,
            // Names of types come before values, those of rules after.
            E::FieldNames | E::TypeNotExtended => Self::Values,
            E::NameEmpty | E::NameControl | E::RuleOrder | E::RuleTexts => Self::Rules,
            E::SeverityUnknown | E::DispositionUnknown | E::InstanceRule | E::InstanceOrder | E::RuleFirstInstance => {
                Self::Instances
            }
            E::ExampleRule
            | E::ExampleExpectation
            | E::ExampleType
            | E::ExampleValues
            | E::ExamplePresence
            | E::ExampleValue => Self::Examples,
            E::LimitPatterns => Self::Shapes,
            _ => match code.number() {
                0..100 => Self::Frame,
                // Of the codes of shapes and slots one waits for values.
                200..400 if !matches!(code, E::CriterionOrder) => Self::Shapes,
                _ => Self::Values,
            },
        }
    }
}

/// Which sections an edit has changed, and the first step that reads what is changed.
#[derive(Clone, Debug)]
pub(super) struct Changes(Vec<(SectionKind, Step)>);

impl Changes {
    /// What is different.
    pub(super) fn between(before: &Frame, after: &Frame) -> Self {
        let changed = SectionKind::ALL.iter().filter_map(|kind| {
            let (before, after) = (bytes_of(before, *kind), bytes_of(after, *kind));
            (before != after).then(|| (*kind, first_read(*kind, before, after)))
        });
        let changed: Vec<_> = changed.collect();
        Self(changed)
    }

    /// Whether both have changed some section.
    pub(super) fn overlap(&self, other: &Self) -> bool {
        self.0.iter().any(|(kind, _)| other.0.iter().any(|(other, _)| kind == other))
    }

    /// Whether a reader that answers with this code has read none of the changes by then.
    pub(super) fn unread_when_met(&self, code: ErrorCode) -> bool {
        self.0.iter().all(|(_, read)| *read > Step::of(code))
    }

    /// Makes the same changes in another frame.
    pub(super) fn copy(&self, from: &Frame, to: &mut Frame) {
        for (kind, _) in &self.0 {
            let code = kind.code();
            to.sections.retain(|section| section.code != code);
            let bytes = bytes_of(from, *kind);
            if !bytes.is_empty() {
                let place = to.sections.partition_point(|section| section.code < code);
                to.sections.insert(place, Section { code, bytes: bytes.to_vec() });
            }
        }
    }
}

/// The first step that reads what is different between two sections of a kind. Rows are counted before most are read.
fn first_read(kind: SectionKind, before: &[u8], after: &[u8]) -> Step {
    use SectionKind as K;
    let counted = if before.len() == after.len() { Step::Examples } else { Step::Rows };
    match kind {
        K::TextHeap if std::str::from_utf8(after).is_err() => Step::Utf8,
        K::TextHeap | K::ByteHeap => Step::Ends,
        K::Types | K::Fields => Step::Types,
        K::Shapes | K::Slots => Step::Shapes,
        // Their last rows say how many rows others have.
        K::Rules | K::Examples => Step::Rows,
        K::TextEnds | K::ByteEnds => counted.min(Step::Ends),
        K::Words => counted.min(Step::Values),
        K::InstanceRules => counted.min(Step::Rules),
        K::Severities | K::Dispositions => counted.min(Step::Instances),
        K::Presences => counted,
    }
}
