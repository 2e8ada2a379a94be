//! The parts of an open file.
//!
//! Each root takes a view or an iterator in any state, also in one that no file leads to.

use channel_file::template::{
    Disposition, Expectation, FieldKind, OperatorSet, PatternRef, PatternValue, Sense, Severity, Slot, TypeKey, Value,
};
use channel_file::view::{
    ColumnValues, ColumnView, Columns, Criteria, CriterionView, ExampleView, FieldView, InstanceView, Patterns,
    References, RuleView, ShapeView, TypeView, Values, Views,
};

/// The roots of a run of views.
macro_rules! run_roots {
    ($( $view:ident: $next:ident $next_back:ident $nth:ident $get:ident $length:ident, )+) => {
        super::roots! {
            $(
                fn $next<'a>(views: &mut Views<'a, $view<'a>>) -> Option<$view<'a>> {
                    views.next()
                }

                fn $next_back<'a>(views: &mut Views<'a, $view<'a>>) -> Option<$view<'a>> {
                    views.next_back()
                }

                fn $nth<'a>(views: &mut Views<'a, $view<'a>>, skipped: usize) -> Option<$view<'a>> {
                    views.nth(skipped)
                }

                fn $get<'a>(views: &Views<'a, $view<'a>>, index: u32) -> Option<$view<'a>> {
                    views.clone().get(index)
                }

                fn $length<'a>(views: &Views<'a, $view<'a>>) -> (usize, (usize, Option<usize>)) {
                    (views.len(), views.size_hint())
                }
            )+
        }
    };
}

run_roots! {
    TypeView: root_types_next root_types_next_back root_types_nth root_types_get root_types_length,
    FieldView: root_fields_next root_fields_next_back root_fields_nth root_fields_get root_fields_length,
    ShapeView: root_shapes_next root_shapes_next_back root_shapes_nth root_shapes_get root_shapes_length,
    InstanceView: root_instances_next root_instances_next_back root_instances_nth root_instances_get root_instances_length,
    RuleView: root_rules_next root_rules_next_back root_rules_nth root_rules_get root_rules_length,
    ExampleView: root_examples_next root_examples_next_back root_examples_nth root_examples_get root_examples_length,
}

/// The roots of an iterator over what is not a view of one index.
macro_rules! iterator_roots {
    ($( $iterator:ident of $item:ty: $next:ident $length:ident, )+) => {
        super::roots! {
            $(
                fn $next<'a>(iterator: &mut $iterator<'a>) -> Option<$item> {
                    iterator.next()
                }

                fn $length<'a>(iterator: &$iterator<'a>) -> (usize, (usize, Option<usize>)) {
                    let iterator = iterator.clone();
                    (iterator.len(), iterator.size_hint())
                }
            )+
        }
    };
}

iterator_roots! {
    Columns of ColumnView<'a>: root_columns_next root_columns_length,
    ColumnValues of PatternValue<'a>: root_column_values_next root_column_values_length,
    Criteria of CriterionView<'a>: root_criteria_next root_criteria_length,
    Patterns of PatternRef<'a>: root_patterns_next root_patterns_length,
    References of &'a str: root_references_next root_references_length,
    Values of Value<'a>: root_values_next root_values_length,
}

