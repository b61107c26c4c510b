"""Texts between braces that their own commas cut: `{reason: login, nightly orders}` gives a key without a value."""

from __future__ import annotations

from typing import Any

from waveplan.loading.report import ReadingReport
from waveplan.loading.source_map import SourceText


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
