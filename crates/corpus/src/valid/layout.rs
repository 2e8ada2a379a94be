//! Types, instances, shapes and rules: what stands where.

use channel_file::encode;
use channel_file::template::{
    Content, Disposition, FieldKind, Operator, OperatorSet, Pattern, Severity, TemplateInstance, TemplateType,
};

use crate::Result;
use crate::sketch::{
    CHANNEL, any_of, file, file_of, instance, none_of, pipe, rule, template_type, text, text_ignoring_case,
};

pub(super) fn smallest() -> Result<Vec<u8>> {
    let pipe = pipe()?;
    let criterion = any_of(0, [text_ignoring_case(Operator::StartsWith, r"\x")?])?;
    let instance = TemplateInstance::builder(&pipe).severity(Severity::High).criterion(criterion).build()?;
    file([pipe], [rule("r", [instance])?])
}

pub(super) fn incident() -> Result<Vec<u8>> {
    let names: Vec<_> = (1..=21).map(|number| format!("parameter_{number}")).collect();
    let fields: Vec<_> = names.iter().map(|name| (name.as_str(), FieldKind::Text)).collect();
    let ipc = template_type(29, 1, "interprocess_communication", &fields)?;
    let name = || text_ignoring_case(Operator::StartsWith, r"\\.\pipe\sample");
    let wildcard = instance(&ipc, [any_of(0, [name()?])?, any_of(6, [text(Operator::Equals, "S-1-5-18")?])?])?;
    let criterion = any_of(20, [text_ignoring_case(Operator::Contains, "marker")?])?;
    let exercised = instance(&ipc, [any_of(0, [name()?])?, criterion])?;
    file([ipc], [rule("earlier-content", [wildcard])?, rule("reads-the-21st", [exercised])?])
}

pub(super) fn two_versions() -> Result<Vec<u8>> {
    let fields = [("image", FieldKind::Text), ("port", FieldKind::Unsigned), ("user", FieldKind::Text)];
    let (earlier, _) = fields.split_at_checked(2).unwrap_or_default();
    let (one, two) = (template_type(3, 1, "connection", earlier)?, template_type(3, 2, "connection", &fields)?);
    let port = || any_of(1, [Pattern::unsigned(445)]);
    let old = instance(&one, [port()?])?;
    let new = instance(&two, [port()?, none_of(2, [text(Operator::Equals, "SYSTEM")?])?])?;
    file([two, one], [rule("smb", [new, old])?])
}

pub(super) fn several_types() -> Result<Vec<u8>> {
    let process = template_type(1, 1, "process", &[("image", FieldKind::Text), ("parent", FieldKind::Text)])?;
    let file_write = template_type(11, 1, "file", &[("path", FieldKind::Text)])?;
    let lookup = template_type(22, 3, "dns", &[("query", FieldKind::Text), ("answer", FieldKind::IpAddress)])?;
    let of_process = instance(&process, [any_of(1, [text(Operator::EndsWith, "office.exe")?])?])?;
    let of_file = instance(&file_write, [any_of(0, [text(Operator::EndsWith, ".sample")?])?])?;
    let of_lookup = instance(&lookup, [any_of(0, [text(Operator::EndsWith, ".invalid")?])?])?;
    let rules = [rule("both", [of_process, of_lookup])?, rule("one", [of_file])?];
    file([lookup, process, file_write], rules)
}

pub(super) fn type_left_out() -> Result<Vec<u8>> {
    let unused = template_type(2, 1, "never", &[("field", FieldKind::Boolean)])?;
    let pipe = pipe()?;
    let used = instance(&pipe, [any_of(0, [Pattern::empty()])?])?;
    file([unused, pipe], [rule("r", [used])?])
}

