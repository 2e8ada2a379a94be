//! The vocabulary of template types, instances and patterns.

use core::cmp::Ordering;
use core::net::IpAddr;

use channel_file::template::{
    Comparison, DeclaredField, DeclaredType, Disposition, Expectation, FieldKind, FieldReference, GlobDefect, GlobForm,
    IpNetwork, Operator, OperatorSet, PatternRef, PatternValue, Sense, SensorType, SensorTypes, Severity, SlotRole,
    TypeKey, TypeSource, Value, ValueKind, glob_form, is_name,
};

/// The roots of an enum whose values have codes and names.
macro_rules! coded_roots {
    ($( $type:ty: $words:ident $from_code:ident $from_name:ident, )+) => {
        super::roots! {
            $(
                fn $words(value: $type) -> (u8, &'static str) {
                    (value.code(), value.name())
                }

                fn $from_code(code: u8) -> Option<$type> {
                    <$type>::from_code(code)
                }

                fn $from_name(name: &str) -> Option<$type> {
                    <$type>::from_name(name)
                }
            )+
        }
    };
}

coded_roots! {
    Comparison: root_comparison root_comparison_from_code root_comparison_from_name,
    Disposition: root_disposition root_disposition_from_code root_disposition_from_name,
    Expectation: root_expectation root_expectation_from_code root_expectation_from_name,
    FieldKind: root_field_kind root_field_kind_from_code root_field_kind_from_name,
    Operator: root_operator root_operator_from_code root_operator_from_name,
    Sense: root_sense root_sense_from_code root_sense_from_name,
    Severity: root_severity root_severity_from_code root_severity_from_name,
    SlotRole: root_slot_role root_slot_role_from_code root_slot_role_from_name,
    ValueKind: root_value_kind root_value_kind_from_code root_value_kind_from_name,
}

super::roots! {
    fn root_glob_form(text: &str) -> Result<GlobForm, (usize, GlobDefect)> {
        glob_form(text)
    }

    fn root_is_name(text: &str) -> bool {
        is_name(text)
    }

    fn root_field_kind_operators(kind: FieldKind) -> OperatorSet {
        kind.operators()
    }

    fn root_field_kind_takes(kind: FieldKind, operator: Operator, value: ValueKind) -> bool {
        kind.takes(operator, value)
    }

    fn root_value_kind_words(kind: ValueKind, operator: Operator) -> (u32, bool) {
        (kind.words(operator), kind.is_text())
    }

    fn root_operator_set_of(operators: &[Operator]) -> OperatorSet {
        OperatorSet::of(operators)
    }

    fn root_operator_set_from_bits(bits: u16) -> Option<OperatorSet> {
        OperatorSet::from_bits(bits)
    }

    fn root_operator_set(set: OperatorSet, other: OperatorSet, operator: Operator) -> (u16, bool, bool, bool, OperatorSet) {
        (set.bits(), set.contains(operator), set.is_subset_of(other), set.is_empty(), set.with(operator))
    }

    fn root_operator_set_iter(set: OperatorSet, each: &mut dyn FnMut(Operator)) {
        set.iter().for_each(each)
    }

    fn root_network_new(address: IpAddr, prefix: u8) -> Option<IpNetwork> {
        IpNetwork::new(address, prefix)
    }

    fn root_network_try_from(parts: (IpAddr, u8)) -> Result<IpNetwork, &'static str> {
        IpNetwork::try_from(parts)
    }

    fn root_network_containing(address: IpAddr, prefix: u8) -> Option<IpNetwork> {
        IpNetwork::containing(address, prefix)
    }

    fn root_network_parts(network: IpNetwork) -> (IpAddr, u8, bool) {
        let (address, prefix) = network.into();
        (address, prefix, network.is_single_address())
    }

    fn root_network_contains(network: &IpNetwork, address: IpAddr) -> bool {
        network.contains(address)
    }

    fn root_field_reference_from_word(word: u64) -> Option<FieldReference> {
        FieldReference::from_word(word)
    }

    fn root_field_reference_to_word(reference: FieldReference) -> u64 {
        reference.to_word()
    }

    fn root_pattern_parts<'a>(pattern: &PatternRef<'a>) -> (Operator, PatternValue<'a>, ValueKind) {
        (pattern.operator(), pattern.value(), pattern.value_kind())
    }

    fn root_pattern_words(pattern: &PatternRef<'_>) -> ([u64; 3], u32) {
        pattern.words()
    }

    fn root_pattern_order(one: &PatternRef<'_>, two: &PatternRef<'_>) -> (Ordering, Option<Ordering>, bool) {
        (one.cmp(two), one.partial_cmp(two), one == two)
    }

    fn root_slot_role_of_sense(sense: Sense) -> SlotRole {
        sense.into()
    }

    fn root_value(value: &Value<'_>, kind: FieldKind) -> (Option<FieldKind>, bool) {
        (value.kind(), value.fits(kind))
    }

    fn root_type_key_default() -> TypeKey {
        TypeKey::default()
    }

    fn root_declared_source<'t>(declared: &'t DeclaredType<'t>) -> TypeSource<'t> {
        declared.source()
    }

    fn root_declared_fields_at(declared: &DeclaredType<'static>, version: u32) -> Option<&'static [DeclaredField<'static>]> {
        declared.fields_at(version)
    }

    fn root_declared_is_well_formed(declared: &DeclaredType<'_>) -> bool {
        declared.is_well_formed()
    }

    fn root_sensor_type(declared: DeclaredType<'static>, inputs: usize) -> (SensorType<'static>, usize, DeclaredType<'static>) {
        let sensor_type = SensorType::supplying(declared, inputs);
        (sensor_type, sensor_type.inputs(), *sensor_type.declared())
    }

    fn root_sensor_types<'s>(types: &'s [SensorType<'s>], id: u32) -> (&'s [SensorType<'s>], Option<&'s SensorType<'s>>) {
        let registry = SensorTypes::new(types);
        (registry.types(), registry.get(id))
    }
}

channel_file::template_type! {
    /// Every kind of input, in two versions.
    pub struct EveryKind = "every_kind", id 1, version 2 {
        /// Text.
        text: text = "Text",
        /// Bytes.
        bytes: bytes = "Bytes" [absent, equals],
        /// An unsigned integer.
        unsigned: unsigned = "Unsigned",
        /// A signed integer.
        signed: signed = "Signed",
        /// A truth value.
        boolean: boolean = "Boolean",
        /// An address.
        address: ip_address = "Address" since 2,
    }
}

super::roots! {
    fn root_inputs_values<'a>(inputs: &EveryKind<'a>) -> [Value<'a>; EveryKind::<'static>::COUNT] {
        inputs.values()
    }

    fn root_inputs_from_values<'a>(values: [Value<'a>; EveryKind::<'static>::COUNT]) -> Option<EveryKind<'a>> {
        EveryKind::from_values(values)
    }

    fn root_sensor_type_of() -> SensorType<'static> {
        SensorType::of::<EveryKind<'_>>()
    }
}
