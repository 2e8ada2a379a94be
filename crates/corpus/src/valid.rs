//! The valid files.

mod examples;
mod extremes;
mod layout;
mod patterns;
mod words;

use crate::{Result, Valid};

/// Every valid file.
///
/// # Errors
///
/// Never, unless the library refuses content that this crate takes for valid.
pub fn valid() -> Result<Vec<Valid>> {
    let files: Vec<(&str, &str, Make)> = vec![
        ("smallest", "the smallest file there is, as the format's description shows it", layout::smallest),
        ("incident", "21 fields; most of them, and at times the 21st, without a criterion", layout::incident),
        ("two-versions", "two versions of one type, content for each", layout::two_versions),
        ("several-types", "three types, their ids not in the order of their names", layout::several_types),
        ("type-left-out", "a type that no instance uses is not in the file", layout::type_left_out),
        ("shared-shapes", "rules that share shapes: instances stand by shape, then by rule", layout::shared_shapes),
        (
            "alternatives",
            "one rule with alternatives of one shape, one of them twice, in the author's order",
            layout::alternatives,
        ),
        (
            "criteria-on-one-field",
            "several criteria on one field, in the order of their values",
            layout::criteria_on_one_field,
        ),
        ("none-of", "any-of and none-of on the same fields", layout::excluding),
        ("verdicts", "every severity with every disposition", layout::verdicts),
        ("restricted-operators", "fields that allow some of their kind's operators", layout::restricted_operators),
        ("every-pattern", "every operator with every value kind on every field kind", patterns::every_pattern),
        ("field-references", "every comparison with another field, on every field kind", patterns::field_references),
        ("globs", "globs in normal form, with and without escapes", patterns::globs),
        ("shortlex", "texts and bytes in the order of their lengths, then of their bytes", patterns::shortlex),
        ("examples", "examples to match and not to match; values absent, empty and not UTF-8", examples::examples),
        ("examples-without-bytes", "examples with rows of ends and no byte heap", examples::without_bytes),
        ("names", "titles, authors and references, some of them empty", words::names),
        ("non-ascii", "texts whose characters have two, three and four bytes", words::non_ascii),
        ("alphabet", "field names in another order than the alphabet's, one the beginning of another", words::alphabet),
        (
            "highest-numbers",
            "the highest channel, content version, type id, type version and values",
            extremes::highest,
        ),
        ("lowest-numbers", "the lowest channel, content version, type id, type version and values", extremes::lowest),
        ("embedded-fields", "as many fields as the embedded limits take", extremes::embedded_fields),
        ("embedded-criteria", "as many criteria as the embedded limits take", extremes::embedded_criteria),
        ("embedded-name", "names as long as the embedded limits take", extremes::embedded_name),
        ("embedded-pattern", "a pattern as long as the embedded limits take", extremes::embedded_pattern),
    ];
    files.into_iter().map(|(name, shows, make)| Ok(Valid { name, shows, bytes: make()? })).collect()
}

type Make = fn() -> Result<Vec<u8>>;