super::roots! {
    fn root_references_next_back<'a>(references: &mut References<'a>) -> Option<&'a str> {
        references.next_back()
    }

    fn root_type<'a>(view: &TypeView<'a>) -> (u32, TypeKey, &'a str, u16) {
        (view.index(), view.key(), view.name(), view.field_count())
    }

    fn root_type_fields<'a>(view: &TypeView<'a>) -> Views<'a, FieldView<'a>> {
        view.fields()
    }

    fn root_type_field<'a>(view: &TypeView<'a>, index: u16) -> Option<FieldView<'a>> {
        view.field(index)
    }

    fn root_type_field_named(view: &TypeView<'_>, name: &str) -> Option<u16> {
        view.field_named(name)
    }

    fn root_field<'a>(view: &FieldView<'a>) -> (&'a str, FieldKind, OperatorSet) {
        (view.name(), view.kind(), view.operators())
    }

    fn root_shape<'a>(view: &ShapeView<'a>) -> (u32, TypeView<'a>, u16, core::ops::Range<u32>) {
        (view.index(), view.template_type(), view.field_count(), view.ids())
    }

    fn root_shape_instances<'a>(view: &ShapeView<'a>) -> Views<'a, InstanceView<'a>> {
        view.instances()
    }

    fn root_shape_columns<'a>(view: &ShapeView<'a>) -> Columns<'a> {
        view.columns()
    }

    fn root_column<'a>(view: &ColumnView<'a>) -> (Slot, u32, ColumnValues<'a>) {
        (view.slot(), view.instances(), view.values())
    }

    fn root_column_values_fold<'a>(values: &ColumnValues<'a>, each: &mut dyn FnMut(PatternValue<'a>)) {
        values.clone().for_each(each)
    }

    fn root_instance(view: &InstanceView<'_>) -> (u32, u16, Severity, Disposition) {
        (view.id(), view.field_count(), view.severity(), view.disposition())
    }

    fn root_instance_type_and_rule<'a>(view: &InstanceView<'a>) -> (TypeView<'a>, RuleView<'a>) {
        (view.template_type(), view.rule())
    }

    fn root_instance_ordinal(view: &InstanceView<'_>) -> u32 {
        view.ordinal()
    }

    fn root_rule_instances<'a>(view: &RuleView<'a>, each: &mut dyn FnMut(InstanceView<'a>)) {
        view.instances().for_each(each)
    }

    fn root_instance_criteria<'a>(view: &InstanceView<'a>) -> Criteria<'a> {
        view.criteria()
    }

    fn root_criterion(view: &CriterionView<'_>) -> (u16, Sense) {
        (view.field(), view.sense())
    }

    fn root_criterion_slots(view: &CriterionView<'_>, each: &mut dyn FnMut(Slot)) {
        view.slots().for_each(each)
    }

    fn root_criterion_patterns<'a>(view: &CriterionView<'a>) -> Patterns<'a> {
        view.patterns()
    }

    fn root_rule<'a>(view: &RuleView<'a>) -> (u32, &'a str, &'a str, &'a str) {
        (view.index(), view.id(), view.title(), view.author())
    }

    fn root_rule_references<'a>(view: &RuleView<'a>) -> References<'a> {
        view.references()
    }

    fn root_rule_first_instance<'a>(view: &RuleView<'a>) -> InstanceView<'a> {
        view.first_instance()
    }

    fn root_rule_examples<'a>(view: &RuleView<'a>) -> Views<'a, ExampleView<'a>> {
        view.examples()
    }

    fn root_example(view: &ExampleView<'_>) -> (u32, Expectation) {
        (view.index(), view.expectation())
    }

    fn root_example_rule_and_type<'a>(view: &ExampleView<'a>) -> (RuleView<'a>, TypeView<'a>) {
        (view.rule(), view.template_type())
    }

    fn root_example_values<'a>(view: &ExampleView<'a>) -> Values<'a> {
        view.values()
    }
}

/// Everything that a file holds, from its bytes to its last pattern: what a sensor does with it.
mod walk {
    use channel_file::ChannelFile;
    use channel_file::template::PatternRef;

    super::super::roots! {
        fn root_walk(bytes: &[u8], each: &mut dyn FnMut(u32, u16, &PatternRef<'_>)) -> bool {
            let Ok(file) = ChannelFile::open(bytes) else { return false };
            for instance in file.instances() {
                for criterion in instance.criteria() {
                    for pattern in criterion.patterns() {
                        each(instance.id(), criterion.field(), &pattern);
                    }
                }
            }
            true
        }
    }
}
