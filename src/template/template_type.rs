//! Template types and their fields.

use alloc::{string::String, vec::Vec};

use super::{DeclaredType, FieldKind, OperatorSet, TypeKey, is_name};
use crate::counted::counted;
use crate::error::{Error, ErrorCode, Path, Result};

/// One field of a template type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Field {
    pub(crate) name: String,
    pub(crate) kind: FieldKind,
    pub(crate) operators: OperatorSet,
}

impl Field {
    /// The name, unique within the type.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the values are.
    #[must_use]
    pub const fn kind(&self) -> FieldKind {
        self.kind
    }

    /// The operators that content may use on the field.
    #[must_use]
    pub const fn operators(&self) -> OperatorSet {
        self.operators
    }
}

/// A capability compiled into the sensor: id, version, and an ordered list of named, typed fields.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "super::unchecked::TemplateType"))]
pub struct TemplateType {
    pub(crate) key: TypeKey,
    pub(crate) name: String,
    pub(crate) fields: Vec<Field>,
}

impl TemplateType {
    /// Begins a type. Versions count from 1.
    #[must_use]
    pub fn builder(id: u32, version: u32, name: impl Into<String>) -> TemplateTypeBuilder {
        TemplateTypeBuilder { key: TypeKey { id, version }, name: name.into(), fields: Vec::new() }
    }

    /// The type that a sensor declares, at one of its versions; `None` if it has no such version.
    ///
    /// # Errors
    ///
    /// Those of [`TemplateTypeBuilder::build`].
    pub fn from_declared(declared: &DeclaredType<'_>, version: u32) -> Option<Result<Self>> {
        let fields = declared.fields_at(version)?;
        let builder = Self::builder(declared.id, version, declared.name);
        Some(
            fields
                .iter()
                .fold(builder, |builder, field| builder.field_with(field.name, field.kind, field.operators))
                .build(),
        )
    }

    /// What names the type.
    #[must_use]
    pub const fn key(&self) -> TypeKey {
        self.key
    }

    /// The name that people use.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The fields, in the order of the sensor's inputs.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// How many fields there are.
    #[must_use]
    pub fn field_count(&self) -> u16 {
        u16::try_from(self.fields.len()).unwrap_or(u16::MAX)
    }

    /// The index of the field with this name, and the field.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<(u16, &Field)> {
        counted(0_u16, &self.fields).find(|(_, field)| field.name == name)
    }

    /// Whether this type, a later version of the other, has the other's fields first and appends at least one.
    pub(crate) fn extends(&self, earlier: &Self) -> bool {
        self.name == earlier.name
            && self.fields.len() > earlier.fields.len()
            && self.fields.starts_with(&earlier.fields)
    }
}

/// Builds a [`TemplateType`].
#[derive(Clone, Debug)]
pub struct TemplateTypeBuilder {
    key: TypeKey,
    name: String,
    fields: Vec<Field>,
}

impl TemplateTypeBuilder {
    /// A further field, with every operator of its kind.
    #[must_use]
    pub fn field(self, name: impl Into<String>, kind: FieldKind) -> Self {
        self.field_with(name, kind, kind.operators())
    }

    /// A further field, with these operators.
    #[must_use]
    pub fn field_with(mut self, name: impl Into<String>, kind: FieldKind, operators: OperatorSet) -> Self {
        self.fields.push(Field { name: name.into(), kind, operators });
        self
    }

    /// The type.
    ///
    /// # Errors
    ///
    /// [`TypeVersion`](ErrorCode::TypeVersion) 0, [`TypeWithoutFields`](ErrorCode::TypeWithoutFields),
    /// [`LimitFields`](ErrorCode::LimitFields) beyond 65,535, [`NameEmpty`](ErrorCode::NameEmpty),
    /// [`NameControl`](ErrorCode::NameControl), [`FieldNames`](ErrorCode::FieldNames) for a repeated name,
    /// [`FieldOperators`](ErrorCode::FieldOperators) for operators that the kind does not have, or none.
    pub fn build(self) -> Result<TemplateType> {
        let Self { key, name, fields } = self;
        if key.version == 0 {
            return Err(Error::new(ErrorCode::TypeVersion, 1, 0));
        }
        check_name(&name)?;
        if fields.is_empty() {
            return Err(Error::new(ErrorCode::TypeWithoutFields, 1, 0));
        }
        let most = u64::from(u16::MAX);
        let count = u64::try_from(fields.len()).unwrap_or(u64::MAX);
        if count > most {
            return Err(Error::new(ErrorCode::LimitFields, most, count));
        }
        let mut by_name: Vec<_> = counted(0_u16, &fields).map(|(index, field)| (field.name.as_str(), index)).collect();
        by_name.sort_unstable();
        let repeated =
            by_name.array_windows().filter(|[(one, _), (two, _)]| one == two).map(|[_, (_, later)]| *later).min();
        for (index, field) in counted(0_u16, &fields) {
            let path = Path::NOWHERE.field(index);
            check_name(&field.name).map_err(|error| error.within(path))?;
            if repeated == Some(index) {
                return Err(Error::new(ErrorCode::FieldNames, 0, 0).within(path));
            }
            let (allowed, found) = (field.kind.operators(), field.operators);
            if found.is_empty() || !found.is_subset_of(allowed) {
                let error = Error::new(ErrorCode::FieldOperators, u64::from(allowed.bits()), u64::from(found.bits()));
                return Err(error.within(path));
            }
        }
        Ok(TemplateType { key, name, fields })
    }
}

/// Refuses names without a character or with a control character.
pub(crate) fn check_name(name: &str) -> Result<()> {
    if name.is_empty() {
        return Err(Error::new(ErrorCode::NameEmpty, 1, 0));
    }
    check_title(name)
}

/// Refuses titles with a control character.
pub(crate) fn check_title(title: &str) -> Result<()> {
    if is_name(title) {
        return Ok(());
    }
    let control = title.bytes().find(u8::is_ascii_control).unwrap_or_default();
    Err(Error::new(ErrorCode::NameControl, 0, u64::from(control)))
}
