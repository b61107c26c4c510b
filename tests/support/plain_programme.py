"""The hard rules of a small programme in plain Python, from docs/semantics.md alone.

The part of the format that `test_against_plain_histories` draws: one stream, orders with gaps, windows, a limit of
applications, cadence, hypercare, one team (person-days, crew, on call), one link. Everything is in days from the
programme's start and in exact fractions; each rule is looked at anew on the whole of what is placed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from waveplan.domain.inventory import Inventory

NEVER = 10**9
HORIZON = 366  # days beyond the deadline
GATE, START, RESULT, DONE, STRANDED = range(5)


@dataclass(frozen=True)
class Slot:
    """A window on a day: first and last day on which it runs, its hours, and the days of hypercare after it."""

    day: int
    last: int
    hours: Fraction
    care_first: int
    care_last: int


@dataclass
class Unit:
    """A wave of the plan, and where it is in its history."""

    number: int
    apps: tuple[Any, ...]
    lots: tuple[tuple[str, ...], ...]  # application ids of each lot, in the lots' order
    place: int
    phase: int = GATE
    next: int = 0
    gates: int = 0
    cutovers: int = 0
    no_goes: int = 0
    backs: int = 0
    share: Fraction = Fraction(1)
    weighed: bool = False  # what it really takes is known, and counted
    counted: Fraction = Fraction(1)  # as how much of what is planned
    since: int = NEVER  # the day from which it has been prepared in vain


def effort_of(app: Any) -> Fraction:
    """Person-days of the one team."""
    return Fraction(app.effort["team"].each) if "team" in app.effort else Fraction(0)


class PlainProgramme:
    """Calendar, amounts and rules of an inventory; last dates hold nothing back."""

    def __init__(self, inventory: Inventory) -> None:
        self.inventory = inventory
        self.start = inventory.programme.start
        self.apps = {each.id: each for each in inventory.applications}
        self.team = inventory.teams[0]
        self.link = inventory.links[0]
        self.slots = list(self._slots(inventory.programme.deadline + dt.timedelta(days=HORIZON)))

    def day(self, date: dt.date) -> int:
        """Days after the programme's start."""
        return (date - self.start).days

    # --- the calendar -----------------------------------------------------------------------------------------------

    def _slots(self, deadline: dt.date) -> Iterator[Slot]:
        names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
        hours = self.inventory.policy.hypercare.hours
        for number in range((deadline - self.start).days + 1):
            date = self.start + dt.timedelta(days=number)
            for window in self.inventory.calendar.windows:
                if names[date.weekday()] not in window.days:
                    continue
                opens = dt.datetime.combine(date, window.start)
                ends = opens + dt.timedelta(hours=float(window.hours))
                over = ends + dt.timedelta(hours=float(hours))
                days = [number, (ends.date() - self.start).days]
                shut = any(
                    self.day(f.first) <= days[1] and days[0] <= self.day(f.last)
                    for f in self.inventory.calendar.freezes
                )
                if not shut and over.date() <= deadline:
                    yield Slot(days[0], days[1], Fraction(window.hours), days[1], (over.date() - self.start).days)

    def _works(self, day: int) -> bool:
        return (self.start + dt.timedelta(days=day)).weekday() < 5

    def _week(self, day: int) -> tuple[int, int]:
        return (self.start + dt.timedelta(days=day)).isocalendar()[:2]

    # --- what a wave takes ------------------------------------------------------------------------------------------

    def _effort(self, unit: Unit, place: int) -> Mapping[tuple[int, int], Fraction]:
        """By week, what is planned."""
        before = self.slots[place].day
        days = [d for d in range(before - self.inventory.policy.preparation_days, before) if self._works(d)]
        whole = sum((effort_of(app) for app in unit.apps), Fraction(0))
        found: dict[tuple[int, int], Fraction] = defaultdict(Fraction)
        for day in days:
            found[self._week(day)] += whole / len(days)
        return found

    def _gigabytes(self, unit: Unit) -> Fraction:
        disks = {server.id: Fraction(server.disk_gb) for server in self.inventory.servers}
        return sum((disks[name] for app in unit.apps for name in app.servers), Fraction(0))

    def _hours(self, units: Iterable[Unit], place: int, speed: Fraction) -> Fraction | None:
        """Transfer, cutover and test of one of some waves in a place; None when the link carries nothing."""
        mine = [unit for unit in units if unit.place == place]
        rate = Fraction(self.link.gbps) * Fraction(self.link.efficiency) * speed
        if rate == 0:
            return None
        sent = sum((self._gigabytes(unit) for unit in mine), Fraction(0))
        return sent * 8 / (rate * 3600)

    def _most(self, units: Sequence[Unit], key: str) -> Fraction:
        return max((Fraction(getattr(app, key)) for unit in units for app in unit.apps), default=Fraction(0))

    # --- every hard rule, of what is placed -------------------------------------------------------------------------

    def usable(self, place: int) -> bool:
        """Whether preparation and gate lie within the programme."""
        slot, policy = self.slots[place], self.inventory.policy
        return slot.day - policy.preparation_days >= 0 and self.gate_day(place) >= 0

    def gate_day(self, place: int) -> int:
        return self.slots[place].day - self.inventory.policy.gates[0].days_before

    def holds(self, units: Sequence[Unit]) -> bool:
        """Whether all rules hold for what is placed, whatever is missing."""
        placed = [unit for unit in units if unit.place >= 0]
        return (
            self._orders(placed)
            and self._sequence(placed)
            and self._amounts(placed)
            and self._weeks_hold(placed)
            and self._people(placed)
            and self._windows(placed)
        )

    def _orders(self, units: Sequence[Unit]) -> bool:
        day = {app.id: self.slots[unit.place].day for unit in units for app in unit.apps}
        return all(
            day[app.id] >= day[tie.app] + tie.min_gap_days
            for unit in units
            for app in unit.apps
            for tie in app.depends_on
            if tie.app in day
        )

    def _sequence(self, units: Sequence[Unit]) -> bool:
        places, policy = sorted({unit.place for unit in units}), self.inventory.policy
        for number, (one, two) in enumerate(pairwise(places), 2):
            if self.slots[two].day - self.slots[one].day < self._gap(number):
                return False
        most = policy.hypercare.max_waves_at_once or NEVER
        for place in places:
            for day in range(self.slots[place].care_first, self.slots[place].care_last + 1):
                if sum(self.slots[p].care_first <= day <= self.slots[p].care_last for p in places) > most:
                    return False
        return True

    def _gap(self, ordinal: int) -> int:
        for stage in self.inventory.policy.cadence:
            if stage.waves is None or ordinal <= stage.waves:
                return stage.min_gap_days or 0
            ordinal -= stage.waves
        return (self.inventory.policy.cadence[-1].min_gap_days or 0) if self.inventory.policy.cadence else 0

    def _amounts(self, units: Sequence[Unit]) -> bool:
        most = self.inventory.policy.wave_limits.applications or NEVER
        counts: dict[int, int] = defaultdict(int)
        for unit in units:
            counts[unit.place] += len(unit.apps)
        return all(count <= most for count in counts.values())

    def _weeks_hold(self, units: Sequence[Unit]) -> bool:
        used: dict[tuple[int, int], Fraction] = defaultdict(Fraction)
        for unit in units:
            for week, amount in self._effort(unit, unit.place).items():
                used[week] += amount
        return all(amount <= self._offer_of(week) for week, amount in used.items())

    def _left(self, day: int, today: int) -> Fraction:
        """The share of the team that is there on a day, as it is known on another."""
        return Fraction(1)

    def _offer_of(self, week: tuple[int, int], today: int = -NEVER) -> Fraction:
        """What the team offers in a week, as far as is known on a day."""
        monday = self.day(dt.date.fromisocalendar(*week, 1))
        days = [d for d in range(monday, monday + 7) if d >= 0 and self._works(d)]
        each = Fraction(self.team.person_days_per_week) / 5
        return sum((each * self._left(d, today) for d in days), Fraction(0))

    def _people(self, units: Sequence[Unit]) -> bool:
        return all(
            count <= most
            for key, most in (("crew", self.team.crew), ("on_call", self.team.on_call))
            for count in self._needed(units, key).values()
        )

    def _needed(self, units: Sequence[Unit], key: str) -> Mapping[int, int]:
        """By day, how many people are needed in windows, or on call."""
        found: dict[int, int] = defaultdict(int)
        for unit in units:
            slot = self.slots[unit.place]
            first, last = (slot.day, slot.last) if key == "crew" else (slot.care_first, slot.care_last)
            people = sum(int(getattr(app, key).get("team", 0)) for app in unit.apps)
            for day in range(first, last + 1):
                found[day] += people
        return found

    def _windows(self, units: Sequence[Unit]) -> bool:
        for place in {unit.place for unit in units}:
            there = [unit for unit in units if unit.place == place]
            transfer = self._hours(units, place, Fraction(1)) or Fraction(0)
            work = sum((self._most(there, key) for key in ("cutover_hours", "test_hours", "rollback_hours")), transfer)
            if work > self.slots[place].hours:
                return False
        return True
