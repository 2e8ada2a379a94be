//! All that one channel file says.

use alloc::vec::Vec;

use super::{Rule, TemplateInstance, TemplateType, TypeKey};
use crate::counted::counted;
use crate::error::{Error, ErrorCode, Path, Result};

/// All that one channel file says, owned and in canonical order.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "super::unchecked::Content"))]
pub struct Content {
    pub(crate) channel: u32,
    pub(crate) content_version: u64,
    /// By key; each is used by an instance.
    pub(crate) types: Vec<TemplateType>,
    /// By id.
    pub(crate) rules: Vec<Rule>,
}

impl Content {
    /// Begins the content of a channel file. Content versions count from 1 and ascend within a channel.
    #[must_use]
    pub const fn builder(channel: u32, content_version: u64) -> ContentBuilder {
        ContentBuilder { content: Self { channel, content_version, types: Vec::new(), rules: Vec::new() } }
    }

    /// The numbered stream that the file belongs to.
    #[must_use]
    pub const fn channel(&self) -> u32 {
        self.channel
    }

    /// Which in the stream it is.
    #[must_use]
    pub const fn content_version(&self) -> u64 {
        self.content_version
    }

    /// The template types that instances were written against, by id and version.
    #[must_use]
    pub fn types(&self) -> &[TemplateType] {
        &self.types
    }

    /// The type with this key.
    #[must_use]
    pub fn template_type(&self, key: TypeKey) -> Option<&TemplateType> {
        find(&self.types, key)
    }

    /// The rule with this id.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        let index = self.rules.binary_search_by(|rule| rule.id.as_str().cmp(id)).ok()?;
        self.rules.get(index)
    }

    /// The rules, by id.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }
}

/// Builds [`Content`].
#[derive(Clone, Debug)]
pub struct ContentBuilder {
    content: Content,
}

impl ContentBuilder {
    /// A template type that instances may be written against. Those that no instance uses are left out of the content.
    #[must_use]
    pub fn template_type(mut self, template_type: TemplateType) -> Self {
        self.content.types.push(template_type);
        self
    }

    /// A further rule.
    #[must_use]
    pub fn rule(mut self, rule: Rule) -> Self {
        self.content.rules.push(rule);
        self
    }

    /// The content.
    ///
    /// # Errors
    ///
    /// [`ContentVersion`](ErrorCode::ContentVersion) 0, [`ContentEmpty`](ErrorCode::ContentEmpty) without a rule,
    /// [`TypeTwice`](ErrorCode::TypeTwice), [`TypeNotExtended`](ErrorCode::TypeNotExtended),
    /// [`RuleTwice`](ErrorCode::RuleTwice), [`NoTemplateType`](ErrorCode::NoTemplateType); and for an instance or example
    /// that was built against another type of the same id and version what is wrong with it,
    /// [`FieldCount`](ErrorCode::FieldCount) first of all.
    pub fn build(self) -> Result<Content> {
        let mut content = self.content;
        if content.content_version == 0 {
            return Err(Error::new(ErrorCode::ContentVersion, 1, 0));
        }
        if content.rules.is_empty() {
            return Err(Error::new(ErrorCode::ContentEmpty, 1, 0));
        }
        content.types.sort_by_key(TemplateType::key);
        content.rules.sort_by(|one, two| one.id.cmp(&two.id));
        check_types(&content.types)?;
        check_rules(&content)?;
        let mut used: Vec<_> =
            content.rules.iter().flat_map(|rule| rule.instances.iter().map(TemplateInstance::template_type)).collect();
        used.sort_unstable();
        used.dedup();
        let is_used = |key: TypeKey| used.binary_search(&key).is_ok();
        content.types.retain(|template_type| is_used(template_type.key()));
        for (index, rule) in counted(0_u32, &content.rules) {
            if !rule.examples.iter().all(|example| is_used(example.template_type())) {
                return Err(Error::new(ErrorCode::NoTemplateType, 0, 0).within(Path::rule(index)));
            }
        }
        Ok(content)
    }
}

fn check_types(types: &[TemplateType]) -> Result<()> {
    for (index, pair) in counted(1_u32, types.array_windows()) {
        let [earlier, later] = pair;
        let (code, id) = if earlier.key() == later.key() {
            (ErrorCode::TypeTwice, later.key().id)
        } else if earlier.key().id == later.key().id && !later.extends(earlier) {
            (ErrorCode::TypeNotExtended, later.key().version)
        } else {
            continue;
        };
        return Err(Error::new(code, 0, u64::from(id)).within(Path::template_type(index)));
    }
    Ok(())
}

fn check_rules(content: &Content) -> Result<()> {
    for (index, [one, two]) in counted(1_u32, content.rules.array_windows()) {
        if one.id == two.id {
            return Err(Error::new(ErrorCode::RuleTwice, 0, 0).within(Path::rule(index)));
        }
    }
    for (index, rule) in counted(0_u32, &content.rules) {
        let lacking = || Error::new(ErrorCode::NoTemplateType, 0, 0).within(Path::rule(index));
        for (ordinal, instance) in counted(0_u32, &rule.instances) {
            let path = Path::instance(ordinal).of_rule(index);
            instance.check(find(&content.types, instance.template_type()).ok_or_else(lacking)?, path)?;
        }
        for example in &rule.examples {
            let template_type = find(&content.types, example.template_type()).ok_or_else(lacking)?;
            example.check(template_type).map_err(|error| error.within(Path::rule(index)))?;
        }
    }
    Ok(())
}

fn find(types: &[TemplateType], key: TypeKey) -> Option<&TemplateType> {
    types.binary_search_by_key(&key, TemplateType::key).ok().and_then(|index| types.get(index))
}
