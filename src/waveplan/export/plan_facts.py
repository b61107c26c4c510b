"""A plan as plain facts: what its YAML and its JSON both say."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import BaseModel

from waveplan.domain.plan import Plan
from waveplan.domain.solve_record import SolveRecord

_UNREADABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")  # YAML takes them escaped only
_quote = json.JSONEncoder(ensure_ascii=False).encode  # `json.dumps` makes one for each word
_ALWAYS_SAID = {(SolveRecord, "interrupted")}  # even when it is false


class ModelFacts(dict[str, Any]):
    """A mapping of the plan that knows which model it was."""

    def __init__(self, model: type[BaseModel]) -> None:
        super().__init__()
        self.model = model


def facts_of(plan: Plan) -> ModelFacts:
    """The plan as records, lists, words, numbers and dates.

    Lists keep their order, mappings come by key, and what is empty or not given is left out, so that two plans of
    the same content read the same.
    """
    facts = record_of(plan)
    facts["waveplan_plan"] = int(plan.waveplan_plan)
    return facts


def record_of(model: BaseModel) -> ModelFacts:
    """A part of a plan in the same way."""
    record = ModelFacts(type(model))
    for name, key, required, always in _keys(type(model)):
        value = getattr(model, name)
        silent = value is None or value is False or (not value and isinstance(value, list | dict))
        if not silent or always:
            fact = _fact(value)
            if required or fact != {}:
                record[key] = fact
    return record


@cache
def _keys(model: type[BaseModel]) -> tuple[tuple[str, str, bool, bool], ...]:
    """Fields of a model: names, keys in files, whether they are required, and whether they are said even when empty."""
    fields = model.model_fields.items()
    required = {name: field.is_required() for name, field in fields}
    said = {name: required[name] or (model, name) in _ALWAYS_SAID for name, _ in fields}
    return tuple((name, field.alias or name, required[name], said[name]) for name, field in fields)


def _fact(value: Any) -> Any:
    if isinstance(value, str):  # most are
        return value
    if isinstance(value, BaseModel):
        return record_of(value)
    if isinstance(value, list):
        return [_fact(each) for each in value]
    if isinstance(value, dict):
        return {key: _fact(value[key]) for key in sorted(value)}
    return value


def quoted(word: str) -> str:
    """A text in double quotes as both JSON and YAML read it."""
    text = _quote(word)
    if text.isascii() and "\x7f" not in text:
        return text
    return _UNREADABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def plain_number(number: int | Decimal) -> str:
    """A number in digits alone: no exponent, no zeros that say nothing."""
    digits = format(number, "f" if isinstance(number, Decimal) else "d")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits
