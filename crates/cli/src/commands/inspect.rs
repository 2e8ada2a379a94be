//! `channel-file inspect`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::write_object;
use crate::arguments::{Format, LimitsArgument, Shared};
use crate::escape::Escaped;
use crate::finding::Failure;
use crate::input::Input;
use crate::number::{Counted, Grouped};
use crate::output::{FAINT, Output, STRONG};
use crate::overview::{Count, Overview, RuleOverview, TypeOverview};
use crate::progress::Progress;
use crate::verdict::Verdict;

const EXAMPLES: &str = "\
Examples:
  channel-file inspect rules.chan
  channel-file inspect rules.chan --rules
  channel-file inspect - --format json < rules.chan

JSON: command, status, file, format, channel, content_version, bytes, sha256, types (id, version,
name, fields (name, kind, operators)), rules, instances, criteria, patterns, examples; operators, severities,
dispositions (name, count); sections (name, offset, bytes, rows), limits (name, found, limit),
rule_list with --rules (id, title, author, references, instances, examples); errors.";

/// Describe a channel file: header, types, counts, sizes, limits
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Inspect {
    /// Channel file to read
    file: PathBuf,

    /// List the rules
    #[arg(long)]
    rules: bool,

    #[command(flatten)]
    limits: LimitsArgument,
}

impl Inspect {
    pub(super) fn run(&self, shared: &Shared) -> Result<Verdict, Failure> {
        let limits = self.limits.limits.limits();
        let overview = {
            let _progress = Progress::of(shared, "inspecting");
            let Input { name, bytes } = Input::read(&self.file, limits.file_bytes)?;
            Overview::of(&name, &bytes, &limits, self.rules)?
        };
        write(&overview, self.limits.limits.name(), shared.format, &mut Output::stdout())?;
        Ok(Verdict::Accepted)
    }
}

/// Writes what the command shows of a file, which was held against limits of this name.
pub(crate) fn write<W: Write>(
    overview: &Overview,
    limits: &str,
    format: Format,
    output: &mut Output<W>,
) -> io::Result<()> {
    match format {
        Format::Human | Format::Sarif => {
            tell(overview, limits, output)?;
            output.flush()
        }
        Format::Json => write_object(overview, output),
    }
}

fn tell<W: Write>(overview: &Overview, limits: &str, output: &mut Output<W>) -> io::Result<()> {
    let (strong, faint) = (output.style(STRONG), output.style(FAINT));
    let Overview { file, channel, content_version, format, sha256, .. } = overview;
    writeln!(output, "{strong}{}{strong:#}", Escaped(file))?;
    writeln!(output, "  channel {channel}, content version {content_version}, format {format}")?;
    writeln!(output, "  {}, sha256 {sha256}", Counted(overview.bytes, "byte"))?;
    writeln!(
        output,
        "  {}, {}, {} criteria, {}, {}",
        Counted(overview.rules, "rule"),
        Counted(overview.instances, "instance"),
        Grouped(overview.criteria),
        Counted(overview.patterns, "pattern"),
        Counted(overview.examples, "example"),
    )?;
    overview.types.iter().try_for_each(|template_type| tell_type(template_type, output))?;
    counts("operators", &overview.operators, output)?;
    counts("severities", &overview.severities, output)?;
    counts("dispositions", &overview.dispositions, output)?;
    writeln!(output, "\n{strong}sections{strong:#}  {faint}offset, bytes, rows{faint:#}")?;
    for section in &overview.sections {
        let (name, offset, bytes, rows) = (section.name, section.offset, section.bytes, section.rows);
        writeln!(output, "  {name:<15} {offset:#010x} {:>13} {:>13}", Grouped(bytes), Grouped(rows))?;
    }
    writeln!(output, "\n{strong}limits{strong:#} {limits}  {faint}found, limit, share{faint:#}")?;
    for limit in &overview.limits {
        let (name, found) = (limit.name, Grouped(limit.found));
        match limit.share() {
            Some((whole, tenth)) => {
                writeln!(output, "  {name:<15} {found:>13} {:>13} {whole:>3}.{tenth} %", Grouped(limit.limit))?;
            }
            None => writeln!(output, "  {name:<15} {found:>13} {:>13}", "none")?,
        }
    }
    match &overview.rule_list {
        Some(rules) => {
            writeln!(output, "\n{strong}rules{strong:#}")?;
            rules.iter().try_for_each(|rule| tell_rule(rule, output))
        }
        None => Ok(()),
    }
}

fn tell_type<W: Write>(template_type: &TypeOverview, output: &mut Output<W>) -> io::Result<()> {
    let strong = output.style(STRONG);
    let TypeOverview { id, version, name, fields } = template_type;
    let count = Counted(crate::number::count(fields.len()), "field");
    writeln!(output, "\n{strong}type{strong:#} {id} version {version} {}: {count}", Escaped(name))?;
    for (index, field) in fields.iter().enumerate() {
        let operators = if field.has_all_operators { "every operator".to_owned() } else { field.operators.join(" ") };
        writeln!(output, "  {index:>3} {}: {}, {operators}", Escaped(&field.name), field.kind)?;
    }
    Ok(())
}

fn counts<W: Write>(title: &str, counts: &[Count], output: &mut Output<W>) -> io::Result<()> {
    let strong = output.style(STRONG);
    writeln!(output, "\n{strong}{title}{strong:#}")?;
    for Count { name, count } in counts.iter().filter(|count| count.count > 0) {
        writeln!(output, "  {name:<15} {:>13}", Grouped(*count))?;
    }
    Ok(())
}

fn tell_rule<W: Write>(rule: &RuleOverview, output: &mut Output<W>) -> io::Result<()> {
    let strong = output.style(STRONG);
    let RuleOverview { id, title, instances, .. } = rule;
    let instances = Counted(*instances, "instance");
    writeln!(output, "  {strong}{}{strong:#} {} ({instances})", Escaped(id), Escaped(title))
}
