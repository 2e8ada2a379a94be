//! Searching for a text that meets some patterns and does not meet others.

use alloc::collections::{BTreeSet, BinaryHeap};
use alloc::vec::Vec;
use core::cmp::Reverse;

use super::alphabet::Alphabet;
use super::machine::Machine;
use super::symbol::Symbol;
use super::{DEAD, Found};

/// What a text must meet, and what it must not.
pub(super) struct TextSearch {
    /// All automata.
    machines: Vec<Machine>,
    /// All of these must be met, by index.
    all_of: Vec<usize>,
    /// None of these may be met.
    none_of: Vec<usize>,
    /// Of characters, not of bytes.
    is_text: bool,
}

/// A text that has been begun.
struct Node {
    /// The state of each automaton.
    states: Vec<u32>,
    /// The node that it continues, and the symbol that it adds.
    before: Option<(usize, Symbol)>,
    /// How many of the symbols that may continue it have been tried.
    tried: usize,
    priority: u32,
}

impl TextSearch {
    pub(super) fn new(is_text: bool) -> Self {
        Self { machines: Vec::new(), all_of: Vec::new(), none_of: Vec::new(), is_text }
    }

    /// This one must be met.
    pub(super) fn meet(&mut self, machine: Machine) {
        self.all_of.push(self.machines.len());
        self.machines.push(machine);
    }

    /// This one must not be met.
    pub(super) fn avoid(&mut self, machine: Machine) {
        self.none_of.push(self.machines.len());
        self.machines.push(machine);
    }

    /// The first text that the search comes to; it is not empty. Takes the steps of automata from those that are left, and
    /// gives up when none are.
    pub(super) fn run(&mut self, steps_left: &mut u64) -> Found<Vec<u8>> {
        let alphabet = Alphabet::of(self.machines.iter(), self.is_text);
        *steps_left = steps_left.saturating_sub(alphabet.cost);
        let states: Vec<u32> = self.machines.iter().map(Machine::start).collect();
        let Some(priority) = self.priority(&states) else { return Found::Impossible };
        // The text without a symbol is not among them: it is no answer, and one with the same states may be.
        let mut seen = BTreeSet::new();
        let mut nodes = alloc::vec![Node { states, before: None, tried: 0, priority }];
        let mut open = BinaryHeap::from([Reverse((priority, 0_usize))]);
        while let Some(Reverse((_, number))) = open.pop() {
            let Some(node) = nodes.get(number) else { continue };
            if node.tried == 0 && node.before.is_some() && self.is_met(&node.states) {
                return Found::Value(text(&nodes, number));
            }
            let wanted = self.wanted(&node.states, &alphabet);
            let (states, own, mut tried) = (node.states.clone(), node.priority, node.tried);
            let cost = states.iter().zip(&self.machines).map(|(state, machine)| machine.cost(*state));
            let cost = cost.fold(1, u64::saturating_add);
            let choices = wanted.len().saturating_add(alphabet.symbols().len());
            while tried < choices {
                let symbol = wanted.get(tried).or_else(|| alphabet.symbols().get(tried.saturating_sub(wanted.len())));
                tried = tried.saturating_add(1);
                let Some(symbol) = symbol.copied() else { continue };
                *steps_left = steps_left.saturating_sub(cost);
                let next: Vec<u32> = states
                    .iter()
                    .zip(&mut self.machines)
                    .map(|(state, machine)| machine.step(*state, symbol))
                    .collect();
                let Some(priority) = self.priority(&next) else { continue };
                if !seen.insert(next.clone()) {
                    continue;
                }
                open.push(Reverse((priority, nodes.len())));
                nodes.push(Node { states: next, before: Some((number, symbol)), tried: 0, priority });
                if priority < own {
                    // It leads on: the other symbols wait.
                    break;
                }
            }
            if let Some(node) = nodes.get_mut(number).filter(|_| tried < choices) {
                node.tried = tried;
                open.push(Reverse((own, number)));
            }
            if *steps_left == 0 {
                return Found::GivenUp;
            }
        }
        if alphabet.is_complete { Found::Impossible } else { Found::GivenUp }
    }

    /// How far a text is from what is asked for; `None` if no longer one can be.
    fn priority(&self, states: &[u32]) -> Option<u32> {
        let state = |machine: &usize| states.get(*machine).copied().unwrap_or(DEAD);
        let settled =
            |machine: &usize| self.machines.get(*machine).is_some_and(|automaton| automaton.is_settled(state(machine)));
        if self.none_of.iter().any(settled) {
            return None;
        }
        // What must come last is begun last: until then it is as far away as at the start.
        let (mut first, mut last, mut last_from_start) = (0_u32, 0_u32, 0_u32);
        for machine in &self.all_of {
            let Some(automaton) = self.machines.get(*machine) else { continue };
            let distance = Some(automaton.distance(state(machine))).filter(|distance| *distance != DEAD)?;
            if automaton.is_final() {
                last = last.saturating_add(distance);
                last_from_start = last_from_start.saturating_add(automaton.distance(automaton.start()));
            } else {
                first = first.saturating_add(distance);
            }
        }
        let last = if first > 0 { last_from_start } else { last };
        Some(first.saturating_add(last))
    }

    fn is_met(&self, states: &[u32]) -> bool {
        let met = |machine: &usize| {
            let state = states.get(*machine).copied().unwrap_or(DEAD);
            self.machines.get(*machine).is_some_and(|automaton| automaton.is_met(state))
        };
        self.all_of.iter().all(met) && !self.none_of.iter().any(met)
    }

    /// Symbols that lead on, one for each automaton that has one.
    fn wanted(&self, states: &[u32], alphabet: &Alphabet) -> Vec<Symbol> {
        let mut wanted = Vec::new();
        for machine in &self.all_of {
            let state = states.get(*machine).copied().unwrap_or(DEAD);
            let symbol = self.machines.get(*machine).and_then(|automaton| automaton.wanted(state, alphabet));
            wanted.extend(symbol.filter(|symbol| !wanted.contains(symbol)));
        }
        wanted
    }
}

/// The text that led to a node.
fn text(nodes: &[Node], number: usize) -> Vec<u8> {
    let mut symbols = Vec::new();
    let mut current = nodes.get(number);
    while let Some((before, symbol)) = current.and_then(|node| node.before) {
        symbols.push(symbol);
        current = nodes.get(before);
    }
    let mut text = Vec::with_capacity(symbols.len());
    symbols.into_iter().rev().for_each(|symbol| symbol.push_to(&mut text));
    text
}
