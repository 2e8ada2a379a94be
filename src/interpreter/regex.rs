//! Regular expressions: linear in the value, and without memory of their own while they search.
//!
//! Where a dense automaton is small enough it looks at each byte once. Else the states that the expression can be in are
//! carried along as a set, in memory that the scratch holds ready.

mod existence;
mod required;
mod run;
mod spending;
mod states;

use alloc::boxed::Box;
use alloc::vec::Vec;

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::nfa::thompson::{NFA, WhichCaptures};
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input, nfa::thompson};
use regex_syntax::hir::Hir;

pub(super) use self::required::OneOf;
use self::run::Run;
pub(super) use self::spending::Spending;
pub(super) use self::states::StateSets;
use crate::error::{Error, ErrorCode, Result};
use crate::template::Case;
use crate::wire::count;

/// A compiled expression.
#[derive(Debug)]
pub(super) enum Regex {
    /// A number of characters of one class.
    Run(Run),
    Automata {
        dense: Option<Box<dense::DFA<Vec<u32>>>>,
        /// Where there is no dense automaton, or one that gives up at words outside ASCII.
        states: Option<NFA>,
    },
}

/// What was learnt of an expression when it was compiled.
pub(super) struct Compiled {
    pub(super) regex: Regex,
    /// Sets of texts; every value that the expression is found in has a text of each.
    pub(super) required: Vec<OneOf>,
    /// No shorter value has it.
    pub(super) least_bytes: usize,
}

impl Regex {
    /// Compiles an expression.
    ///
    /// # Errors
    ///
    /// [`RegexSyntax`](ErrorCode::RegexSyntax), [`RegexSize`](ErrorCode::RegexSize).
    pub(super) fn compile(text: &str, case: Case, spending: &mut Spending<'_>) -> Result<Compiled> {
        spending.parse(text)?;
        let hir = existence::reduced(parse(text, case)?);
        let regex = match Run::of(&hir) {
            Some(run) => Self::Run(run),
            None => Self::automata(&hir, spending)?,
        };
        let least_bytes = hir.properties().minimum_len().unwrap_or_default();
        Ok(Compiled { regex, required: required::literals(&hir), least_bytes })
    }

    fn automata(hir: &Hir, spending: &mut Spending<'_>) -> Result<Self> {
        let budget = spending.budget;
        let bytes = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
        let limit = bytes(budget.regex_bytes);
        let config = thompson::Config::new()
            .utf8(false)
            .nfa_size_limit(Some(limit))
            .which_captures(WhichCaptures::None)
            .shrink(false);
        let too_large = |found: usize| Error::new(ErrorCode::RegexSize, budget.regex_bytes, count(found));
        let nfa = thompson::Compiler::new()
            .configure(config)
            .build_from_hir(hir)
            .map_err(|_| too_large(limit.saturating_add(1)))?;
        spending.build(nfa.memory_usage())?;
        let left = budget.automata_bytes.saturating_sub(spending.automata).min(budget.automaton_bytes);
        let dense = if left == 0 { None } else { dense_automaton(&nfa, bytes(left)) };
        // What has not become an automaton took as long to try.
        let tried = dense.as_ref().map_or(left, |dense| count(dense.memory_usage()));
        spending.automata = spending.automata.saturating_add(tried);
        let gives_up = nfa.look_set_any().contains_word_unicode();
        let states = (dense.is_none() || gives_up).then_some(nfa);
        Ok(Self::Automata { dense, states })
    }

    /// Whether the expression is found anywhere in the value.
    pub(super) fn is_found(&self, value: &[u8], sets: &mut StateSets, work: &mut u64) -> bool {
        *work = work.saturating_add(count(value.len()));
        let (dense, states) = match self {
            Self::Run(run) => return run.is_found(value),
            Self::Automata { dense, states } => (dense, states),
        };
        // Giving up at a word outside ASCII would allocate.
        if let Some(dense) = dense.as_ref().filter(|_| states.is_none() || value.is_ascii()) {
            let input = Input::new(value).anchored(Anchored::No).earliest(true);
            if let Ok(found) = dense.try_search_fwd(&input) {
                return found.is_some();
            }
        }
        states.as_ref().is_some_and(|nfa| sets.reach_match(nfa, value, work))
    }

    /// How many states can be carried along; each is looked at for each byte.
    pub(super) fn most_states(&self) -> usize {
        match self {
            Self::Automata { states: Some(nfa), .. } => nfa.states().len(),
            _ => 0,
        }
    }

    /// How much work a byte of the value can make, in bytes looked at.
    pub(super) fn work(&self) -> usize {
        self.most_states().saturating_add(1)
    }

    pub(super) fn memory(&self) -> usize {
        match self {
            Self::Run(run) => run.memory(),
            Self::Automata { dense, states } => {
                let dense =
                    dense.as_ref().map_or(0, |dense| dense.memory_usage().saturating_add(size_of_val(dense.as_ref())));
                dense.saturating_add(states.as_ref().map_or(0, NFA::memory_usage))
            }
        }
    }
}

/// What an expression says.
///
/// # Errors
///
/// [`RegexSyntax`](ErrorCode::RegexSyntax).
pub(crate) fn parse(text: &str, case: Case) -> Result<Hir> {
    let config = syntax::Config::new().utf8(false).case_insensitive(case == Case::Ignored);
    syntax::parse_with(text, &config).map_err(|error| {
        let position = match &error {
            regex_syntax::Error::Parse(error) => error.span().start.offset,
            regex_syntax::Error::Translate(error) => error.span().start.offset,
            _ => 0,
        };
        Error::new(ErrorCode::RegexSyntax, 0, count(position))
    })
}

/// The dense automaton, if it and what it is made from take no more bytes than this.
fn dense_automaton(nfa: &NFA, limit: usize) -> Option<Box<dense::DFA<Vec<u32>>>> {
    let config = dense::Config::new()
        .start_kind(StartKind::Unanchored)
        .unicode_word_boundary(true)
        .dfa_size_limit(Some(limit))
        .determinize_size_limit(Some(limit));
    dense::Builder::new().configure(config).build_from_nfa(nfa).ok().map(Box::new)
}
