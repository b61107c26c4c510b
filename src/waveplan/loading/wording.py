"""Errors of the models, said in plain words with code, place and hint."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from waveplan.domain.findings import Path
from waveplan.loading.format_shape import keys_at
from waveplan.loading.other_keys import meant
from waveplan.loading.report import ReadingReport, suggestion
from waveplan.loading.tree import MappingNode, Node, mappings, mark_of, node_at


@dataclass(frozen=True, slots=True)
class _Wording:
    code: str
    template: str
    hint: str = ""
    below: str = ""  # the key, under the error's place, that the finding points at


_DATE = "write a date as YYYY-MM-DD"
_TABLE: dict[str, _Wording] = {
    "amount": _Wording("WP104", "'{key}' must be a number, not {shown}", "write digits, with '.' before decimals"),
    "amount_range": _Wording("WP104", "'{key}' must be from 0 to 1000000000, not {shown}"),
    "range": _Wording("WP104", "'{key}' must be from 0 to {most}, not {shown}"),
    "amount_places": _Wording("WP104", "'{key}' has more than six decimal places: {shown}"),
    "count": _Wording("WP104", "'{key}' must be a whole number, not {shown}"),
    "greater_than": _Wording("WP104", "'{key}' must be more than {gt}, not {shown}"),
    "greater_than_equal": _Wording("WP104", "'{key}' must be at least {ge}, not {shown}"),
    "less_than_equal": _Wording("WP104", "'{key}' must be at most {le}, not {shown}"),
    "day": _Wording("WP104", "'{key}' must be a date like 2026-03-14, not {shown}", _DATE),
    "day_missing": _Wording("WP108", "'{key}' is {shown}, a day that does not exist", _DATE),
    "time": _Wording("WP104", "'{key}' must be a time of day like 22:30, not {shown}"),
    "week": _Wording("WP104", "{shown} is not an ISO week like 2026-W08"),
    "flag": _Wording("WP104", "'{key}' must be true or false, not {shown}"),
    "word": _Wording("WP104", "'{key}' must be a word, not {shown}"),
    "id": _Wording(
        "WP104",
        "{shown} cannot be an id",
        "use letters, digits and _ . - + : without blanks, at most 128 characters",
    ),
    "weekday": _Wording("WP104", "'{key}' must be a day of the week, not {shown}", "mon, tue, wed, thu, fri, sat, sun"),
    "every": _Wording("WP104", "'{key}' must be week, month, or a number of them like '2 weeks', not {shown}"),
    "recurring_day": _Wording(
        "WP104",
        "'{key}' must be a day like sat, second sat or last fri, not {shown}",
        "first, second, third, fourth or last, then mon, tue, wed, thu, fri, sat or sun",
    ),
    "moment": _Wording("WP104", "'{key}' must be a moment of programme time like 2026-12-24T18:00, not {shown}"),
    "working_day": _Wording(
        "WP104", "'{key}' must be a working day of the month, 1 to 23 or -1 to -23, not {shown}", "-1 is the last one"
    ),
    "period_empty": _Wording("WP141", "a period from {first} to {last} has no length", "mend one of them", "to"),
    "working_days": _Wording(
        "WP141",
        "working day {first} comes after working day {last}",
        "into the next month, count from the month's end: from_working_day: -3, to_working_day: 5",
        "to_working_day",
    ),
    "every_starting": _Wording(
        "WP141", "'every: {every}' needs 'starting'", "give the day from which it is counted", "every"
    ),
    "model_type": _Wording("WP104", "'{key}' must be a mapping of keys to values, not {shown}"),
    "list_type": _Wording("WP104", "'{key}' must be a list, not {shown}", "write it as [one, two], or one '- ' a line"),
    "too_short": _Wording("WP104", "'{key}' needs at least {min_length} entries; it has {actual_length}"),
    "too_long": _Wording("WP104", "'{key}' takes at most {max_length} entries; it has {actual_length}"),
    "selector": _Wording(
        "WP104",
        "'{key}' is not a selector",
        "write it as {attribute: value}, {attribute: [one, another]}, or a list of those",
    ),
    "period": _Wording("WP108", "'to' ({last}) lies before 'from' ({first})", "swap them, or mend one", "to"),
    "programme": _Wording(
        "WP108", "the deadline ({deadline}) lies before the start ({start})", "mend one of them", "deadline"
    ),
    "committee": _Wording("WP104", "a committee that sits like this needs 'day' like {example}", "", "day"),
    "cadence": _Wording(
        "WP104",
        "stage {number} of the cadence has no 'waves', so the stages after it never come",
        "say for how many waves it holds",
    ),
    "stages": _Wording(
        "WP104",
        "two stages are called {stage}",
        "give each a name of its own; what is held several times is one stage with 'times'",
        "stages",
    ),
    "steps": _Wording(
        "WP104",
        "step {step} has the strategy {strategy}, which never cuts over: a step moves or changes something",
        "give the step another strategy, or leave it out",
        "steps",
    ),
    "risk_shape": _Wording(
        "WP600",
        "'{key}' does not go with the shape {shape}",
        "pert and triangular have low, likely and high; lognormal has p50 and p90",
    ),
    "risk_order": _Wording("WP600", "'{one}' ({least}) is above '{other}' ({most})", "put them in order"),
    "risk_pair": _Wording("WP600", "'{name}' and '{value}' go together", "give both, or drop both"),
    "objective": _Wording("WP104", "the goal '{name}' is given twice", "keep one"),
    "timezone_aware": _Wording("WP104", "'{key}' needs an offset from UTC, like 2026-03-14T20:00:00+01:00"),
    "ports": _Wording("WP104", "'{key}' must be a port like 443, or ports in a row like 137-139, not {shown}"),
    "finite_number": _Wording("WP104", "'{key}' must be a number, not {shown}"),
}
_TABLE |= dict.fromkeys(("dict_type", "model_attributes_type"), _TABLE["model_type"])
_TABLE |= dict.fromkeys(("decimal_parsing", "decimal_type", "decimal_max_digits"), _TABLE["amount"])
_MOMENT = _Wording("WP104", "'{key}' must be a moment like 2026-03-14T20:00:00+01:00, not {shown}")
_SELECTED = _Wording(
    "WP104", "'{key}' must be a word or a list of words to choose by", "nest with 'any' and 'not' only"
)
_CUSTOM = frozenset(
    {
        "adoption",
        "available",
        "batches",
        "default",
        "dependency",
        "flow_match",
        "gate",
        "mapping",
        "milestone",
        "overlay",
        "roster",
        "rule",
        "task",
        "window",
    }
)  # whose own words say it all
_MAX_LISTED = 16
_NAMED_BY_ITS_LIST = ("'{key}' ", "an entry of '{key}' ")  # what says so of a key says so of a list's entry


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A part of a document that one model reads: where it stands, and of what it speaks."""

    model: type[BaseModel]
    root: Node
    path: Path = ()
    subjects: tuple[str, ...] = ()

    def mark(self, inner: Path, *, key: bool = False) -> int:
        """Where a path inside the entry leads."""
        return mark_of(self.root, (*self.path, *inner), key=key)


