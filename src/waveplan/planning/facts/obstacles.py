"""What about a lot alone keeps it out of slots: the rules that need no other lot to be broken."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from waveplan.change_calendar import Closures, Slot
from waveplan.change_calendar.wording import period_words
from waveplan.domain.calendar_rules import CalendarRules, Freeze, Window
from waveplan.domain.findings import Path
from waveplan.domain.items import Item
from waveplan.domain.periods import Period, shown_end
from waveplan.domain.policy import Gate, Rehearsal
from waveplan.lots.lot import Lot
from waveplan.planning.facts.adopting import LotAdoption
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.facts.figures import told_apart
from waveplan.planning.facts.rehearsing import rehearsal_effort
from waveplan.planning.facts.retirements import Limit
from waveplan.planning.facts.working_hours import downtime, work_by_the_hour

SlotTest = Callable[[Slot], bool]
DateTest = Callable[[dt.date], bool]


@dataclass(frozen=True, slots=True)
class SlotObstacle:
    """One reason that keeps a lot out of some slots: the rule's code and a sentence about it."""

    code: str
    slots: frozenset[int]
    template: str
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)
    path: Path = ()  # of what says so, where that is one key of one entry


class Obstacles:
    """Finds the obstacles of each lot. Sets of slots are shared between lots that meet the same obstacle."""

    def __init__(self, facts: PlanningFacts) -> None:
        self._facts = facts
        self._slots = facts.slots
        self._index = {lot.id: index for index, lot in enumerate(facts.lots)}
        self._lengths = sorted({slot.hours for slot in facts.slots})
        self._retirements = facts.retirements
        self._avoiding = _avoiding_holidays(facts.inventory.calendar)
        self._cache: dict[object, frozenset[int]] = {}
        on: dict[dt.date, list[int]] = defaultdict(list)
        for index, slot in enumerate(facts.slots):
            on[slot.date].append(index)
        self._on = on
        self._dates = sorted(on)

    def of(self, lot: Lot) -> list[SlotObstacle]:
        """Every obstacle of a lot that blocks at least one slot, in order of code."""
        finders = (
            self.windows(lot),
            self.freezes(lot),
            self.blackouts(lot),
            self.holidays(lot),
            self.dates(lot),
            self.lead_time(lot),
            self.ends(lot),
            self.residency(lot),
            self.idle_effort(lot),
            self.adoption(lot),
            self.work(lot),
            self.milestones(lot),
            self.knowledge(lot),
        )
        found = [obstacle for finder in finders for obstacle in finder if obstacle.slots]
        return sorted(found, key=lambda obstacle: obstacle.code)

    def _blocked(self, key: object, test: SlotTest) -> frozenset[int]:
        if key not in self._cache:
            self._cache[key] = frozenset(index for index, slot in enumerate(self._slots) if test(slot))
        return self._cache[key]

    def _on_dates(self, key: object, test: DateTest) -> frozenset[int]:
        """The same for what depends on the cutover's date only."""
        if key not in self._cache:
            self._cache[key] = frozenset(index for date in self._dates if test(date) for index in self._on[date])
        return self._cache[key]

    def _until(self, key: object, test: DateTest) -> frozenset[int]:
        """The same for what holds of the first dates up to some day: no later date has it again."""
        if key not in self._cache:
            number = bisect_left(self._dates, True, key=lambda date: not test(date))
            self._cache[key] = frozenset(index for date in self._dates[:number] for index in self._on[date])
        return self._cache[key]

    def windows(self, lot: Lot) -> Iterator[SlotObstacle]:
        """WP304: windows that some item of the lot may not use."""
        for window in self._facts.inventory.calendar.windows:
            barred = next((item for item in lot.items if not self._may_use(item, window)), None)
            if barred is not None:
                slots = self._blocked(("window", window.id), lambda slot, name=window.id: slot.window == name)  # type: ignore[misc]
                yield SlotObstacle(
                    "WP304", slots, "{item} may not use window {window}", {"item": barred.id, "window": window.id}
                )

    def _may_use(self, item: Item, window: Window) -> bool:
        if window.match is not None and not window.match.matches(item):
            return False
        listed = [item.entry.windows, *(rule.windows for rule in self._facts.items.rules_for(item))]
        return all(names is None or window.id in names for names in listed)

    def freezes(self, lot: Lot) -> Iterator[SlotObstacle]:
        """WP305: freezes whose scope holds an item of the lot."""
        found = [each for ids, freezes in self._frozen if any(item.id in ids for item in lot.items) for each in freezes]
        for index, freeze in sorted(found, key=lambda each: each[0]):
            slots = self._touching(("freeze", index), self._facts.calendar.closures(freeze), lot)
            yield SlotObstacle("WP305", slots, *_period_words("freeze {first} to {last}", "freeze {when}", freeze))

    @cached_property
    def _frozen(self) -> list[tuple[frozenset[str], list[tuple[int, Freeze]]]]:
        """Items of each scope, with its freezes and their numbers: many freezes share their scope."""
        scopes: dict[object, list[tuple[int, Freeze]]] = defaultdict(list)
        for index, freeze in enumerate(self._facts.inventory.calendar.freezes):
            scopes[freeze.match, freeze.excepted].append((index, freeze))
        items = [item for lot in self._facts.lots for item in lot.items]
        return [
            (frozenset(str(item.id) for item in items if _is_frozen(item, freezes[0][1])), freezes)
            for freezes in scopes.values()
        ]

    def _touching(self, key: object, closures: Closures, lot: Lot) -> frozenset[int]:
        zone = self._facts.zone(lot)
        if (key, zone) not in self._cache:
            self._cache[key, zone] = self._facts.calendar.tables.of(zone).meeting(closures)
        return self._cache[key, zone]

    def blackouts(self, lot: Lot) -> Iterator[SlotObstacle]:
        """WP306: blackouts of its items and of the places they leave, reach or serve."""
        calendar, plain, recurrent = (
            self._facts.calendar,
            "blackout of {of} {first} to {last}",
            "blackout of {of} {when}",
        )
        for item in lot.items:
            for index, period in enumerate(item.entry.blackouts):
                if period.spares(item):
                    continue
                slots = self._touching(("blackout", item.id, index), calendar.closures(period), lot)
                yield SlotObstacle("WP306", slots, *_period_words(plain, recurrent, period, item.id))
        for name in lot.places:
            site = self._facts.items.sites[name]
            touching = [item for item in lot.items if name in item.places]
            for index, period in enumerate(site.blackouts):
                if all(period.spares(item) for item in touching):
                    continue
                closures = calendar.closures(period, (site.country, site.subdivision))
                slots = self._touching(("site blackout", name, index), closures, lot)
                yield SlotObstacle("WP306", slots, *_period_words(plain, recurrent, period, name))

    def holidays(self, lot: Lot) -> Iterator[SlotObstacle]:
        """WP307: public holidays at those places on the first day of a slot whose window avoids them."""
        if not self._avoiding:
            return
        zone = self._facts.zone(lot)
        for site in lot.places:
            slots = self._holidays(self._facts.calendar.one_of_each_place((site,))[0], zone)
            yield SlotObstacle("WP307", slots, "public holidays at {site}", {"site": site})

    def _holidays(self, site: str, zone: str | None) -> frozenset[int]:
        """Slots of windows that avoid them whose first day is one at a site."""
        key = ("holiday", site, zone)
        if key not in self._cache:
            firsts = [days.first for days in self._facts.calendar.tables.of(zone).own_days]
            off = {day for day in {*firsts} if self._facts.calendar.holiday(site, day) is not None}
            found = (index for index, day in enumerate(firsts) if day in off)
            self._cache[key] = frozenset(index for index in found if self._slots[index].window in self._avoiding)
        return self._cache[key]

    def dates(self, lot: Lot) -> Iterator[SlotObstacle]:
        """WP308, WP309, WP310: earliest and latest dates and pins, of items, of rules and of tranches."""
        for item in lot.items:
            entry = item.entry
            yield from self._date_limits(entry.not_before, entry.not_after, entry.slot, item.id)
            for rule in self._facts.items.rules_for(item):
                yield from self._date_limits(rule.not_before, rule.not_after, rule.slot, rule.id)
        for tranche in self._facts.tranches_of(lot):
            yield from self._date_limits(tranche.not_before, None, None, tranche.id)

    def _date_limits(
        self, not_before: dt.date | None, not_after: dt.date | None, pin: dt.date | None, name: str
    ) -> Iterator[SlotObstacle]:
        if not_before:
            slots = self._until(("before", not_before), lambda date: date < not_before)
            yield SlotObstacle("WP308", slots, "{of} not before {day}", {"of": name, "day": not_before.isoformat()})
        if not_after:
            slots = self._on_dates(("after", not_after), lambda date: date > not_after)
            yield SlotObstacle("WP309", slots, "{of} not after {day}", {"of": name, "day": not_after.isoformat()})
        if pin:
            slots = self._on_dates(("pin", pin), lambda date: date != pin)
            yield SlotObstacle("WP310", slots, "{of} pinned to {day}", {"of": name, "day": pin.isoformat()})

    def lead_time(self, lot: Lot) -> Iterator[SlotObstacle]:
        """WP333, WP334: preparation and gates on or after the programme's start."""
        facts, policy = self._facts, self._facts.policy(lot)
        days = policy.preparation_days
        slots = self._until(("prepare", days), lambda date: date - dt.timedelta(days=days) < facts.start)
        yield SlotObstacle("WP334", slots, "preparation of {days} days from the programme's start", {"days": days})
        for gate in policy.gates:
            worked = gate.working_day or gate.working_days_before
            places = facts.calendar.one_of_each_place(lot.places) if worked else ()

            def too_early(date: dt.date, gate: Gate = gate, places: tuple[str, ...] = places) -> bool:
                return facts.calendar.gate_date(gate, date, places) < facts.start

            slots = self._until(("gate", lot.stream, gate.id, places), too_early)
            yield SlotObstacle("WP333", slots, "gate {gate} before the programme's start", {"gate": gate.id})

    def ends(self, lot: Lot) -> Iterator[SlotObstacle]:
        """WP335, WP336, WP337, WP338, WP345: exits, contracts, the deadline, retirements, dates of tranches."""
        for code, template, name, day in self._last_days(lot):
            slots = self._over(lot, day)
            yield SlotObstacle(code, slots, template, {"of": name, "day": day.isoformat()})
        limits: dict[object, Limit] = {}
        for item in lot.items:
            for limit in self._retirements.limits_of(item):
                said = (limit.code, limit.template, *limit.values.values())
                limits[said] = min(limit, limits.get(said, limit), key=lambda each: each.day)
        for limit in limits.values():
            yield SlotObstacle(limit.code, self._over(lot, limit.day), limit.template, limit.values)

    def _last_days(self, lot: Lot) -> Iterator[tuple[str, str, str, dt.date]]:
        programme = self._facts.inventory.programme
        yield "WP337", "deadline {day}", programme.name, programme.deadline
        for contract in self._facts.inventory.contracts:
            if any(contract.match.matches(item) for item in lot.items):
                yield "WP336", "contract {of} ends {day}", contract.id, contract.ends
        for tranche in self._facts.tranches_of(lot):
            if tranche.finish_by is not None:
                yield "WP345", "tranche {of} over by {day}", tranche.id, tranche.finish_by

    def _over(self, lot: Lot, day: dt.date) -> frozenset[int]:
        key = ("over", day, lot.hypercare_hours, self._facts.zone(lot))
        if key not in self._cache:
            care = self._facts.hypercare(lot)
            self._cache[key] = frozenset(index for index, days in enumerate(care) if days.last > day)
        return self._cache[key]

    def milestones(self, lot: Lot) -> Iterator[SlotObstacle]:
        """WP342: external milestones that its items, or their tranches, wait for."""
        awaited = self._facts.awaited_by(lot)
        for milestone in self._facts.inventory.external_milestones:
            if milestone.id in awaited:
                day = milestone.date
                slots = self._until(("before", day), lambda date, day=day: date < day)  # type: ignore[misc]
                values = {"of": milestone.id, "day": day.isoformat()}
                yield SlotObstacle("WP342", slots, "waits for {of} on {day}", values)

    def knowledge(self, lot: Lot) -> Iterator[SlotObstacle]:
        """WP347, WP348, WP325: days before any on which knowledge transfer would be done."""
        for scope in self._facts.knowledge.about(lot.items):
            if any(item.id in self._facts.done for item in scope.items):
                continue  # it was held before what is done
            code, first = self._facts.knowledge.earliest(scope)
            if code is not None:
                day = first or dt.date.max
                slots = self._until(("before", day), lambda date, day=day: date < day)  # type: ignore[misc]
                yield SlotObstacle(code, slots, "knowledge transfer {of} takes its time first", {"of": scope.name})

    def residency(self, lot: Lot) -> Iterator[SlotObstacle]:
        """WP339: where the data of its items may not reside."""
        for item in lot.items:
            allowed = item.entry.allowed_countries
            if allowed is None:
                continue
            places = item.source_sites if item.strategy == "takeover" else item.target_sites
            for site in places:
                country = self._facts.items.sites[site].country
                if country not in allowed:
                    everywhere = frozenset(range(len(self._slots)))
                    values = {"item": item.id, "site": site, "country": country or "no country"}
                    yield SlotObstacle("WP339", everywhere, "{item} may not reside at {site} ({country})", values)

    def idle_effort(self, lot: Lot) -> Iterator[SlotObstacle]:
        """WP325: effort that would have no working day to fall on."""
        calendar, days = self._facts.calendar, self._facts.policy(lot).preparation_days
        limited = {team.id for team in self._facts.inventory.teams if team.person_days_per_week is not None}
        for team in sorted(limited.intersection(lot.effort)):

            def idle(date: dt.date, team: str = team) -> bool:
                return not calendar.effort_weeks(team, calendar.preparation_days(days, date))

            slots = self._on_dates(("idle", team, days), idle)
            yield SlotObstacle("WP325", slots, "no working day of {team} in the preparation", {"team": team})
        for rehearsal in self._facts.policy(lot).rehearsals:
            for team in sorted(limited.intersection(rehearsal.effort)):

                def alone(date: dt.date, rehearsal: Rehearsal = rehearsal, team: str = team) -> bool:
                    return calendar.rehearsal_day(rehearsal, date, team) is None

                if rehearsal_effort(self._facts, rehearsal, lot, team):
                    slots = self._on_dates(("alone", team, rehearsal.days_before), alone)
                    values = {"team": team, "rehearsal": rehearsal.id}
                    yield SlotObstacle("WP325", slots, "nobody of {team} is there for {rehearsal}", values)

    def adoption(self, lot: Lot) -> Iterator[SlotObstacle]:
        """WP358, WP325: what people are to be told or taught before the start, or with nobody there to do it."""
        facts = self._facts
        limited = {team.id for team in facts.inventory.teams if team.person_days_per_week is not None}
        for held in facts.adoption.of(lot):

            def too_early(date: dt.date, held: LotAdoption = held) -> bool:
                return facts.adoption.days(held, date).first < facts.start

            def alone(date: dt.date, held: LotAdoption = held) -> bool:
                return not facts.adoption.shares(held, date)

            key, values = (held.entry.id, held.places), {"entry": held.entry.id, "team": held.team}
            if held.entry.is_before:
                slots = self._until(("adoption", *key), too_early)
                yield SlotObstacle("WP358", slots, "{entry} before the programme's start", values)
            if held.team in limited:
                slots = self._on_dates(("adoption alone", *key), alone)
                yield SlotObstacle("WP325", slots, "nobody of {team} is there for {entry}", values)

    def work(self, lot: Lot) -> Iterator[SlotObstacle]:
        """WP328, WP329: what of the work fits no window, or keeps an item down too long, even without other lots."""
        loads = {pair: Fraction(gb) for pair, gb in self._facts.transfers[self._index[lot.id]].items()}
        steady = self._facts.links.steady
        link = max((gb / steady[pair] for pair, gb in loads.items() if pair in steady), default=Fraction(0))
        if any(pair not in steady for pair in loads if pair in self._facts.links.pairs):
            yield from (SlotObstacle(*found) for found in work_by_the_hour(self._facts, lot, loads))
            return
        hours = max(link, Fraction(lot.transport_hours))
        hours += Fraction(lot.cutover_hours + lot.test_hours + lot.rollback_hours)
        short = frozenset(length for length in self._lengths if length < hours)
        if short:
            slots = self._blocked(("work", short), lambda slot: slot.hours in short)
            needed, most = told_apart(hours, max(short))
            values = {"hours": needed, "most": most}
            yield SlotObstacle("WP328", slots, "{hours} h of work, in windows of at most {most} h", values)
        for item in lot.items:
            limit = item.entry.max_downtime_hours
            down = downtime(item, lot, link) if limit is not None else Fraction(0)
            if limit is not None and down > limit:
                everywhere = frozenset(range(len(self._slots)))
                needed, most = told_apart(down, limit)
                template, figures = "{item} would be down {hours} of {limit} h", {"hours": needed, "limit": most}
                where = item.where("max_downtime_hours")
                yield SlotObstacle("WP329", everywhere, template, {"item": item.id, **figures}, where)


def _avoiding_holidays(rules: CalendarRules) -> frozenset[str]:
    """Windows that do not open on public holidays."""
    said = {window.id: window.public_holidays or rules.public_holidays for window in rules.windows}
    return frozenset(window for window, holidays in said.items() if holidays == "avoid")


def _is_frozen(item: Item, freeze: Freeze) -> bool:
    left_out = freeze.excepted is not None and freeze.excepted.matches(item)
    return not left_out and (freeze.match is None or freeze.match.matches(item))


def _period_words(plain: str, otherwise: str, period: Period, of: str = "") -> tuple[str, dict[str, Any]]:
    """A sentence about a period, and its values: with both its days where it is one run of days."""
    if period.is_days:
        return plain, {"of": of, "first": shown_end(period.first), "last": shown_end(period.last)}
    return otherwise, {"of": of, "when": period_words(period)}
