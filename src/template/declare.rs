//! Template types that a sensor declares in its own source, once.

use core::cmp::Ordering;
use core::fmt;

use super::{FieldKind, OperatorSet, Value};

/// A template type as the sensor declares it, with all of its versions: version `n` has the fields whose `since` is at
/// most `n`. Written by [`template_type!`](crate::template_type).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeclaredType<'t> {
    /// Names the capability in the sensor.
    pub id: u32,
    /// The newest version.
    pub version: u32,
    /// The name that people use.
    pub name: &'t str,
    /// The fields, in the order of the inputs.
    pub fields: &'t [DeclaredField<'t>],
}

/// One field of a [`DeclaredType`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeclaredField<'t> {
    /// The name, unique within the type.
    pub name: &'t str,
    /// What the values are.
    pub kind: FieldKind,
    /// The operators that content may use on the field.
    pub operators: OperatorSet,
    /// The version that appended the field.
    pub since: u32,
}

impl<'t> DeclaredType<'t> {
    /// The fields of a version; `None` if the type has no such version.
    #[must_use]
    pub fn fields_at(&self, version: u32) -> Option<&'t [DeclaredField<'t>]> {
        let appended = self.fields.iter().any(|field| field.since == version);
        let exists = match version.cmp(&self.version) {
            Ordering::Less => appended,
            Ordering::Equal => true,
            Ordering::Greater => false,
        };
        let count = self
            .fields
            .iter()
            .take_while(|field| field.since <= version)
            .fold(0_usize, |count, _| count.saturating_add(1));
        if exists { self.fields.get(..count) } else { None }
    }

    /// Whether names are there, printable and unique, fields are no more than 65,535, each field allows operators of its kind and no others, and versions ascend
    /// from 1 to the newest, so that each version appends fields.
    /// [`template_type!`](crate::template_type) refuses to compile a type that is not well formed.
    #[must_use]
    pub const fn is_well_formed(&self) -> bool {
        let mut version = 1;
        let mut rest = self.fields;
        while let [field, others @ ..] = rest {
            if field.since < version || !is_declared_name(field.name) {
                return false;
            }
            if field.operators.is_empty() || !field.operators.is_subset_of(field.kind.operators()) {
                return false;
            }
            version = field.since;
            let mut later = others;
            while let [other, more @ ..] = later {
                if same(field.name.as_bytes(), other.name.as_bytes()) {
                    return false;
                }
                later = more;
            }
            rest = others;
        }
        version == self.version
            && is_declared_name(self.name)
            && self.fields.len() <= MOST_FIELDS
            && matches!(self.fields, [first, ..] if first.since == 1)
    }

    /// The type as a source file that authors use; a test can compare the two, so that there is one source.
    #[must_use]
    pub const fn source(&self) -> TypeSource<'_> {
        TypeSource(self)
    }
}

/// As many as a channel file can count.
const MOST_FIELDS: usize = 65_535;

/// Whether a name has a character, and no control characters: what a channel file takes.
const fn is_declared_name(name: &str) -> bool {
    let mut rest = name.as_bytes();
    while let [first, others @ ..] = rest {
        if first.is_ascii_control() {
            return false;
        }
        rest = others;
    }
    !name.is_empty()
}

const fn same(one: &[u8], two: &[u8]) -> bool {
    let (mut one, mut two) = (one, two);
    loop {
        match (one, two) {
            ([], []) => return true,
            ([a, rest @ ..], [b, other @ ..]) if *a == *b => (one, two) = (rest, other),
            _ => return false,
        }
    }
}

/// Displays a [`DeclaredType`] as a type source file.
#[derive(Clone, Copy, Debug)]
pub struct TypeSource<'t>(&'t DeclaredType<'t>);

impl fmt::Display for TypeSource<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let DeclaredType { id, version, name, fields } = self.0;
        writeln!(f, "template-type: {}", Quoted(name))?;
        writeln!(f, "id: {id}")?;
        writeln!(f, "version: {version}")?;
        writeln!(f, "fields:")?;
        for field in *fields {
            write!(f, "  - {{ name: {}, kind: {}", Quoted(field.name), field.kind)?;
            if field.operators != field.kind.operators() {
                write!(f, ", operators: [")?;
                let mut separator = "";
                for operator in field.operators.iter() {
                    write!(f, "{separator}{operator}")?;
                    separator = ", ";
                }
                write!(f, "]")?;
            }
            if field.since > 1 {
                write!(f, ", since: {}", field.since)?;
            }
            writeln!(f, " }}")?;
        }
        Ok(())
    }
}

