//! How a sensor's code fails, and how that is noticed without a word on standard error.

use std::cell::RefCell;
use std::fmt;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::sync::Once;

/// What a sensor's code may give back.
pub trait Outcome {
    /// What is wrong, in words; `None` if nothing is.
    fn failure(self) -> Option<String>;
}

impl Outcome for () {
    fn failure(self) -> Option<String> {
        None
    }
}

impl<E: fmt::Display> Outcome for Result<(), E> {
    fn failure(self) -> Option<String> {
        self.err().map(|error| error.to_string())
    }
}

/// A panic: what was said, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What was said.
    pub message: String,
    /// File, line and column of the panic.
    pub place: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.place)
    }
}

thread_local! {
    /// Of a thread that is watched, its last panic.
    static WATCHED: RefCell<Option<Option<Failure>>> = const { RefCell::new(None) };
}

/// Runs the code; gives its panic, which goes unprinted. Panics of threads that the code starts are its own affair.
pub(super) fn watch(code: impl FnOnce()) -> Option<Failure> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let others = take_hook();
        set_hook(Box::new(move |info| {
            if !note(info) {
                others(info);
            }
        }));
    });
    WATCHED.set(Some(None));
    let ended = catch_unwind(AssertUnwindSafe(code));
    let noted = WATCHED.take().flatten();
    // A panic may have been caught by the code itself: then it is none.
    ended.err().map(|_| noted.unwrap_or(Failure { message: String::new(), place: "unknown".to_owned() }))
}

/// Keeps a panic of a thread that is watched.
fn note(info: &PanicHookInfo<'_>) -> bool {
    WATCHED.with_borrow_mut(|watched| {
        let Some(last) = watched else { return false };
        *last = Some(Failure {
            message: info.payload_as_str().unwrap_or("a panic without a text").to_owned(),
            place: info.location().map_or_else(|| "unknown".to_owned(), ToString::to_string),
        });
        true
    })
}

#[cfg(test)]
#[allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking, and is about panics")]
mod tests {
    use super::*;

    #[test]
    fn only_a_panic_that_comes_out_is_a_failure() {
        assert_eq!(watch(|| ()), None);
        assert_eq!(watch(|| drop(catch_unwind(|| panic!("caught")))), None);
        let failure = watch(|| panic!("not caught: {}", 7)).expect("it panics");
        assert_eq!(failure.message, "not caught: 7");
        assert!(failure.place.starts_with(file!()), "{}", failure.place);
    }

    #[test]
    fn what_code_gives_back() {
        assert_eq!(().failure(), None);
        assert_eq!(Ok::<(), String>(()).failure(), None);
        assert_eq!(Err("so").failure().as_deref(), Some("so"));
    }
}
