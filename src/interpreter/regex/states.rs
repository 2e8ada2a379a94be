//! Searching with the set of all states that an expression can be in.

use alloc::vec::Vec;

use regex_automata::nfa::thompson::{NFA, State};
use regex_automata::util::primitives::StateID;

/// Room for the sets of states of any expression with at most as many states as it was made for.
#[derive(Debug)]
pub(in super::super) struct StateSets {
    current: Vec<StateID>,
    next: Vec<StateID>,
    /// States whose followers are still to be added.
    pending: Vec<StateID>,
    /// For each state the last step that added it.
    added_at: Vec<u32>,
    step: u32,
}

impl StateSets {
    pub(in super::super) fn new(most_states: usize) -> Self {
        Self {
            current: Vec::with_capacity(most_states),
            next: Vec::with_capacity(most_states),
            pending: Vec::with_capacity(most_states),
            added_at: alloc::vec![0; most_states],
            step: 0,
        }
    }

    /// Whether a match is reached anywhere in the value. Each state is added at most once a byte.
    pub(super) fn reach_match(&mut self, nfa: &NFA, value: &[u8], work: &mut u64) -> bool {
        self.next.clear();
        self.begin_step();
        if self.add(nfa, nfa.start_unanchored(), value, 0) {
            return true;
        }
        for (at, byte) in crate::counted::counted(0_usize, value) {
            core::mem::swap(&mut self.current, &mut self.next);
            self.next.clear();
            self.begin_step();
            *work = work.saturating_add(crate::wire::count(self.current.len()));
            let mut states = core::mem::take(&mut self.current);
            let after = at.saturating_add(1);
            let is_reached = states.iter().any(|state| {
                follower(nfa, *state, *byte).is_some_and(|follower| self.add(nfa, follower, value, after))
            });
            core::mem::swap(&mut self.current, &mut states);
            if is_reached {
                return true;
            }
            if self.next.is_empty() {
                return false;
            }
        }
        false
    }

    fn begin_step(&mut self) {
        self.step = self.step.checked_add(1).unwrap_or_else(|| {
            self.added_at.fill(0);
            1
        });
    }

    /// Adds a state and all that it leads to without a byte; whether a match is among them.
    fn add(&mut self, nfa: &NFA, state: StateID, value: &[u8], at: usize) -> bool {
        self.pending.clear();
        self.push(state);
        while let Some(state) = self.pending.pop() {
            match nfa.states().get(state.as_usize()) {
                Some(State::Match { .. }) => return true,
                Some(State::Look { look, next }) => {
                    if nfa.look_matcher().matches(*look, value, at) {
                        self.push(*next);
                    }
                }
                Some(State::Union { alternates }) => alternates.iter().for_each(|state| self.push(*state)),
                Some(State::BinaryUnion { alt1, alt2 }) => {
                    self.push(*alt1);
                    self.push(*alt2);
                }
                Some(State::Capture { next, .. }) => self.push(*next),
                Some(State::ByteRange { .. } | State::Sparse(_) | State::Dense(_)) => self.next.push(state),
                Some(State::Fail) | None => {}
            }
        }
        false
    }

    /// Once a step, so that no list outgrows its room.
    fn push(&mut self, state: StateID) {
        if let Some(added_at) = self.added_at.get_mut(state.as_usize()).filter(|added_at| **added_at != self.step) {
            *added_at = self.step;
            self.pending.push(state);
        }
    }
}

/// The state that a byte leads to.
fn follower(nfa: &NFA, state: StateID, byte: u8) -> Option<StateID> {
    match nfa.states().get(state.as_usize())? {
        State::ByteRange { trans } => trans.matches_byte(byte).then_some(trans.next),
        State::Sparse(transitions) => transitions.matches_byte(byte),
        State::Dense(transitions) => transitions.matches_byte(byte),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use regex_automata::util::syntax;

    use super::*;

    #[test]
    fn sets_of_states_find_what_the_expression_says() {
        for (text, value, expected) in [
            (r"a+b", "xaaab", true),
            (r"a+b", "xaaac", false),
            (r"^ab$", "ab", true),
            (r"^ab$", "ab\n", false),
            (r"\bword\b", "a word.", true),
            (r"\bword\b", "äword", false),
            (r"[^\\]{1,256}$", r"a\", false),
            (r"(?i)straße", "STRAßE", true),
            (r"", "", true),
            (r"x|yz", "..yz", true),
            (r"(a+)+b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
        ] {
            let compiler = &mut NFA::compiler();
            let nfa = compiler.syntax(syntax::Config::new().utf8(false)).build(text).unwrap();
            let mut sets = StateSets::new(nfa.states().len());
            let capacity = sets.next.capacity();
            assert_eq!(sets.reach_match(&nfa, value.as_bytes(), &mut 0), expected, "{text} in {value}");
            assert_eq!((sets.current.capacity(), sets.next.capacity()), (capacity, capacity));
            sets.step = u32::MAX - 2;
            assert_eq!(sets.reach_match(&nfa, value.as_bytes(), &mut 0), expected, "{text} in {value}, again");
        }
    }
}
