//! A content in parts, without what no matching needs: examples and notes.

use channel_file::Result;
use channel_file::template::{
    Content, Criterion, Disposition, Rule, RuleBuilder, Severity, TemplateInstance, TemplateType, TypeKey,
};

#[derive(Clone, Debug)]
pub(super) struct Parts {
    channel: u32,
    content_version: u64,
    types: Vec<TemplateType>,
    pub(super) instances: Vec<Part>,
}

/// One instance.
#[derive(Clone, Debug)]
pub(super) struct Part {
    rule: String,
    template_type: TypeKey,
    severity: Severity,
    disposition: Disposition,
    pub(super) criteria: Vec<Criterion>,
}

impl Parts {
    pub(super) fn of(content: &Content) -> Self {
        let part = |rule: &Rule, instance: &TemplateInstance| Part {
            rule: rule.id().to_owned(),
            template_type: instance.template_type(),
            severity: instance.severity(),
            disposition: instance.disposition(),
            criteria: instance.criteria().to_vec(),
        };
        let parts = |rule: &Rule| rule.instances().iter().map(|instance| part(rule, instance)).collect::<Vec<_>>();
        Self {
            channel: content.channel(),
            content_version: content.content_version(),
            types: content.types().to_vec(),
            instances: content.rules().iter().flat_map(parts).collect(),
        }
    }

    /// The content of these parts.
    ///
    /// # Errors
    ///
    /// What the library says of parts that make none: no instance is left, or two are the same.
    pub(super) fn content(&self) -> Result<Content> {
        let mut builder = Content::builder(self.channel, self.content_version);
        builder = self.types.iter().fold(builder, |builder, own| builder.template_type(own.clone()));
        for of_rule in self.instances.chunk_by(|one, two| one.rule == two.rule) {
            let id = of_rule.first().map(|first| first.rule.clone()).unwrap_or_default();
            let instances = of_rule.iter().filter_map(|part| self.instance(part)).collect::<Result<Vec<_>>>()?;
            builder = builder.rule(instances.into_iter().fold(Rule::builder(id), RuleBuilder::instance).build()?);
        }
        builder.build()
    }

    fn instance(&self, part: &Part) -> Option<Result<TemplateInstance>> {
        let template_type = self.types.iter().find(|own| own.key() == part.template_type)?;
        let builder = TemplateInstance::builder(template_type).severity(part.severity).disposition(part.disposition);
        Some(builder.criteria(part.criteria.iter().cloned()).build())
    }
}
