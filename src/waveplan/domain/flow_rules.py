"""Rules by which captured flows are judged: what is noise, what is a common service, what weighs how much."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from waveplan.domain.base import Model
from waveplan.domain.scalars import (
    ONE_OR_MORE_WORDS,
    Amount,
    Count,
    Flag,
    Id,
    PositiveAmount,
    PositiveCount,
    PositiveShare,
    Word,
    as_list,
    parse_word,
    refused,
)
from waveplan.domain.spoken import Spoken

RuleAction = Literal["drop", "keep", "soft", "shared", "hard", "tie"]
HIGHEST_PORT = 65_535
_PORTS = re.compile(r"([0-9]{1,5})(?:-([0-9]{1,5}))?\Z")
PortSpan = tuple[int, int]


def _spans(value: Any) -> list[PortSpan]:
    return [_span(each) for each in as_list(value)]


def _span(value: Any) -> PortSpan:
    """Read one port, or several in a row: 443, 137-139. Raises PydanticCustomError for anything else."""
    if isinstance(value, tuple | list) and len(value) == 2:
        value = f"{value[0]}-{value[1]}"
    found = _PORTS.match(parse_word(value))
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if not first <= last <= HIGHEST_PORT:
        raise refused("ports", "expected a port like 443, or ports in a row like 137-139", value)
    return first, last


_PORT_FORM = {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^[0-9]{1,5}(-[0-9]{1,5})?$"}]}
_WordList = Annotated[list[Word], BeforeValidator(as_list), WithJsonSchema(ONE_OR_MORE_WORDS)]
_Ports = Annotated[
    list[PortSpan],
    BeforeValidator(_spans),
    WithJsonSchema({"anyOf": [*_PORT_FORM["anyOf"], {"type": "array", "items": _PORT_FORM}]}),
]


class FlowMatch(Model):
    """What a flow must be for a rule to apply; all that is given must hold. Words may hold * and ?."""

    ports: _Ports = []
    protocols: _WordList = []
    processes: _WordList = []
    source: _WordList = []
    target: _WordList = []
    either: _WordList = []
    same_cluster: Flag = False
    both_ways: Flag = False
    source_reaches: PositiveCount | None = None
    source_reaches_share: PositiveShare | None = None
    source_ports: PositiveCount | None = None
    target_reached_by: PositiveCount | None = None
    target_reached_by_share: PositiveShare | None = None
    seen_below: PositiveCount | None = None
    per_day_from: PositiveCount | None = None
    megabytes_per_day_from: PositiveAmount | None = None

    @model_validator(mode="after")
    def _says_something(self) -> FlowMatch:
        if not any(getattr(self, name) for name in type(self).model_fields):
            raise PydanticCustomError("flow_match", "a rule without a condition would match every flow")
        return self


class FlowRule(Model):
    """One rule: which flows, what becomes of them, and why."""

    id: Id
    action: RuleAction = "drop"
    reason: Spoken = {}
    off: Flag = False
    match: FlowMatch | None = None
    weight_times: PositiveAmount = Decimal(1)


class WeightStep(Model):
    """From so much a day on, a dependency weighs so much."""

    start: Annotated[Amount, Field(alias="from")]
    weight: Amount


_Scale = Annotated[list[WeightStep], BeforeValidator(as_list)]


class WeightScale(Model):
    """Weights by what flows on a day; where both are known, the heavier one counts."""

    megabytes_per_day: _Scale = []
    per_day: _Scale = []


class CommonServices(Model):
    """From how many consumers on an application is proposed as a common service: both must be reached."""

    consumers: PositiveCount = 10
    share: PositiveShare = Decimal("0.2")


class Grouping(Model):
    """How applications are proposed for servers that have none."""

    labels: _WordList = []
    tiers: _WordList = []
    smallest: PositiveCount = 2
    seed: Count = 1


class FlowRules(Model):
    """A file of rules for flows."""

    waveplan_flow_rules: Annotated[Literal["1"], BeforeValidator(str), WithJsonSchema({"enum": [1, "1"]})] = "1"
    shipped: Flag = True
    ephemeral_from: PositiveCount = 32_768
    accept_from: Count = 80
    most_applications: PositiveCount = 3
    weights: WeightScale = WeightScale()
    common_services: CommonServices = CommonServices()
    applications: Grouping = Grouping()
    rules: list[FlowRule] = []
