//! Code of others in which a panic may be left, by name. Nothing of this project is ever on these lists.

/// Functions of one purpose, or the lines of one package.
pub(super) struct LetThrough {
    /// How the names of functions begin; or, with a slash in front, what the file of a line contains.
    pub(super) code: &'static [&'static str],
    /// Why a panic in there does not break the promise, and what shows it instead.
    pub(super) reason: &'static str,
}

impl LetThrough {
    /// What lets a function through, if anything does.
    pub(super) fn function(&self, name: &str) -> Option<&'static str> {
        self.code.iter().copied().find(|code| name.starts_with(code))
    }

    /// What lets the lines of a file through, if anything does.
    pub(super) fn place(&self, place: &str) -> Option<&'static str> {
        self.code.iter().copied().find(|code| code.starts_with('/') && place.contains(code))
    }
}

/// Functions that do not panic by their contract, and that keep checks where nothing is optimised. The optimised profiles
/// prove each call of them free of panics too.
pub(super) const TOTAL: LetThrough = LetThrough {
    code: &[
        "<str>::get::<",
        "<str>::is_ascii",
        "<[u8]>::starts_with",
        "<[u64; 3] as core::cmp::",
        "<core::net::ip_addr::Ipv6Addr as core::cmp::",
        "<core::slice::iter::ArrayWindows<",
    ],
    reason: "total by contract; proved where it is optimised",
};

/// Where the standard library writes and parses addresses, and quotes text.
pub(super) const TEXT: LetThrough = LetThrough {
    code: &[
        "<core::net::ip_addr::Ipv4Addr as core::fmt::Display>",
        "<core::net::ip_addr::Ipv6Addr as core::fmt::Display>",
        "<core::net::ip_addr::Ipv6Addr as core::str::traits::FromStr>",
        "<core::net::parser::Parser>",
        "/core/src/net/parser.rs",
        "<str as core::fmt::Debug>::fmt",
        "<char>::escape_debug_ext",
        "<core::fmt::Formatter>::debug_struct_fields_finish",
    ],
    reason: "checks of buffers that they size themselves; tests/outside_the_proof.rs writes and reads generated ones",
};

/// An allocator that has nothing left, or a length beyond the address space.
pub(super) const ALLOCATION: LetThrough = LetThrough {
    code: &["alloc::alloc::handle_alloc_error", "alloc::raw_vec::capacity_overflow", "/alloc/src/sync.rs"],
    reason: "failed allocation is outside the promise, and memory is bounded by the input",
};

/// They panic when an order contradicts itself.
pub(super) const SORTING: LetThrough = LetThrough {
    code: &["core::slice::sort::"],
    reason: "panics on an order that is none; tests/outside_the_proof.rs holds those of the model against the rules",
};

/// The reference counts and slices of `bytes`.
pub(super) const BYTES: LetThrough = LetThrough {
    code: &["bytes::abort", "bytes::bytes::", "bytes::panic_advance", "<bytes::bytes::Bytes>::slice_ref"],
    reason: "checks of its own counts, and of sizes that are known before: tests try a buffer that fits and one a byte less",
};

/// The engine of regular expressions, which indexes into its own tables.
pub(super) const EXPRESSIONS: LetThrough = LetThrough {
    code: &[
        "regex_automata::",
        "<regex_automata::",
        "<&regex_automata::",
        "<alloc::sync::Arc<regex_automata::",
        "<&alloc::boxed::Box<regex_automata::",
        "/regex-automata-",
    ],
    reason: "indexes its own tables; run on generated and hostile expressions and values, against the reference",
};

/// Searching for bytes.
pub(super) const SEARCHING: LetThrough = LetThrough {
    code: &["memchr::"],
    reason: "counts within one slice; run on generated values, against the reference",
};
