//! The stable codes. `docs/FORMAT.md` lists them; a test keeps the two alike.

use core::fmt;

use super::ErrorKind;

/// What the two numbers of an error are.
#[derive(Clone, Copy)]
enum Numbers {
    /// Neither says anything.
    None,
    /// Only what was found.
    Found,
    /// Both, in decimal.
    Both,
    /// Both, as checksums.
    Checksums,
    /// Both, as versions: major in the high 16 bits, minor in the low.
    Versions,
    /// The largest allowed and what was found.
    AtMost,
}

macro_rules! codes {
    ($( $(#[$doc:meta])* $variant:ident = $number:literal $code:literal $kind:ident $numbers:ident $message:literal, )+) => {
        /// The stable code of an error. Codes are never given a new meaning and never used again.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum ErrorCode {
            $( #[doc = $message] $(#[$doc])* $variant, )+
        }

        impl ErrorCode {
            /// Every code, ascending.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )+];

            /// The number in the code.
            #[must_use]
            pub const fn number(self) -> u16 {
                match self { $( Self::$variant => $number, )+ }
            }

            /// The code as people and programs quote it: `CF0303`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $code, )+ }
            }

            /// What sort of thing went wrong.
            #[must_use]
            pub const fn kind(self) -> ErrorKind {
                match self { $( Self::$variant => ErrorKind::$kind, )+ }
            }

            /// One line that says what is wrong.
            #[must_use]
            pub const fn message(self) -> &'static str {
                match self { $( Self::$variant => $message, )+ }
            }

            const fn numbers(self) -> Numbers {
                match self { $( Self::$variant => Numbers::$numbers, )+ }
            }
        }
    };
}

