//! Twice the input takes about twice the instructions, and a byte of a large file no more than one of a small: counted by callgrind, so
//! that a slow machine changes nothing.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::callgrind::{self, Call, write};
use crate::outcome::{Failure, Outcome, Stage};
use crate::project::Project;

pub(crate) const STAGE: Stage = Stage {
    name: "growth",
    summary: "the instructions of each operation on hostile inputs and their doubles, and a byte at both ends of usual ones",
    run,
};

const PACKAGE: &str = "channel-file-growth";
const PROGRAM: &str = "growth";

/// The function whose instructions count. Each time it returns, callgrind writes down how many there were.
const COUNTED: &str = "growth::counted::counted";

/// What a doubled input may take, in thousandths of what it took before.
const DOUBLE: u64 = 2_100;

/// Shapes of this name are of the usual kind, once small and once far larger: there a unit of the large one is held to one of the small.
const SLOPE: &str = "slope";

/// What a byte of a large input may take, in thousandths of what it takes of a small one. Mostly it is less: the frame
/// and the types weigh more in small files; and instances vary. One pass too many over something that grows comes to more.
const STRAIGHT: u64 = 1_150;

/// Where more is allowed: the shape, or all; the operation; the bound; why.
const EXCEPTIONS: &[(&str, &str, u64, &str)] = &[
    (
        "criteria of one instance",
        "check",
        8_400,
        "a value holds something of each criterion, and each pattern has its value",
    ),
    ("", "check", 4_200, "a value for each pattern is held against all that look at it"),
    ("", "peek", 1_050, "it reads the header; a few instructions hang on where in memory that lies"),
    ("slope of rules", "encode", 1_300, "shapes are sorted: 7 doublings of the file are 7 comparisons more for each"),
    (
        "slope of instances",
        "evaluate",
        2_500,
        "units are events: more of thirty times as many instances are met, not thirty times",
    ),
];

/// A doubled input has at least so many bytes, in thousandths: names and the frame stay.
const LONGER: u64 = 1_400;

/// An operation that takes the square, and has to be refused: as what is doubled, and as a slope.
const CONTROL: &str = "control";
const CONTROLS: usize = 2;

fn run(project: &Project) -> Outcome {
    callgrind::version(project)?;
    let growths = measure(project)?;
    let table = project.target_apart("growth").join("table.txt");
    write(&table, &full_table(&growths))?;
    let (control, growths): (Vec<_>, Vec<_>) = growths.into_iter().partition(|growth| growth.shape.ends_with(CONTROL));
    if control.len() != CONTROLS || control.iter().any(|growth| growth.fault().is_none()) {
        return Err(Failure::new("an operation that takes the square is not refused: nothing is judged"));
    }
    let faults: String = growths.iter().filter_map(Growth::fault).collect();
    if !faults.is_empty() {
        return Err(Failure::new("an operation takes more than its bound for twice the input").with_details(faults));
    }
    let mut worst: BTreeMap<(bool, &str), &Growth> = BTreeMap::new();
    for growth in &growths {
        let own = worst.entry((growth.is_slope(), &growth.operation)).or_insert(growth);
        if growth.ratio() > own.ratio() {
            *own = growth;
        }
    }
    let mut found = format!("{} ratios, all of them in {}; the highest:", growths.len(), table.display());
    for growth in worst.into_values() {
        let _ = write!(found, "\n  {growth}");
    }
    Ok(found)
}

/// Two calls of one operation: on an input, and on one twice as large, or, of slopes, on one far larger.
#[derive(Debug, PartialEq, Eq)]
struct Growth {
    shape: String,
    operation: String,
    /// Of slopes: what the operation works through.
    bytes: [u64; 2],
    instructions: [u64; 2],
}

impl Growth {
    fn is_slope(&self) -> bool {
        self.shape.starts_with(SLOPE)
    }

    /// In thousandths: what twice the input takes, or of slopes, what a unit of the larger input takes.
    fn ratio(&self) -> u64 {
        let ([single, double], [few, many]) = (self.instructions, self.bytes);
        if self.is_slope() {
            thousandths([single.saturating_mul(many), double.saturating_mul(few)])
        } else {
            thousandths([single, double])
        }
    }

    fn bound(&self) -> (u64, &'static str) {
        let usual = match self.is_slope() {
            true => (STRAIGHT, "a unit of the larger input takes what one of the smaller takes"),
            false => (DOUBLE, "once more for twice the input"),
        };
        EXCEPTIONS
            .iter()
            .find(|(shape, operation, ..)| *operation == self.operation && (shape.is_empty() || *shape == self.shape))
            .map_or(usual, |(_, _, bound, reason)| (*bound, reason))
    }

    /// What is wrong with it, in a line.
    fn fault(&self) -> Option<String> {
        let (bound, reason) = self.bound();
        if self.ratio() > bound {
            return Some(format!("{self}, more than {} ({reason})\n", shown(bound)));
        }
        if self.instructions.contains(&0) || (!self.is_slope() && thousandths(self.bytes) < LONGER) {
            return Some(format!("{self}: {:?} bytes: nothing was counted, or nothing is doubled\n", self.bytes));
        }
        None
    }
}

