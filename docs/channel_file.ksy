meta:
  id: channel_file
  title: Channel file, version 1.0
  application: sensors that match events against detection content
  file-extension: chan
  license: MIT OR Apache-2.0
  ks-version: 0.11
  encoding: UTF-8
  endian: le
doc: |
  Checked, canonical detection content: template types, instances of criteria against them, the rules that they come from, and
  examples of events. A header, a table, and sections that are columns: rows of a fixed size, or heaps.

  What Kaitai can check it checks: sections, numbers of rows, ends, codes, what goes together, most of the order. What it cannot,
  a reader has to do by itself: checksums (CRC32C), control characters in names, the order and values of patterns, globs, the
  values of examples, and limits. FORMAT.md is normative.
doc-ref: FORMAT.md
seq:
  - id: header
    type: header
  - id: entries
    type: entry(_index)
    repeat: expr
    repeat-expr: header.number_of_sections
    doc: The section table.
  - id: types
    type: types
    size: entries[0].length
  - id: fields
    type: fields
    size: entries[1].length
  - id: shapes
    type: shapes
    size: entries[2].length
  - id: slots
    type: slots
    size: entries[3].length
  - id: severities
    type: severities
    size: entries[4].length
  - id: dispositions
    type: dispositions
    size: entries[5].length
  - id: instance_rules
    type: instance_rules
    size: entries[6].length
  - id: rules
    type: rules
    size: entries[7].length
  - id: examples
    type: examples
    size: entries[8].length
    if: has_examples
  - id: presences
    type: presences
    size: entries[at_presences].length
    if: has_presences
  - id: words
    type: words
    size: entries[at_words].length
    if: has_words
  - id: byte_ends
    type: ends
    size: entries[at_byte_ends].length
    if: has_byte_ends
  - id: byte_heap
    type: byte_heap
    size: entries[at_byte_heap].length
    if: has_byte_heap
  - id: text_ends
    type: ends
    size: entries[at_text_ends].length
  - id: text_heap
    type: text_heap
    size: entries[at_text_ends + 1].length
  - id: conditions
    type: conditions
    doc: Reads nothing; refuses files whose columns do not agree.
  - id: rest
    size-eos: true
    valid:
      expr: _.size == 0
    doc: There is nothing after the last section.
instances:
  # The first eight sections are required, so entry n has kind n + 1; the last two are as well.
  has_examples:
    value: entries[8].kind == section_kind::examples
  at_presences:
    value: '8 + (has_examples ? 1 : 0)'
  has_presences:
    value: entries[at_presences].kind == section_kind::presences
  at_words:
    value: 'at_presences + (has_presences ? 1 : 0)'
  has_words:
    value: entries[at_words].kind == section_kind::words
  at_byte_ends:
    value: 'at_words + (has_words ? 1 : 0)'
  has_byte_ends:
    value: entries[at_byte_ends].kind == section_kind::byte_ends
  at_byte_heap:
    value: 'at_byte_ends + (has_byte_ends ? 1 : 0)'
  has_byte_heap:
    value: entries[at_byte_heap].kind == section_kind::byte_heap
  at_text_ends:
    value: 'at_byte_heap + (has_byte_heap ? 1 : 0)'
  # How much the columns have to hold.
  number_of_instances:
    value: shapes.rows.last.instances_end
  number_of_rules:
    value: entries[7].length / 8
  number_of_byte_strings:
    value: 'has_byte_ends ? byte_ends.rows.size : 0'
  number_of_values:
    value: 'has_examples ? examples.rows.last.values_end : 0'
  first_pattern_text:
    value: types.rows.size + fields.rows.size
  first_rule_text:
    value: first_pattern_text + shapes.rows.last.texts_end
