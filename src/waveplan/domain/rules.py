"""Rules by selector: exceptions and additions to what policy says, and findings that are lived with."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from waveplan.domain.base import Model
from waveplan.domain.parts import MatchCounts, WeekCounts
from waveplan.domain.scalars import Day, DayCount, Id, PositiveCount, Word
from waveplan.domain.selectors import Selector

_OF_EVERYTHING = {"max_per_wave", "max_per_week"}  # limits of a rule that need no selector
_LIMITS = (*sorted(_OF_EVERYTHING), "earliest_wave", "not_before", "not_after", "slot", "windows")


class Rule(Model):
    """An exception or addition, by selector."""

    id: Id
    reason: Word | None = None
    match: Selector | None = None
    together: Selector | None = None
    by: Word | None = None
    apart: list[Selector] | None = None
    before: list[Selector] | None = None
    min_gap_working_days: DayCount = 0
    max_gap_days: DayCount | None = None
    max_per_wave: MatchCounts | None = None
    max_per_week: WeekCounts | None = None
    earliest_wave: PositiveCount | None = None
    not_before: Day | None = None
    not_after: Day | None = None
    slot: Day | None = None
    windows: list[Word] | None = None

    @property
    def limits(self) -> frozenset[str]:
        """Names of the limits that it sets to what it matches."""
        return frozenset(name for name in _LIMITS if getattr(self, name) is not None)

    @model_validator(mode="after")
    def _says_something(self) -> Rule:
        relations = [name for name in ("together", "apart", "before") if getattr(self, name) is not None]
        limits = self.limits
        if len(relations) + bool(limits) != 1:
            raise PydanticCustomError(
                "rule",
                "a rule holds one of 'together', 'apart', 'before', or a 'match' with "
                "'max_per_wave', 'max_per_week', 'earliest_wave', 'not_before', 'not_after', 'slot' or 'windows'",
            )
        if bool(limits) != (self.match is not None) and not limits <= _OF_EVERYTHING:
            raise PydanticCustomError("rule", "'match' goes with, and only with, limits, dates and windows")
        if self.by is not None and self.together is None and not limits & _OF_EVERYTHING:
            raise PydanticCustomError("rule", "'by' goes with 'together', 'max_per_wave' or 'max_per_week'")
        if self.before is None and (self.min_gap_working_days or self.max_gap_days is not None):
            raise PydanticCustomError("rule", "'min_gap_working_days' and 'max_gap_days' go with 'before'")
        for name in ("apart", "before"):
            if getattr(self, name) is not None and len(getattr(self, name)) < 2:
                raise PydanticCustomError("rule", "'{name}' needs at least two selectors", {"name": name})
        return self


class Dependencies(Model):
    """What dependencies mean beyond each of them: whether a circle of orders is an error, or one lot."""

    cycles: Literal["error", "join"] = "error"


class Ignore(Model):
    """A finding that the programme has decided to live with, and why."""

    code: Word
    where: Word | None = None
    reason: Word