pub(super) fn shared_shapes() -> Result<Vec<u8>> {
    let pipe = pipe()?;
    let of = |operator, value| instance(&pipe, [any_of(0, [text(operator, value)?])?]);
    let pair = |one, two| instance(&pipe, [any_of(0, [text(Operator::Equals, one)?, text(Operator::Equals, two)?])?]);
    let rules = [
        rule("d", [of(Operator::Equals, "one")?, of(Operator::Contains, "two")?])?,
        rule("b", [of(Operator::Contains, "three")?, pair("four", "five")?])?,
        rule("c", [of(Operator::Equals, "six")?, of(Operator::Equals, "six")?])?,
        rule("a", [pair("seven", "eight")?])?,
    ];
    file([pipe], rules)
}

pub(super) fn alternatives() -> Result<Vec<u8>> {
    let pipe = pipe()?;
    let of = |value| instance(&pipe, [any_of(0, [text(Operator::Equals, value)?])?]);
    file([pipe.clone()], [rule("r", [of("z")?, of("a")?, of("z")?, of("m")?])?])
}

pub(super) fn criteria_on_one_field() -> Result<Vec<u8>> {
    let fields = [("command", FieldKind::Text), ("size", FieldKind::Unsigned), ("raw", FieldKind::Bytes)];
    let process = template_type(1, 1, "process", &fields)?;
    let contains = |one, two| any_of(0, [text(Operator::Contains, one)?, text(Operator::Contains, two)?]);
    let range = |low, high| any_of(1, [Pattern::unsigned_range(low, high)?]);
    let starts = |bytes: &[u8]| any_of(2, [Pattern::bytes(Operator::Contains, bytes)?]);
    let criteria = [
        contains("-enc", "-e")?,
        contains("-enc", "-f")?,
        contains("-nop", "-w")?,
        any_of(0, [text(Operator::Contains, "hidden")?])?,
        range(1, 9)?,
        range(1, 10)?,
        range(2, 3)?,
        starts(b"MZ")?,
        starts(b"PE")?,
    ];
    file_of(process, criteria)
}

fn excluding_criteria(template_type: &TemplateType) -> Result<TemplateInstance> {
    let excluded = [text(Operator::Equals, "a")?, text(Operator::Equals, "b")?, text(Operator::StartsWith, "c")?];
    let criteria = [any_of(0, [text(Operator::Contains, "d")?])?, none_of(0, excluded)?];
    instance(template_type, criteria)
}

pub(super) fn excluding() -> Result<Vec<u8>> {
    let fields = [("image", FieldKind::Text), ("size", FieldKind::Signed)];
    let process = template_type(1, 1, "process", &fields)?;
    let present = instance(&process, [none_of(1, [Pattern::absent()])?])?;
    file([process.clone()], [rule("excluding", [excluding_criteria(&process)?])?, rule("present", [present])?])
}

pub(super) fn verdicts() -> Result<Vec<u8>> {
    let pipe = pipe()?;
    let mut builder = Content::builder(CHANNEL, 7);
    for severity in Severity::ALL {
        let id = format!("{}-{severity}", severity.code());
        let mut rule = channel_file::template::Rule::builder(id);
        for disposition in Disposition::ALL {
            let criterion = any_of(0, [text(Operator::Equals, disposition.name())?])?;
            let instance = TemplateInstance::builder(&pipe).severity(*severity).disposition(*disposition);
            rule = rule.instance(instance.criterion(criterion).build()?);
        }
        builder = builder.rule(rule.build()?);
    }
    Ok(encode(&builder.template_type(pipe).build()?)?)
}

pub(super) fn restricted_operators() -> Result<Vec<u8>> {
    let builder = TemplateType::builder(1, 1, "process")
        .field_with("image", FieldKind::Text, OperatorSet::of(&[Operator::EndsWith]))
        .field_with("elevated", FieldKind::Boolean, OperatorSet::of(&[Operator::Equals, Operator::Absent]))
        .field("address", FieldKind::IpAddress);
    let criteria = [any_of(0, [text(Operator::EndsWith, ".exe")?])?, any_of(1, [Pattern::boolean(true)])?];
    file_of(builder.build()?, criteria)
}
