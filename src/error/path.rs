//! Where in the content an error is.

use core::fmt;

/// Where in the content something is: each part is there or not. All are indices from 0 as the file counts them, which is
/// also how they are shown. For errors of the model, which knows no file, the instance is counted within its rule.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Path {
    /// Code of the section's kind, 0 for none: this floor knows no kinds.
    section: u8,
    field: u16,
    template_type: u32,
    rule: u32,
    example: u32,
    instance: u32,
    pattern: u32,
}

/// Stands for a part that is not there. No index is as high: ends, which are one higher, have as many bits.
const NONE: u32 = u32::MAX;
const NO_FIELD: u16 = u16::MAX;

impl Path {
    pub(crate) const NOWHERE: Self = Self {
        section: 0,
        field: NO_FIELD,
        template_type: NONE,
        rule: NONE,
        example: NONE,
        instance: NONE,
        pattern: NONE,
    };

    pub(crate) const fn section(code: u8) -> Self {
        Self { section: code, ..Self::NOWHERE }
    }

    pub(crate) const fn template_type(index: u32) -> Self {
        Self { template_type: index, ..Self::NOWHERE }
    }

    pub(crate) const fn instance(index: u32) -> Self {
        Self { instance: index, ..Self::NOWHERE }
    }

    pub(crate) const fn rule(index: u32) -> Self {
        Self { rule: index, ..Self::NOWHERE }
    }

    pub(crate) const fn example(index: u32) -> Self {
        Self { example: index, ..Self::NOWHERE }
    }

    pub(crate) const fn of_type(mut self, index: u32) -> Self {
        self.template_type = index;
        self
    }

    #[cfg(feature = "alloc")]
    pub(crate) const fn of_rule(mut self, index: u32) -> Self {
        self.rule = index;
        self
    }

    pub(crate) const fn field(mut self, field: u16) -> Self {
        self.field = field;
        self
    }

    pub(crate) const fn pattern(mut self, pattern: u32) -> Self {
        self.pattern = pattern;
        self
    }

    /// Code of the section's kind, as the section table holds it.
    #[must_use]
    pub const fn section_code(&self) -> Option<u8> {
        if self.section == 0 { None } else { Some(self.section) }
    }

    /// Index of the template type.
    #[must_use]
    pub const fn template_type_index(&self) -> Option<u32> {
        there(self.template_type)
    }

    /// Index of the rule.
    #[must_use]
    pub const fn rule_index(&self) -> Option<u32> {
        there(self.rule)
    }

    /// Index of the example.
    #[must_use]
    pub const fn example_index(&self) -> Option<u32> {
        there(self.example)
    }

    /// Index of the instance; within its rule for errors of the model.
    #[must_use]
    pub const fn instance_index(&self) -> Option<u32> {
        there(self.instance)
    }

    /// Index of the field within its type.
    #[must_use]
    pub const fn field_index(&self) -> Option<u16> {
        if self.field == NO_FIELD { None } else { Some(self.field) }
    }

    /// Index of the pattern within its criterion.
    #[must_use]
    pub const fn pattern_index(&self) -> Option<u32> {
        there(self.pattern)
    }

    pub(crate) fn is_nowhere(&self) -> bool {
        *self == Self::NOWHERE
    }
}

const fn there(index: u32) -> Option<u32> {
    if index == NONE { None } else { Some(index) }
}

impl fmt::Display for Path {
    /// `type 0 · instance 4417 · field 20 · pattern 3`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for (name, index) in [
            ("section", self.section_code().map(u32::from)),
            ("type", self.template_type_index()),
            ("rule", self.rule_index()),
            ("example", self.example_index()),
            ("instance", self.instance_index()),
            ("field", self.field_index().map(u32::from)),
            ("pattern", self.pattern_index()),
        ] {
            if let Some(index) = index {
                write!(f, "{separator}{name} {index}")?;
                separator = " · ";
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
