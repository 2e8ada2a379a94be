//! Rule by rule, what changed.

use std::io::{self, Write};

use super::changed::{ChangedCriterion, ChangedField, ChangedInstance, ChangedRule, ChangedType, Name, OneField};
use super::report::Report;
use crate::escape::Escaped;
use crate::number::{Counted, Grouped, count};
use crate::output::{BAD, FAINT, GOOD, Output, STRONG};

/// As many rules are told, instances of a rule and patterns of a criterion; `--verbose` tells all.
const MOST: usize = 20;

impl Report {
    /// What changed, rules in which instances did first.
    pub(super) fn tell_details(&self, is_verbose: bool, output: &mut Output) -> io::Result<()> {
        self.types.iter().try_for_each(|own| own.tell(output))?;
        let of_words = |rule: &&ChangedRule| rule.instances.is_empty();
        let (words, rules): (Vec<_>, Vec<_>) = self.rules.iter().partition(of_words);
        let most = if is_verbose { usize::MAX } else { MOST };
        // Of many rules those that are there whole, or not at all, are named: what they say, sources say.
        let is_brief = !is_verbose && self.rules.len() > MOST;
        let told = rules.iter().chain(&words).take(most);
        told.copied().try_for_each(|rule| rule.tell(most, is_brief, output))?;
        further(self.rules.len().saturating_sub(most), "rule", "", output)
    }
}

fn further(number: usize, noun: &'static str, indent: &str, output: &mut Output) -> io::Result<()> {
    let faint = output.style(FAINT);
    match number {
        0 => Ok(()),
        number => {
            let more = Counted(count(number), noun);
            writeln!(output, "{indent}{faint}and {more} more; `--verbose` shows them{faint:#}")
        }
    }
}

/// A sign before what changed.
fn sign(change: &str, indent: &str, output: &mut Output) -> io::Result<()> {
    let (sign, style) = match change {
        "added" => ('+', output.style(GOOD)),
        "removed" => ('-', output.style(BAD)),
        _ => ('~', output.style(STRONG)),
    };
    write!(output, "{indent}{style}{sign}{style:#} ")
}

impl ChangedType {
    fn tell(&self, output: &mut Output) -> io::Result<()> {
        sign(self.change, "", output)?;
        let (id, version) = (self.key.id, self.key.version);
        let fields = Counted(self.field_count.into(), "field");
        writeln!(output, "type {} (id {id}) version {version}: {fields}", Escaped(&self.name))?;
        if let Some(renamed) = &self.renamed {
            writeln!(output, "    name {}, before {}", Escaped(&renamed.new), Escaped(&renamed.old))?;
        }
        self.fields.iter().try_for_each(|field| field.tell(output))
    }
}

impl ChangedField {
    fn tell(&self, output: &mut Output) -> io::Result<()> {
        let change = match (&self.old, &self.new) {
            (None, _) => "added",
            (_, None) => "removed",
            _ => "changed",
        };
        sign(change, "    ", output)?;
        let shown = |field: &OneField| format!("{}: {}, {}", field.name, field.kind, field.operators.join(" "));
        let shown: Vec<String> = [&self.new, &self.old].into_iter().flatten().map(shown).collect();
        writeln!(output, "field {} {}", self.field_number, Escaped(shown.join("; before ")))
    }
}

impl ChangedRule {
    fn tell(&self, most: usize, is_brief: bool, output: &mut Output) -> io::Result<()> {
        sign(self.change, "", output)?;
        let strong = output.style(STRONG);
        write!(output, "{strong}rule {}{strong:#}", Escaped(&self.rule))?;
        if !self.title.is_empty() {
            write!(output, " {}", Escaped(&self.title))?;
        }
        if is_brief && self.change != "changed" {
            let faint = output.style(FAINT);
            return writeln!(output, " {faint}({}){faint:#}", Counted(count(self.instances.len()), "instance"));
        }
        writeln!(output)?;
        if let Some(title) = &self.new_title {
            writeln!(output, "    title, before: {}", Escaped(&title.old))?;
        }
        if let Some(author) = &self.new_author {
            writeln!(output, "    author {}, before: {}", Escaped(&author.new), Escaped(&author.old))?;
        }
        if let Some(references) = &self.new_references {
            let (old, new) = (references.old.len(), references.new.len());
            writeln!(output, "    {}, before {old}: not the same", Counted(count(new), "reference"))?;
        }
        if let Some(examples) = self.examples {
            let (added, removed) = (Grouped(examples.added), Grouped(examples.removed));
            writeln!(output, "    examples: {added} added, {removed} removed")?;
        }
        if self.reordered {
            writeln!(output, "    instances come in another order")?;
        }
        self.instances.iter().take(most).try_for_each(|instance| instance.tell(most, output))?;
        further(self.instances.len().saturating_sub(most), "instance", "  ", output)
    }
}

impl ChangedInstance {
    fn tell(&self, most: usize, output: &mut Output) -> io::Result<()> {
        sign(self.change, "  ", output)?;
        let shown = |name: Name| format!("instance {} (ordinal {})", name.instance, name.ordinal);
        let name = match (self.old, self.new) {
            (Some(old), Some(new)) if old.ordinal != new.ordinal => format!("{}, before {}", shown(new), shown(old)),
            (_, Some(name)) | (Some(name), None) => shown(name),
            (None, None) => String::new(),
        };
        writeln!(output, "{name} on {} version {}", Escaped(&self.type_name), self.template_type.version)?;
        if let Some(version) = &self.version {
            writeln!(output, "      type version {}, before {}", version.new, version.old)?;
        }
        if let Some(severity) = &self.severity {
            writeln!(output, "      severity {}, before {}", severity.new, severity.old)?;
        }
        if let Some(disposition) = &self.disposition {
            writeln!(output, "      disposition {}, before {}", disposition.new, disposition.old)?;
        }
        self.criteria.iter().try_for_each(|criterion| criterion.tell(most, output))
    }
}

impl ChangedCriterion {
    fn tell(&self, most: usize, output: &mut Output) -> io::Result<()> {
        sign(self.change, "    ", output)?;
        writeln!(output, "field {} {} {}", self.field_number, Escaped(&self.field_name), self.sense)?;
        for (change, patterns) in [("removed", &self.removed), ("added", &self.added)] {
            for pattern in patterns.iter().take(most) {
                sign(change, "      ", output)?;
                writeln!(output, "{}", Escaped(pattern))?;
            }
            further(patterns.len().saturating_sub(most), "pattern", "      ", output)?;
        }
        Ok(())
    }
}