def report_invalid(error: ValidationError, entry: DocumentEntry, report: ReadingReport) -> None:
    """Note everything that is wrong with an entry."""
    for details in error.errors(include_url=False):
        inner, at_key, in_union = _inner_path(entry, details["loc"])
        if in_union and details["type"] == "selector":
            continue  # the same value was also tried as a list, and that says it better
        kind = details["type"]
        if kind == "extra_forbidden":
            _report_unknown_key(entry, inner, report)
        elif kind == "missing":
            _report_missing(entry, inner, report)
        elif kind == "missing_key":
            _report_missing(entry, (*inner, details["ctx"]["missing"]), report)
        elif kind == "literal_error":
            _report_choice(details, entry, inner, at_key, report)
        else:
            _report_value(details, entry, inner, at_key, report)


def _report_value(
    details: ErrorDetails, entry: DocumentEntry, inner: Path, at_key: bool, report: ReadingReport
) -> None:
    context = details.get("ctx", {})
    wording = _wording(details)
    inner = (*inner, *_deeper(wording, context, node_at(entry.root, (*entry.path, *inner))))
    key = context.get("key") or _key_of((*entry.path, *inner))
    values = {**context, "key": key, "shown": show(details["input"])}
    hint = meant(values["key"], details["input"]) or wording.hint
    _add(wording.code, entry, inner, wording.template, values, report, at_key=at_key, hint=hint)


