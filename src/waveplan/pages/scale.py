"""The time axis of a chart: days as shares of its width, by the clocks of the programme's zone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from waveplan.change_calendar.spans import ONE_DAY, next_month
from waveplan.domain.plan import Plan
from waveplan.render.moments import programme_zone

_QUARTERS_FROM = 30  # months from which on only quarters are named
_DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Tick:
    """The beginning of a month, or quarter: where it is, how wide it is, as shares of the width."""

    day: dt.date
    at: float
    width: float


@dataclass(frozen=True, slots=True)
class Scale:
    """From the beginning of the first day to the end of the last one."""

    first: dt.date
    last: dt.date
    zone: dt.tzinfo

    @property
    def days(self) -> int:
        """How many days it shows."""
        return (self.last - self.first).days + 1

    def at(self, day: dt.date) -> float:
        """Where a day begins, from 0 to 1; what lies outside is at the edge."""
        return min(max((day - self.first).days / self.days, 0.0), 1.0)

    def moment(self, moment: dt.datetime) -> float:
        """Where a moment is, by what the programme's clocks show then."""
        local = moment.astimezone(self.zone)
        minutes = (local.date() - self.first).days * _DAY_MINUTES + local.hour * 60 + local.minute
        return min(max(minutes / (self.days * _DAY_MINUTES), 0.0), 1.0)

    def shows(self, day: dt.date) -> bool:
        """Whether a day is on it."""
        return self.first <= day <= self.last

    def ticks(self) -> Iterator[Tick]:
        """Every month; of long programmes every quarter."""
        starts = [self.first]
        while (following := next_month(starts[-1])) <= self.last:
            starts.append(following)
        if len(starts) > _QUARTERS_FROM:
            starts = [day for number, day in enumerate(starts) if not number or day.month % 3 == 1]
        for day, following in zip(starts, [*starts[1:], self.last + ONE_DAY], strict=True):
            yield Tick(day, self.at(day), (following - day).days / self.days)


def scale_of(plan: Plan) -> Scale:
    """All that is dated in a plan, from its programme's start to the last of deadline, hypercare and milestones."""
    days = [plan.programme.start, plan.programme.deadline]
    for wave in plan.waves:
        days += [wave.preparation_start, wave.last_day, wave.hypercare_last_day, *(gate.date for gate in wave.gates)]
    days += [each.date for each in plan.milestones] + [each.date for each in plan.calendar.hard_dates]
    first, last = min(days), max(days)
    return Scale(first.replace(day=1), next_month(last) - ONE_DAY, programme_zone(plan))