codes! {
    // The frame: header, section table, checksums.
    Truncated = 1 "CF0001" Damaged Both "the file ends too early (bytes)",
    AllZero = 2 "CF0002" Damaged Found "the file holds nothing but zero bytes: it was never written, or its blocks were lost",
    Magic = 3 "CF0003" Damaged None "the file does not begin with the magic of a channel file",
    FormatVersion = 4 "CF0004" Unsupported Versions "the format version is unknown",
    HeaderChecksum = 5 "CF0005" Damaged Checksums "the header's checksum does not match",
    Length = 6 "CF0006" Damaged Both "the header gives another length than the file has (bytes)",
    SectionCount = 7 "CF0007" Damaged Both "the number of sections is impossible",
    TableChecksum = 8 "CF0008" Damaged Checksums "the section table's checksum does not match",
    SectionUnknown = 9 "CF0009" Unsupported Found "the section kind is unknown",
    SectionOrder = 10 "CF0010" NotCanonical Both "the section is repeated or out of order (kind at least, kind found)",
    SectionMissing = 11 "CF0011" Inconsistent Found "a section that this content needs is missing (kind)",
    SectionEmpty = 12 "CF0012" NotCanonical None "a section without rows is left out",
    SectionRagged = 13 "CF0013" Damaged Both "the section's length is no multiple of its row (bytes of a row, bytes found)",
    SectionLengths = 14 "CF0014" Damaged Both "the sections do not fill the file (bytes)",
    SectionChecksum = 15 "CF0015" Damaged Checksums "the section's checksum does not match",
    ContentVersion = 16 "CF0016" Inconsistent Found "content versions count from 1",
    SectionRows = 17 "CF0017" Inconsistent Both "the section has another number of rows than the content needs",

    // Text, bytes and words.
    TextUtf8 = 101 "CF0101" Damaged None "the text heap is not valid UTF-8",
    TextEnds = 102 "CF0102" Damaged Both "the ends of the texts do not ascend",
    TextBoundary = 103 "CF0103" Damaged Found "a text ends within a character",
    TextHeap = 104 "CF0104" Damaged Both "the last text does not end where the text heap does (bytes)",
    ByteEnds = 105 "CF0105" Damaged Both "the ends of the byte strings do not ascend",
    ByteHeap = 106 "CF0106" Damaged Both "the last byte string does not end where the byte heap does (bytes)",
    NameEmpty = 107 "CF0107" Inconsistent None "a name is empty",
    NameControl = 108 "CF0108" Inconsistent Found "a name or title holds a control character",

    // Template types.
    TypeOrder = 201 "CF0201" NotCanonical None "template types do not ascend by id and version",
    TypeVersion = 202 "CF0202" Inconsistent Found "type versions count from 1",
    TypeWithoutFields = 203 "CF0203" Inconsistent None "a template type has no fields",
    FieldRows = 204 "CF0204" Inconsistent Both "the types declare another number of fields than there are",
    FieldKindUnknown = 205 "CF0205" Unsupported Found "the field kind is unknown",
    FieldOperators = 206 "CF0206" Inconsistent Both "the field allows operators that its kind does not have, or none (bits)",
    FieldNames = 207 "CF0207" NotCanonical None "field names are repeated, or their alphabetical index is wrong",
    TypeNotExtended = 208 "CF0208" Inconsistent Found "a later version of a type does not append fields to the earlier one",
    TypeUnused = 209 "CF0209" NotCanonical Found "no instance uses the template type",

    // Shapes and instances.
    ShapeOrder = 301 "CF0301" NotCanonical None "shapes do not ascend",
    ShapeType = 302 "CF0302" Inconsistent Both "the shape's template type does not exist (types there are, index found)",
    FieldCount = 303 "CF0303" Inconsistent Both "field counts disagree: the type declares one number, the instance carries another",
    ShapeSlots = 304 "CF0304" Inconsistent Both "the shape has no slots, or not those that follow the shape before",
    ShapeInstances = 305 "CF0305" Inconsistent Both "the shape has no instances, or not those that follow the shape before",
    ShapeValues = 306 "CF0306" Inconsistent Both "the shape's values do not follow those of the shape before",
    SlotField = 307 "CF0307" Inconsistent Both "the criterion's field does not exist (fields there are, index found)",
    SlotRole = 308 "CF0308" Inconsistent Found "the slot's role is unknown, or there is no criterion to continue",
    OperatorUnknown = 309 "CF0309" Unsupported Found "the operator is unknown",
    ValueKindUnknown = 310 "CF0310" Unsupported Found "the value kind is unknown",
    OperatorForKind = 311 "CF0311" Inconsistent Both "the field's kind does not take this operator with this value kind (field kind, operator)",
    OperatorNotAllowed = 312 "CF0312" Inconsistent Found "the template type does not allow this operator on the field",
    SlotCount = 313 "CF0313" Inconsistent Both "the slot's number of patterns is impossible",
    SlotOrder = 314 "CF0314" NotCanonical None "the slots of a criterion do not ascend by operator and value kind",
    CriterionOrder = 315 "CF0315" NotCanonical None "the criteria of an instance do not ascend",
    NoneOfTwice = 316 "CF0316" NotCanonical None "two none-of criteria on one field say what one would",
    SeverityUnknown = 317 "CF0317" Unsupported Found "the severity is unknown",
    DispositionUnknown = 318 "CF0318" Unsupported Found "the disposition is unknown",
    InstanceRule = 319 "CF0319" Inconsistent Both "the instance's rule does not exist (rules there are, index found)",
    InstanceOrder = 320 "CF0320" NotCanonical Both "the instances of a shape do not ascend by rule",

    // Patterns.
    PatternEmpty = 401 "CF0401" NotCanonical None "a pattern without a character: `empty` or `absent` say it",
    PatternOrder = 402 "CF0402" NotCanonical None "the patterns of a criterion are repeated or do not ascend",
    GlobSimpler = 403 "CF0403" NotCanonical None "the glob can be said with a simpler operator",
    GlobForm = 404 "CF0404" NotCanonical Found "the glob is not in normal form (position in the pattern)",
    BooleanValue = 405 "CF0405" Damaged Found "a truth value is 0 or 1",
    AddressValue = 406 "CF0406" Damaged AtMost "an IPv4 address has 32 bits",
    NetworkPrefix = 407 "CF0407" NotCanonical AtMost "the network's prefix is too long; that of a single address is said with `equals`",
    NetworkHostBits = 408 "CF0408" NotCanonical None "the network's address has bits set after its prefix",
    RangeOrder = 409 "CF0409" NotCanonical None "the range holds no number, or a single one that `equals` says",
    RangeWhole = 410 "CF0410" NotCanonical None "the range holds every number: none-of `absent` says it",
    SignedOnText = 411 "CF0411" NotCanonical None "on text, numbers that are not negative are said without sign",
    FieldReferenceTarget = 412 "CF0412" Inconsistent Found "a field is compared with itself, with one that does not exist or one of another kind",
    FieldReferenceForm = 413 "CF0413" Inconsistent Found "the comparison with another field is unknown, or is not for fields of this kind",

    // Rules and examples.
    RuleOrder = 501 "CF0501" NotCanonical None "rules are repeated or do not ascend by id",
    RuleFirstInstance = 502 "CF0502" Inconsistent Both "the rule's first instance is another one",
    RuleTexts = 503 "CF0503" Inconsistent Both "the rule's texts do not follow those of the rule before",
    ExampleRule = 504 "CF0504" Inconsistent Both "the example's rule does not exist, or the examples do not ascend by rule",
    ExampleExpectation = 505 "CF0505" NotCanonical Found "the example's expectation is unknown, or a match follows a no-match",
    ExampleType = 506 "CF0506" Inconsistent Both "the example's template type does not exist (types there are, index found)",
    ExampleValues = 507 "CF0507" Inconsistent Both "the examples have another number of values than their types have fields",
    ExamplePresence = 508 "CF0508" Inconsistent Found "a value is absent (0, without bytes) or present (1)",
    ExampleValue = 509 "CF0509" Inconsistent Found "the bytes are no value of the field's kind",

    // Binding to a sensor.
    SensorLacksType = 601 "CF0601" Incompatible Found "the sensor does not have the template type (id)",
    SensorLacksVersion = 602 "CF0602" Incompatible Both "the sensor does not supply this version of the type (newest it has, found)",
    SensorFieldsDiffer = 603 "CF0603" Incompatible Both "the sensor's type has other fields (number that agree, number found)",
    SensorFieldCount = 604 "CF0604" Incompatible Both "field counts disagree: the sensor's type has one number at this version, the file's another",
    SensorInputs = 605 "CF0605" Incompatible Both "the sensor's type declares one number of fields, its integration code supplies another",

    // Limits.
    LimitFileBytes = 701 "CF0701" Limit AtMost "the file is too long (bytes)",
    LimitTypes = 702 "CF0702" Limit AtMost "too many template types",
    LimitFields = 703 "CF0703" Limit AtMost "a template type has too many fields",
    LimitInstances = 704 "CF0704" Limit AtMost "too many instances",
    LimitCriteria = 705 "CF0705" Limit AtMost "an instance has too many criteria",
    LimitPatterns = 706 "CF0706" Limit AtMost "a criterion has too many patterns",
    LimitTotalPatterns = 707 "CF0707" Limit AtMost "too many patterns in all",
    LimitPatternBytes = 708 "CF0708" Limit AtMost "a pattern is too long (bytes)",
    LimitNameBytes = 709 "CF0709" Limit AtMost "a name or title is too long (bytes)",
    LimitRules = 710 "CF0710" Limit AtMost "too many rules",
    LimitReferences = 711 "CF0711" Limit AtMost "a rule has too many references",
    LimitExamples = 712 "CF0712" Limit AtMost "too many examples",
    LimitExampleBytes = 713 "CF0713" Limit AtMost "a value of an example is too long (bytes)",
    LimitPatternsPerByte = 714 "CF0714" Limit AtMost "more patterns than the file has bytes",

    // Models and calls that cannot be.
    BufferTooSmall = 801 "CF0801" Misuse Both "the buffer has no room for the file (bytes needed, bytes left)",
    NoTemplateType = 802 "CF0802" Misuse None "the content has no template type that the instance or example was written against",
    TypeTwice = 803 "CF0803" Misuse Found "the content has the template type twice (id)",
    CriterionWithoutPatterns = 804 "CF0804" Misuse None "a criterion has no pattern",
    InstanceWithoutCriteria = 805 "CF0805" Misuse None "an instance has no criterion: it would match every event",
    RuleWithoutInstances = 806 "CF0806" Misuse None "a rule has no instance",
    ContentEmpty = 807 "CF0807" Misuse None "the content has no instance",
    RuleTwice = 808 "CF0808" Misuse None "the content has two rules with the same id",
    EventValues = 809 "CF0809" Misuse Both "the event has another number of values than its type has fields",
    EventValue = 810 "CF0810" Misuse Both "a value of the event is of another kind than its field (field kinds)",

    // Loading into an interpreter.
    RegexSyntax = 901 "CF0901" Unsupported Found "the regular expression cannot be understood (position in the pattern)",
    RegexSize = 902 "CF0902" Limit AtMost "the regular expression takes too much memory (bytes)",
    BudgetBytes = 903 "CF0903" Limit AtMost "loaded, the content takes too much memory (bytes)",
    BudgetWork = 904 "CF0904" Limit AtMost "a byte of an event can make too much work (bytes looked at)",
}

