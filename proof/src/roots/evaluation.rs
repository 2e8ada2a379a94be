//! The interpreter once it is loaded: what runs at each event.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::hash::Hasher;

use channel_file::interpreter::{
    Budget, ChannelMatch, Channels, ChannelsScratch, CriterionVerdict, Event, InstanceCost, Interpreter, LeftOut,
    Match, Matches, Outcome, Refusal, Scratch,
};
use channel_file::template::{DeclaredType, Disposition, Value};
use channel_file::{Error, ErrorCode};

use super::derived::{copy, copy_and_compare, hash};
use super::template::EveryKind;

super::roots! {
    fn root_event_new<'e>(declared: &DeclaredType<'e>, values: &'e [Value<'e>]) -> Result<Event<'e>, Error> {
        Event::new(declared, values)
    }

    fn root_event_of<'e>(values: &'e [Value<'e>; 6]) -> Result<Event<'e>, Error> {
        Event::of::<EveryKind<'e>>(values)
    }

    fn root_event<'a>(event: &'a Event<'a>) -> (&'a DeclaredType<'a>, &'a [Value<'a>]) {
        (event.declared(), event.values())
    }

    fn root_evaluate<'s>(
        interpreter: &'s Interpreter<'s>,
        event: &Event<'_>,
        scratch: &'s mut Scratch,
    ) -> Matches<'s> {
        interpreter.evaluate(event, scratch)
    }

    fn root_matches_next<'s>(matches: &mut Matches<'s>) -> Option<Match<'s>> {
        matches.next()
    }

    fn root_matches<'s>(matches: &Matches<'s>) -> (Option<Disposition>, Outcome, (usize, Option<usize>)) {
        (matches.disposition(), matches.outcome(), matches.size_hint())
    }

    fn root_interpreter_explain(
        interpreter: &Interpreter<'_>,
        event: &Event<'_>,
        instance: u32,
        scratch: &mut Scratch,
    ) -> Option<Vec<CriterionVerdict>> {
        interpreter.explain(event, instance, scratch)
    }

    fn root_interpreter_numbers(interpreter: &Interpreter<'_>) -> [u64; 4] {
        [interpreter.channel().into(), interpreter.content_version(), interpreter.memory(), interpreter.work()]
    }

    fn root_interpreter_rule_id<'a>(interpreter: &'a Interpreter<'a>, rule: u32) -> &'a str {
        interpreter.rule_id(rule)
    }

    fn root_interpreter_scratch(interpreter: &Interpreter<'_>) -> [Scratch; 2] {
        [interpreter.scratch(), interpreter.measuring_scratch()]
    }

    fn root_interpreter_drop(interpreter: Interpreter<'_>) {
        drop(interpreter)
    }

    fn root_scratch(scratch: &Scratch) -> (u64, Option<&[u64]>) {
        (scratch.work(), scratch.instance_work())
    }

    fn root_channels_evaluate<'s>(
        channels: &'s Channels<'s>,
        event: &Event<'_>,
        scratch: &'s mut ChannelsScratch,
        each: &mut dyn FnMut(ChannelMatch<'s>),
    ) {
        channels.evaluate(event, scratch).for_each(each)
    }

    fn root_channels_get<'a>(channels: &'a Channels<'a>, channel: u32) -> Option<&'a Arc<Interpreter<'a>>> {
        channels.get(channel)
    }

    fn root_channels_iter<'a>(channels: &'a Channels<'a>, each: &mut dyn FnMut(&'a Interpreter<'a>)) {
        channels.iter().for_each(each)
    }

    fn root_channels_new<'a>() -> [Channels<'a>; 2] {
        [Channels::new(), Channels::default()]
    }

    fn root_channels_with<'a>(channels: &Channels<'a>, interpreter: Arc<Interpreter<'a>>) -> Channels<'a> {
        channels.with(interpreter)
    }

    fn root_channels_without<'a>(channels: &Channels<'a>, channel: u32) -> Channels<'a> {
        channels.without(channel)
    }

    fn root_channels_scratch(channels: &Channels<'_>) -> ChannelsScratch {
        channels.scratch()
    }

    fn root_channels_work(scratch: &ChannelsScratch, each: &mut dyn FnMut(u64)) {
        scratch.work().for_each(each)
    }

    fn root_refusal(refusal: &Refusal) -> (ErrorCode, Error, &[InstanceCost]) {
        (refusal.code(), refusal.error(), refusal.worst())
    }
}

/// The roots of what is copied and compared.
macro_rules! copied_roots {
    ($( $type:ty: $root:ident, )+) => {
        super::roots! {
            $( fn $root(one: &$type, two: &$type) -> ($type, bool) { copy_and_compare(one, two) } )+
        }
    };
}

copied_roots! {
    Budget: root_budget_copy,
    CriterionVerdict: root_criterion_verdict_copy,
    InstanceCost: root_instance_cost_copy,
    LeftOut: root_left_out_copy,
    Outcome: root_outcome_copy,
    Refusal: root_refusal_copy,
}

super::roots! {
    fn root_budget_hash(budget: &Budget, hasher: &mut dyn Hasher) {
        hash(budget, hasher)
    }

    fn root_budget_default() -> Budget {
        Budget::default()
    }

    fn root_match_copy<'s>(one: &Match<'s>, two: &Match<'s>) -> (Match<'s>, bool) {
        copy_and_compare(one, two)
    }

    fn root_channel_match_copy<'s>(one: &ChannelMatch<'s>, two: &ChannelMatch<'s>) -> (ChannelMatch<'s>, bool) {
        copy_and_compare(one, two)
    }

    fn root_channels_copy<'t>(channels: &Channels<'t>) -> Channels<'t> {
        copy(channels)
    }

    fn root_event_copy<'e>(event: &Event<'e>) -> Event<'e> {
        copy(event)
    }

    fn root_channels_scratch_default() -> ChannelsScratch {
        ChannelsScratch::default()
    }

    fn root_refusal_from(error: Error) -> Refusal {
        error.into()
    }

    fn root_error_from_refusal(refusal: Refusal) -> Error {
        refusal.into()
    }

    fn root_refusal_source(refusal: &Refusal) -> bool {
        core::error::Error::source(refusal).is_some()
    }
}

super::debug_roots! {
    Budget: root_budget_debug,
    ChannelMatch<'_>: root_channel_match_debug,
    Channels<'_>: root_channels_debug,
    ChannelsScratch: root_channels_scratch_debug,
    CriterionVerdict: root_criterion_verdict_debug,
    Event<'_>: root_event_debug,
    InstanceCost: root_instance_cost_debug,
    Interpreter<'_>: root_interpreter_debug,
    LeftOut: root_left_out_debug,
    Match<'_>: root_match_debug,
    Matches<'_>: root_matches_debug,
    Outcome: root_outcome_debug,
    Refusal: root_refusal_debug,
    Scratch: root_scratch_debug,
}

super::display_roots! {
    Refusal: root_refusal_display,
}
