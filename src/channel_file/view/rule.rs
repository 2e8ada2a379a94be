//! Rules: what people call the instances.

use super::super::row;
use super::{ChannelFile, ExampleView, InstanceView, View, Views};

/// What an author wrote: an id and words for people. Matching never reads them.
#[derive(Clone, Copy)]
pub struct RuleView<'a> {
    file: &'a ChannelFile<'a>,
    index: u32,
    row: row::Rule,
    /// Indices of the rule's texts.
    first_text: u32,
    end_text: u32,
}

/// How many texts every rule has: id, title, author.
pub(in super::super) const FIXED_TEXTS: u32 = 3;

impl<'a> ChannelFile<'a> {
    /// The rules, by id.
    #[must_use]
    pub fn rules(&'a self) -> Views<'a, RuleView<'a>> {
        Views::new(self, 0, self.rules.len_u32())
    }

    /// The rule with this id. Takes time in the logarithm of the number of rules.
    #[must_use]
    pub fn rule(&'a self, id: &str) -> Option<RuleView<'a>> {
        let (mut low, mut high) = (0_u32, self.rules.len_u32());
        while low < high {
            let middle = low.midpoint(high);
            let rule = RuleView::at(self, middle);
            match rule.id().cmp(id) {
                core::cmp::Ordering::Less => low = middle.saturating_add(1),
                core::cmp::Ordering::Equal => return Some(rule),
                core::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}

impl<'a> View<'a> for RuleView<'a> {
    fn at(file: &'a ChannelFile<'a>, index: u32) -> Self {
        let row = |index| file.rules.get(index).map(row::Rule::read);
        let before = index.checked_sub(1).and_then(row).map_or(0, |before| before.texts_end);
        let row = row(index).unwrap_or_default();
        let first = file.first_rule_text();
        Self {
            file,
            index,
            row,
            first_text: first.saturating_add(before),
            end_text: first.saturating_add(row.texts_end),
        }
    }
}

impl<'a> RuleView<'a> {
    /// Index within the file.
    #[must_use]
    pub const fn index(&self) -> u32 {
        self.index
    }

    /// The id, unique within the file.
    #[must_use]
    pub fn id(&self) -> &'a str {
        self.file.text(self.first_text)
    }

    /// One line for people; may be empty.
    #[must_use]
    pub fn title(&self) -> &'a str {
        self.file.text(self.first_text.saturating_add(1))
    }

    /// Who wrote it; may be empty.
    #[must_use]
    pub fn author(&self) -> &'a str {
        self.file.text(self.first_text.saturating_add(2))
    }

    /// Where to read more.
    #[must_use]
    pub fn references(&self) -> References<'a> {
        References { file: self.file, texts: self.first_text.saturating_add(FIXED_TEXTS)..self.end_text }
    }

    /// The instance of the rule with the lowest id.
    #[must_use]
    pub fn first_instance(&self) -> InstanceView<'a> {
        InstanceView::at(self.file, self.row.first_instance)
    }

    /// The instances of the rule, by id. Looks at the rule of every instance of the file from the first on.
    pub fn instances(&self) -> impl Iterator<Item = InstanceView<'a>> + Clone + use<'a> {
        let (file, rule) = (self.file, self.index);
        let instances = Views::new(file, self.row.first_instance, file.instance_count());
        instances.filter(move |instance: &InstanceView<'a>| instance.rule_index() == rule)
    }

    /// The examples: those to match, then those not to. Takes time in the logarithm of the number of examples.
    #[must_use]
    pub fn examples(&self) -> Views<'a, ExampleView<'a>> {
        let rows = self.file.examples.rows;
        let place = |found: usize| u32::try_from(found).unwrap_or(u32::MAX);
        let first = rows.partition_point(|bytes| row::Example::read(bytes).rule < self.index);
        let end = rows.partition_point(|bytes| row::Example::read(bytes).rule <= self.index);
        Views::new(self.file, place(first), place(end))
    }
}

impl core::fmt::Debug for RuleView<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("RuleView").field("id", &self.id()).field("title", &self.title()).finish_non_exhaustive()
    }
}

/// The references of a rule.
#[derive(Clone)]
pub struct References<'a> {
    file: &'a ChannelFile<'a>,
    texts: core::ops::Range<u32>,
}

impl<'a> Iterator for References<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.texts.is_empty() {
            return None;
        }
        let text = self.texts.start;
        self.texts.start = text.saturating_add(1);
        Some(self.file.text(text))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let remaining = crate::wire::index(self.texts.end.saturating_sub(self.texts.start));
        (remaining, Some(remaining))
    }
}

impl DoubleEndedIterator for References<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        if self.texts.is_empty() {
            return None;
        }
        self.texts.end = self.texts.end.saturating_sub(1);
        Some(self.file.text(self.texts.end))
    }
}

impl ExactSizeIterator for References<'_> {
    fn len(&self) -> usize {
        self.size_hint().0
    }
}

impl core::iter::FusedIterator for References<'_> {}

impl core::fmt::Debug for References<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
