"""The plan as YAML for version control: one fact a line, so that a difference reads as what changed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from waveplan.domain.plan import Metrics, Plan, PlanCalendar, Wave
from waveplan.domain.plan_loads import LinkLoad, TeamLoad
from waveplan.domain.plan_lots import PlanLot
from waveplan.domain.solve_record import GoalRecord, SolveRecord
from waveplan.export.plan_facts import ModelFacts, facts_of, plain_number, quoted

_ONE_KEY_A_LINE = frozenset({Plan, SolveRecord, Wave, PlanLot, PlanCalendar, TeamLoad, LinkLoad, Metrics})
_WIDTH = 110
_PLAIN = re.compile(r"\w[\w./+@%-]*(?: [\w./+@%(-][\w./+@%()-]*)*\Z")
# What some reader of YAML, 1.1 or 1.2, takes for something else than a word.
_NO_WORD = re.compile(
    r"(?:null|true|false|yes|no|on|off|y|n|nan|inf|[-+]?[\d_]*\.?[\d_]*(?:e[-+]?\d+)?|0[box][\da-f_]+"
    r"|\d{4}-\d\d?-\d\d?(?:[t ].*)?)\Z",
    re.IGNORECASE,
)
_SHARE_OR_NUMBER = re.compile(r"\d+(?:\.\d+)?%?\Z")


def dump_plan(plan: Plan) -> str:
    """The plan file. Reading it back gives an equal plan, and writing that the same text."""
    return "".join(f"{line}\n" for line in _lines(facts_of(plan), ""))


class PlanStyle:
    """How single parts of a plan file are written, where another part of it stays as it is."""

    def flow(self, value: Any) -> str:
        """A value on one line."""
        return _flow(value)

    def key_lines(self, key: str, value: Any, indent: str) -> list[str]:
        """A key with its value, on lines of their own."""
        return list(_lines({key: value}, indent))

    def entry_lines(self, value: Any, indent: str) -> list[str]:
        """An entry of a list, on lines of their own."""
        return list(_block([value], indent))


def _lines(record: dict[str, Any], indent: str) -> Iterator[str]:
    """A mapping, one key a line. Long lists take a line an element; a wave's lots always do: they are what moves."""
    for key, value in record.items():
        head = f"{indent}{_word(key)}:"
        if _is_block(value):
            yield head
            yield from _block(value, indent + "  ")
            continue
        flow = _flow(value)
        if isinstance(value, list) and value and (key == "lots" or len(head) + len(flow) >= _WIDTH):
            yield head
            yield from (f"{indent}  - {_flow(each)}" for each in value)
        else:
            yield f"{head} {flow}"


def _is_block(value: Any) -> bool:
    """Whether a value takes several lines whatever its length: it holds records, or is one of the large ones."""
    if isinstance(value, ModelFacts):
        return value.model in _ONE_KEY_A_LINE
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(isinstance(each, ModelFacts) for each in inner)


def _block(value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _lines(value, indent)
        return
    for each in value:
        if _is_block(each):
            first, *others = _lines(each, indent + "  ")
            yield f"{indent}- {first.lstrip()}"
            yield from others
        else:
            yield f"{indent}- {_flow(each)}"


def _flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        plain = isinstance(value, ModelFacts) and value.model is GoalRecord
        return "{" + ", ".join(f"{_word(key)}: {_flow_of(key, value[key], plain)}" for key in value) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(each) for each in value) + "]"
    return _scalar(value)


def _flow_of(key: str, value: Any, of_goal: bool) -> str:
    if of_goal and key == "tolerance" and _SHARE_OR_NUMBER.match(value):
        return str(value)  # a number, though it is kept as it was written
    return _flow(value)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return plain_number(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return _word(value)


def _word(word: str) -> str:
    """A word, in quotes where somebody could take it for something else."""
    if _PLAIN.match(word) and not _NO_WORD.match(word):
        return word
    return quoted(word)
