//! What the validator can find. `docs/FINDINGS.md` lists it; a test keeps the two alike.

use core::fmt;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth knowing; nothing needs to be done.
    Note,
    /// Likely a mistake. Does not refuse content by itself.
    Warning,
    /// The content is refused.
    Error,
}

/// Which part of the validator judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// The reader's own verdict on the bytes.
    Structure,
    /// Types, versions, fields, operators and inputs, held against each release.
    Schema,
    /// What the content says, whoever loads it.
    Sense,
    /// The interpreter's verdict, under each release's budget.
    Load,
    /// Events made to meet, and just to miss, each criterion.
    Exercise,
    /// The examples that come with the content.
    Examples,
    /// Recorded events.
    Traffic,
    /// The manifests themselves.
    Manifest,
    /// What this content does for the first time.
    Novelty,
}

macro_rules! finding_codes {
    ($( $layer:ident { $( #[doc = $doc:literal] $variant:ident = $code:literal $name:literal $level:ident $help:literal, )+ } )+) => {
        /// The stable code of a finding. Codes are never given a new meaning and never used again.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum FindingCode {
            $( $( #[doc = $doc] $variant, )+ )+
        }

        impl FindingCode {
            /// Every code, ascending.
            pub const ALL: &'static [Self] = &[$( $( Self::$variant, )+ )+];

            /// The code as people and programs quote it: `CV0205`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( $( Self::$variant => $code, )+ )+ }
            }

            /// The same in words, such as `inputs-differ`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( $( Self::$variant => $name, )+ )+ }
            }

            /// Which part of the validator finds it.
            #[must_use]
            pub const fn layer(self) -> Layer {
                match self { $( $( Self::$variant => Layer::$layer, )+ )+ }
            }

            /// How much it weighs, unless the finding says otherwise.
            #[must_use]
            pub const fn level(self) -> Level {
                match self { $( $( Self::$variant => Level::$level, )+ )+ }
            }

            /// What is wrong, in a sentence.
            #[must_use]
            pub const fn summary(self) -> &'static str {
                match self { $( $( Self::$variant => $doc.trim_ascii(), )+ )+ }
            }

            /// What to do about it.
            #[must_use]
            pub const fn help(self) -> &'static str {
                match self { $( $( Self::$variant => $help, )+ )+ }
            }
        }
    };
}

