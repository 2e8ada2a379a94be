//! An event as a sensor would hand it to rsigma-eval: a list of fields, found without a tree and without paths.

use std::borrow::Cow;

use rsigma_eval::{Event as RsigmaEvent, EventValue};
use serde_json::Value;

use crate::matching::data::Event;

pub(super) struct FlatEvent<'a> {
    event: &'a Event,
}

impl<'a> From<&'a Event> for FlatEvent<'a> {
    fn from(event: &'a Event) -> Self {
        Self { event }
    }
}

impl FlatEvent<'_> {
    fn names(&self) -> impl Iterator<Item = &str> {
        self.event.fields.iter().map(|(name, _)| name.as_str())
    }

    fn values(&self) -> impl Iterator<Item = &str> {
        self.event.fields.iter().map(|(_, value)| value.as_str())
    }
}

impl RsigmaEvent for FlatEvent<'_> {
    fn get_field(&self, path: &str) -> Option<EventValue<'_>> {
        let (_, value) = self.event.fields.iter().find(|(name, _)| name == path)?;
        Some(EventValue::Str(Cow::Borrowed(value)))
    }

    fn any_string_value(&self, predicate: &dyn Fn(&str) -> bool) -> bool {
        self.values().any(predicate)
    }

    fn all_string_values(&self) -> Vec<Cow<'_, str>> {
        self.values().map(Cow::Borrowed).collect()
    }

    fn visit_string_values(&self, visit: &mut dyn FnMut(&str)) {
        self.values().for_each(visit);
    }

    fn to_json(&self) -> Value {
        self.event.fields.iter().map(|(name, value)| (name.clone(), Value::String(value.clone()))).collect()
    }

    fn top_level_keys(&self) -> Option<Vec<Cow<'_, str>>> {
        Some(self.names().map(Cow::Borrowed).collect())
    }

    fn visit_top_level_keys(&self, visit: &mut dyn FnMut(&str)) -> bool {
        self.names().for_each(visit);
        true
    }
}
