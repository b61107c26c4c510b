"""All facts of an inventory, those first that are named first when several sets of them clash."""

from __future__ import annotations

import math
from fractions import Fraction

from waveplan.domain.inventory import Inventory
from waveplan.lots.lot import SitePair
from waveplan.planning.diagnosis.fact import Fact
from waveplan.planning.diagnosis.families import dates, limits, people, periods, places, ties
from waveplan.planning.facts.facts import PlanningFacts


def facts_of(inventory: Inventory) -> list[Fact]:
    """Every fact, family by family, each family in the order of the inventory."""
    view = PlanningFacts(inventory)
    return [
        *dates.hard_dates(inventory),
        *dates.own_dates(inventory, [slot.date for slot in view.slots]),
        *dates.promised_dates(inventory),
        *dates.awaited(inventory),
        *periods.closed_periods(inventory),
        *limits.limits(inventory),
        *limits.cadence(inventory),
        *people.teams(inventory),
        *people.knowledge(inventory),
        *people.adoption(inventory),
        *places.capacities(inventory),
        *places.links(inventory),
        *places.replication(inventory),
        *places.downtimes(inventory),
        *places.residency(inventory, _countries(view)),
        *ties.orders(inventory),
        *ties.aparts(inventory),
        *limits.pilots(inventory),
        *limits.separations(inventory),
        *ties.hard_ties(inventory),
        *periods.windows(inventory, _longest_work(view)),
        *periods.allowed_windows(inventory),
    ]


def _countries(view: PlanningFacts) -> dict[str, tuple[str, ...]]:
    """By application: the countries in which its data would stand."""
    found: dict[str, set[str]] = {}
    for item in view.items.planned:
        places = item.source_sites if item.strategy == "takeover" else item.target_sites
        known = (view.items.sites[site].country for site in places if site in view.items.sites)
        found.setdefault(item.entry.id, set()).update(country for country in known if country)
    return {name: tuple(sorted(countries)) for name, countries in found.items()}


def _longest_work(view: PlanningFacts) -> int:
    """Hours of the longest work of one lot, rounded up."""
    longest = Fraction(0)
    for lot in view.lots:
        hours = [
            _longest_transfer(view, pair, Fraction(gigabytes))
            for pair, gigabytes in lot.transfers.items()
            if pair in view.links.pairs
        ]
        work = lot.cutover_hours + lot.test_hours + lot.rollback_hours
        longest = max(longest, max([Fraction(lot.transport_hours), *hours]) + Fraction(work))
    return math.ceil(longest)


def _longest_transfer(view: PlanningFacts, pair: SitePair, gigabytes: Fraction) -> Fraction:
    """Hours that so many GB take, from the start from which they take longest."""
    steady = view.links.steady.get(pair)
    if steady is not None:
        return gigabytes / steady
    starts = {slot.begins for slot in view.slots}
    return max((view.links.hours(pair, start, gigabytes) for start in starts), default=Fraction(0))
