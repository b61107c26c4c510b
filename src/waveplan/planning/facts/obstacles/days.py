"""Days before or after which a lot may not cut over: its dates, lead times, ends, milestones, knowledge transfer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from waveplan.domain.policy import Gate
from waveplan.lots.lot import Lot
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.facts.obstacles.obstacle import SlotObstacle
from waveplan.planning.facts.obstacles.slot_sets import SlotSets
from waveplan.planning.facts.retirements import Limit


class FirstAndLastDays:
    """Finds what keeps a lot from the first or the last days."""

    def __init__(self, facts: PlanningFacts, sets: SlotSets) -> None:
        self._facts, self._sets = facts, sets
        self._retirements = facts.retirements

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
            slots = self._sets.until(("before", not_before), lambda date: date < not_before)
            yield SlotObstacle("WP308", slots, "{of} not before {day}", {"of": name, "day": not_before.isoformat()})
        if not_after:
            slots = self._sets.on_dates(("after", not_after), lambda date: date > not_after)
            yield SlotObstacle("WP309", slots, "{of} not after {day}", {"of": name, "day": not_after.isoformat()})
        if pin:
            slots = self._sets.on_dates(("pin", pin), lambda date: date != pin)
            yield SlotObstacle("WP310", slots, "{of} pinned to {day}", {"of": name, "day": pin.isoformat()})

    def lead_time(self, lot: Lot) -> Iterator[SlotObstacle]:
        """WP333, WP334: preparation and gates on or after the programme's start."""
        facts, policy = self._facts, self._facts.policy(lot)
        days = policy.preparation_days
        slots = self._sets.until(("prepare", days), lambda date: date - dt.timedelta(days=days) < facts.start)
        yield SlotObstacle("WP334", slots, "preparation of {days} days from the programme's start", {"days": days})
        for gate in policy.gates:
            worked = gate.working_day or gate.working_days_before
            places = facts.calendar.one_of_each_place(lot.places) if worked else ()

            def too_early(date: dt.date, gate: Gate = gate, places: tuple[str, ...] = places) -> bool:
                return facts.calendar.gate_date(gate, date, places) < facts.start

            slots = self._sets.until(("gate", lot.stream, gate.id, places), too_early)
            yield SlotObstacle("WP333", slots, "gate {gate} before the programme's start", {"gate": gate.id})

    def ends(self, lot: Lot) -> Iterator[SlotObstacle]:
        """WP335, WP336, WP337, WP338, WP345: exits, contracts, the deadline, retirements, dates of tranches."""
        for code, template, name, day in self._last_days(lot):
            slots = self._sets.over(lot, day)
            yield SlotObstacle(code, slots, template, {"of": name, "day": day.isoformat()})
        limits: dict[object, Limit] = {}
        for item in lot.items:
            for limit in self._retirements.limits_of(item):
                said = (limit.code, limit.template, *limit.values.values())
                limits[said] = min(limit, limits.get(said, limit), key=lambda each: each.day)
        for limit in limits.values():
            yield SlotObstacle(limit.code, self._sets.over(lot, limit.day), limit.template, limit.values)

    def _last_days(self, lot: Lot) -> Iterator[tuple[str, str, str, dt.date]]:
        programme = self._facts.inventory.programme
        yield "WP337", "deadline {day}", programme.name, programme.deadline
        for contract in self._facts.inventory.contracts:
            if any(contract.match.matches(item) for item in lot.items):
                yield "WP336", "contract {of} ends {day}", contract.id, contract.ends
        for tranche in self._facts.tranches_of(lot):
            if tranche.finish_by is not None:
                yield "WP345", "tranche {of} over by {day}", tranche.id, tranche.finish_by

    def milestones(self, lot: Lot) -> Iterator[SlotObstacle]:
        """WP342: external milestones that its items, or their tranches, wait for."""
        awaited = self._facts.awaited_by(lot)
        for milestone in self._facts.inventory.external_milestones:
            if milestone.id in awaited:
                day = milestone.date
                slots = self._sets.until(("before", day), lambda date, day=day: date < day)  # type: ignore[misc]
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
                slots = self._sets.until(("before", day), lambda date, day=day: date < day)  # type: ignore[misc]
                yield SlotObstacle(code, slots, "knowledge transfer {of} takes its time first", {"of": scope.name})
