"""A plan as plain facts: what its YAML and its JSON both say."""

from __future__ import annotations

import json
import re
from decimal import Decimal
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
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        silent = value is None or value is False or value in ([], {})
        if not silent or field.is_required() or (type(model), name) in _ALWAYS_SAID:
            fact = _fact(value)
            if fact != {} or field.is_required():
                record[field.alias or name] = fact
    return record


def _fact(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return record_of(value)
    if isinstance(value, list):
        return [_fact(each) for each in value]
    if isinstance(value, dict):
        return {key: _fact(value[key]) for key in sorted(value)}
    return value


def quoted(word: str) -> str:
    """A text in double quotes as both JSON and YAML read it."""
    return _UNREADABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", _quote(word))


def plain_number(number: int | Decimal) -> str:
    """A number in digits alone: no exponent, no zeros that say nothing."""
    digits = format(number, "f" if isinstance(number, Decimal) else "d")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits
