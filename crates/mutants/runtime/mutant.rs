//! Which mutant runs: part of the copy that `crates/mutants` makes of the library, and of nothing else.
extern crate std;

use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::io::Write;

/// One more than there are mutants; their numbers begin with 1.
const COUNT: usize = @COUNT@;

/// What stands for all of them where it is recorded which are reached.
const RECORD: usize = usize::MAX;

static CHOSEN: AtomicUsize = AtomicUsize::new(0);
static REACHED: [AtomicBool; COUNT] = [const { AtomicBool::new(false) }; COUNT];

/// Before `main`, so that no test which counts allocations sees the environment read.
#[used]
#[unsafe(link_section = ".init_array")]
static START: extern "C" fn() = start;

/// Which of `count` mutants from `first` on is chosen, counted from 1; 0 if none is, and while the compiler evaluates.
#[inline]
pub(crate) const fn at(first: usize, count: usize) -> usize {
    core::intrinsics::const_eval_select((first, count), in_compiler, at_run_time)
}

const fn in_compiler(_: usize, _: usize) -> usize {
    0
}

#[inline]
fn at_run_time(first: usize, count: usize) -> usize {
    let chosen = CHOSEN.load(Ordering::Relaxed);
    if chosen == RECORD {
        record(first, count);
        return 0;
    }
    let place = chosen.wrapping_sub(first);
    if place < count { place.wrapping_add(1) } else { 0 }
}

#[cold]
fn record(first: usize, count: usize) {
    for reached in REACHED.iter().skip(first).take(count) {
        reached.store(true, Ordering::Relaxed);
    }
}

unsafe extern "C" {
    fn atexit(end: extern "C" fn()) -> i32;
}

extern "C" fn start() {
    if std::env::var_os("MUTANTS_REACHED").is_some() {
        CHOSEN.store(RECORD, Ordering::Relaxed);
        unsafe { atexit(end) };
    } else if let Some(number) = std::env::var("MUTANT").ok().and_then(|number| number.parse().ok()) {
        CHOSEN.store(number, Ordering::Relaxed);
    }
}

extern "C" fn end() {
    let Some(path) = std::env::var_os("MUTANTS_REACHED") else { return };
    let mut text = std::string::String::new();
    for (number, reached) in REACHED.iter().enumerate() {
        if reached.load(Ordering::Relaxed) {
            text.push_str(&std::format!("{number}\n"));
        }
    }
    let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
    let _ = file.and_then(|mut file| file.write_all(text.as_bytes()));
}

/// One of two iterators: a function that gives `impl Iterator` has one type.
#[derive(Clone, Debug)]
pub(crate) enum Way<A, B> {
    First(A),
    Second(B),
}

impl<A: Iterator, B: Iterator<Item = A::Item>> Iterator for Way<A, B> {
    type Item = A::Item;

    fn next(&mut self) -> Option<A::Item> {
        match self {
            Self::First(inner) => inner.next(),
            Self::Second(inner) => inner.next(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Self::First(inner) => inner.size_hint(),
            Self::Second(inner) => inner.size_hint(),
        }
    }
}

impl<A: DoubleEndedIterator, B: DoubleEndedIterator<Item = A::Item>> DoubleEndedIterator for Way<A, B> {
    fn next_back(&mut self) -> Option<A::Item> {
        match self {
            Self::First(inner) => inner.next_back(),
            Self::Second(inner) => inner.next_back(),
        }
    }
}

impl<A: ExactSizeIterator, B: ExactSizeIterator<Item = A::Item>> ExactSizeIterator for Way<A, B> {}
