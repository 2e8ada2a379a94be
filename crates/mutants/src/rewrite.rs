//! A file's text with every mutant in it, each behind its condition.
//!
//! A mutated arm has the text as it was written, and only the arm of no mutant is rewritten further: so nested places make
//! the text grow by their depth, and one mutant runs at a time. Marks in comments say which mutant a piece is, for when
//! the compiler refuses it.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::sites::{Form, Site, range_text};

/// Rewrites a file; leaves out the mutants that do not compile.
pub(crate) fn rewrite(text: &str, sites: &[Site], left_out: &BTreeSet<usize>) -> String {
    let mut order: Vec<&Site> = sites.iter().collect();
    // An outer place before those within it, which were found later; what is put in before what begins there.
    order.sort_by_key(|site| (site.range.start, !site.range.is_empty(), Reverse(site.range.end)));
    Writer { text, left_out }.range(0..text.len(), &order)
}

/// The mark where a mutant's piece begins, and the one where it ends.
pub(crate) fn marks(number: usize) -> (String, String) {
    (format!("/*<{number}*/"), format!("/*>{number}*/"))
}

struct Writer<'t> {
    text: &'t str,
    left_out: &'t BTreeSet<usize>,
}

impl Writer<'_> {
    /// The text of a range, with the places in it rewritten.
    fn range(&self, range: Range<usize>, sites: &[&Site]) -> String {
        let mut written = String::new();
        let mut position = range.start;
        let mut sites = sites;
        while let Some((site, rest)) = sites.split_first() {
            sites = rest;
            if site.range.start < position || site.range.end > range.end {
                continue;
            }
            let within = rest.iter().take_while(|inner| inner.range.start < site.range.end);
            let within: Vec<&Site> = within.copied().collect();
            written.push_str(range_text(self.text, position..site.range.start));
            written.push_str(&self.site(site, &within));
            position = site.range.end;
        }
        written.push_str(range_text(self.text, position..range.end));
        written
    }

    fn site(&self, site: &Site, within: &[&Site]) -> String {
        let inner = |range: &Range<usize>| self.range(range.clone(), within);
        let raw = |range: &Range<usize>| range_text(self.text, range.clone());
        match &site.form {
            Form::Binary { left, right } => {
                let operator = range_text(self.text, left.end..right.start);
                let original = format!("({}{operator}{})", inner(left), inner(right));
                self.choice(site, &original, |replacement| format!("({}) {replacement} ({})", raw(left), raw(right)))
            }
            Form::Unary { operand } => {
                let operator = range_text(self.text, site.range.start..operand.start);
                let original = format!("({operator}{})", inner(operand));
                self.choice(site, &original, |_| format!("({})", raw(operand)))
            }
            Form::Guard => self.choice(site, &format!("({})", inner(&site.range)), str::to_owned),
            Form::GuardedArm => match self.unless(site) {
                Some(condition) => format!("{condition} && ({})", inner(&site.range)),
                None => inner(&site.range),
            },
            Form::Arm => self.unless(site).map_or_else(String::new, |condition| format!(" if {condition}")),
            Form::Field { name, value, path, base, is_path } => {
                let instead = match is_path {
                    true => format!("({base}).{name}"),
                    false => format!("{{ let base: {path} = {base}; base.{name} }}"),
                };
                format!("{name}: {}", self.choice(site, &format!("({})", inner(value)), |_| instead.clone()))
            }
            Form::Body => {
                let arms: String =
                    self.kept(site).map(|(place, mutant)| format!("{place} => return {mutant}, ")).collect();
                let first = site.first;
                let count = site.replacements.len();
                if arms.is_empty() {
                    return String::new();
                }
                format!(" match crate::mutant::at({first}, {count}) {{ {arms}_ => {{}} }} ")
            }
            Form::Iterator => self.iterator(site, &inner(&site.range)),
        }
    }

    /// A function's body among others that give another type: each is wrapped until they are of one.
    fn iterator(&self, site: &Site, body: &str) -> String {
        let (first, count) = (site.first, site.replacements.len());
        let (mut arms, mut before, mut after) = (String::new(), String::new(), String::new());
        for (place, mutant) in self.kept(site) {
            let way = "crate::mutant::Way";
            arms.push_str(&format!("{place} => {before}{way}::First({mutant}){after}, "));
            before.push_str("crate::mutant::Way::Second(");
            after.push(')');
        }
        if arms.is_empty() {
            body.to_owned()
        } else {
            format!(" match crate::mutant::at({first}, {count}) {{ {arms}_ => {before}{{{body}}}{after} }} ")
        }
    }

    /// Each mutant of a place that compiles, by its place among them, and what it puts there.
    fn kept(&self, site: &Site) -> impl Iterator<Item = (usize, String)> {
        let numbers = (site.first..).zip(1_usize..).zip(&site.replacements);
        numbers.filter(|((number, _), _)| !self.left_out.contains(number)).map(|((number, place), replacement)| {
            let (begin, end) = marks(number);
            (place, format!("{begin}{replacement}{end}"))
        })
    }

    /// One expression among those of mutants.
    fn choice(&self, site: &Site, original: &str, mutated: impl Fn(&str) -> String) -> String {
        let mut arms = String::new();
        for ((number, place), replacement) in (site.first..).zip(1_usize..).zip(&site.replacements) {
            if !self.left_out.contains(&number) {
                let (begin, end) = marks(number);
                arms.push_str(&format!("{place} => {begin}{}{end}, ", mutated(replacement)));
            }
        }
        let (first, count) = (site.first, site.replacements.len());
        if arms.is_empty() {
            return original.to_owned();
        }
        format!("(match crate::mutant::at({first}, {count}) {{ {arms}_ => {original} }})")
    }

    /// The condition under which an arm stands.
    fn unless(&self, site: &Site) -> Option<String> {
        let number = site.first;
        let (begin, end) = marks(number);
        (!self.left_out.contains(&number)).then(|| format!("{begin}crate::mutant::at({number}, 1) == 0{end}"))
    }
}

#[cfg(test)]
#[path = "rewrite_tests.rs"]
mod tests;
