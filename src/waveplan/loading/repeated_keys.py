"""Mappings that are not right as they stand: keys given twice, texts cut by a comma, merge keys."""

from __future__ import annotations

from typing import Any

from waveplan.loading.report import ReadingReport
from waveplan.loading.source_map import SourceText
from waveplan.loading.tree import MappingNode, SequenceNode, mapping, sequence

_Entry = tuple[Any, int, int]  # value, key mark, value mark


def mended_mapping(values: list[Any], marks: list[int], report: ReadingReport) -> MappingNode:
    """The mapping that the entries make when each key is taken once, with a finding for everything else.

    `values` and `marks` hold keys and values in turn. What a repeated key gives is joined where it is lists or
    mappings, so that what stands in the second half is still known to whoever looks for it.
    """
    given: dict[str, list[_Entry]] = {}
    for at in range(0, len(values), 2):
        key = values[at]
        if not isinstance(key, str):
            _refuse_key(key, marks[at], report)
        elif key == "<<":
            _refuse_merge(marks[at], report)
        else:
            given.setdefault(key, []).append((values[at + 1], marks[at], marks[at + 1]))
    for key, entries in given.items():
        if len(entries) > 1:
            _report_repeated(key, entries, report)
    return mapping(((key, _joined(entries), *entries[0][1:]) for key, entries in given.items()), marks[0])


def _refuse_key(key: Any, mark: int, report: ReadingReport) -> None:
    empty, other = "a key is missing here", "a key must be a word; a list or a mapping cannot be one"
    report.add("WP101", mark, empty if key is None else other, hint="write the key before ':'; quote '~' and 'null'")


def _refuse_merge(mark: int, report: ReadingReport) -> None:
    report.add(
        "WP103",
        mark,
        "merge keys ('<<') are not part of the format",
        hint="give values that entries share once, under 'defaults'",
    )


def _report_repeated(key: str, entries: list[_Entry], report: ReadingReport) -> None:
    report.add(
        "WP102",
        entries[1][1],
        "the key '{key}' is given {count} times; it stands first at {first}",
        {"key": key, "count": len(entries), "first": report.say_where(entries[0][1])},
        hint="keep one of them, or put what they hold together",
    )


def _joined(entries: list[_Entry]) -> Any:
    nodes = [value for value, _, _ in entries]
    if len(nodes) > 1 and all(isinstance(node, SequenceNode) for node in nodes):
        return sequence(nodes, nodes[0].mark)
    if len(nodes) > 1 and all(isinstance(node, MappingNode) for node in nodes):
        union = {
            key: (key, value, node.key_mark(key), node.value_mark(key))
            for node in reversed(nodes)
            for key, value in node.items()
        }
        return mapping(union.values(), nodes[0].mark)
    return nodes[0]


def report_cut_texts(values: list[Any], marks: list[int], source: SourceText, report: ReadingReport) -> None:
    """Report every key without ':' of one mapping; `values` and `marks` hold keys and values in turn.

    A known word is reported like an unknown one: half a sentence must not count as a key left empty.
    """
    run: list[int] = []  # places of keys without ':' that follow each other
    for at in (*range(0, len(values), 2), len(values)):
        if at < len(values) and _has_no_colon(values, marks, at, source):
            run.append(at)
        elif run:
            _report(values, marks, run, report)
            run = []


def _has_no_colon(values: list[Any], marks: list[int], at: int, source: SourceText) -> bool:
    key = values[at]
    if not isinstance(key, str) or values[at + 1] is not None:
        return False
    written = " ".join(source.between(marks[at], marks[at + 1]).split())
    return written.startswith(key) and ":" not in written.removeprefix(key)


def _report(values: list[Any], marks: list[int], run: list[int], report: ReadingReport) -> None:
    before = run[0] - 2
    cut = before >= 0 and isinstance(values[before], str) and isinstance(values[before + 1], str)
    hint = "a key needs ':' and its value; a text that holds ',' needs quotes"
    hint_values = {}
    if cut:
        hint = "a text that holds ',' needs quotes: {key}: \"{text}\""
        text = ", ".join([values[before + 1], *(values[at] for at in run)])
        hint_values = {"key": values[before], "text": text.replace('"', '\\"')}
    for at in run:
        report.texts.told_keys.add(marks[at])
        template = "unknown key '{key}': it has no ':' and no value"
        report.add("WP103", marks[at], template, {"key": values[at]}, hint=hint, hint_values=hint_values)
