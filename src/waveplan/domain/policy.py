"""Policy: gates, rehearsals, hypercare, cadence and limits, of the programme and of its streams."""

from __future__ import annotations

from decimal import Decimal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from waveplan.domain.base import Model
from waveplan.domain.parts import EffortByTeam, Environment, Limits, LotLimits, WaveOrdinals
from waveplan.domain.periods import missing
from waveplan.domain.scalars import DayCount, Flag, Hours, Id, PositiveCount, Word
from waveplan.domain.selectors import Selector


class Gate(Model):
    """A dated decision or notice before each cutover: so many days, or working days of the wave's sites, before."""

    id: Id
    days_before: DayCount | None = None
    working_days_before: DayCount | None = None
    working_day: Flag = False
    decides: Flag = False
    committee: Word | None = None
    at_session: Flag = False
    criteria: list[Word] = []

    @model_validator(mode="after")
    def _consistent(self) -> Gate:
        if self.days_before is not None and self.working_days_before is not None:
            raise PydanticCustomError("gate", "give one of 'days_before' or 'working_days_before'")
        if self.days_before is None and self.working_days_before is None:
            raise missing("days_before")
        if self.at_session and not self.committee:
            raise PydanticCustomError("gate", "'at_session' needs a 'committee'")
        return self

    @property
    def least_days_before(self) -> int:
        """Days that surely lie between it and the cutover."""
        return self.days_before if self.days_before is not None else self.working_days_before or 0


DEFAULT_GATES = [Gate(id="go-no-go", days_before=3, working_day=True, decides=True)]


class Rehearsal(Model):
    """A rehearsal that each lot with an item in `only` holds before its cutover."""

    id: Id
    days_before: DayCount
    only: Selector | None = None
    effort: EffortByTeam = {}
    hours: Hours | None = None


class HypercareOverride(Model):
    """Another length of hypercare for what it matches; the first match wins."""

    match: Selector
    hours: Hours


class Hypercare(Model):
    """The watch after cutover, in elapsed hours from the window's end."""

    hours: Hours = Decimal(24)
    overrides: list[HypercareOverride] = []
    max_waves_at_once: PositiveCount | None = None
    before_next_gate: Flag = False


class CadenceStage(Model):
    """How close waves may follow each other while it lasts: for `waves` waves, or for all that follow."""

    waves: PositiveCount | None = None
    min_gap_days: DayCount = 0
    max_waves_per_week: PositiveCount | None = None
    limits: Limits = Limits()


class Policy(Model):
    """The rhythm of the programme; a stream overrides any part of it."""

    preparation_days: DayCount = 28
    gates: list[Gate] = DEFAULT_GATES
    rehearsals: list[Rehearsal] = []
    hypercare: Hypercare = Hypercare()
    cadence: list[CadenceStage] = []
    wave_limits: Limits = Limits()
    lot_limits: LotLimits = LotLimits()
    earliest_wave_by_criticality: WaveOrdinals = {}
    environment_order: list[Environment] = []
    keep_apart: list[Word] = []

    @model_validator(mode="after")
    def _only_last_stage_is_open(self) -> Policy:
        for number, stage in enumerate(self.cadence[:-1]):
            if stage.waves is None:
                raise PydanticCustomError(
                    "cadence",
                    "stage {number} of the cadence has no 'waves', so the stages after it never come",
                    {"number": number + 1},
                )
        return self


class Stream(Model):
    """A kind of work planned to its own rhythm. Only what its policy gives differs from the programme's."""

    id: Id
    name: Word | None = None
    match: Selector
    policy: Policy = Policy()
