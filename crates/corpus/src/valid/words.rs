//! Words for people, and what text can be.

use channel_file::template::{FieldKind, Operator, Pattern, Rule};

use crate::Result;
use crate::sketch::{any_of, file, file_of, instance, pipe, template_type, text, text_ignoring_case};

pub(super) fn names() -> Result<Vec<u8>> {
    let pipe = pipe()?;
    let of = |value| instance(&pipe, [any_of(0, [text(Operator::Equals, value)?])?]);
    let full = Rule::builder("01-full")
        .title("Pipe of an invented tool")
        .author("Nobody, Example Corp.")
        .reference("https://example.com/invented")
        .reference("https://example.com/invented")
        .reference("a second kind of reference")
        .instance(of("one")?);
    let title = Rule::builder("02-title").title("Only a title").instance(of("two")?);
    let author = Rule::builder("03-author").author("Only an author").instance(of("three")?);
    file(
        [pipe.clone()],
        [full.build()?, title.build()?, author.build()?, Rule::builder("04-bare").instance(of("four")?).build()?],
    )
}

pub(super) fn non_ascii() -> Result<Vec<u8>> {
    let fields = [("größe", FieldKind::Unsigned), ("名前", FieldKind::Text), ("🦀", FieldKind::Text)];
    let process = template_type(8, 1, "prozeß", &fields)?;
    let patterns = [text(Operator::Equals, "ß")?, text(Operator::Equals, "日本")?, text(Operator::Contains, "🦀")?];
    let criteria = [any_of(1, patterns)?, any_of(2, [text_ignoring_case(Operator::Glob, "é?*ü")?])?];
    let instance = instance(&process, criteria)?;
    let rule = Rule::builder("規則").title("Überschrift").author("Ñandú").reference("https://example.com/☃");
    file([process], [rule.instance(instance).build()?])
}

pub(super) fn alphabet() -> Result<Vec<u8>> {
    let names = ["beta", "alphabet", "alpha", "Zeta", "eta", "al", "zeta", "a b", "a-b", "äther"];
    let fields: Vec<_> = names.into_iter().map(|name| (name, FieldKind::Text)).collect();
    file_of(template_type(9, 1, "alphabet", &fields)?, [any_of(9, [Pattern::absent()])?])
}
