"""What may go wrong: chances and spreads that `simulate` draws from. No plan depends on them unless that is asked."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from waveplan.domain.base import Model
from waveplan.domain.scalars import (
    Amount,
    Day,
    DayCount,
    Flag,
    Id,
    PositiveAmount,
    PositiveDayCount,
    Share,
    Word,
    as_list,
)
from waveplan.domain.selectors import Selector, Subject

Shape = Literal["pert", "triangular", "lognormal"]
_THREE, _TWO = ("low", "likely", "high"), ("p50", "p90")


class Spread(Model):
    """An amount that is not known: three points of a PERT or a triangular shape, or two of a lognormal one."""

    shape: Shape = "pert"
    low: Amount | None = None
    likely: Amount | None = None
    high: Amount | None = None
    p50: PositiveAmount | None = None
    p90: PositiveAmount | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        asked, others = (_TWO, _THREE) if self.shape == "lognormal" else (_THREE, _TWO)
        for key in asked:
            if getattr(self, key) is None:
                raise PydanticCustomError("missing_key", "'{missing}' is missing", {"missing": key})
        for key in others:
            if getattr(self, key) is not None:
                raise PydanticCustomError(
                    "risk_shape", "'{key}' does not go with the shape {shape}", {"key": key, "shape": self.shape}
                )
        self._in_order(*asked)
        return self

    def _in_order(self, *keys: str) -> None:
        for one, other in pairwise(keys):
            if getattr(self, one) > getattr(self, other):
                raise PydanticCustomError(
                    "risk_order",
                    "'{one}' ({least}) is above '{other}' ({most})",
                    {"one": one, "least": str(getattr(self, one)), "other": other, "most": str(getattr(self, other))},
                )


class Matched(Model):
    """Something that is about what it matches; without `match`, about everything."""

    match: Selector | None = None

    def is_about(self, item: Subject) -> bool:
        """Whether it is about an item."""
        return self.match is None or self.match.matches(item)


class GateRisk(Matched):
    """The chance that the last deciding gate of a wave says no, and how long until the next try."""

    probability: Share
    notice_days: DayCount = 0


class CutoverRisk(Matched):
    """The chance that a wave that has begun is rolled back, and what the next try needs."""

    probability: Share
    again_days: DayCount = 0
    later: Share | None = Field(None, alias="next")

    @property
    def next_probability(self) -> Any:
        """The chance of every later try."""
        return self.probability if self.later is None else self.later


class EffortRisk(Spread, Matched):
    """Shares of the planned effort that a lot turns out to take of a team."""

    teams: Annotated[list[Word], BeforeValidator(as_list)] = []


class WorkRisk(Spread, Matched):
    """Shares of the planned hours of transfer, cutover and tests that a wave turns out to take."""


class EventEffect(Matched):
    """What an event does while it lasts: one of a team, a site, a link, a freeze, longer preparations."""

    team: Word | None = None
    capacity: Share | None = None
    site: Word | None = None
    closed: Flag = False
    link: Word | None = None
    gbps: Amount | None = None
    freeze: Flag = False
    preparation_days: PositiveDayCount | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> EventEffect:
        kinds = {
            "team": self.team is not None,
            "site": self.site is not None,
            "link": self.link is not None,
            "freeze": self.freeze,
            "preparation_days": self.preparation_days is not None,
        }
        if sum(kinds.values()) != 1:
            raise PydanticCustomError(
                "risk", "an effect is one of 'team', 'site', 'link', 'freeze: true' or 'preparation_days'"
            )
        self._paired("team", "capacity", self.capacity is not None)
        self._paired("site", "closed", self.closed)
        self._paired("link", "gbps", self.gbps is not None)
        if self.match is not None and not (self.freeze or self.preparation_days):
            raise PydanticCustomError("risk", "'match' goes with 'freeze' and 'preparation_days' only")
        return self

    def _paired(self, name: str, value: str, given: bool) -> None:
        if (getattr(self, name) is not None) != given:
            raise PydanticCustomError("risk_pair", "'{name}' and '{value}' go together", {"name": name, "value": value})


class RiskEvent(Model):
    """A named event: how likely, when, how long, and what it does."""

    id: Id
    name: Word | None = None
    probability: Share | None = None
    per_month: Share | None = None
    first: Day | None = Field(None, alias="from")
    last: Day | None = Field(None, alias="to")
    days: Spread
    effects: Annotated[list[EventEffect], Field(min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> RiskEvent:
        if (self.probability is None) == (self.per_month is None):
            raise PydanticCustomError("risk", "an event needs one of 'probability' and 'per_month'")
        if self.first and self.last and self.last < self.first:
            raise PydanticCustomError(
                "period",
                "'to' ({last}) lies before 'from' ({first})",
                {"first": self.first.isoformat(), "last": self.last.isoformat()},
            )
        return self

    def between(self, start: dt.date, end: dt.date) -> tuple[dt.date, dt.date]:
        """First and last day on which it may strike; where it does not say, the programme's."""
        return self.first or start, self.last or end

    @property
    def shown_name(self) -> str:
        """Its name; without one its id."""
        return self.name or self.id


class Risks(Model):
    """Everything that may go wrong, as far as somebody has said so."""

    gates: list[GateRisk] = []
    cutovers: list[CutoverRisk] = []
    effort: list[EffortRisk] = []
    work: list[WorkRisk] = []
    events: list[RiskEvent] = Field([], alias="register")

    def beginning(self, day: dt.date) -> Risks:
        """The same where events without a first day strike from a day on, whenever the programme begins."""
        events = [each.model_copy(update={"first": each.first or day}) for each in self.events]
        return self.model_copy(update={"events": events})

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        return not (self.gates or self.cutovers or self.effort or self.work or self.events)
