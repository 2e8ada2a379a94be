//! Where in the content an error is.

use core::fmt;

/// Where in the content something is: each part is there or not. All are indices from 0 as the file counts them,
/// which is also how they are shown.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Path {
    /// Code of the section's kind, 0 for none: this floor knows no kinds.
    section: u8,
    subject: Subject,
    index: u32,
    field: Option<u16>,
    pattern: Option<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Subject {
    Nothing,
    TemplateType,
    Instance,
    Rule,
    Example,
}

impl Path {
    pub(crate) const NOWHERE: Self =
        Self { section: 0, subject: Subject::Nothing, index: 0, field: None, pattern: None };

    pub(crate) const fn section(code: u8) -> Self {
        Self { section: code, ..Self::NOWHERE }
    }

    pub(crate) const fn template_type(index: u32) -> Self {
        Self { subject: Subject::TemplateType, index, ..Self::NOWHERE }
    }

    pub(crate) const fn instance(index: u32) -> Self {
        Self { subject: Subject::Instance, index, ..Self::NOWHERE }
    }

    pub(crate) const fn rule(index: u32) -> Self {
        Self { subject: Subject::Rule, index, ..Self::NOWHERE }
    }

    pub(crate) const fn example(index: u32) -> Self {
        Self { subject: Subject::Example, index, ..Self::NOWHERE }
    }

    pub(crate) const fn field(mut self, field: u16) -> Self {
        self.field = Some(field);
        self
    }

    pub(crate) const fn pattern(mut self, pattern: u32) -> Self {
        self.pattern = Some(pattern);
        self
    }

    pub(crate) const fn is_nowhere(&self) -> bool {
        matches!(self, Self { section: 0, subject: Subject::Nothing, field: None, pattern: None, .. })
    }

    /// Code of the section's kind, as the section table holds it.
    #[must_use]
    pub const fn section_code(&self) -> Option<u8> {
        if self.section == 0 { None } else { Some(self.section) }
    }

    /// Index of the template type.
    #[must_use]
    pub const fn template_type_index(&self) -> Option<u32> {
        self.index_of(Subject::TemplateType)
    }

    /// Index of the instance.
    #[must_use]
    pub const fn instance_index(&self) -> Option<u32> {
        self.index_of(Subject::Instance)
    }

    /// Index of the rule.
    #[must_use]
    pub const fn rule_index(&self) -> Option<u32> {
        self.index_of(Subject::Rule)
    }

    /// Index of the example.
    #[must_use]
    pub const fn example_index(&self) -> Option<u32> {
        self.index_of(Subject::Example)
    }

    /// Index of the field within its type.
    #[must_use]
    pub const fn field_index(&self) -> Option<u16> {
        self.field
    }

    /// Index of the pattern among those of the same instance and field.
    #[must_use]
    pub const fn pattern_index(&self) -> Option<u32> {
        self.pattern
    }

    const fn index_of(&self, subject: Subject) -> Option<u32> {
        let same = matches!(
            (self.subject, subject),
            (Subject::TemplateType, Subject::TemplateType)
                | (Subject::Instance, Subject::Instance)
                | (Subject::Rule, Subject::Rule)
                | (Subject::Example, Subject::Example)
        );
        if same { Some(self.index) } else { None }
    }
}

impl fmt::Display for Path {
    /// `instance 4417 · field 20 · pattern 3`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        if let Some(section) = self.section_code() {
            write!(f, "section {section}")?;
            separator = " · ";
        }
        let subject = match self.subject {
            Subject::Nothing => None,
            Subject::TemplateType => Some("type"),
            Subject::Instance => Some("instance"),
            Subject::Rule => Some("rule"),
            Subject::Example => Some("example"),
        };
        if let Some(subject) = subject {
            write!(f, "{separator}{subject} {}", self.index)?;
            separator = " · ";
        }
        if let Some(field) = self.field {
            write!(f, "{separator}field {field}")?;
            separator = " · ";
        }
        if let Some(pattern) = self.pattern {
            write!(f, "{separator}pattern {pattern}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