types:
  header:
    seq:
      - id: magic
        contents: [0xc7, CHN, 0x0d, 0x0a, 0x1a, 0x0a]
      - id: major_version
        type: u2
        valid: 1
      - id: minor_version
        type: u2
        valid: 0
      - id: channel
        type: u4
        doc: The numbered stream that the file belongs to.
      - id: content_version
        type: u8
        valid:
          min: 1
        doc: Ascends within a channel.
      - id: length
        type: u8
        valid:
          expr: _ == _root._io.size
        doc: Of the whole file, in bytes.
      - id: number_of_sections
        type: u4
        valid:
          min: 10
          max: 15
      - id: table_checksum
        type: u4
        doc: CRC32C of the section table.
      - id: checksum
        type: u4
        doc: CRC32C of the 40 bytes before.
  entry:
    params:
      - id: index
        type: u4
    seq:
      - id: kind
        type: u1
        enum: section_kind
        valid:
          expr: |
            index < 8 ? _.to_i == index + 1
            : index >= of_all - 2 ? _.to_i == 16 + index - of_all
            : _.to_i > _parent.entries[index - 1].kind.to_i and _.to_i < 14
        doc: Kinds ascend; eight are required in front, two at the end.
      - id: length
        type: u8
        valid:
          expr: _ > 0 and _ % row_bytes == 0
        doc: In bytes.
      - id: checksum
        type: u4
        doc: CRC32C of the section's bytes.
    instances:
      of_all:
        value: _root.header.number_of_sections
      row_bytes:
        # <!-- generated: row-bytes -->
        value: '[0, 12, 5, 26, 9, 1, 1, 4, 8, 13, 1, 8, 4, 1, 4, 1][kind.to_i]'
        # <!-- end -->
  types:
    seq:
      - id: rows
        type: type_row(_index)
        repeat: eos
  type_row:
    params:
      - id: index
        type: u4
    seq:
      - id: id
        type: u4
      - id: version
        type: u4
        valid:
          expr: _ >= 1 and (index == 0 or id > before.id or (id == before.id and _ > before.version))
        doc: From 1. Types ascend by id, then version.
      - id: fields_end
        type: u4
        valid:
          expr: _ > fields_begin and _ - fields_begin <= 65535
        doc: Where its fields end among those of all types.
    instances:
      before:
        value: _parent.rows[index - 1]
      fields_begin:
        value: 'index == 0 ? 0 : before.fields_end'
      number_of_fields:
        value: fields_end - fields_begin
      name:
        value: index + fields_begin
        doc: Index of its name among all texts; the names of its fields follow.
  fields:
    seq:
      - id: rows
        type: field_row
        repeat: eos
  field_row:
    seq:
      - id: kind
        type: u1
        enum: field_kind
        valid:
          in-enum: true
      - id: operators
        type: u2
        valid:
          expr: _ != 0 and (_ | operators_of_kind) == operators_of_kind
        doc: Bit n stands for the operator with code n.
      - id: alphabetical
        type: u2
        doc: At the place of a type's n-th field, the index of the field whose name is the n-th in byte order.
    instances:
      operators_of_kind:
        # <!-- generated: operators -->
        value: '[0x07ff, 0x043f, 0x0605, 0x0605, 0x0405, 0x0505][kind.to_i]'
        # <!-- end -->
  shapes:
    seq:
      - id: rows
        type: shape_row(_index)
        repeat: eos
  shape_row:
    params:
      - id: index
        type: u4
    seq:
      - id: type_index
        type: u4
        valid:
          expr: |
            _ < _root.types.rows.size and
            (index == 0 ? _ == 0 : _ == before.type_index or _ == before.type_index + 1)
        doc: Each type is used, in order.
      - id: number_of_fields
        type: u2
        valid:
          expr: _ == type_row.number_of_fields
        doc: That of the type, which the instances were written against.
      - id: slots_end
        type: u4
        valid:
          expr: _ > slots_begin
      - id: instances_end
        type: u4
        valid:
          expr: _ > instances_begin
      - id: texts_end
        type: u4
      - id: byte_strings_end
        type: u4
      - id: words_end
        type: u4
    instances:
      before:
        value: _parent.rows[index - 1]
      type_row:
        value: _root.types.rows[type_index]
      slots_begin:
        value: 'index == 0 ? 0 : before.slots_end'
      number_of_slots:
        value: slots_end - slots_begin
      instances_begin:
        value: 'index == 0 ? 0 : before.instances_end'
      number_of_instances:
        value: instances_end - instances_begin
      texts_begin:
        value: 'index == 0 ? 0 : before.texts_end'
      byte_strings_begin:
        value: 'index == 0 ? 0 : before.byte_strings_end'
      words_begin:
        value: 'index == 0 ? 0 : before.words_end'
  slots:
    seq:
      - id: rows
        type: slot_row(_index)
        repeat: eos
  slot_row:
    params:
      - id: index
        type: u4
    seq:
      - id: field
        type: u2
        doc: Index within the type.
      - id: role
        type: u1
        enum: role
        valid:
          in-enum: true
      - id: operator
        type: u1
        enum: operator
        valid:
          in-enum: true
      - id: value_kind
        type: u1
        enum: value_kind
        valid:
          expr: _.to_i <= 9 and (value_kinds_of_operator >> _.to_i) & 1 == 1
      - id: count
        type: u4
        valid:
          expr: 'value_kind == value_kind::none ? _ == 1 : _ >= 1'
        doc: Patterns, and so values.
      - id: sums
        size: 0
        valid:
          expr: patterns_end >= index and texts_end >= 0 and byte_strings_end >= 0 and words_end >= 0
        doc: Has the sums below made row by row, so that each takes the one before and none goes back to the first.
    instances:
      value_kinds_of_operator:
        # <!-- generated: value-kinds -->
        value: '[0x001, 0x001, 0x1fe, 0x00e, 0x00e, 0x00e, 0x006, 0x006, 0x180, 0x060, 0x200][operator.to_i]'
        # <!-- end -->
        doc: Bit n stands for the value kind with code n.
      field_kinds:
        value: 'operator == operator::empty ? 0x03 : field_kinds_of_value[value_kind.to_i]'
        doc: Bit n stands for the field kind with code n, whose fields take the pattern.
      field_kinds_of_value:
        # <!-- generated: field-kinds -->
        value: '[0x3f, 0x01, 0x01, 0x02, 0x10, 0x05, 0x09, 0x21, 0x21, 0x3f]'
        # <!-- end -->
      is_text:
        value: value_kind == value_kind::text or value_kind == value_kind::text_ignoring_case
      is_bytes:
        value: value_kind == value_kind::bytes
      words_of_value:
        value: |
          words_of_one[value_kind.to_i] + (operator == operator::range or operator == operator::cidr ? 1 : 0)
      words_of_one:
        # <!-- generated: words -->
        value: '[0, 0, 0, 0, 1, 1, 1, 1, 2, 1]'
        # <!-- end -->
      # How much the slots so far take for each instance.
      patterns_end:
        value: '(index == 0 ? 0 : _parent.rows[index - 1].patterns_end.as<u8>) + count'
      texts_end:
        value: '(index == 0 ? 0 : _parent.rows[index - 1].texts_end.as<u8>) + (is_text ? count : 0)'
      byte_strings_end:
        value: '(index == 0 ? 0 : _parent.rows[index - 1].byte_strings_end.as<u8>) + (is_bytes ? count : 0)'
      words_end:
        value: '(index == 0 ? 0 : _parent.rows[index - 1].words_end.as<u8>) + count * words_of_value'
  severities:
    seq:
      - id: rows
        type: u1
        enum: severity
        repeat: eos
        valid:
          in-enum: true
  dispositions:
    seq:
      - id: rows
        type: u1
        enum: disposition
        repeat: eos
        valid:
          in-enum: true
  instance_rules:
    seq:
      - id: rows
        type: u4
        repeat: eos
        valid:
          expr: _ < _root.number_of_rules
  rules:
    seq:
      - id: rows
        type: rule_row(_index)
        repeat: eos
  rule_row:
    params:
      - id: index
        type: u4
    seq:
      - id: first_instance
        type: u4
        valid:
          expr: _ < _root.instance_rules.rows.size and _root.instance_rules.rows[_] == index
        doc: The lowest id of its instances.
      - id: texts_end
        type: u4
        valid:
          expr: _ >= texts_begin + 3
        doc: Of id, title, author and references.
    instances:
      texts_begin:
        value: 'index == 0 ? 0 : _parent.rows[index - 1].texts_end'
      number_of_references:
        value: texts_end - texts_begin - 3
  examples:
    seq:
      - id: rows
        type: example_row(_index)
        repeat: eos
  example_row:
    params:
      - id: index
        type: u4
    seq:
      - id: rule
        type: u4
        valid:
          expr: _ < _root.number_of_rules and (index == 0 or _ >= before.rule)
      - id: type_index
        type: u4
        valid:
          expr: _ < _root.types.rows.size
      - id: expectation
        type: u1
        enum: expectation
        valid:
          expr: _.to_i <= 1 and (index == 0 or rule != before.rule or _.to_i >= before.expectation.to_i)
      - id: values_end
        type: u4
        valid:
          expr: _ == values_begin + type_row.number_of_fields
    instances:
      before:
        value: _parent.rows[index - 1]
      type_row:
        value: _root.types.rows[type_index]
      values_begin:
        value: 'index == 0 ? 0 : before.values_end'
  presences:
    seq:
      - id: rows
        type: u1
        repeat: eos
        valid:
          max: 1
  words:
    seq:
      - id: rows
        type: u8
        repeat: eos
        doc: Signed numbers in two's complement, addresses of 128 bits with the high half first.
  ends:
    seq:
      - id: rows
        type: end(_index)
        repeat: eos
  end:
    params:
      - id: index
        type: u4
    seq:
      - id: end
        type: u4
        valid:
          expr: _ >= begin
    instances:
      begin:
        value: 'index == 0 ? 0 : _parent.rows[index - 1].end'
      length:
        value: end - begin
  byte_heap:
    seq:
      - id: strings
        size: _root.byte_ends.rows[_index].length
        repeat: expr
        repeat-expr: _root.number_of_byte_strings
      - id: rest
        size-eos: true
        valid:
          expr: _.size == 0
  text_heap:
    seq:
      - id: texts
        type: str
        size: _root.text_ends.rows[_index].length
        repeat: expr
        repeat-expr: _root.text_ends.rows.size
      - id: rest
        size-eos: true
        valid:
          expr: _.size == 0
  # Conditions between columns: attributes without bytes.
  conditions:
    seq:
      - id: types_are_used
        size: 0
        valid:
          expr: _root.shapes.rows.last.type_index == _root.types.rows.size - 1
      - id: numbers_of_rows
        size: 0
        valid:
          expr: |
            _root.fields.rows.size == _root.types.rows.last.fields_end and
            _root.slots.rows.size == _root.shapes.rows.last.slots_end and
            _root.severities.rows.size == _root.number_of_instances and
            _root.dispositions.rows.size == _root.number_of_instances and
            _root.instance_rules.rows.size == _root.number_of_instances and
            (_root.has_words ? _root.words.rows.size : 0) == _root.shapes.rows.last.words_end and
            (_root.has_presences ? _root.presences.rows.size : 0) == _root.number_of_values and
            _root.number_of_byte_strings == _root.shapes.rows.last.byte_strings_end + _root.number_of_values and
            _root.text_ends.rows.size == _root.first_rule_text + _root.rules.rows.last.texts_end
      - id: bytes_without_a_heap
        size: 0
        valid:
          expr: _root.has_byte_heap or _root.number_of_byte_strings == 0 or _root.byte_ends.rows.last.end == 0
      - id: types
        type: type_condition(_index + 1)
        repeat: expr
        repeat-expr: _root.types.rows.size - 1
      - id: shapes
        type: shape_condition(_index)
        repeat: expr
        repeat-expr: _root.shapes.rows.size
      - id: texts
        type: text_condition(_index)
        repeat: expr
        repeat-expr: _root.first_rule_text
      - id: byte_patterns
        type: byte_string_condition(_index)
        repeat: expr
        repeat-expr: _root.shapes.rows.last.byte_strings_end
      - id: rules
        type: rule_condition(_index)
        repeat: expr
        repeat-expr: _root.rules.rows.size
      - id: absent_values
        type: value_condition(_index)
        repeat: expr
        repeat-expr: _root.number_of_values
  type_condition:
    doc: A later version of a type appends fields to the earlier one.
    params:
      - id: index
        type: u4
    seq:
      - id: appends
        size: 0
        valid:
          expr: row.number_of_fields > before.number_of_fields and name == name_before
        if: is_later_version
      - id: fields
        type: field_condition(row, before, _index)
        repeat: expr
        repeat-expr: before.number_of_fields
        if: is_later_version
    instances:
      row:
        value: _root.types.rows[index]
      before:
        value: row.before
      is_later_version:
        value: row.id == before.id
      name:
        value: _root.text_heap.texts[row.name]
      name_before:
        value: _root.text_heap.texts[before.name]
  field_condition:
    params:
      - id: type_row
        type: type_row
      - id: before
        type: type_row
      - id: index
        type: u4
    seq:
      - id: same
        size: 0
        valid:
          expr: |
            _root.text_heap.texts[type_row.name + 1 + index] == _root.text_heap.texts[before.name + 1 + index] and
            field.kind == field_before.kind and field.operators == field_before.operators
    instances:
      field:
        value: _root.fields.rows[type_row.fields_begin + index]
      field_before:
        value: _root.fields.rows[before.fields_begin + index]
  shape_condition:
    params:
      - id: index
        type: u4
    seq:
      - id: slots
        type: slot_condition(_index, shape)
        repeat: expr
        repeat-expr: shape.number_of_slots
      - id: ends
        size: 0
        valid:
          expr: |
            shape.texts_end == shape.texts_begin
              + shape.number_of_instances * (last.texts_end - (index == 0 ? 0 : before.texts_end)) and
            shape.byte_strings_end == shape.byte_strings_begin
              + shape.number_of_instances * (last.byte_strings_end - (index == 0 ? 0 : before.byte_strings_end)) and
            shape.words_end == shape.words_begin
              + shape.number_of_instances * (last.words_end - (index == 0 ? 0 : before.words_end))
      - id: patterns
        size: 0
        valid:
          expr: patterns_end <= _root._io.size
        doc: There are no more patterns than bytes.
      - id: by_rule
        type: instance_condition(shape.instances_begin + _index + 1)
        repeat: expr
        repeat-expr: shape.number_of_instances - 1
    instances:
      shape:
        value: _root.shapes.rows[index]
      last:
        value: _root.slots.rows[shape.slots_end - 1]
      before:
        value: _root.slots.rows[shape.slots_begin - 1]
      patterns_end:
        value: |
          (index == 0 ? 0 : _parent.shapes[index - 1].patterns_end.as<u8>)
          + shape.number_of_instances * (last.patterns_end - (index == 0 ? 0 : before.patterns_end))
  slot_condition:
    params:
      - id: index
        type: u4
      - id: shape
        type: shape_row
    seq:
      - id: field_exists
        size: 0
        valid:
          expr: slot.field < shape.number_of_fields
      - id: field_takes_it
        size: 0
        valid:
          expr: |
            (slot.field_kinds >> field.kind.to_i) & 1 == 1 and
            (field.operators >> slot.operator.to_i) & 1 == 1
      - id: continues
        size: 0
        valid:
          expr: |
            slot.role != role::continues or
            (index > 0 and slot.field == before.field and
             (slot.operator.to_i > before.operator.to_i or
              (slot.operator == before.operator and slot.value_kind.to_i > before.value_kind.to_i)))
    instances:
      slot:
        value: _root.slots.rows[shape.slots_begin + index]
      before:
        value: _root.slots.rows[shape.slots_begin + index - 1]
      field:
        value: _root.fields.rows[shape.type_row.fields_begin + slot.field]
  instance_condition:
    params:
      - id: index
        type: u4
    seq:
      - id: by_rule
        size: 0
        valid:
          expr: _root.instance_rules.rows[index - 1] <= _root.instance_rules.rows[index]
  text_condition:
    params:
      - id: index
        type: u4
    seq:
      - id: not_empty
        size: 0
        valid:
          expr: _root.text_heap.texts[index].length > 0
  byte_string_condition:
    params:
      - id: index
        type: u4
    seq:
      - id: not_empty
        size: 0
        valid:
          expr: _root.byte_ends.rows[index].length > 0
  rule_condition:
    params:
      - id: index
        type: u4
    seq:
      - id: has_an_id
        size: 0
        valid:
          expr: _root.text_heap.texts[first_text].length > 0
      - id: references
        type: text_condition(first_text + 3 + _index)
        repeat: expr
        repeat-expr: row.number_of_references
    instances:
      row:
        value: _root.rules.rows[index]
      first_text:
        value: _root.first_rule_text + row.texts_begin
  value_condition:
    params:
      - id: index
        type: u4
    seq:
      - id: absent_without_bytes
        size: 0
        valid:
          expr: |
            _root.presences.rows[index] == 1 or
            _root.byte_ends.rows[_root.shapes.rows.last.byte_strings_end + index].length == 0
enums:
  # <!-- generated: enums -->
  section_kind:
    1: types
    2: fields
    3: shapes
    4: slots
    5: severities
    6: dispositions
    7: instance_rules
    8: rules
    9: examples
    10: presences
    11: words
    12: byte_ends
    13: byte_heap
    14: text_ends
    15: text_heap
  field_kind:
    0: text
    1: bytes
    2: unsigned
    3: signed
    4: boolean
    5: ip_address
  operator:
    0: absent
    1: empty
    2: equals
    3: starts_with
    4: ends_with
    5: contains
    6: glob
    7: regex
    8: cidr
    9: range
    10: field_reference
  value_kind:
    0: none
    1: text
    2: text_ignoring_case
    3: bytes
    4: boolean
    5: unsigned
    6: signed
    7: ipv4
    8: ipv6
    9: field
  role:
    0: any_of
    1: none_of
    2: continues
  severity:
    0: informational
    1: low
    2: medium
    3: high
    4: critical
  disposition:
    0: observe
    1: detect
    2: prevent
  expectation:
    0: match
    1: no_match
  comparison:
    0: equals
    1: starts_with
    2: ends_with
    3: contains
  # <!-- end -->
