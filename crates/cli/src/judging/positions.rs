//! Where in the sources a finding is.

use std::collections::BTreeMap;

use channel_file::ChannelFile;
use channel_file::template::{Content, Rule};
use channel_file::validator::{Finding, FindingCode, Place};
use channel_file_content::{Origins, RuleOrigin, SourcePlace, Waiver};

use crate::report::found::Position;

/// Content, and where its rules were written.
pub(crate) struct Positions<'p> {
    origins: &'p Origins,
    waivers: &'p [Waiver],
    /// By id.
    rules: BTreeMap<&'p str, Written<'p>>,
}

/// A rule, with the ids of what belongs to it in the file.
struct Written<'p> {
    rule: &'p Rule,
    instances: Vec<u32>,
    first_example: u32,
}

impl<'p> Positions<'p> {
    /// The file is the one that the content became.
    pub(crate) fn new(
        content: &'p Content,
        file: &ChannelFile<'_>,
        origins: &'p Origins,
        waivers: &'p [Waiver],
    ) -> Self {
        let rules = content.rules().iter().zip(file.rules()).map(|(rule, view)| {
            let instances = view.instances().map(|instance| instance.id()).collect();
            let first_example = view.examples().next().map_or(0, |example| example.index());
            (rule.id(), Written { rule, instances, first_example })
        });
        Self { origins, waivers, rules: rules.collect() }
    }

    /// The place that is closest to what the finding is about.
    pub(crate) fn of(&self, finding: &Finding) -> Option<Position> {
        let rule = finding.place.rule.as_deref()?;
        if matches!(finding.code, FindingCode::UnknownWaiver | FindingCode::UnusedWaiver)
            && let Some(waiver) = self.waiver(rule, finding)
        {
            return Some(position(&waiver.source, SourcePlace { line: waiver.line, column: waiver.column }));
        }
        let origin = self.origins.rule(rule)?;
        let place = self.rules.get(rule).and_then(|written| written.place(origin, &finding.place));
        Some(position(&origin.source, place.unwrap_or(origin.place)))
    }

    /// The waiver that is found to be none, or to waive nothing: by rule, field and what it waives, which the place of a
    /// finding does not hold, so that among several of one field the message says which.
    fn waiver(&self, rule: &str, finding: &Finding) -> Option<&Waiver> {
        let can_waive =
            |waiver: &&Waiver| FindingCode::from_name(&waiver.finding).is_some_and(FindingCode::is_waivable);
        let is_unused = finding.code == FindingCode::UnusedWaiver;
        let field = &finding.place.field_name;
        let alike = |waiver: &&Waiver| waiver.rule == rule && waiver.field == *field && can_waive(waiver) == is_unused;
        let mut waivers = self.waivers.iter().filter(alike);
        match (waivers.next(), waivers.next()) {
            (Some(only), None) => Some(only),
            _ => {
                let is_named = |waiver: &&Waiver| finding.message.contains(&format!(" waives {}, ", waiver.finding));
                self.waivers.iter().filter(alike).find(is_named)
            }
        }
    }
}

impl Written<'_> {
    fn place(&self, origin: &RuleOrigin, place: &Place) -> Option<SourcePlace> {
        if let Some(example) = place.example {
            return origin.example(usize::try_from(example.checked_sub(self.first_example)?).ok()?);
        }
        let ordinal = place.instance.and_then(|id| self.instances.iter().position(|own| *own == id));
        self.part(origin, place, ordinal)
            .or_else(|| place.field_name.as_deref().and_then(|field| origin.field(field)))
            .or_else(|| ordinal.and_then(|ordinal| origin.instance(ordinal)))
    }

    /// The place of a criterion, or of one of its patterns.
    fn part(&self, origin: &RuleOrigin, place: &Place, ordinal: Option<usize>) -> Option<SourcePlace> {
        let field = place.field_name.as_deref()?;
        let criteria = self.rule.instances().get(ordinal?)?.criteria();
        let criterion = match place.criterion {
            Some(number) => criteria.get(usize::from(number))?,
            // The first on the field is as good as any.
            None => criteria.iter().find(|criterion| Some(criterion.field()) == place.field)?,
        };
        let number = place.pattern.and_then(|number| usize::try_from(number).ok());
        let pattern = number.and_then(|number| criterion.patterns().get(number));
        let pattern = pattern.and_then(|pattern| origin.pattern(field, criterion.sense(), pattern));
        pattern.or_else(|| origin.criterion(field, criterion))
    }
}

fn position(source: &str, SourcePlace { line, column }: SourcePlace) -> Position {
    Position { file: source.to_owned(), line: crate::number::count(line), column: crate::number::count(column) }
}
