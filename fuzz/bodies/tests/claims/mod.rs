//! What a report claims of content, as instances that no event may match if the claim is true.

use channel_file::ChannelFile;
use channel_file::template::{Content, Criterion, Pattern, Rule, Sense, TemplateInstance, TemplateType};
use channel_file::validator::{Finding, FindingCode};
use channel_file::view::InstanceView;

/// An instance that contradicts a claim.
pub(crate) struct Counterexample {
    pub(crate) claim: Finding,
    /// Of the types of the content that the claim is about, and of this one instance.
    pub(crate) content: Content,
}

/// Instances that contradict what the finding says; none if it claims nothing of this sort.
pub(crate) fn counterexamples(finding: &Finding, content: &Content, file: &ChannelFile<'_>) -> Vec<Counterexample> {
    let Some(instance) = finding.place.instance.and_then(|instance| file.instance(instance)) else { return Vec::new() };
    let own = criteria(&instance);
    let sets: Vec<Vec<Criterion>> = match finding.code {
        FindingCode::NeverMatches => vec![own],
        FindingCode::MatchesEverything => own.iter().map(|criterion| vec![negated(criterion)]).collect(),
        // That nothing was found is no claim.
        FindingCode::Redundant if finding.message.starts_with("no event was found") => Vec::new(),
        FindingCode::Redundant => {
            let number = usize::from(finding.place.criterion.expect("a criterion is named"));
            vec![others(&own, number).chain([negated(&own[number])]).collect()]
        }
        FindingCode::PatternImplied => {
            let number = usize::from(finding.place.criterion.expect("a criterion is named"));
            let pattern = finding.place.pattern.expect("a pattern is named");
            vec![through(
                &own,
                number,
                usize::try_from(pattern).unwrap(),
                finding.message.contains("keeps nothing out"),
            )]
        }
        FindingCode::Shadowed => {
            let wider = criteria(&file.instance(other(finding)).expect("another instance is named"));
            wider.iter().map(|criterion| own.iter().cloned().chain([negated(criterion)]).collect()).collect()
        }
        FindingCode::Duplicate => {
            let same = criteria(&file.instance(other(finding)).expect("another instance is named"));
            assert_eq!(own, same, "{finding}");
            Vec::new()
        }
        _ => Vec::new(),
    };
    let template_type = type_of(content, &instance);
    let contradicts = |criteria: Vec<Criterion>| {
        let instance = TemplateInstance::builder(template_type).criteria(criteria).build().unwrap();
        let rule = Rule::builder("contradiction").instance(instance).build().unwrap();
        let content = Content::builder(1, 1).template_type(template_type.clone()).rule(rule).build().unwrap();
        Counterexample { claim: finding.clone(), content }
    };
    sets.into_iter().map(contradicts).collect()
}

/// The type in its newest version: another instance may be on a later one.
fn type_of<'c>(content: &'c Content, instance: &InstanceView<'_>) -> &'c TemplateType {
    let id = instance.template_type().key().id;
    content.types().iter().rfind(|own| own.key().id == id).expect("the content has the type")
}

fn criteria(instance: &InstanceView<'_>) -> Vec<Criterion> {
    let owned = instance.criteria().map(|criterion| {
        Criterion::new(criterion.field(), criterion.sense(), criterion.patterns().map(Pattern::from)).unwrap()
    });
    owned.collect()
}

fn others(own: &[Criterion], number: usize) -> impl Iterator<Item = Criterion> + '_ {
    own.iter().enumerate().filter(move |(other, _)| *other != number).map(|(_, criterion)| criterion.clone())
}

fn negated(criterion: &Criterion) -> Criterion {
    let sense = match criterion.sense() {
        Sense::AnyOf => Sense::NoneOf,
        Sense::NoneOf => Sense::AnyOf,
    };
    Criterion::new(criterion.field(), sense, criterion.patterns().iter().cloned()).unwrap()
}

/// All else is met and the pattern is; and, unless it is claimed to keep nothing out, no other pattern of the criterion.
fn through(own: &[Criterion], number: usize, pattern: usize, is_idle: bool) -> Vec<Criterion> {
    let criterion = &own[number];
    let (field, mut rest) = (criterion.field(), criterion.patterns().to_vec());
    let pattern = rest.remove(pattern);
    let mut criteria: Vec<_> = others(own, number).collect();
    criteria.push(Criterion::new(field, Sense::AnyOf, [pattern]).unwrap());
    if !is_idle && !rest.is_empty() {
        criteria.push(Criterion::new(field, Sense::NoneOf, rest).unwrap());
    }
    criteria
}

/// The other instance that the finding names.
fn other(finding: &Finding) -> u32 {
    let words = finding.message.split("instance ").skip(2);
    let numbers = words.filter_map(|word| word.split(' ').next()?.parse().ok());
    numbers.last().expect("the message names another instance")
}
