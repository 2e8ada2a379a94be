//! Text for people, and text of theirs.
//!
//! The standard library's own code for addresses and for quoted text keeps panics that nothing reaches: `cargo xtask
//! no-panic` lets it through by name, and nothing else.

use core::str::FromStr;

use channel_file::template::{
    Case, Comparison, DeclaredField, DeclaredType, Disposition, Expectation, FieldKind, FieldReference, GlobDefect,
    GlobForm, IpNetwork, Operator, OperatorSet, PatternRef, PatternValue, Sense, SensorType, SensorTypes, Severity,
    Slot, SlotRole, TypeKey, TypeSource, Value, ValueKind,
};
use channel_file::view::{
    ColumnValues, ColumnView, Columns, Criteria, CriterionView, ExampleView, FieldView, InstanceView, Patterns,
    References, RuleView, ShapeView, TypeView, Values, Views,
};
use channel_file::{ChannelFile, Error, ErrorCode, ErrorKind, Explanation, Header, Limits, Path, SectionKind};

super::roots! {
    fn root_ip_network_from_str(text: &str) -> Option<IpNetwork> {
        IpNetwork::from_str(text).ok()
    }
}

super::debug_roots! {
    Case: root_case_debug,
    ChannelFile<'_>: root_channel_file_debug,
    Comparison: root_comparison_debug,
    Criteria<'_>: root_criteria_debug,
    CriterionView<'_>: root_criterion_view_debug,
    DeclaredField<'_>: root_declared_field_debug,
    DeclaredType<'_>: root_declared_type_debug,
    Disposition: root_disposition_debug,
    Error: root_error_debug,
    ErrorCode: root_error_code_debug,
    ErrorKind: root_error_kind_debug,
    ExampleView<'_>: root_example_view_debug,
    Expectation: root_expectation_debug,
    Explanation<'_>: root_explanation_debug,
    FieldKind: root_field_kind_debug,
    FieldReference: root_field_reference_debug,
    FieldView<'_>: root_field_view_debug,
    GlobDefect: root_glob_defect_debug,
    GlobForm: root_glob_form_debug,
    Header: root_header_debug,
    ColumnValues<'_>: root_column_values_debug,
    ColumnView<'_>: root_column_view_debug,
    Columns<'_>: root_columns_debug,
    ShapeView<'_>: root_shape_view_debug,
    InstanceView<'_>: root_instance_view_debug,
    IpNetwork: root_ip_network_debug,
    Limits: root_limits_debug,
    Operator: root_operator_debug,
    OperatorSet: root_operator_set_debug,
    Path: root_path_debug,
    PatternRef<'_>: root_pattern_ref_debug,
    PatternValue<'_>: root_pattern_value_debug,
    Patterns<'_>: root_patterns_debug,
    References<'_>: root_references_debug,
    RuleView<'_>: root_rule_view_debug,
    SectionKind: root_section_kind_debug,
    Sense: root_sense_debug,
    SensorType<'_>: root_sensor_type_debug,
    SensorTypes<'_>: root_sensor_types_debug,
    Severity: root_severity_debug,
    Slot: root_slot_debug,
    SlotRole: root_slot_role_debug,
    TypeKey: root_type_key_debug,
    TypeSource<'_>: root_type_source_debug,
    TypeView<'_>: root_type_view_debug,
    Value<'_>: root_value_debug,
    ValueKind: root_value_kind_debug,
    Values<'_>: root_values_debug,
    Views<'_, TypeView<'_>>: root_views_debug,
}

super::display_roots! {
    Comparison: root_comparison_display,
    Disposition: root_disposition_display,
    Error: root_error_display,
    ErrorCode: root_error_code_display,
    ErrorKind: root_error_kind_display,
    Expectation: root_expectation_display,
    Explanation<'_>: root_explanation_display,
    FieldKind: root_field_kind_display,
    IpNetwork: root_ip_network_display,
    Operator: root_operator_display,
    Path: root_path_display,
    Sense: root_sense_display,
    Severity: root_severity_display,
    SlotRole: root_slot_role_display,
    TypeKey: root_type_key_display,
    TypeSource<'_>: root_type_source_display,
    ValueKind: root_value_kind_display,
}
