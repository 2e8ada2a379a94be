"""Reads channel files with the reader that Kaitai made of channel_file.ksy, and says what is in them.

`python3 read.py FILE...` prints JSON: for each file its text, as crates/second-reader/src/text.rs describes it, or why it is
refused. The generated module and its runtime are on PYTHONPATH.
"""

import enum
import json
import sys

import kaitaistruct
from channel_file import ChannelFile

HEADER_BYTES = 44
ENTRY_BYTES = 13


class Refused(Exception):
    """What a description in Kaitai cannot check, and this script does."""


def main(paths):
    said = {}
    for path in paths:
        with open(path, "rb") as file:
            said[path] = read(file.read())
    json.dump(said, sys.stdout)


def read(data):
    try:
        file = ChannelFile.from_bytes(data)
        check_sums(data, file)
        return {"text": "".join(line + "\n" for line in lines(file))}
    except (kaitaistruct.KaitaiStructError, EOFError, UnicodeDecodeError, Refused) as error:
        return {"refused": f"{type(error).__name__}: {error}"}


# Checksums


def check_sums(data, file):
    start = HEADER_BYTES + ENTRY_BYTES * len(file.entries)
    check("header", data[:40], file.header.checksum)
    check("table", data[HEADER_BYTES:start], file.header.table_checksum)
    for entry in file.entries:
        check(entry.kind.name, data[start : start + entry.length], entry.checksum)
        start += entry.length


def check(what, data, checksum):
    if crc32c(data) != checksum:
        raise Refused(f"checksum of {what}")


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


# Columns into things


def lines(file):
    yield f"channel {file.header.channel} content-version {file.header.content_version}"
    texts = iter(file.text_heap.texts)
    yield from type_lines(file, texts)
    strings = iter(file.byte_heap.strings if file.has_byte_heap else [b""] * file.number_of_byte_strings)
    words = iter(file.words.rows if file.has_words else [])
    # The ids of rules stand behind the texts of instances, which name their rules.
    rules = rule_texts(file)
    yield from instance_lines(file, [rule[0] for rule in rules], texts, strings, words)
    for rule in rules:
        yield f"rule {quoted(rule[0])} title {quoted(rule[1])} author {quoted(rule[2])}"
        yield from (f"  reference {quoted(reference)}" for reference in rule[3:])
    yield from example_lines(file, [rule[0] for rule in rules], strings)


def type_lines(file, texts):
    for row in file.types.rows:
        yield f"type {row.id}.{row.version} {quoted(next(texts))}"
        for field in file.fields.rows[row.fields_begin : row.fields_end]:
            yield f"  field {word(field.kind)} operators {field.operators:#06x} {quoted(next(texts))}"


def instance_lines(file, rules, texts, strings, words):
    instances_of_rules = [0] * len(rules)
    for shape in file.shapes.rows:
        slots = file.slots.rows[shape.slots_begin : shape.slots_end]
        for instance in range(shape.instances_begin, shape.instances_end):
            severity = word(file.severities.rows[instance])
            disposition = word(file.dispositions.rows[instance])
            yield f"instance {instance} type {key(shape.type_row)} severity {severity} disposition {disposition}"
            rule = file.instance_rules.rows[instance]
            yield f"  rule {quoted(rules[rule])} ordinal {instances_of_rules[rule]}"
            instances_of_rules[rule] += 1
            for slot in slots:
                if slot.role != ChannelFile.Role.continues:
                    yield f"  {word(slot.role)} field {slot.field}"
                for _ in range(slot.count):
                    yield f"    {pattern(slot, texts, strings, words)}"


def rule_texts(file):
    texts = file.text_heap.texts[file.first_rule_text :]
    return [texts[row.texts_begin : row.texts_end] for row in file.rules.rows]


def example_lines(file, rules, strings):
    values = zip(file.presences.rows if file.has_presences else [], strings)
    for row in file.examples.rows if file.has_examples else []:
        yield f"example rule {quoted(rules[row.rule])} type {key(row.type_row)} {word(row.expectation)}"
        for field in file.fields.rows[row.type_row.fields_begin : row.type_row.fields_end]:
            presence, data = next(values)
            yield f"  value {value(field.kind, data) if presence else 'absent'}"


# Values


def pattern(slot, texts, strings, words):
    operator, kind = word(slot.operator), word(slot.value_kind)
    if kind == "none":
        return operator
    if slot.is_text:
        return f"{operator} {kind} {quoted(next(texts))}"
    if slot.is_bytes:
        return f"{operator} {kind} {next(strings).hex()}"
    return f"{operator} {kind} {number(kind, [next(words) for _ in range(slot.words_of_value)])}"


def number(kind, words):
    if kind == "boolean":
        return "true" if words[0] else "false"
    if kind == "signed":
        return " ".join(str(word - (word >> 63 << 64)) for word in words)
    if kind == "ipv4":
        return " ".join([f"{words[0]:08x}", *map(str, words[1:])])
    if kind == "ipv6":
        return " ".join([f"{words[0]:016x}{words[1]:016x}", *map(str, words[2:])])
    if kind == "field":
        comparison = word(kaitaistruct.KaitaiStream.resolve_enum(ChannelFile.Comparison, words[0] >> 16 & 0xFF))
        return f"{words[0] & 0xFFFF} {comparison} ignores-case {'true' if words[0] >> 24 else 'false'}"
    return " ".join(map(str, words))


def value(kind, data):
    kinds = ChannelFile.FieldKind
    if kind in (kinds.text, kinds.bytes):
        return f"{word(kind)} {data.hex()}"
    if kind == kinds.ip_address:
        return f"{'ipv4' if len(data) == 4 else 'ipv6'} {data.hex()}"
    if kind == kinds.boolean:
        return f"boolean {'true' if any(data) else 'false'}"
    return f"{word(kind)} {int.from_bytes(data, 'little', signed=kind == kinds.signed)}"


# Words


def key(row):
    return f"{row.id}.{row.version}"


def word(code):
    if not isinstance(code, enum.Enum):
        raise Refused(f"unknown code {code}")
    return code.name.replace("_", "-")


def quoted(text):
    return '"' + "".join(map(escaped, text)) + '"'


def escaped(character):
    if character in '"\\':
        return "\\" + character
    return character if " " <= character <= "~" else f"\\u{{{ord(character):x}}}"


main(sys.argv[1:])
