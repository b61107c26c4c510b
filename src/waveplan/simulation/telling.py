"""Histories → what they say: chances of dates, quantiles, waves that drive the end, weeks that overflow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from waveplan.domain.simulated import DayEstimate, Estimate, OverloadedWeek, SimulatedDate, SimulatedWave
from waveplan.engine.simulation.layout import WHOLE
from waveplan.simulation.batches import BatchResult, Ints
from waveplan.simulation.dates import NEVER, WatchedDate, by_unit
from waveplan.simulation.estimates import Curve, mean_of, share_of
from waveplan.simulation.staging import Staging

PERCENTAGES = (50, 80, 95)
CAUSES = ("decision", "milestone", "closed", "effort", "people", "link", "preparation", "rollback", "overrun")
_OVERLOADS = 12  # weeks that are told
_WORTH_TELLING = 0.01  # chance below which a week is not


class SimulationTelling:
    """What the results of one simulation say."""

    def __init__(self, staging: Staging, results: Sequence[BatchResult]) -> None:
        self._staging, self._results = staging, results
        self._facts = staging.facts
        self.runs = sum(each.runs for each in results)
        homes = [[unit.home for unit in staging.problem.units]]
        self._home = np.array(homes, np.int64)

    def planned(self, watched: WatchedDate) -> dt.date:
        """The day on which the plan has a date."""
        return self._facts.date(int(watched.days(self._home)[0]))

    def date(self, watched: WatchedDate) -> SimulatedDate:
        """A date in all histories."""
        repeats = [watched.days(each.places) for each in self._results]
        curve = Curve(repeats)
        planned = self._facts.day(self.planned(watched))
        limit = None if watched.limit is None else self._facts.day(watched.limit)
        ended = [each[each < NEVER] - planned for each in repeats]
        ended = [each for each in ended if len(each)]
        return SimulatedDate(
            id=watched.id,
            kind=watched.kind,
            subject=watched.subject,
            planned=self._facts.date(planned),
            limit=watched.limit,
            as_planned=share_of([each <= planned for each in repeats]),
            in_time=None if limit is None else share_of([each <= limit for each in repeats]),
            quantiles={each: self._days(curve.quantile(each / 100)) for each in PERCENTAGES},
            mean_days=mean_of(ended) if ended else Estimate(0.0, 0.0, 0.0),
            never=float(np.mean(np.concatenate(repeats) >= NEVER)),
            curve=tuple(
                (self._facts.date(int(day)), float(share))
                for day, share in zip(curve.days, curve.shares, strict=True)
                if day < NEVER
            ),
        )

    def all_in_time(self, dates: Sequence[WatchedDate]) -> Estimate:
        """The chance that every date that has a limit keeps it."""
        limited = [each for each in dates if each.limit is not None]
        flags = []
        for result in self._results:
            fine = np.ones(result.runs, bool)
            for each in limited:
                assert each.limit is not None
                fine &= each.days(result.places) <= self._facts.day(each.limit)
            flags.append(fine)
        return share_of(flags)

    def waves(self, finish: WatchedDate) -> tuple[SimulatedWave, ...]:
        """Every wave of the plan, in its order."""
        drives = self._drives(finish)
        found = []
        for number, (wave, day) in enumerate(by_unit(self._staging).items()):
            days = np.sort(np.concatenate([day(each.places) for each in self._results]))
            low, middle, high = (int(days[min(len(days) - 1, int(len(days) * share))]) for share in (0.1, 0.5, 0.9))
            found.append(
                SimulatedWave(
                    id=wave,
                    planned=self._facts.date(int(day(self._home)[0])),
                    p10=self._day(low),
                    p50=self._day(middle),
                    p90=self._day(high),
                    criticality=float(drives[number]) / self.runs,
                    no_goes=sum(int(each.no_goes[:, number].sum()) for each in self._results) / self.runs,
                    rollbacks=sum(int(each.backs[:, number].sum()) for each in self._results) / self.runs,
                )
            )
        return tuple(found)

    def _drives(self, finish: WatchedDate) -> Ints:
        """By unit: in how many runs it ends last, or pushed what does, directly or through others."""
        units = len(self._staging.waves)
        total = np.zeros(units, np.int64)
        for result in self._results:
            ends = np.stack([self._end_of(number, result.places) for number in range(units)], axis=1)
            marked = ends >= finish.days(result.places)[:, None]
            rows, pushers = np.arange(result.runs), result.pushers
            for _ in range(units):
                before = marked.copy()
                for unit in range(units):
                    by_whom = pushers[:, unit]
                    known = marked[:, unit] & (by_whom >= 0)
                    marked[rows[known], by_whom[known]] = True
                if (marked == before).all():
                    break
            total += marked.sum(axis=0)
        return total

    def _end_of(self, unit: int, places: Ints) -> Ints:
        facts, positions = self._facts, self._staging.problem.planning.positions
        used = np.unique(places[:, unit])
        table = {-1: NEVER}
        for place in used[used >= 0].tolist():
            lots = (facts.lots[lot] for lot in self._staging.lots[unit])
            table[place] = max(facts.day(facts.hypercare_days(positions[place].slot, lot).last) for lot in lots)
        return np.array([table[place] for place in places[:, unit].tolist()], np.int64)

    def counts(self, name: str) -> Estimate:
        """No-gos or rollbacks of a run, on average."""
        return mean_of([getattr(each, name).sum(axis=1) for each in self._results])

    def causes(self) -> dict[str, float]:
        """How often a run each reason held something back."""
        total = np.sum([each.causes.sum(axis=1) for each in self._results], axis=0)
        return {name: float(count) / self.runs for name, count in zip(CAUSES, total, strict=True) if count}

    def overloaded(self) -> tuple[OverloadedWeek, ...]:
        """The weeks that most often overflow, in order of time."""
        if not self._staging.week_names:
            return ()
        over = np.sum([each.over for each in self._results], axis=0)
        lacking = np.sum([each.lacking for each in self._results], axis=0)
        often = [int(row) for row in np.argsort(-over, kind="stable") if over[row] / self.runs >= _WORTH_TELLING]
        found = [
            OverloadedWeek(
                *self._staging.week_names[row],
                chance=float(over[row]) / self.runs,
                lacking=float(lacking[row]) / WHOLE / float(over[row]),
            )
            for row in often[:_OVERLOADS]
        ]
        return tuple(sorted(found, key=lambda each: (each.monday, each.team)))

    def _days(self, found: tuple[int, int, int]) -> DayEstimate:
        return DayEstimate(*(self._day(day) for day in found))

    def _day(self, day: int) -> dt.date | None:
        return None if day >= NEVER else self._facts.date(day)
