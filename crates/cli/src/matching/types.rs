//! Which template type an event is of, and where its fields are.

use std::collections::HashMap;

use channel_file::template::{DeclaredType, FieldKind, SensorType};

use super::object::{Fault, Object};
use super::values::text;
use crate::finding::Finding;

/// A template type whose fields are found by name.
pub(crate) struct EventType<'t> {
    pub(crate) declared: &'t DeclaredType<'t>,
    places: HashMap<&'t str, usize>,
}

impl<'t> EventType<'t> {
    fn of(declared: &'t DeclaredType<'t>) -> Self {
        let places = declared.fields.iter().enumerate().map(|(place, field)| (field.name, place)).collect();
        Self { declared, places }
    }

    /// Place and kind of the field with this name.
    pub(crate) fn field(&self, name: &str) -> Option<(usize, FieldKind)> {
        let place = *self.places.get(name)?;
        Some((place, self.declared.fields.get(place)?.kind))
    }
}

/// The types of the content, and how an event's is found.
pub(crate) struct EventTypes<'t> {
    types: Vec<EventType<'t>>,
    choice: Choice<'t>,
}

enum Choice<'t> {
    /// All events are of the type at this place.
    Of(usize),
    /// A key names it.
    By { key: String, names: HashMap<&'t str, usize> },
}

/// The type of one event.
pub(crate) enum Kind<'l> {
    Known(usize),
    /// The content has no such type.
    Other(std::borrow::Cow<'l, str>),
}

impl<'t> EventTypes<'t> {
    /// `name` is the type that all events are of, or its id where it shares the name; `key` the key that names the type of each.
    pub(crate) fn choose(
        types: &'t [SensorType<'t>],
        name: Option<&str>,
        key: Option<&str>,
    ) -> Result<Self, Box<Finding>> {
        let declared: Vec<_> = types.iter().map(SensorType::declared).collect();
        let choice = match (name, key, &*declared) {
            (Some(name), ..) => Choice::Of(place_of(&declared, name)?),
            (None, Some(key), _) => Choice::By { key: key.to_owned(), names: names(&declared)? },
            (None, None, [_]) => Choice::Of(0),
            (None, None, _) => {
                let help =
                    "say of which all events are with `--type NAME`, or which key names it with `--type-field KEY`";
                let message =
                    format!("the file has content on events of {} types: {}", declared.len(), list(&declared));
                return Err(Finding { help: help.to_owned(), ..Finding::of_usage(&message) }.into());
            }
        };
        Ok(Self { types: declared.into_iter().map(EventType::of).collect(), choice })
    }

    pub(crate) fn all(&self) -> &[EventType<'t>] {
        &self.types
    }

    /// The name of the only type, if there is one alone.
    pub(crate) fn only(&self) -> Option<&'t str> {
        if let [only] = &*self.types { Some(only.declared.name) } else { None }
    }

    /// The type of an event.
    pub(crate) fn kind_of<'l>(&self, object: &Object<'l>) -> Result<Kind<'l>, Fault> {
        let (key, names) = match &self.choice {
            Choice::Of(place) => return Ok(Kind::Known(*place)),
            Choice::By { key, names } => (key, names),
        };
        let mut values = object.0.iter().filter(|(own, _)| own == key).map(|(_, value)| *value);
        let name = match (values.next(), values.next()) {
            (Some(value), None) => text(value).ok().flatten(),
            (Some(_), Some(_)) => return Err(format!("the key {key} is there twice").into()),
            (None, _) => None,
        };
        let name = name.ok_or_else(|| format!("expected a key {key} that names the type of the event"))?;
        Ok(names.get(&*name).map_or(Kind::Other(name), |place| Kind::Known(*place)))
    }

    /// Whether a key is there to name the type.
    pub(crate) fn is_type_key(&self, key: &str) -> bool {
        matches!(&self.choice, Choice::By { key: own, .. } if own == key)
    }
}

fn place_of(declared: &[&DeclaredType<'_>], name: &str) -> Result<usize, Box<Finding>> {
    let places = |fits: &dyn Fn(&DeclaredType<'_>) -> bool| {
        let places = declared.iter().enumerate().filter(|(_, declared)| fits(declared)).map(|(place, _)| place);
        places.collect::<Vec<_>>()
    };
    let by_name = places(&|declared| declared.name == name);
    let by_id = || places(&|declared| Ok(declared.id) == name.parse());
    match *if by_name.is_empty() { by_id() } else { by_name } {
        [place] => Ok(place),
        [] => Err(Finding::of_usage(&format!(
            "the file has no content on events of type {name}; it has {}",
            list(declared)
        ))
        .into()),
        _ => Err(Finding::of_usage(&format!(
            "several types have the name {name}: give the id of one; there are {}",
            list(declared)
        ))
        .into()),
    }
}

fn names<'t>(declared: &[&'t DeclaredType<'t>]) -> Result<HashMap<&'t str, usize>, Box<Finding>> {
    let names: HashMap<_, _> = declared.iter().enumerate().map(|(place, declared)| (declared.name, place)).collect();
    if names.len() < declared.len() {
        let message =
            format!("names do not tell the types apart: {}; choose one by its id with `--type`", list(declared));
        return Err(Finding::of_usage(&message).into());
    }
    Ok(names)
}

/// The names, with ids where a name is not enough.
fn list(declared: &[&DeclaredType<'_>]) -> String {
    let is_shared = |name| declared.iter().filter(|declared| declared.name == name).count() > 1;
    let names = declared.iter().map(|declared| match is_shared(declared.name) {
        true => format!("{} (id {})", declared.name, declared.id),
        false => declared.name.to_owned(),
    });
    names.collect::<Vec<_>>().join(", ")
}