impl std::fmt::Display for Growth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [single, double] = self.instructions;
        write!(f, "{:<16} {:<38} {single:>11} {double:>11} {:>6}", self.operation, self.shape, shown(self.ratio()))
    }
}

/// Runs the program under callgrind, and puts together what it says of its calls with what was counted of them.
fn measure(project: &Project) -> Result<Vec<Growth>, Failure> {
    project.cargo().args(["build", "--release", "--package", PACKAGE]).succeed()?;
    let program = project.target_apart("release").join(PROGRAM);
    pair(&callgrind::count(project, &program, &[], COUNTED, &project.target_apart("growth"))?)
}

/// The program names each of its calls in a line: shape, operation, bytes.
fn pair(calls: &[Call]) -> Result<Vec<Growth>, Failure> {
    let mut measured: BTreeMap<(&str, &str), Vec<(u64, u64)>> = BTreeMap::new();
    let unexpected = |line: &str| Failure::new(format!("the program says something else than it did: {line}"));
    for Call { line, instructions } in calls {
        let [shape, operation, bytes] = line.split('\t').collect::<Vec<_>>()[..] else { return Err(unexpected(line)) };
        let bytes = bytes.parse().map_err(|_| unexpected(line))?;
        measured.entry((shape, operation)).or_default().push((bytes, *instructions));
    }
    let growth = |((shape, operation), calls): ((&str, &str), Vec<(u64, u64)>)| match calls[..] {
        [single, double] => Ok(Growth {
            shape: shape.to_owned(),
            operation: operation.to_owned(),
            bytes: [single.0, double.0],
            instructions: [single.1, double.1],
        }),
        _ => Err(unexpected(&format!("{} calls of {operation} on {shape}", calls.len()))),
    };
    measured.into_iter().map(growth).collect()
}

fn full_table(growths: &[Growth]) -> String {
    let mut table = format!("{:<16} {:<38} {:>11} {:>11} {:>6}\n", "operation", "shape", "one", "twice", "ratio");
    for growth in growths {
        let _ = writeln!(table, "{growth}");
    }
    table
}

fn thousandths([single, double]: [u64; 2]) -> u64 {
    double.saturating_mul(1_000).checked_div(single).unwrap_or(u64::MAX)
}

fn shown(thousandths: u64) -> String {
    let (whole, rest) = (thousandths.checked_div(1_000), thousandths.checked_rem(1_000));
    format!("{}.{:03}", whole.unwrap_or_default(), rest.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn growth(operation: &str, instructions: [u64; 2], bytes: [u64; 2]) -> Growth {
        Growth { shape: "tiny".to_owned(), operation: operation.to_owned(), bytes, instructions }
    }

    #[test]
    fn a_call_and_that_on_twice_as_much_are_put_together() {
        let call = |line: &str, instructions| Call { line: line.to_owned(), instructions };
        let calls = [
            call("tiny\topen\t10", 100),
            call("tiny\tload\t10", 7),
            call("tiny\topen\t20", 210),
            call("tiny\tload\t20", 14),
        ];
        let expected = vec![growth("load", [7, 14], [10, 20]), growth("open", [100, 210], [10, 20])];
        assert_eq!(pair(&calls).ok(), Some(expected));
        assert!(pair(&calls[..3]).is_err(), "there is no double");
        assert!(pair(&[call("tiny\topen", 1)]).is_err(), "the line says too little");
    }

    #[test]
    fn bounds_are_kept_exactly() {
        assert_eq!(growth("open", [1_000, 2_100], [10, 20]).fault(), None);
        assert!(growth("open", [1_000, 2_101], [10, 20]).fault().is_some());
        assert_eq!(growth("check", [1_000, 4_200], [10, 20]).fault(), None);
        assert!(growth("check", [1_000, 4_201], [10, 20]).fault().is_some());
        assert!(growth("open", [1_000, 1_000], [10, 10]).fault().is_some(), "nothing is doubled");
        assert!(growth("open", [0, 0], [10, 20]).fault().is_some(), "nothing was counted");
    }

    #[test]
    fn a_byte_of_a_large_file_takes_no_more() {
        let slope = |operation, instructions| Growth {
            shape: "slope of rules".to_owned(),
            ..growth(operation, instructions, [1_000, 100_000])
        };
        assert_eq!(slope("open", [2_000, 230_000]).fault(), None);
        assert!(slope("open", [2_000, 230_200]).fault().is_some());
        assert_eq!(slope("open", [2_000, 2_000]).fault(), None, "what is less for each byte is no fault");
        assert_eq!(slope("encode", [2_000, 260_000]).fault(), None, "an exception has its own bound");
        assert!(slope("encode", [2_000, 260_200]).fault().is_some());
        assert!(slope("open", [0, 0]).fault().is_some(), "nothing was counted");
    }
}
