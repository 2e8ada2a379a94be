//! Content judged by the library's validator.
//!
//! [`manifests`] and [`history`] read what is judged by, [`positions`] leads back to sources, [`traffic`] holds recorded events against content, and a [`Judge`] brings what was
//! found into the shape that is reported.

pub(crate) mod history;
pub(crate) mod manifests;
pub(crate) mod positions;
pub(crate) mod traffic;

use channel_file::interpreter::Budget;
use channel_file::validator::{Finding as Judgement, History, SensorManifest, Validator, Waiver};
use channel_file::{ChannelFile, Limits, encode_with};

use self::positions::Positions;
use self::traffic::Recorded;
use crate::finding::{Failure, Finding};
use crate::input::Input;
use crate::number::{count, sha256};
use crate::progress::Progress;
use crate::report::found::{Found, Position};
use crate::report::{Counts, InputKind, Judged};
use crate::sources::Built;
use crate::verdict::Verdict;

/// What all content is judged by.
pub(crate) struct Judge<'j> {
    pub(crate) manifests: &'j [SensorManifest],
    /// What is waived of channel files; sources bring their own.
    pub(crate) waivers: &'j [Waiver],
    /// What came before, where it is told.
    pub(crate) history: Option<&'j History>,
    pub(crate) limits: Limits,
    pub(crate) budget: Budget,
    pub(crate) denies_warnings: bool,
    /// Whether sources are judged without what does not compile.
    pub(crate) skips_refused: bool,
    pub(crate) recorded: Option<Recorded<'j>>,
    pub(crate) progress: &'j Progress,
}

impl Judge<'_> {
    /// Judges a channel file, or what should be one.
    pub(crate) fn channel_file(&self, input: &Input) -> Result<(Judged, Vec<Finding>), Failure> {
        let mut judged = Judged { kind: InputKind::ChannelFile, inputs: vec![input.name.clone()], ..Judged::default() };
        let errors = self.bytes(&input.bytes, self.waivers, |_| None, &mut judged)?;
        judged.errors.extend(encoding_fault(&input.name, &input.bytes, &self.limits));
        judged.bytes = Some(count(input.bytes.len()));
        judged.sha256 = Some(sha256(&input.bytes));
        judged.status = self.status(&judged, &errors);
        Ok((judged, errors))
    }

    /// Judges what sources become.
    pub(crate) fn sources(&self, inputs: &[Input], built: Built) -> Result<(Judged, Vec<Finding>), Failure> {
        let mut judged = Judged {
            kind: InputKind::Sources,
            inputs: inputs.iter().map(|input| input.name.clone()).collect(),
            accepted: Some(count(built.accepted)),
            refused: built.refused,
            // Files of types alone are good: they are built together with rules.
            errors: if built.holds_no_rule { Vec::new() } else { built.errors },
            holds_no_rule: built.holds_no_rule,
            ..Judged::default()
        };
        let mut errors = Vec::new();
        if let Some((content, bytes)) = &built.file
            && let Ok(file) = ChannelFile::open_with(bytes, &self.limits)
        {
            let waivers: Vec<Waiver> = built.waivers.iter().map(waiver).collect();
            let positions = Positions::new(content, &file, &built.origins, &built.waivers);
            errors = self.bytes(bytes, &waivers, |finding| positions.of(finding), &mut judged)?;
            if !built.lacks_channel {
                judged.bytes = Some(count(bytes.len()));
                judged.sha256 = Some(sha256(bytes));
            }
        }
        judged.status = self.status(&judged, &errors);
        Ok((judged, errors))
    }

    /// Judges bytes; gives what kept events from being judged.
    fn bytes(
        &self,
        bytes: &[u8],
        waivers: &[Waiver],
        position: impl Fn(&Judgement) -> Option<Position>,
        judged: &mut Judged,
    ) -> Result<Vec<Finding>, Failure> {
        let validator = Validator::new().manifests(self.manifests).waivers(waivers);
        let validator = validator.limits(self.limits).budget(self.budget);
        let validator = self.history.map_or(validator.clone(), |history| validator.history(history));
        let mut report = validator.judge_watched(bytes, |progress| self.progress.exercised(progress));
        let mut errors = Vec::new();
        if let (Some(recorded), Ok(file)) = (&self.recorded, ChannelFile::open_with(bytes, &self.limits))
            && let Some(held) = recorded.hold(&file, &self.limits, &self.budget, waivers, self.progress)?
        {
            report.add(held.findings);
            judged.traffic = Some(held.report);
            errors = held.errors;
        }
        judged.content = report.content.map(Into::into);
        judged.releases = report.releases.iter().map(Into::into).collect();
        judged.findings =
            (report.findings.iter()).map(|finding| Found::of(finding, self.manifests, position(finding))).collect();
        judged.counts = Counts::of(&judged.findings);
        judged.coverage = report.coverage.iter().map(Into::into).collect();
        judged.exercise = report.exercise.into();
        judged.examples = report.examples.into();
        Ok(errors)
    }

    /// What has been accepted without all that it was to be held against has not been judged.
    fn status(&self, judged: &Judged, errors: &[Finding]) -> Verdict {
        let Counts { errors: refusing, warnings, .. } = judged.counts;
        let is_skipped = self.skips_refused && judged.content.is_some();
        let is_whole = (judged.refused.is_empty() || is_skipped) && judged.errors.is_empty();
        let is_good = is_whole && refusing == 0 && (warnings == 0 || !self.denies_warnings);
        let verdict = if is_good { Verdict::Accepted } else { Verdict::Refused };
        errors.iter().map(Finding::verdict).fold(verdict, Verdict::and)
    }
}

/// The same for the library, which knows no sources.
fn waiver(waiver: &channel_file_content::Waiver) -> Waiver {
    Waiver {
        rule: waiver.rule.clone(),
        finding: waiver.finding.clone(),
        field: waiver.field.clone(),
        reason: waiver.reason.clone(),
    }
}

/// What is wrong with a file that opens, but that the writer would not write. There is no such file unless the library has
/// a defect.
fn encoding_fault(name: &str, bytes: &[u8], limits: &Limits) -> Option<Finding> {
    let file = ChannelFile::open_with(bytes, limits).ok()?;
    let fault = match encode_with(&file.to_content(), limits) {
        Ok(encoded) if encoded == bytes => return None,
        Ok(encoded) => {
            let same = encoded.iter().zip(bytes).take_while(|(one, two)| one == two).count();
            let message = format!("encoding what the file says gives other bytes, from {same:#x} on");
            Finding { kind: "not-canonical", offset: Some(count(same)), message, ..Finding::default() }
        }
        Err(error) => Finding::of_model(error),
    };
    Some(Finding { file: name.to_owned(), help: "this is a defect of the library".to_owned(), ..fault })
}
