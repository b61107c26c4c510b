"""The rhythm of a stream: stages of its cadence, gates, and the waves that they allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from waveplan.engine.problem.limits import Amounts


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of cadence: for `waves` waves (None: all that follow), each so many days after the one before."""

    waves: int | None
    min_gap_days: int
    max_waves_per_week: int | None


@dataclass(frozen=True, slots=True)
class GateDay:
    """A day on which a gate may fall, with calendars of `StreamRules.gate_groups`.

    `off` have it off; `barred` are those that keep the gate from falling on it (None: it never does).
    """

    off: frozenset[int]
    barred: frozenset[int] | None


@dataclass(frozen=True)
class GateRule:
    """A gate that falls on the last of its days that none of the wave's calendars bars, working days counted first.

    `days` go back from the base, one by one: the gate falls on the first of them for which, itself included, `needed`
    days or more are off for none of the wave's calendars. If it falls on none of them, it falls before the programme.
    """

    base: int
    days: tuple[GateDay, ...]
    needed: int = 0

    @cached_property
    def surely(self) -> int | None:
        """The day on or after which it falls, whatever calendars there are; None when it might be before all days."""
        left = self.needed
        for back, day in enumerate(self.days):
            left -= not day.off
            if left <= 0 and day.barred is not None and not day.barred:
                return self.base - back
        return None


@dataclass(frozen=True, slots=True)
class StreamRules:
    """What governs the sequence of one stream's waves."""

    name: str
    positions: tuple[int, ...]  # in order
    stages: tuple[Stage, ...]
    max_waves_at_once: int | None
    before_next_gate: bool
    earliest_wave: Amounts  # lot → ordinal, only above 1
    gate_groups: Mapping[int, tuple[int, ...]]  # lot → groups of calendars
    deciding_gates: Mapping[int, tuple[GateRule, ...]] = field(default_factory=dict)  # by position
    gates: Mapping[int, tuple[GateRule, ...]] = field(
        default_factory=dict
    )  # position → gates that could fall too early
    done: frozenset[int] = frozenset()  # positions of waves that are done: no rule of sequence holds between them

    def both_done(self, one: int, other: int) -> bool:
        """Whether the waves of two positions are done."""
        return one in self.done and other in self.done

    @property
    def codes(self) -> Iterator[str]:
        """Codes of the rules among these."""
        asked: dict[str, object] = {
            "WP316": any(stage.min_gap_days for stage in self.stages),
            "WP317": any(stage.max_waves_per_week is not None for stage in self.stages),
            "WP323": self.earliest_wave,
            "WP331": self.max_waves_at_once is not None,
            "WP332": self.before_next_gate,
            "WP333": self.gates,
        }
        return (code for code, given in asked.items() if given)
