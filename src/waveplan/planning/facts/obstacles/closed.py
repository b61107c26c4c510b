"""Times that are closed to a lot: windows that it may not use, freezes, blackouts, public holidays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from waveplan.change_calendar.wording import period_words
from waveplan.domain.calendar_rules import CalendarRules, Freeze, Window
from waveplan.domain.items import Item
from waveplan.domain.periods import Period, shown_end
from waveplan.lots.lot import Lot
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.facts.obstacles.obstacle import SlotObstacle
from waveplan.planning.facts.obstacles.slot_sets import SlotSets


class ClosedTimes:
    """Finds when a lot is kept out by the calendar."""

    def __init__(self, facts: PlanningFacts, sets: SlotSets) -> None:
        self._facts, self._sets = facts, sets
        self._avoiding = _avoiding_holidays(facts.inventory.calendar)

    def windows(self, lot: Lot) -> Iterator[SlotObstacle]:
        """WP304: windows that some item of the lot may not use."""
        for window in self._facts.inventory.calendar.windows:
            barred = next((item for item in lot.items if not self._may_use(item, window)), None)
            if barred is not None:
                slots = self._sets.blocked(("window", window.id), lambda slot, name=window.id: slot.window == name)  # type: ignore[misc]
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
            slots = self._sets.touching(("freeze", index), self._facts.calendar.closures(freeze), lot)
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
                slots = self._sets.touching(("blackout", item.id, index), calendar.closures(period), lot)
                yield SlotObstacle("WP306", slots, *_period_words(plain, recurrent, period, item.id))
        for name in lot.places:
            site = self._facts.items.sites[name]
            touching = [item for item in lot.items if name in item.places]
            for index, period in enumerate(site.blackouts):
                if all(period.spares(item) for item in touching):
                    continue
                closures = calendar.closures(period, (site.country, site.subdivision))
                slots = self._sets.touching(("site blackout", name, index), closures, lot)
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

        def made() -> frozenset[int]:
            firsts = [days.first for days in self._facts.calendar.tables.of(zone).own_days]
            off = {day for day in {*firsts} if self._facts.calendar.holiday(site, day) is not None}
            found = (index for index, day in enumerate(firsts) if day in off)
            return frozenset(index for index in found if self._facts.slots[index].window in self._avoiding)

        return self._sets.once(("holiday", site, zone), made)


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