finding_codes! {
    Structure {
        /// The reader refuses the bytes.
        Unreadable = "CV0101" "unreadable" Error "build the file again from its sources",
    }
    Schema {
        /// A release does not have a type that the content is on.
        LacksType = "CV0201" "lacks-type" Error "hold the content back from this release, or take the instances on this type out",
        /// A release has the type in earlier versions only.
        LacksVersion = "CV0202" "lacks-version" Error "write the instances against a version that the release supplies, or hold the content back from it",
        /// A release declares another number of fields for the version.
        FieldCountDiffers = "CV0203" "field-count-differs" Error "the type was changed without a new version: give it one, and append the fields",
        /// A field of the release has another name, kind or set of operators.
        FieldDiffers = "CV0204" "field-differs" Error "the type was changed without a new version: give it one, and append the fields",
        /// The integration code of a release supplies fewer or more inputs than the type has fields.
        InputsDiffer = "CV0205" "inputs-differ" Error "do not publish: mend the sensor so that each field has an input, release it, and take the broken release out of support before content uses the type",
        /// The file is of a later format than the release reads.
        FormatVersion = "CV0206" "format-version" Error "hold the content back from this release",
        /// The content uses an operator that the release does not have.
        LacksOperator = "CV0207" "lacks-operator" Error "say it with operators that the release has, or hold the content back from it",
        /// The file is beyond the limits under which the release opens files.
        ReleaseLimits = "CV0208" "release-limits" Error "make the content smaller, or hold it back from this release",
    }
    Sense {
        /// No event can meet the instance.
        NeverMatches = "CV0301" "never-matches" Error "correct one of the criteria, remove the instance, or waive the finding by name in the source, with a reason",
        /// Every event meets the instance.
        MatchesEverything = "CV0302" "matches-everything" Error "no criterion of this instance keeps any event out: ask for something",
        /// An event without a single value meets the instance.
        MatchesNothingness = "CV0303" "matches-without-values" Warning "add a criterion that asks for something",
        /// Another instance asks for the same.
        Duplicate = "CV0304" "duplicate" Warning "remove one of the two",
        /// Whatever this instance matches, another instance of the rule matches too.
        Shadowed = "CV0305" "shadowed" Warning "remove it: the rule matches the same events without it",
        /// Two patterns differ in case alone, where case is ignored.
        CaseTwins = "CV0306" "case-twins" Warning "remove one of the two",
        /// Whatever meets this pattern meets another of the criterion.
        PatternImplied = "CV0308" "pattern-implied" Note "remove it: the criterion says the same without it",
        /// A waiver of a rule or for a finding that there is not, for one that cannot be waived, or without a reason.
        UnknownWaiver = "CV0309" "unknown-waiver" Error "waive findings by the codes or names that reports give them",
        /// A waiver for something that was not found.
        UnusedWaiver = "CV0310" "unused-waiver" Warning "remove the waiver",
        /// An event that says nothing in particular meets the instance.
        Unspecific = "CV0311" "unspecific" Warning "ask for more, or waive the finding by name in the source, with a reason",
    }
    Load {
        /// A regular expression does not parse.
        RegexSyntax = "CV0401" "regex-syntax" Error "correct the expression",
        /// A regular expression is larger than the budget allows.
        RegexSize = "CV0402" "regex-size" Error "make counted repetitions smaller, or classes narrower",
        /// The loaded content takes more memory than the budget allows.
        Memory = "CV0403" "memory" Error "make the content smaller, or hold it back from this release",
        /// An event can make more work than the budget allows.
        Work = "CV0404" "work" Error "make what costs most cheaper: dense expressions, fewer patterns on one field",
        /// The interpreter refuses the content for a reason that no other layer has found.
        NotLoaded = "CV0405" "not-loaded" Error "see the error",
    }
    Exercise {
        /// No event was found that exercises a pattern.
        NoWitness = "CV0501" "no-witness" Error "correct the pattern, or waive the finding by name in the source, with a reason",
        /// Nothing was found that this criterion alone keeps out.
        Redundant = "CV0502" "redundant" Warning "the other criteria imply this one: remove it, or correct it if it was to say more",
        /// A release cannot be given the events that exercise the content.
        WitnessNotRun = "CV0503" "witness-not-run" Error "what cannot be exercised is not published: see the manifest of the release",
        /// The interpreter's verdict is another than the criteria's.
        VerdictDiffers = "CV0504" "verdict-differs" Error "this is a defect of the interpreter: do not publish, and report it",
    }
    Examples {
        /// An example that its rule must match, and does not.
        ExampleNotMatched = "CV0601" "example-not-matched" Error "correct the rule or the example",
        /// An example that its rule must not match, and does.
        ExampleMatched = "CV0602" "example-matched" Error "correct the rule or the example",
    }
    Traffic {
        /// An instance matches a larger share of the events than was stated.
        MatchesOften = "CV0701" "matches-often" Warning "narrow the instance, or state a larger share if it is meant",
        /// Evaluating the events makes much more work than with the baseline.
        CostsMore = "CV0702" "costs-more" Warning "see the instances that make most work",
    }
    Manifest {
        /// A type of the manifest is none that a sensor could have.
        MalformedType = "CV0801" "malformed-type" Error "emit the manifest from the sensor's own build",
        /// Two types of the manifest have the same id.
        RepeatedType = "CV0802" "repeated-type" Error "emit the manifest from the sensor's own build",
        /// The release supplies a wrong number of inputs for a type that this content does not use.
        InputsDifferUnused = "CV0803" "inputs-differ-unused" Warning "mend the sensor: content that uses the type will be refused for this release",
    }
    Novelty {
        /// No earlier content asks anything of this field.
        FirstUseOfField = "CV0901" "first-use-of-field" Warning "make sure that every supported release really supplies the field: give their manifests, and stage the content",
        /// No earlier content is on this type.
        FirstUseOfType = "CV0902" "first-use-of-type" Warning "make sure that every supported release really supplies the type: give their manifests, and stage the content",
        /// No earlier content is on this version of the type.
        FirstUseOfVersion = "CV0903" "first-use-of-version" Warning "make sure that every supported release really supplies the version: give their manifests, and stage the content",
        /// No earlier content uses this operator on the field.
        FirstUseOfOperator = "CV0904" "first-use-of-operator" Warning "stage the content",
        /// More than any earlier content had of something.
        NewMaximum = "CV0905" "new-maximum" Note "see what made it grow",
        /// The content version does not ascend within the channel, or the channel is another.
        NotASuccessor = "CV0906" "not-a-successor" Warning "give new content the channel of the old one and a higher content version",
        /// A type is another than in the content before, and has no further version.
        TypeChanged = "CV0907" "type-changed" Error "do not publish: leave the fields of a version as they are, and append new ones under a further version",
    }
}

impl Level {
    /// `note`, `warning`, `error`: also the words of SARIF.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl Layer {
    /// Every layer, in the order in which they judge.
    pub const ALL: &'static [Self] = &[
        Self::Structure,
        Self::Schema,
        Self::Sense,
        Self::Load,
        Self::Exercise,
        Self::Examples,
        Self::Traffic,
        Self::Manifest,
        Self::Novelty,
    ];

    /// The name that reports use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::Schema => "schema",
            Self::Sense => "sense",
            Self::Load => "load",
            Self::Exercise => "exercise",
            Self::Examples => "examples",
            Self::Traffic => "traffic",
            Self::Manifest => "manifest",
            Self::Novelty => "novelty",
        }
    }
}

impl FindingCode {
    /// The code that is quoted so, by code or by name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name || code.name() == name)
    }

    /// Whether a source can waive it: what an author may know better, never a count, a refusal of the interpreter or a broken
    /// sensor.
    #[must_use]
    pub const fn is_waivable(self) -> bool {
        matches!(
            self,
            Self::NeverMatches
                | Self::NoWitness
                | Self::Redundant
                | Self::MatchesNothingness
                | Self::Duplicate
                | Self::Shadowed
                | Self::CaseTwins
                | Self::Unspecific
                | Self::PatternImplied
                | Self::MatchesOften
        )
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for FindingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_lead_back() {
        for code in FindingCode::ALL {
            assert_eq!(FindingCode::from_name(code.as_str()), Some(*code));
            assert_eq!(FindingCode::from_name(code.name()), Some(*code));
        }
        assert!(FindingCode::ALL.array_windows().all(|[one, two]| one.as_str() < two.as_str()));
    }

    #[test]
    fn what_a_sensor_would_refuse_cannot_be_waived() {
        for code in FindingCode::ALL.iter().filter(|code| code.is_waivable()) {
            assert!(
                !matches!(code.layer(), Layer::Structure | Layer::Schema | Layer::Load | Layer::Manifest),
                "{code}"
            );
        }
    }
}