impl ErrorCode {
    /// Whether errors of this code say what was expected.
    pub(super) const fn has_expected(self) -> bool {
        !matches!(self.numbers(), Numbers::None | Numbers::Found)
    }

    /// Whether errors of this code say what was found.
    pub(super) const fn has_found(self) -> bool {
        !matches!(self.numbers(), Numbers::None)
    }

    pub(super) fn write_numbers(self, f: &mut fmt::Formatter<'_>, expected: u64, found: u64) -> fmt::Result {
        match self.numbers() {
            Numbers::None => Ok(()),
            Numbers::Found => write!(f, ": found {found}"),
            Numbers::Both => write!(f, ": expected {expected}, found {found}"),
            Numbers::Checksums => write!(f, ": expected {expected:#010x}, found {found:#010x}"),
            Numbers::Versions => {
                let version = |number: u64| (number.wrapping_shr(16), number & 0xFFFF);
                let ((major, minor), (other, further)) = (version(expected), version(found));
                write!(f, ": expected {major}.{minor}, found {other}.{further}")
            }
            Numbers::AtMost => write!(f, ": at most {expected}, found {found}"),
        }
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::format;

    use super::*;

    #[test]
    fn a_code_is_its_number() {
        for (code, next) in ErrorCode::ALL.iter().zip(ErrorCode::ALL.iter().skip(1)) {
            assert!(code < next);
        }
        for code in ErrorCode::ALL {
            assert_eq!(code.as_str(), format!("CF{:04}", code.number()));
        }
    }
}