/// A YAML scalar: plain where that is safe, else in double quotes.
struct Quoted<'t>(&'t str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        let reserved = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
        let plain = self.0.bytes().all(word)
            && self.0.bytes().next().is_some_and(|first| first.is_ascii_alphabetic())
            && !reserved.iter().any(|word| word.eq_ignore_ascii_case(self.0));
        if plain {
            return f.write_str(self.0);
        }
        f.write_str("\"")?;
        for character in self.0.chars() {
            match character {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                _ => write!(f, "{character}")?,
            }
        }
        f.write_str("\"")
    }
}

/// The typed inputs of one event, as [`template_type!`](crate::template_type) makes them from a declaration.
pub trait Inputs<'a> {
    /// The declaration.
    const TYPE: DeclaredType<'static>;

    /// An array of values, one a field.
    type Values: AsRef<[Value<'a>]>;

    /// How many inputs there are: the length of `Values`.
    const COUNT: usize;

    /// The inputs in the order of the fields.
    fn values(&self) -> Self::Values;
}

/// Declares a template type once. From the one list of fields come
///
/// - the schema, `TYPE`: a [`DeclaredType`];
/// - a struct of typed inputs with exactly those fields, each an `Option` because a value can be absent;
/// - the binding between them, [`Inputs`].
///
/// ```
/// channel_file::template_type! {
///     /// A named pipe was created or connected to.
///     pub struct PipeCreated = "pipe_created", id 17, version 2 {
///         /// Full name of the pipe.
///         pipe_name: text = "PipeName",
///         image: text = "Image",
///         process_id: unsigned = "ProcessId" [absent, equals],
///         user: text = "User" since 2,
///     }
/// }
///
/// let inputs = PipeCreated { pipe_name: Some(br"\evil"), image: None, process_id: Some(7), user: None };
/// assert_eq!(inputs.values().len(), PipeCreated::TYPE.fields.len());
/// assert_eq!(PipeCreated::TYPE.fields_at(1).map(|fields| fields.len()), Some(3));
/// ```
///
/// A struct literal with one field too few, one too many, one of the wrong kind or one twice does not compile; nor does
/// an array of 20 values where [`from_values`] takes 21, nor a declaration that is not
/// [well formed](crate::template::DeclaredType::is_well_formed).
///
/// Kinds are `text`, `bytes` (both `&[u8]`), `unsigned` (`u64`), `signed` (`i64`), `boolean` (`bool`) and `ip_address`
/// (`IpAddr`). Operators in brackets, where given, are all that content may use on the field.
///
/// [`from_values`]: #the-struct
#[macro_export]
macro_rules! template_type {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident = $text:literal, id $id:literal, version $version:literal {
            $(
                $(#[$doc:meta])*
                $field:ident : $kind:ident = $field_text:literal
                $( [ $($operator:ident),+ $(,)? ] )?
                $( since $since:literal )?
            ),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        $vis struct $name<'a> {
            $( #[doc = concat!("Field `", $field_text, "`.\n\n")] $(#[$doc])* pub $field: ::core::option::Option<$crate::__input!(@type $kind 'a)>, )+
        }

        impl<'a> $name<'a> {
            /// The declaration.
            pub const TYPE: $crate::template::DeclaredType<'static> = $crate::template::DeclaredType {
                id: $id,
                version: $version,
                name: $text,
                fields: &[ $(
                    $crate::template::DeclaredField {
                        name: $field_text,
                        kind: $crate::__input!(@kind $kind),
                        operators: $crate::__input!(@operators $kind $( [ $($operator),+ ] )?),
                        since: $crate::__input!(@since $( $since )?),
                    },
                )+ ],
            };

            /// How many inputs there are.
            pub const COUNT: usize = [ $( stringify!($field), )+ ].len();

            /// The inputs in the order of the fields.
            #[must_use]
            pub fn values(&self) -> [$crate::template::Value<'a>; $name::<'static>::COUNT] {
                [ $( match self.$field {
                    ::core::option::Option::Some(value) => $crate::__input!(@value $kind value),
                    ::core::option::Option::None => $crate::template::Value::Absent,
                }, )+ ]
            }

            /// The inputs from an array, one value a field; `None` if a value is not of its field's kind.
            #[must_use]
            pub fn from_values(
                values: [$crate::template::Value<'a>; $name::<'static>::COUNT],
            ) -> ::core::option::Option<Self> {
                let [ $( $field, )+ ] = values;
                ::core::option::Option::Some(Self { $(
                    $field: match $field {
                        $crate::__input!(@value $kind value) => ::core::option::Option::Some(value),
                        $crate::template::Value::Absent => ::core::option::Option::None,
                        _ => return ::core::option::Option::None,
                    },
                )+ })
            }
        }

        // Not in the `impl`: a constant of a generic type is looked at only where it is used.
        const _: () = ::core::assert!(
            $name::<'static>::TYPE.is_well_formed(),
            "a name is empty, repeated or not printable, an operator is not one of the field's kind, \
            or the versions do not ascend from 1 to the newest"
        );

        impl<'a> $crate::template::Inputs<'a> for $name<'a> {
            const TYPE: $crate::template::DeclaredType<'static> = Self::TYPE;
            const COUNT: usize = Self::COUNT;
            type Values = [$crate::template::Value<'a>; $name::<'static>::COUNT];

            fn values(&self) -> Self::Values {
                $name::values(self)
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __input {
    (@type text $a:lifetime) => { &$a [u8] };
    (@type bytes $a:lifetime) => { &$a [u8] };
    (@type unsigned $a:lifetime) => { <u64 as $crate::template::PlainInput<$a>>::Plain };
    (@type signed $a:lifetime) => { <i64 as $crate::template::PlainInput<$a>>::Plain };
    (@type boolean $a:lifetime) => { <bool as $crate::template::PlainInput<$a>>::Plain };
    (@type ip_address $a:lifetime) => { <::core::net::IpAddr as $crate::template::PlainInput<$a>>::Plain };
    (@value text $value:ident) => { $crate::template::Value::Text($value) };
    (@value bytes $value:ident) => { $crate::template::Value::Bytes($value) };
    (@value unsigned $value:ident) => { $crate::template::Value::Unsigned($value) };
    (@value signed $value:ident) => { $crate::template::Value::Signed($value) };
    (@value boolean $value:ident) => { $crate::template::Value::Boolean($value) };
    (@value ip_address $value:ident) => { $crate::template::Value::IpAddress($value) };
    (@kind text) => { $crate::template::FieldKind::Text };
    (@kind bytes) => { $crate::template::FieldKind::Bytes };
    (@kind unsigned) => { $crate::template::FieldKind::Unsigned };
    (@kind signed) => { $crate::template::FieldKind::Signed };
    (@kind boolean) => { $crate::template::FieldKind::Boolean };
    (@kind ip_address) => { $crate::template::FieldKind::IpAddress };
    (@operators $kind:ident) => { $crate::__input!(@kind $kind).operators() };
    (@operators $kind:ident [ $($operator:ident),+ ]) => {
        $crate::template::OperatorSet::of(&[ $( $crate::__input!(@operator $operator), )+ ])
    };
    (@operator absent) => { $crate::template::Operator::Absent };
    (@operator empty) => { $crate::template::Operator::Empty };
    (@operator equals) => { $crate::template::Operator::Equals };
    (@operator starts_with) => { $crate::template::Operator::StartsWith };
    (@operator ends_with) => { $crate::template::Operator::EndsWith };
    (@operator contains) => { $crate::template::Operator::Contains };
    (@operator glob) => { $crate::template::Operator::Glob };
    (@operator regex) => { $crate::template::Operator::Regex };
    (@operator cidr) => { $crate::template::Operator::Cidr };
    (@operator range) => { $crate::template::Operator::Range };
    (@operator field_reference) => { $crate::template::Operator::FieldReference };
    (@since) => { 1 };
    (@since $since:literal) => { $since };
}

/// Lets an input struct without borrowed fields keep its lifetime parameter.
#[doc(hidden)]
pub trait PlainInput<'a> {
    type Plain;
}

impl<T> PlainInput<'_> for T {
    type Plain = T;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_no_version_after_the_newest() {
        const FIELDS: &[DeclaredField<'_>] = &[
            DeclaredField { name: "a", kind: FieldKind::Text, operators: FieldKind::Text.operators(), since: 1 },
            DeclaredField { name: "b", kind: FieldKind::Text, operators: FieldKind::Text.operators(), since: 2 },
        ];
        let declared = DeclaredType { id: 1, version: 1, name: "t", fields: FIELDS };
        assert_eq!(declared.fields_at(2), None, "whatever a field says of itself");
        assert!(!declared.is_well_formed());
    }
}
