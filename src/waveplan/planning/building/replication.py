"""WP349: replication before cutovers, as budgets of each pair of sites and ISO week."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from waveplan.change_calendar import iso_week
from waveplan.change_calendar.link_weeks import gigabytes_a_week
from waveplan.domain.plan_loads import LinkLoad, WeekLoad
from waveplan.domain.servers import Server
from waveplan.engine.problem.limits import Budget
from waveplan.lots.lot import SitePair, site_pair
from waveplan.planning.building.pools import Pools
from waveplan.planning.building.scaling import common_denominator, scaled
from waveplan.planning.facts.facts import PlanningFacts

CODE = "WP349"
Kind = tuple[SitePair, int, int]  # pair, stream, days of seeding
Term = tuple[int, int, Fraction]  # pool, position, GB of the week for each GB of the pool


def weekly_limits(facts: PlanningFacts) -> Mapping[SitePair, Fraction]:
    """GB that each pair of sites carries in the background a week, where it is said; parallel links add up."""
    found: dict[SitePair, Fraction] = defaultdict(Fraction)
    for link in facts.inventory.links:
        carried = gigabytes_a_week(link)
        if carried is not None:
            found[site_pair(*link.between)] += carried
    return dict(sorted(found.items()))


def replication(facts: PlanningFacts, pools: Pools) -> Iterator[Budget]:
    """One budget for each pair and week in which anything could be replicated."""
    limits = weekly_limits(facts)
    seeds, changes = _amounts(facts, limits)
    unit = common_denominator(each for kind in (seeds, changes) for found in kind.values() for each in found.values())
    weeks: dict[tuple[SitePair, dt.date], list[Term]] = defaultdict(list)
    for kinds, seeding in ((seeds, True), (changes, False)):
        for (pair, stream, days), found in sorted(kinds.items()):
            whole = {lot: scaled(amount, unit) for lot, amount in found.items()}
            if any(whole.values()):
                pool = pools.add(_name(pair), whole)
                for monday, position, share in _shares(facts, stream, days, seeding=seeding):
                    weeks[pair, monday].append((pool, position, share))
    for (pair, monday), terms in sorted(weeks.items()):
        limit = limits[pair]
        factor = common_denominator([limit * unit, *(share for _, _, share in terms)])
        whole_terms = tuple((pool, position, scaled(share, factor)) for pool, position, share in terms)
        name = f"{_name(pair)} in {iso_week(monday)}"
        yield Budget(CODE, name, whole_terms, scaled(limit * unit, factor), scale=factor * unit, section="links")


def link_loads(facts: PlanningFacts, assignment: Mapping[int, int]) -> dict[str, LinkLoad]:
    """What a plan states: GB replicated and carried by pair of sites and ISO week, to four places."""
    limits = weekly_limits(facts)
    seeds, changes = _amounts(facts, limits)
    used: dict[tuple[SitePair, dt.date], Fraction] = defaultdict(Fraction)
    for kinds, seeding in ((seeds, True), (changes, False)):
        for (pair, stream, days), found in kinds.items():
            at: dict[int, Decimal] = defaultdict(Decimal)
            for lot, amount in found.items():
                at[assignment.get(lot, -1)] += amount
            for monday, position, share in _shares(facts, stream, days, seeding=seeding):
                if at.get(position):
                    used[pair, monday] += Fraction(at[position]) * share
    loads: dict[str, LinkLoad] = {}
    for (pair, monday), gigabytes in sorted(used.items()):
        load = loads.setdefault(f"{pair[0]} {pair[1]}", LinkLoad())
        load.weeks[iso_week(monday)] = WeekLoad(used=_four(gigabytes), offered=_four(limits[pair]))
    return loads


def _four(value: Fraction) -> Decimal:
    return Decimal(round(value * 10_000)) / 10_000


def _name(pair: SitePair) -> str:
    return f"replication between {pair[0]} and {pair[1]}"


def _amounts(
    facts: PlanningFacts, limits: Mapping[SitePair, Fraction]
) -> tuple[dict[Kind, dict[int, Decimal]], dict[Kind, dict[int, Decimal]]]:
    """GB that lots seed, and GB a day that change on them afterwards, by how long they are seeded."""
    seeds: dict[Kind, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    changes: dict[Kind, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    given = _seed_days(facts)
    for index, lot in enumerate(facts.lots):
        stream = facts.stream_of(lot)
        gone: dict[tuple[SitePair, str], Decimal] = {}  # shared disks that another server has seeded
        for move in lot.moves:
            if not move.target or move.target == move.origin or move.server.method != "replicate":
                continue
            pair = site_pair(move.origin, move.target)
            if pair in limits:
                days = _seeding(move.server, given.get(pair), facts, stream)
                shared = (
                    {} if move.server.seed_gb is not None else {(pair, d.id): d.gb for d in move.server.shared_disks}
                )
                again = sum((gb for key, gb in shared.items() if key in gone), Decimal(0))
                gone |= shared
                seeds[pair, stream, days][index] += move.server.seed_gigabytes - again
                changes[pair, stream, days][index] += move.server.change_gb_per_day or Decimal(0)
    return seeds, changes


def _seed_days(facts: PlanningFacts) -> dict[SitePair, int]:
    found: dict[SitePair, int] = {}
    for link in facts.inventory.links:
        if link.seed_days is not None:
            found.setdefault(site_pair(*link.between), link.seed_days)
    return found


def _preparation(facts: PlanningFacts, stream: int) -> int:
    """Days of preparation; without any, all falls on the day before."""
    return max(1, facts.items.policies[facts.streams[stream]].preparation_days)


def _seeding(server: Server, of_link: int | None, facts: PlanningFacts, stream: int) -> int:
    days = _preparation(facts, stream)
    return min(days, server.seed_days or of_link or days)


def _shares(
    facts: PlanningFacts, stream: int, seeding_days: int, *, seeding: bool
) -> Iterator[tuple[dt.date, int, Fraction]]:
    """By week and position: which share of a seed falls there, or how many days of changes."""
    days = _preparation(facts, stream)
    counted = range(seeding_days) if seeding else range(seeding_days, days)
    for position in facts.positions:
        if position.stream == stream:
            first = facts.slots[position.slot].date - dt.timedelta(days=days)
            counts: dict[dt.date, int] = defaultdict(int)
            for number in counted:
                counts[facts.calendar.monday_of(first + dt.timedelta(days=number))] += 1
            for monday, count in counts.items():
                yield monday, position.index, Fraction(count, seeding_days if seeding else 1)
