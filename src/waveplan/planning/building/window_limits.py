"""WP352, WP357: what one occurrence of a window, or one week, takes over all streams, as budgets and unions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from waveplan.change_calendar import iso_week
from waveplan.domain.calendar_rules import Window
from waveplan.engine.problem.limits import Budget, SlotUnion
from waveplan.planning.building.naming import spoken
from waveplan.planning.building.pools import Pools
from waveplan.planning.building.shares import Holding, SharedUnion, Sum, limited, span_budgets
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.facts.obstacles import SlotObstacle

CODE = "WP352"


class WindowLimits:
    """Limits of windows that could ever be felt."""

    def __init__(self, facts: PlanningFacts, pools: Pools) -> None:
        self._facts = facts
        self._pools = pools
        self._holding = Holding(facts.items, list(enumerate(facts.lots)))
        self.budgets: list[Budget] = []
        self.unions: list[SlotUnion] = []
        for window in facts.inventory.calendar.windows:
            if window.limits.given and self._slots.get(window.id):
                self._add(window)

    @cached_property
    def _slots(self) -> dict[str, dict[int, list[int]]]:
        """By window: the positions of each of its slots, over all streams."""
        found: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for place in self._facts.positions:
            found[self._facts.slots[place.slot].window][place.slot].append(place.index)
        return found

    def alone(self) -> Iterator[tuple[int, SlotObstacle]]:
        """Lots that alone touch more than a window may, with the slots that they are kept out of."""
        for union in self.unions:
            slots = frozenset(self._facts.positions[positions[0]].slot for positions in union.slots)
            for lot, elements in union.elements.items():
                needed = sum(union.weights[element] for element in elements)
                if needed > union.limit:
                    values = {"name": spoken(union.name), "needed": needed, "most": union.limit}
                    yield lot, SlotObstacle(CODE, slots, "{name}: {needed} needed, at most {most} there", values)

    def _add(self, window: Window) -> None:
        for counting, lots in self._holding.countings(None, window.by):
            suffix = f" in window {window.id}" + (f" for {counting.value}" if counting.by else "")
            for each in limited(lots, counting, window.limits):
                if isinstance(each, Sum):
                    self.budgets += span_budgets(
                        CODE, each, each.name + suffix, self._pools, self._days(window), "calendar"
                    )
                else:
                    self.unions += self._union(each, window, each.name + suffix)

    def _days(self, window: Window) -> dict[str, list[int]]:
        slots = self._facts.slots
        return {f"on {slots[slot].date}": positions for slot, positions in sorted(self._slots[window.id].items())}

    def _union(self, each: SharedUnion, window: Window, name: str) -> Iterator[SlotUnion]:
        sites = sorted({site for touched in each.touched.values() for site in touched})
        known = self._facts.items.sites
        weights = tuple(known[site].total_users if each.weighs_users else 1 for site in sites)
        if sum(weights) > each.most:
            number = {site: index for index, site in enumerate(sites)}
            elements = {lot: tuple(sorted(number[s] for s in own)) for lot, own in each.touched.items() if own}
            slots = tuple(tuple(positions) for _, positions in sorted(self._slots[window.id].items()))
            yield SlotUnion(CODE, name, slots, elements, weights, each.most)


def week_limits(facts: PlanningFacts, pools: Pools) -> Iterator[Budget]:
    """Budgets of each rule, value and week that could ever be felt."""
    weeks: dict[str, list[int]] = defaultdict(list)
    for place in facts.positions:
        weeks[iso_week(facts.slots[place.slot].date)].append(place.index)
    holding = Holding(facts.items, list(enumerate(facts.lots)))
    for rule in facts.inventory.rules:
        if rule.max_per_week is not None:
            for counting, lots in holding.countings(rule.match, rule.by):
                suffix = f" of rule {rule.id}" + (f" for {counting.value}" if counting.by else "")
                for each in limited(lots, counting, rule.max_per_week):
                    if isinstance(each, Sum):
                        spans = {f"in {week}": positions for week, positions in sorted(weeks.items())}
                        yield from span_budgets("WP357", each, each.name + suffix, pools, spans, "rules")
