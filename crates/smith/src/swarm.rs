//! Which features a content may have at all. Content in which everything is possible hardly ever has much of one thing; so most
//! are made with a few features alone, chosen anew for each (A. Groce and others, "Swarm Testing", ISSTA 2012).

use channel_file::template::{FieldKind, Operator, OperatorSet};

use crate::choices::Choices;

/// The features that one content may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swarm {
    /// What fields may be, beside text.
    pub kinds: Vec<FieldKind>,
    /// What patterns are made of, where a field allows one of them.
    pub operators: OperatorSet,
    /// Whether criteria may be none-of.
    pub none_of: bool,
    /// Whether case may be ignored.
    pub ignored_case: bool,
    /// Whether rules have titles, authors and references.
    pub notes: bool,
    /// Whether rules have examples.
    pub examples: bool,
    /// The most instances.
    pub instances: usize,
    /// The most patterns of one criterion.
    pub patterns: usize,
}

impl Swarm {
    /// Everything at once.
    pub const ALL: Self = Self {
        kinds: Vec::new(),
        operators: OperatorSet::of(Operator::ALL),
        none_of: true,
        ignored_case: true,
        notes: true,
        examples: true,
        instances: 40,
        patterns: 40,
    };

    /// A part of the features, or in a quarter of the cases all of them.
    #[must_use]
    pub fn new(choices: &mut Choices<'_>) -> Self {
        if choices.below(4) == 3 {
            return Self { kinds: FieldKind::ALL.to_vec(), ..Self::ALL };
        }
        let kinds = FieldKind::ALL.iter().copied().filter(|_| choices.percent(40)).collect();
        let operators: Vec<_> = Operator::ALL.iter().copied().filter(|_| choices.percent(50)).collect();
        Self {
            kinds,
            operators: OperatorSet::of(&operators),
            none_of: choices.percent(60),
            ignored_case: choices.percent(70),
            notes: choices.percent(40),
            examples: choices.percent(40),
            instances: choices.pick(&[1, 4, 4, 12, 12, 40]).max(1),
            patterns: choices.pick(&[1, 4, 4, 12, 12, 40]).max(1),
        }
    }

    /// The kind of a field: mostly text, as in real types.
    pub(crate) fn kind(&self, choices: &mut Choices<'_>) -> FieldKind {
        if choices.percent(65) { FieldKind::Text } else { self.any_kind(choices) }
    }

    fn any_kind(&self, choices: &mut Choices<'_>) -> FieldKind {
        choices.one_of(&self.kinds).copied().unwrap_or(FieldKind::Text)
    }

    /// One of the operators that a field allows, and these features if there is one.
    pub(crate) fn operator(&self, choices: &mut Choices<'_>, allowed: OperatorSet) -> Operator {
        let all: Vec<_> = allowed.iter().collect();
        let some: Vec<_> = all.iter().copied().filter(|operator| self.operators.contains(*operator)).collect();
        let from = if some.is_empty() || choices.percent(3) { &all } else { &some };
        choices.one_of(from).copied().unwrap_or(Operator::Absent)
    }
}
