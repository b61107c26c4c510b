"""Days on which one window more may help: late, in time for a hard date, and open to a wave that drives the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from waveplan.domain.calendar_rules import Window
from waveplan.domain.inventory import Inventory
from waveplan.simulation.comparing import RiskComparison
from waveplan.simulation.dates import WatchedDate, watched_dates
from waveplan.simulation.staging import KnownSoFar, Staging, staged
from waveplan.simulation.telling import SimulationTelling

_BEFORE = 60  # days before a hard date that are looked at
_DRIVING = 5  # waves that drive the end most often, for which a day is looked for


@dataclass(frozen=True)
class SpareWindow:
    """A day, and the inventory with a window more on it."""

    day: dt.date
    inventory: Inventory


class SpareWindows:
    """Looks for days without a window, of the kind of window that the plan's last wave has."""

    def __init__(self, comparison: RiskComparison, inventory: Inventory) -> None:
        self._comparison, self._inventory = comparison, inventory
        last = comparison.staging.plan.waves_in_order()[-1]
        windows = {each.id: each for each in inventory.calendar.windows}
        self._model = windows.get(last.slot.window or "")

    def days(self, most: int) -> Iterator[SpareWindow]:
        """A few days, the latest for each hard date that is not sure to be kept."""
        limits = [each for each in watched_dates(self._comparison.staging, self._inventory) if self._is_at_risk(each)]
        if not limits or self._model is None:
            return
        days = sorted({day for each in limits for day in self._open_days(each)})
        if not days:
            return
        everything = self._with(days)
        staging = staged(self._comparison.staging.plan, everything, KnownSoFar())
        found = (self._latest(staging, each) for each in watched_dates(staging, everything) if self._is_at_risk(each))
        for day in list(dict.fromkeys(day for day in found if day is not None))[:most]:
            yield SpareWindow(day, self._with([day]))

    def _is_at_risk(self, watched: WatchedDate) -> bool:
        return watched.limit is not None and not bool(np.all(self._comparison.base_kept.get(watched.id, True)))

    def _open_days(self, watched: WatchedDate) -> Iterator[dt.date]:
        assert watched.limit is not None
        taken = {slot.date for slot in self._comparison.staging.facts.calendar.slots}
        for back in range(_BEFORE):
            day = watched.limit - dt.timedelta(days=back)
            if day > self._inventory.programme.start and day not in taken:
                yield day

    def _with(self, days: list[dt.date]) -> Inventory:
        """The inventory with the window open on some days more."""
        assert self._model is not None
        name = "spare"
        while any(each.id == name for each in self._inventory.calendar.windows):
            name += "-"
        when = {"dates": days, "days": [], "every": None, "day": [], "after": None, "days_after": 0, "starting": None}
        spare = self._model.model_copy(update={"id": name, **when})
        windows: list[Window] = [*self._inventory.calendar.windows, spare]
        calendar = self._inventory.calendar.model_copy(update={"windows": windows})
        return self._inventory.model_copy(update={"calendar": calendar})

    def _latest(self, staging: Staging, watched: WatchedDate) -> dt.date | None:
        """The latest spare day on which a wave that drives the end may stand and still keep a date."""
        problem, facts = staging.problem.planning, staging.facts
        regular = {slot.date for slot in self._comparison.staging.facts.calendar.slots}
        assert watched.limit is not None
        limit, home = facts.day(watched.limit), np.array([[unit.home for unit in staging.problem.units]], np.int64)
        for number in self._driving():
            unit = staging.problem.units[number]
            places = set.intersection(*(set(problem.allowed[lot]) for lot in unit.lots))
            for place in sorted(places, reverse=True):
                if place <= unit.home or facts.date(problem.positions[place].day) in regular:
                    continue
                if unit.gate_days[place] <= unit.gate_days[unit.home]:
                    continue
                stands = home.copy()
                stands[0, number] = place
                if int(watched.days(stands)[0]) <= limit:
                    return facts.date(problem.positions[place].day)
        return None

    def _driving(self) -> list[int]:
        finish = watched_dates(self._comparison.staging, self._inventory)[0]
        waves = SimulationTelling(self._comparison.staging, self._comparison.base).waves(finish)
        return sorted(range(len(waves)), key=lambda number: (-waves[number].criticality, number))[:_DRIVING]
