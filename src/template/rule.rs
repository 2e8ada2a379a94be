//! What an author writes and names: one or several instances under one id.

use alloc::{string::String, vec::Vec};

use super::template_type::{check_name, check_title};
use super::{Example, TemplateInstance};
use crate::error::{Error, ErrorCode, Result};

/// What an author writes: an id, words for people, template instances of which any may match, and examples.
///
/// The position of an instance within its rule is its ordinal; id and ordinal together name an instance across versions
/// of the content.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "super::unchecked::Rule"))]
pub struct Rule {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) author: String,
    pub(crate) references: Vec<String>,
    /// By shape; alternatives of one shape in the author's order.
    pub(crate) instances: Vec<TemplateInstance>,
    /// Those to match, then those not to.
    pub(crate) examples: Vec<Example>,
}

impl Rule {
    /// Begins a rule.
    #[must_use]
    pub fn builder(id: impl Into<String>) -> RuleBuilder {
        RuleBuilder {
            rule: Self {
                id: id.into(),
                title: String::new(),
                author: String::new(),
                references: Vec::new(),
                instances: Vec::new(),
                examples: Vec::new(),
            },
        }
    }

    /// The id, unique within the content.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// One line for people; may be empty.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Who wrote it; may be empty.
    #[must_use]
    pub fn author(&self) -> &str {
        &self.author
    }

    /// Where to read more.
    #[must_use]
    pub fn references(&self) -> &[String] {
        &self.references
    }

    /// The instances: by type and shape, those of one shape in the author's order.
    #[must_use]
    pub fn instances(&self) -> &[TemplateInstance] {
        &self.instances
    }

    /// The examples: those to match, then those not to.
    #[must_use]
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }
}

/// Builds a [`Rule`].
#[derive(Clone, Debug)]
pub struct RuleBuilder {
    rule: Rule,
}

impl RuleBuilder {
    /// One line for people.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.rule.title = title.into();
        self
    }

    /// Who wrote it.
    #[must_use]
    pub fn author(mut self, author: impl Into<String>) -> Self {
        self.rule.author = author.into();
        self
    }

    /// Where to read more.
    #[must_use]
    pub fn reference(mut self, reference: impl Into<String>) -> Self {
        self.rule.references.push(reference.into());
        self
    }

    /// A further instance: the rule matches when any of its instances does.
    #[must_use]
    pub fn instance(mut self, instance: TemplateInstance) -> Self {
        self.rule.instances.push(instance);
        self
    }

    /// A further example.
    #[must_use]
    pub fn example(mut self, example: Example) -> Self {
        self.rule.examples.push(example);
        self
    }

    /// The rule.
    ///
    /// # Errors
    ///
    /// [`NameEmpty`](ErrorCode::NameEmpty) for an id or reference without a character, [`NameControl`](ErrorCode::NameControl)
    /// for a text with a control character, [`RuleWithoutInstances`](ErrorCode::RuleWithoutInstances).
    pub fn build(self) -> Result<Rule> {
        let mut rule = self.rule;
        check_name(&rule.id)?;
        check_title(&rule.title)?;
        check_title(&rule.author)?;
        rule.references.iter().try_for_each(|reference| check_name(reference))?;
        if rule.instances.is_empty() {
            return Err(Error::new(ErrorCode::RuleWithoutInstances, 1, 0));
        }
        // The slots of an instance are worked out once, not at each comparison.
        let mut shaped: Vec<_> = rule.instances.into_iter().map(|instance| (instance.shape(), instance)).collect();
        shaped.sort_by(|(one, _), (two, _)| one.cmp(two));
        rule.instances = shaped.into_iter().map(|(_, instance)| instance).collect();
        rule.examples.sort_by_key(|example| example.expectation);
        Ok(rule)
    }
}
