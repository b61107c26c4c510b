"""Histories of a small programme in plain Python, from docs/risks.md alone.

Only the numbers that are drawn, and the quantiles of spreads, are the simulation's. Rules are `PlainProgramme`'s.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from support.plain_programme import DONE, GATE, NEVER, RESULT, START, STRANDED, PlainProgramme, Unit, effort_of
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items
from waveplan.domain.plan import Plan
from waveplan.domain.risks import Spread
from waveplan.simulation.spreads import delay_table, spread_table

_SLACK = Fraction(1, 1000)  # of a person-day, of an hour: less is rounding
_WHOLE = 1 << 32


@dataclass
class Event:
    """One occurrence: when it strikes and its last day, once drawn."""

    entry: Any
    first: int
    last: int
    chance: int
    struck: int = NEVER
    over: int = NEVER
    absorbed: set[tuple[int, int]] = field(default_factory=set)  # effect, unit

    def until(self, today: int) -> int:
        """The last day as it is known: none before it strikes, no end while it lasts."""
        if self.struck > today:
            return -NEVER
        return self.over if self.over < today else NEVER


def _hashed(key: int, dimension: int) -> int:
    mask = (1 << 64) - 1
    z = (key + (dimension + 1) * 0x9E3779B97F4A7C15) & mask
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
    return (z ^ (z >> 31)) >> 32


class PlainSimulator(PlainProgramme):
    """Plays one history after the other."""

    def __init__(self, inventory: Inventory, plan: Plan, lots: Sequence[Sequence[Sequence[str]]]) -> None:
        """`lots`: by wave of the plan, the application ids of each of its lots, in the order in which draws count."""
        super().__init__(inventory)
        self.lots = lots
        self.items = {str(item.id): item for item in Items(inventory)}
        by_day = {slot.day: number for number, slot in enumerate(self.slots)}
        self.homes = [by_day[self.day(wave.date)] for wave in plan.waves_in_order() if wave.lots]
        self.uncertain = [m for m in inventory.external_milestones if m.date_p90 and m.date_p90 > m.date]
        self.known = [Event(e, *each) for e in inventory.risks.events for each in self._occurrences(e)]

    # --- what is drawn ----------------------------------------------------------------------------------------------

    def _occurrences(self, event: Any) -> Iterator[tuple[int, int, int]]:
        programme = self.inventory.programme
        first, last = event.first or programme.start, event.last or programme.deadline
        if event.per_month is None:
            yield self.day(first), self.day(last), int(event.probability * _WHOLE)
            return
        while first <= last:
            month = first.replace(day=1)
            following = (month + dt.timedelta(days=31)).replace(day=1)
            end = min(last, following - dt.timedelta(days=1))
            share = event.per_month * ((end - first).days + 1) / (following - month).days
            yield self.day(first), self.day(end), int(share * _WHOLE)
            first = following

    @staticmethod
    def _quantile(table: Sequence[int], number: int) -> int:
        """In millionths: between two of the table's knots by a straight line."""
        scaled = number * (len(table) - 1)
        knot, rest = scaled >> 32, (scaled & (_WHOLE - 1)) >> 12
        return table[knot] + ((table[knot + 1] - table[knot]) * rest >> 20)

    def _spread(self, spread: Spread, number: int) -> int:
        return self._quantile(spread_table(spread), number)

    def _draw(self, dimension: int) -> int:
        if dimension < len(self.numbers):
            return int(self.numbers[dimension])
        return _hashed(self.key, dimension)

    def _try(self, unit: Unit, number: int, kind: int) -> int:
        base = 3 * len(self.events) + len(self.uncertain)
        if number >= 2:  # those have no column
            base += 6 * len(self.units) + self.efforts
        return self._draw(base + (number * len(self.units) + unit.number) * 3 + kind)

    def _open(self) -> None:
        for index, event in enumerate(self.events):
            if self._draw(3 * index) < event.chance:
                event.struck = event.first + ((event.last - event.first + 1) * self._draw(3 * index + 1) >> 32)
                lasts = self._spread(event.entry.days, self._draw(3 * index + 2))
                event.over = event.struck + max(1, (lasts + 500_000) // 1_000_000) - 1
        self.arrives: dict[str, int] = {}
        for index, each in enumerate(self.uncertain):
            number, half, day = self._draw(3 * len(self.events) + index), _WHOLE // 2, self.day(each.date)
            if number >= half:
                late = self._quantile(
                    delay_table((each.date_p90 - each.date).days), ((number - half) << 20) // half << 12
                )
                day += -(-late // 1_000_000)
            self.arrives[each.id] = day
        self._open_efforts()

    def _open_efforts(self) -> None:
        dimension, entries = (
            3 * len(self.events) + len(self.uncertain) + 6 * len(self.units),
            self.inventory.risks.effort,
        )
        for unit in self.units:
            efforts = [sum((effort_of(self.apps[a]) for a in lot), Fraction(0)) for lot in unit.lots]
            about = [
                next((e for e in entries if any(e.is_about(self.items[a]) for a in lot)), None) for lot in unit.lots
            ]
            if not any(about) or not sum(efforts):
                continue
            unit.share = Fraction(0)
            for lot_effort, entry in zip(efforts, about, strict=True):
                more = 1_000_000 if entry is None else self._spread(entry, self._draw(dimension))
                unit.share += lot_effort / sum(efforts) * Fraction(more, 1_000_000)
                dimension += 1

    @property
    def efforts(self) -> int:
        """How many numbers efforts use."""
        return sum(len(lots) for lots in self.lots if self.inventory.risks.effort)

    # --- what is known on a day -------------------------------------------------------------------------------------

    def _left(self, day: int, today: int) -> Fraction:
        """The share of the team that events leave on a day."""
        return self._least("team", "capacity", day, today)

    def _least(self, kind: str, value: str, day: int, today: int) -> Fraction:
        shares = [Fraction(1)]
        for event in self.events:
            if event.struck <= day <= event.until(today):
                for effect in event.entry.effects:
                    if getattr(effect, kind) is not None:
                        whole = Fraction(1) if kind == "team" else Fraction(self.link.gbps)
                        shares.append(min(Fraction(1), Fraction(getattr(effect, value)) / whole))
        return min(shares)

    def _about(self, match: Any, unit: Unit) -> bool:
        return match is None or any(match.matches(self.items[app.id]) for app in unit.apps)

    def _shut(self, unit: Unit, today: int) -> bool:
        slot = self.slots[unit.place]
        for event in self.events:
            if event.struck <= slot.last and event.until(today) >= slot.day:
                for effect in event.entry.effects:
                    if effect.site is not None or (effect.freeze and self._about(effect.match, unit)):
                        return True
        return False

    def _longer(self, unit: Unit, today: int) -> int:
        more, last = 0, self.slots[unit.place].day - 1
        first = last + 1 - self.inventory.policy.preparation_days
        for event in self.events:
            if event.struck <= last and event.until(today) >= first:
                for number, effect in enumerate(event.entry.effects):
                    mark = (number, unit.number)
                    if effect.preparation_days and self._about(effect.match, unit) and mark not in event.absorbed:
                        event.absorbed.add(mark)
                        more += effect.preparation_days
        return more

    def _awaiting(self, unit: Unit, today: int) -> bool:
        promised = {each.id: self.day(each.date) for each in self.uncertain}
        names = {name for app in unit.apps for name in app.after if name in self.arrives}
        return any(promised[name] <= today < self.arrives[name] for name in names)

    def _short_of_days(self, unit: Unit, today: int) -> bool:
        hit = any(e.struck <= today and any(x.team for x in e.entry.effects) for e in self.events)
        if unit.share <= 1 and not hit:
            return False
        planned = self._effort(unit, unit.place)
        needed = sum(planned.values(), Fraction(0)) * unit.share
        return needed > sum((self._room_in(week, unit, today) for week in (*planned, *self._earlier(unit))), _SLACK)

    def _room_in(self, week: tuple[int, int], unit: Unit, today: int) -> Fraction:
        """What the team has left for a wave in a week."""
        others = (each for each in self.units if each is not unit and each.place >= 0)
        taken = (self._effort(each, each.place)[week] * (each.counted if each.weighed else 1) for each in others)
        return max(Fraction(0), self._offer_of(week, today) - sum(taken, Fraction(0)))

    def _earlier(self, unit: Unit) -> list[tuple[int, int]]:
        """Weeks from the first preparation that was in vain to the one for where it stands, without the latter's."""
        begins = self.slots[unit.place].day - self.inventory.policy.preparation_days
        mine = {week for week, days in self._effort(unit, unit.place).items() if days}
        days = range(unit.since, begins) if unit.since < begins else ()
        weeks = {self._week(day): None for day in days if self._works(day)}
        return [week for week in weeks if week not in mine]

    def _counted(self, unit: Unit, today: int) -> Fraction:
        """As how much of what is planned a wave that goes counts: what was done before is not done again."""
        planned = sum(self._effort(unit, unit.place).values(), Fraction(0))
        if unit.share <= 1 or unit.since == NEVER or not planned:
            return unit.share
        done = sum((self._room_in(week, unit, today) for week in self._earlier(unit)), Fraction(0))
        return max(Fraction(1), unit.share - done / planned)

    def _short_of_people(self, unit: Unit, today: int) -> bool:
        """On its day: people of its windows and on call, of whom an event leaves too few."""
        if not any(x.team for e in self.events for x in e.entry.effects):
            return False
        share = self._left(self.slots[unit.place].day, today)
        if share >= 1:
            return False
        placed = [each for each in self.units if each.place >= 0]
        for key, most in (("crew", self.team.crew), ("on_call", self.team.on_call)):
            mine, every = self._needed([unit], key), self._needed(placed, key)
            if any(people and every[day] > int(most * share) for day, people in mine.items()):
                return True
        return False

    def _work(self, unit: Unit, today: int) -> Fraction | None:
        speed = self._least("link", "gbps", self.slots[unit.place].day, today)
        transfer = self._hours(self.units, unit.place, speed)
        if transfer is None:
            return None
        return transfer + self._most([unit], "cutover_hours") + self._most([unit], "test_hours")

    def _room(self, unit: Unit) -> Fraction:
        return self.slots[unit.place].hours - self._most([unit], "rollback_hours") + _SLACK

    def _called_off(self, unit: Unit, today: int) -> str:
        if self._shut(unit, today):
            return "closed"
        if self._short_of_people(unit, today):
            return "people"
        if any(x.link for e in self.events for x in e.entry.effects):
            work = self._work(unit, today)
            if work is None or work > self._room(unit):
                return "link"
        return ""

    # --- a history --------------------------------------------------------------------------------------------------

    def play(self, numbers: Sequence[int], key: int) -> tuple[list[int], list[int], list[int], dict[str, int]]:
        """Days on which waves end up (-1: never), no-gos and rollbacks of each, and how often what was the reason."""
        self.numbers, self.key = numbers, key
        waves = [[self.apps[a] for lot in lots for a in lot] for lots in self.lots]
        pairs = enumerate(zip(self.homes, self.lots, waves, strict=True))
        self.units = [Unit(n, tuple(apps), tuple(tuple(x) for x in lots), home) for n, (home, lots, apps) in pairs]
        self.events = [Event(e.entry, e.first, e.last, e.chance) for e in self.known]
        self.causes: dict[str, int] = defaultdict(int)
        for unit in self.units:
            unit.next = self.gate_day(unit.place)
        self._open()
        while left := [unit for unit in self.units if unit.phase < DONE]:
            unit = min(left, key=lambda u: (u.next, u.phase, u.place, u.number))
            cause = (self._at_gate, self._at_start, self._at_end)[unit.phase](unit)
            if cause:
                self.causes[cause] += 1
        days = [self.slots[unit.place].day if unit.place >= 0 else -1 for unit in self.units]
        return days, [u.no_goes for u in self.units], [u.backs for u in self.units], dict(self.causes)

    def _entry(self, entries: Sequence[Any], unit: Unit) -> Any:
        return next((e for e in entries if any(e.is_about(self.items[app.id]) for app in unit.apps)), None)

    def _at_gate(self, unit: Unit) -> str:
        today, entry = unit.next, self._entry(self.inventory.risks.gates, unit)
        more = self._longer(unit, today)
        chance = 0 if entry is None else int(entry.probability * _WHOLE)
        cause = ""
        if self._try(unit, unit.gates, 0) < chance:
            cause = "decision"
        elif self._awaiting(unit, today):
            cause = "milestone"
        elif more:
            cause = "preparation"
        elif self._shut(unit, today):
            cause = "closed"
        elif self._short_of_days(unit, today):
            cause = "effort"
        else:
            cause = self._called_off(unit, today)
        unit.gates += 1
        if not cause:
            unit.phase, unit.next, unit.weighed = START, self.slots[unit.place].day, True
            unit.counted = self._counted(unit, today)
            return ""
        self._in_vain(unit)
        notice = 0 if entry is None else entry.notice_days
        self._slip(unit, max(today + notice, self.slots[unit.place].day + more), today)
        return cause

    def _in_vain(self, unit: Unit) -> None:
        unit.no_goes += 1
        unit.since = min(unit.since, self.slots[unit.place].day - self.inventory.policy.preparation_days)

    def _at_start(self, unit: Unit) -> str:
        today = unit.next
        cause = "milestone" if self._awaiting(unit, today) else self._called_off(unit, today)
        if not cause:
            unit.phase, unit.next = RESULT, self.slots[unit.place].last
            return ""
        self._in_vain(unit)
        self._slip(unit, today + 1, today)
        return cause

    def _at_end(self, unit: Unit) -> str:
        today, entry = unit.next, self._entry(self.inventory.risks.cutovers, unit)
        number, cause = unit.cutovers, ""
        unit.cutovers += 1
        work = self._entry(self.inventory.risks.work, unit)
        if work is not None:
            share = Fraction(self._spread(work, self._try(unit, number, 2)), 1_000_000)
            hours = self._work(unit, today)
            if share > 1 and (hours is None or hours * share > self._room(unit)):
                cause = "overrun"
        if not cause and entry is not None:
            chance = entry.probability if number == 0 else entry.next_probability
            if self._try(unit, number, 1) < int(chance * _WHOLE):
                cause = "rollback"
        if not cause:
            unit.phase = DONE
            return ""
        unit.backs, unit.since = unit.backs + 1, NEVER  # all is prepared again
        again = 0 if entry is None else entry.again_days
        self._slip(unit, max(self.slots[unit.place].day + again, today + 1), today)
        return cause

    # --- what slips -------------------------------------------------------------------------------------------------

    def _slip(self, unit: Unit, least: int, today: int) -> None:
        """To the first later slot that rules allow; what must follow is pushed; if that is in vain, all is."""
        unit.weighed = False
        free = [each for each in self.units if each is not unit and each.phase < RESULT]
        after = self._followers(unit)
        followers = [each for each in free if each.number in after]
        if self._moved(unit, least, today, followers, alone=True):
            return
        if len(free) > len(followers) and self._moved(unit, least, today, free, alone=False):
            return
        for each in (unit, *followers):
            each.phase, each.place, each.weighed = STRANDED, -1, False

    def _followers(self, unit: Unit) -> set[int]:
        of = {app.id: each.number for each in self.units for app in each.apps}
        found: set[int] = set()
        left = [unit.number]
        while left:
            one = left.pop()
            for each in self.units:
                waits = any(of.get(tie.app) == one for app in each.apps for tie in app.depends_on)
                if waits and each.number not in found and each.number != unit.number:
                    found.add(each.number)
                    left.append(each.number)
        return found

    def _moved(self, unit: Unit, least: int, today: int, pushed: Sequence[Unit], *, alone: bool) -> bool:
        before = {each.number: each.place for each in self.units}
        for place in range(before[unit.number] + 1, len(self.slots)):
            if self.slots[place].day < least or not self._is_open(place, today):
                continue
            unit.place = place
            if (alone and self.holds(self.units)) or (pushed and self._refilled(pushed, before, today)):
                for each in self.units:
                    if each.place != before[each.number]:
                        each.phase, each.next, each.weighed = GATE, self.gate_day(each.place), False
                return True
            for each in self.units:
                each.place = before[each.number]
        return False

    def _is_open(self, place: int, today: int) -> bool:
        return self.usable(place) and self.gate_day(place) > today

    def _refilled(self, pushed: Sequence[Unit], before: Mapping[int, int], today: int) -> bool:
        """Whether all that is pushed finds a place, in the order in which it stood, each as early as may be."""
        for each in pushed:
            each.place = -1
        if not self.holds(self.units):
            return False
        for each in sorted(pushed, key=lambda u: (before[u.number], u.number)):
            here = before[each.number]
            for place in range(here, len(self.slots)):
                if place != here and not self._is_open(place, today):
                    continue
                each.place = place
                if self.holds(self.units):
                    break
            else:
                each.place = -1
                return False
        return True