def _deeper(wording: _Wording, context: dict[str, Any], node: Any) -> Path:
    """From where a model noticed a contradiction to the value that is best looked at first."""
    path: Path = (wording.below or context.get("attribute", ""),)
    if "number" in context:
        path = ("cadence", context["number"] - 1)
    elif "name" in context:
        named = [number for number, goal in mappings(node_at(node, ("goals",))) if goal.get("goal") == context["name"]]
        path = ("goals", named[-1], "goal") if named else ()
    return () if node_at(node, path) is None else path


def _wording(details: ErrorDetails) -> _Wording:
    kind = details["type"]
    if kind == "selector" and "attribute" in details.get("ctx", {}):
        return _SELECTED
    if kind == "recurrence":
        return _Wording("WP141", details["msg"].replace("{", "{{").replace("}", "}}"))
    if kind == "risk":
        return _Wording("WP600", details["msg"].replace("{", "{{").replace("}", "}}"))
    if kind in _TABLE:
        return _TABLE[kind]
    if kind in _CUSTOM:
        return _Wording("WP104", details["msg"].replace("{", "{{").replace("}", "}}"))
    if kind.startswith("datetime"):
        return _MOMENT
    return _Wording("WP104", "'{key}' cannot be {shown}")


def _report_unknown_key(entry: DocumentEntry, inner: Path, report: ReadingReport) -> None:
    if entry.mark(inner, key=True) in report.texts.told_keys:
        return
    key, known = str(inner[-1]), keys_at(entry.model, inner[:-1])
    listed = "keys here: " + ", ".join(known)
    short = listed if len(known) <= _MAX_LISTED else "`waveplan schema inventory` lists every key"
    hint = suggestion(key, known, short)
    _add("WP103", entry, inner, "unknown key '{key}'", {"key": key}, report, at_key=True, **hint)


def _report_missing(entry: DocumentEntry, inner: Path, report: ReadingReport) -> None:
    key = {"key": str(inner[-1])}
    _add("WP105", entry, inner, "'{key}' is missing", key, report, hint="add '{key}: …' to this entry", hint_values=key)


def _report_choice(
    details: ErrorDetails, entry: DocumentEntry, inner: Path, at_key: bool, report: ReadingReport
) -> None:
    given = details["input"]
    choices = re.findall(r"'([^']*)'", details["ctx"]["expected"])
    if at_key:
        hint = suggestion(given, choices, "keys here: " + ", ".join(choices))
        _add("WP103", entry, inner, "unknown key '{key}'", {"key": given}, report, at_key=True, **hint)
        return
    values = {"key": _key_of((*entry.path, *inner)), "shown": show(given), "choices": ", ".join(choices)}
    hint = suggestion(given, choices) if isinstance(given, str) else {}
    template = "'{key}' cannot be {shown}; it is one of {choices}"
    _add("WP104", entry, inner, template, values, report, **hint)


def _add(
    code: str,
    entry: DocumentEntry,
    inner: Path,
    template: str,
    values: dict[str, Any],
    report: ReadingReport,
    *,
    at_key: bool = False,
    **hint: Any,
) -> None:
    mark, path = entry.mark(inner, key=at_key), (*entry.path, *inner)
    if any(isinstance(step, int) for step in path[-1:]):
        template = template.replace(*_NAMED_BY_ITS_LIST)
    report.add(code, mark, template, values, path=path, subjects=entry.subjects, **hint)


def _inner_path(entry: DocumentEntry, location: tuple[str | int, ...]) -> tuple[Path, bool, bool]:
    """A model's error place as a path in the entry; whether its key is wrong; whether one of several types failed.

    Models put marks of their own between the steps: `[key]` for a wrong key, a type's name where there are several.
    """
    node: Any = node_at(entry.root, entry.path)
    steps: list[str | int] = []
    marks: list[str] = []
    for step in location:
        inner = node_at(node, (step,))
        if inner is None and isinstance(step, str) and "[" in step and not _has_key(node, step):
            marks.append(step)
            continue
        steps.append(step)
        node = node if inner is None and step == 0 else inner
    return tuple(steps), "[key]" in marks, bool(set(marks) - {"[key]"})


def _has_key(node: Any, key: str) -> bool:
    return isinstance(node, MappingNode) and key in node


def _key_of(path: Path) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def show(value: object) -> str:
    """A value of the file, short enough for a sentence."""
    if isinstance(value, str):
        return f"'{value}'" if len(value) <= 60 else f"'{value[:57]}…'"
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list | tuple) else str(value)
