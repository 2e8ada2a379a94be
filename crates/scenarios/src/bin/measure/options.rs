//! What is measured, and how far.

pub(crate) const HELP: &str = "\
usage: measure scenarios | growth [--quick] [--bytes N] [--instances N] [--checked N]

  scenarios        every operation on every set
  growth           the same operations on more and more: files from 1 KiB, rules from 100 instances

  --quick          up to 16 MiB and 1,000 instances
  --bytes N        the largest file of growth (268435456)
  --instances N    the most instances that are loaded and evaluated (100000)
  --checked N      the most instances that are judged (10000; 100000 take minutes)

A JSON object a line on the standard output, progress on the standard error.
";

pub(crate) enum Command {
    Scenarios,
    Growth,
    Help,
}

pub(crate) struct Options {
    pub(crate) command: Command,
    pub(crate) bytes: u64,
    pub(crate) instances: u64,
    pub(crate) checked: u64,
}

impl Options {
    pub(crate) fn parse(arguments: &[String]) -> Result<Self, String> {
        let mut arguments = arguments.iter().map(String::as_str);
        let command = match arguments.next() {
            Some("scenarios") => Command::Scenarios,
            Some("growth") => Command::Growth,
            Some("--help" | "-h") => Command::Help,
            Some(other) => return Err(format!("there is nothing called `{other}` to measure")),
            None => return Err("measure what?".to_owned()),
        };
        let mut options = Self { command, bytes: 256 << 20, instances: 100_000, checked: 10_000 };
        while let Some(name) = arguments.next() {
            let mut number = || {
                let value = arguments.next().ok_or_else(|| format!("`{name}` needs a number"))?;
                value.parse().map_err(|_| format!("`{value}` is no number"))
            };
            match name {
                "--quick" => (options.bytes, options.instances, options.checked) = (16 << 20, 1_000, 1_000),
                "--bytes" => options.bytes = number()?,
                "--instances" => options.instances = number()?,
                "--checked" => options.checked = number()?,
                _ => return Err(format!("`{name}` means nothing here")),
            }
        }
        Ok(options)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options, String> {
        Options::parse(&line.split(' ').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn options_are_understood_in_their_order() {
        let options = parse("growth --quick --checked 100").unwrap();
        assert!(matches!(options.command, Command::Growth));
        assert_eq!((options.bytes, options.instances, options.checked), (16 << 20, 1_000, 100));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for wrong in ["", "shrink", "growth --slow", "growth --bytes", "growth --bytes many"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
