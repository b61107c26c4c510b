"""WP357: what a rule lets into one week over all streams, as budgets of the week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from waveplan.change_calendar import iso_week
from waveplan.engine.problem import Budget
from waveplan.planning.building.pools import Pools
from waveplan.planning.building.shares import Sum, countings, limited, span_budgets
from waveplan.planning.facts.facts import PlanningFacts


def week_limits(facts: PlanningFacts, pools: Pools) -> Iterator[Budget]:
    """Budgets of each rule, value and week that could ever be felt."""
    weeks: dict[str, list[int]] = defaultdict(list)
    for place in facts.positions:
        weeks[iso_week(facts.slots[place.slot].date)].append(place.index)
    lots = list(enumerate(facts.lots))
    for rule in facts.inventory.rules:
        if rule.max_per_week is not None:
            for counting in countings(facts.lots, rule.match, rule.by):
                suffix = f" of rule {rule.id}" + (f" for {counting.value}" if counting.by else "")
                for each in limited(lots, counting, rule.max_per_week):
                    if isinstance(each, Sum):
                        spans = {f"in {week}": positions for week, positions in sorted(weeks.items())}
                        yield from span_budgets("WP357", each, each.name + suffix, pools, spans, "rules")
