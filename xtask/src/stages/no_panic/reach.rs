//! Every public function is behind a root.
//!
//! rustdoc lists the functions. Which of them the roots reach is read from the symbols of the proof package as it is linked
//! without optimisation: there each function that is called has a symbol, and what nobody calls is dropped.
//!
//! Not looked at: what needs `std`, which brings a panic handler of its own; `validator`, `serde`; what macros write.

mod function;
mod symbol;

use std::collections::BTreeSet;

use self::function::Function;
use super::Build;
use super::culprit::Relinked;
use crate::command::Command;
use crate::outcome::Failure;
use crate::project::Project;

/// Features of the library, and all roots for them.
struct Surface {
    features: &'static [&'static str],
    build: Build,
}

const READER: Surface = Surface {
    features: &["--no-default-features"],
    build: Build { profile: "proof-0-nolto", features: &["formatting"] },
};
const ALLOCATING: Surface = Surface {
    features: &["--no-default-features", "--features", "interpreter"],
    build: Build { profile: "proof-0-nolto", features: &["formatting", "evaluation"] },
};

/// Public functions without a root, and what speaks for them instead.
const EXEMPT: &[(&str, &str)] = &[
    (
        "<Interpreter>::load",
        "compiles expressions and builds the standard library's maps, which keep panics: tested on the corpus, on generated \
         content and on hostile files",
    ),
    ("<Interpreter>::load_supported", "as `load`"),
];

/// A function that only a root of the writer reaches: without those it must be missed.
const CONTROL: &str = "encode";

/// Checks both surfaces, and says what was found.
pub(super) fn check(project: &Project) -> Result<String, Failure> {
    let (reader, of_reader) = (READER.functions(project)?, READER.reached(project)?);
    let (allocating, of_allocating) = (ALLOCATING.functions(project)?, ALLOCATING.reached(project)?);
    let is_missed = unreached(&allocating, &of_reader).any(|function| function.name == CONTROL);
    if !is_missed {
        return Err(Failure::new(format!("`{CONTROL}` is not missed where no root reaches it")));
    }
    let without: Vec<_> = unreached(&reader, &of_reader).chain(unreached(&allocating, &of_allocating)).collect();
    let is_exempt = |function: &&&Function| EXEMPT.iter().any(|(name, _)| *name == function.name);
    let gaps: BTreeSet<_> = without.iter().filter(|function| !is_exempt(function)).map(ToString::to_string).collect();
    if !gaps.is_empty() {
        let reason =
            "public functions are behind no root, so that nothing is proved of them: add roots in proof/src/roots";
        return Err(Failure::new(reason).with_details(gaps.into_iter().collect()));
    }
    if let Some((name, reason)) = EXEMPT.iter().find(|(name, _)| !without.iter().any(|function| function.name == *name))
    {
        return Err(Failure::new(format!("{name} needs no exemption any more ({reason})")));
    }
    let (reader, allocating, exempt) = (reader.len(), allocating.len(), EXEMPT.len());
    Ok(format!(
        "{reader} public functions of the reader are behind them, {allocating} with what allocates, but {exempt}"
    ))
}

fn unreached<'f>(functions: &'f [Function], reached: &BTreeSet<String>) -> impl Iterator<Item = &'f Function> {
    functions.iter().filter(|function| !function.is_among(reached))
}

impl Surface {
    fn functions(&self, project: &Project) -> Result<Vec<Function>, Failure> {
        let functions = function::list(project, self.features)?;
        if functions.is_empty() {
            return Err(Failure::new("rustdoc lists no public function"));
        }
        Ok(functions)
    }

    /// The names of the functions that were linked.
    fn reached(&self, project: &Project) -> Result<BTreeSet<String>, Failure> {
        let relinked = Relinked::build(project, &self.build)?;
        let listed = Command::new("nm", project.root()).args(["--demangle", "--defined-only"]);
        let listed = listed.arg(relinked.library()).read()?;
        Ok(listed.lines().filter_map(|line| line.splitn(3, ' ').nth(2)).map(symbol::short).collect())
    }
}
