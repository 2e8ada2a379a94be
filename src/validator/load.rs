//! Would the interpreter load the content, and at what cost?

use alloc::format;
use alloc::vec::Vec;

use super::code::FindingCode;
use super::finding::{Finding, Place};
use crate::channel_file::ChannelFile;
use crate::counted::counted;
use crate::error::{Error, ErrorCode};
use crate::interpreter::{Budget, Interpreter, Refusal, check_regex};
use crate::template::{Operator, PatternValue, SensorTypes};

/// For whom content is loaded.
#[derive(Clone, Copy)]
pub(super) struct Loader<'l> {
    /// Index and name of the release; `None` for the content's own types.
    pub(super) release: Option<(usize, &'l str)>,
    pub(super) budget: &'l Budget,
}

impl Loader<'_> {
    /// Loads the file. If it is refused, each expression that is reason enough by itself is found, not the first alone.
    ///
    /// What the schema layer has found already, `is_explained`, is not found again.
    pub(super) fn load<'t>(
        &self,
        file: &ChannelFile<'_>,
        types: &SensorTypes<'t>,
        is_explained: bool,
        findings: &mut Vec<Finding>,
    ) -> Option<Interpreter<'t>> {
        let refusal = match Interpreter::load(file, types, self.budget) {
            Ok(interpreter) => return Some(interpreter),
            Err(refusal) => refusal,
        };
        let is_told = match refusal.code() {
            ErrorCode::RegexSyntax | ErrorCode::RegexSize => {
                let before = findings.len();
                self.expressions(file, findings);
                findings.len() > before
            }
            code => is_explained && is_binding(code),
        };
        if !is_told {
            findings.push(self.refused(file, &refusal));
        }
        None
    }

    fn refused(&self, file: &ChannelFile<'_>, refusal: &Refusal) -> Finding {
        let error = refusal.error();
        let code = match error.code() {
            ErrorCode::RegexSyntax => FindingCode::RegexSyntax,
            ErrorCode::RegexSize => FindingCode::RegexSize,
            ErrorCode::BudgetBytes => FindingCode::Memory,
            ErrorCode::BudgetWork => FindingCode::Work,
            _ => FindingCode::NotLoaded,
        };
        let mut finding = self.finding(file, code, error);
        let mut separator = "what costs most: ";
        for cost in refusal.worst() {
            let Some(instance) = file.instance(cost.instance) else { continue };
            let (rule, title) = (instance.rule().id(), instance.rule().title());
            let costs = format!("{} bytes, work {}", cost.bytes, cost.work);
            if separator.starts_with("what") {
                finding.help.push_str("; ");
            }
            finding.help.push_str(&format!("{separator}instance {} of rule {rule} {title:?} ({costs})", cost.instance));
            separator = "; ";
        }
        finding
    }

    /// Each regular expression by itself.
    fn expressions(&self, file: &ChannelFile<'_>, findings: &mut Vec<Finding>) {
        for instance in file.instances() {
            for (number, criterion) in counted(0_u16, instance.criteria()) {
                for (pattern, view) in counted(0_u32, criterion.patterns()) {
                    let (Operator::Regex, PatternValue::Text(text, case)) = (view.operator(), view.value()) else {
                        continue;
                    };
                    let Err(error) = check_regex(text, case, self.budget) else { continue };
                    let code = match error.code() {
                        ErrorCode::RegexSyntax => FindingCode::RegexSyntax,
                        _ => FindingCode::RegexSize,
                    };
                    let mut finding = self.finding(file, code, error);
                    finding.message = format!("{}: {text}", finding.message);
                    finding.place = Place {
                        criterion: Some(number),
                        pattern: Some(pattern),
                        ..Place::of_field(&instance, criterion.field())
                    };
                    findings.push(finding);
                }
            }
        }
    }

    fn finding(&self, file: &ChannelFile<'_>, code: FindingCode, error: Error) -> Finding {
        let explanation = ChannelFile::explain(error, file.bytes());
        let message = match self.release {
            Some((_, release)) => format!("release {release} does not load it: {explanation}"),
            None => format!("it does not load: {explanation}"),
        };
        let place = error.path().instance_index().and_then(|instance| file.instance(instance));
        let place = place.map_or_else(Place::default, |instance| match error.path().field_index() {
            Some(field) => Place { pattern: error.path().pattern_index(), ..Place::of_field(&instance, field) },
            None => Place::of_instance(&instance),
        });
        let finding = Finding::new(code, place, message).because(error);
        match self.release {
            Some((release, _)) => finding.of_release(release),
            None => finding,
        }
    }
}

const fn is_binding(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::SensorLacksType
            | ErrorCode::SensorLacksVersion
            | ErrorCode::SensorFieldCount
            | ErrorCode::SensorFieldsDiffer
            | ErrorCode::SensorInputs
    )
}
