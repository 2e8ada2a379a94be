//! What types derive: copies, equality, order, hashes.

use core::cmp::Ordering;
use core::hash::{Hash, Hasher};

use channel_file::template::{
    Case, Comparison, DeclaredField, DeclaredType, Disposition, Expectation, FieldKind, FieldReference, GlobDefect,
    GlobForm, IpNetwork, Operator, OperatorSet, PatternRef, PatternValue, Sense, SensorType, SensorTypes, Severity,
    Slot, SlotRole, TypeKey, TypeSource, Value, ValueKind,
};
use channel_file::view::{
    ColumnView, CriterionView, ExampleView, FieldView, InstanceView, RuleView, ShapeView, TypeView,
};
use channel_file::{ChannelFile, Error, ErrorCode, ErrorKind, Explanation, Header, Limits, Path, SectionKind};

// Through functions, since what is `Copy` would be copied without a call.

pub(super) fn copy<T: Clone>(value: &T) -> T {
    value.clone()
}

pub(super) fn copy_and_compare<T: Clone + PartialEq>(one: &T, two: &T) -> (T, bool) {
    (one.clone(), one == two)
}

pub(super) fn hash(value: &impl Hash, mut hasher: &mut dyn Hasher) {
    value.hash(&mut hasher)
}

pub(super) fn order<T: Ord>(one: &T, two: &T) -> (Ordering, Option<Ordering>) {
    (one.cmp(two), one.partial_cmp(two))
}

macro_rules! copied {
    ($( $type:ident $(<$lifetime:lifetime>)?: $root:ident, )+) => {
        super::roots! {
            $( fn $root $(<$lifetime>)? (value: &$type $(<$lifetime>)?) -> $type $(<$lifetime>)? { copy(value) } )+
        }
    };
}

macro_rules! compared {
    ($( $type:ident $(<$lifetime:lifetime>)?: $root:ident, )+) => {
        super::roots! {
            $(
                fn $root $(<$lifetime>)? (one: &$type $(<$lifetime>)?, two: &$type $(<$lifetime>)?) -> ($type $(<$lifetime>)?, bool) {
                    copy_and_compare(one, two)
                }
            )+
        }
    };
}

macro_rules! hashed {
    ($( $type:ty: $root:ident, )+) => {
        super::roots! {
            $( fn $root(value: &$type, hasher: &mut dyn Hasher) { hash(value, hasher) } )+
        }
    };
}

macro_rules! ordered {
    ($( $type:ty: $root:ident, )+) => {
        super::roots! {
            $( fn $root(one: &$type, two: &$type) -> (Ordering, Option<Ordering>) { order(one, two) } )+
        }
    };
}

copied! {
    ChannelFile<'a>: root_file_copy,
    CriterionView<'a>: root_criterion_copy,
    ColumnView<'a>: root_column_copy,
    ExampleView<'a>: root_example_copy,
    Explanation<'a>: root_explanation_copy,
    FieldView<'a>: root_field_copy,
    InstanceView<'a>: root_instance_copy,
    RuleView<'a>: root_rule_copy,
    SensorTypes<'a>: root_sensor_types_copy,
    ShapeView<'a>: root_shape_copy,
    TypeSource<'a>: root_type_source_copy,
    TypeView<'a>: root_type_copy,
}

compared! {
    Case: root_case_copy,
    Comparison: root_comparison_copy,
    DeclaredField<'a>: root_declared_field_copy,
    DeclaredType<'a>: root_declared_copy,
    Disposition: root_disposition_copy,
    Error: root_error_copy,
    ErrorCode: root_error_code_copy,
    ErrorKind: root_error_kind_copy,
    Expectation: root_expectation_copy,
    FieldKind: root_field_kind_copy,
    FieldReference: root_field_reference_copy,
    GlobDefect: root_glob_defect_copy,
    GlobForm: root_glob_form_copy,
    Header: root_header_copy,
    IpNetwork: root_network_copy,
    Limits: root_limits_copy,
    Operator: root_operator_copy,
    OperatorSet: root_operator_set_copy,
    Path: root_path_copy,
    PatternRef<'a>: root_pattern_copy,
    PatternValue<'a>: root_pattern_value_copy,
    SectionKind: root_section_kind_copy,
    Sense: root_sense_copy,
    SensorType<'a>: root_sensor_type_copy,
    Severity: root_severity_copy,
    Slot: root_slot_copy,
    SlotRole: root_slot_role_copy,
    TypeKey: root_type_key_copy,
    Value<'a>: root_value_copy,
    ValueKind: root_value_kind_copy,
}

hashed! {
    Case: root_case_hash,
    Comparison: root_comparison_hash,
    Disposition: root_disposition_hash,
    Error: root_error_hash,
    ErrorCode: root_error_code_hash,
    ErrorKind: root_error_kind_hash,
    Expectation: root_expectation_hash,
    FieldKind: root_field_kind_hash,
    FieldReference: root_field_reference_hash,
    Header: root_header_hash,
    IpNetwork: root_network_hash,
    Limits: root_limits_hash,
    Operator: root_operator_hash,
    OperatorSet: root_operator_set_hash,
    Path: root_path_hash,
    PatternRef<'_>: root_pattern_hash,
    PatternValue<'_>: root_pattern_value_hash,
    SectionKind: root_section_kind_hash,
    Sense: root_sense_hash,
    Severity: root_severity_hash,
    Slot: root_slot_hash,
    SlotRole: root_slot_role_hash,
    TypeKey: root_type_key_hash,
    Value<'_>: root_value_hash,
    ValueKind: root_value_kind_hash,
}

ordered! {
    Case: root_case_order,
    Comparison: root_comparison_order,
    Disposition: root_disposition_order,
    ErrorCode: root_error_code_order,
    Expectation: root_expectation_order,
    FieldReference: root_field_reference_order,
    FieldKind: root_field_kind_order,
    IpNetwork: root_network_order,
    OperatorSet: root_operator_set_order,
    SectionKind: root_section_kind_order,
    Sense: root_sense_order,
    Severity: root_severity_order,
    Slot: root_slot_order,
    SlotRole: root_slot_role_order,
    TypeKey: root_type_key_order,
}
