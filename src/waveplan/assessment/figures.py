"""The figures of one plan, from its file alone and together with its inventory."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from waveplan.assessment.costs import costs_of
from waveplan.assessment.outage import outage_hours
from waveplan.assessment.placement import PlacedPlan
from waveplan.assessment.traffic import Traffic
from waveplan.domain.figures import NO_ORGANISATION, DateKept, InventoryFigures, PlanFigures, Running
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.domain.sites import Site
from waveplan.domain.solve_record import gap_in


def plan_figures(plan: Plan) -> PlanFigures:
    """What a plan file says of itself."""
    by_team = {team: _used(plan, team) for team in sorted(plan.teams)}
    streams = Counter(wave.stream for wave in plan.waves)
    return PlanFigures(
        first_cutover=min((wave.date for wave in plan.waves), default=None),
        last_cutover=max((wave.date for wave in plan.waves), default=None),
        last_hypercare=max((wave.hypercare_last_day for wave in plan.waves), default=None),
        finish=plan.metrics.finish,
        waves=plan.metrics.waves,
        waves_by_stream=dict(sorted(streams.items())),
        lots=len(plan.lots),
        servers=len({server for lot in plan.lots for server in lot.servers}),
        coexistence=plan.metrics.coexistence,
        peak_load=plan.metrics.peak_load,
        criticality_risk=plan.metrics.criticality_risk,
        person_days_by_team=by_team,
        person_days_by_organisation=_by_organisation(plan, by_team),
        hard_dates=tuple(DateKept(each.id, each.date, each.reached) for each in plan.calendar.hard_dates),
        gaps={record.goal: gap_in(record) for record in plan.solve.goals},
    )


def _used(plan: Plan, team: str) -> Decimal:
    return sum((week.used for week in plan.teams[team].weeks.values()), Decimal(0))


def _by_organisation(plan: Plan, by_team: Mapping[str, Decimal]) -> dict[str, Decimal]:
    total: dict[str, Decimal] = defaultdict(Decimal)
    for team, days in by_team.items():
        total[plan.teams[team].organisation or NO_ORGANISATION] += days
    return dict(sorted(total.items()))


def inventory_figures(plan: Plan, inventory: Inventory) -> InventoryFigures:
    """What a plan means for the inventory that it was made from."""
    placement = PlacedPlan(plan, inventory)
    traffic = Traffic(placement)
    return InventoryFigures(
        outage_hours=outage_hours(placement, traffic),
        links=traffic.used(),
        costs=costs_of(placement),
        currency=inventory.programme.currency,
        running=running_costs(placement, plan),
    )


_MONTHS_A_DAY = Fraction(12, 365)


def running_costs(placement: PlacedPlan, plan: Plan) -> Running | None:
    """Costs of sources, of targets, and what of the latter runs double; None where no site costs each month.

    A month is a twelfth of 365 days; first and last day count. A source without an exit runs to the last hypercare day
    of the plan, as targets do. A site that things both leave and reach is a source.
    """
    sites = {site.id: site for site in placement.inventory.sites if site.costs and site.costs.per_month}
    last = max((wave.hypercare_last_day for wave in plan.waves), default=None)
    if not sites or last is None:
        return None
    moves = [(move, lot.wave.date) for lot in placement.lots for move in lot.moves if move.target is not None]
    ends = {each.subject: each.date for each in plan.milestones if each.kind == "site_exit"}
    left = {move.origin: ends.get(move.origin, last) for move, _ in moves}
    reached: dict[str, dt.date] = {}
    for move, day in moves:
        target = str(move.target)
        if target not in left:
            reached[target] = min(reached.get(target, day), day)
    until = max(left.values(), default=plan.programme.start)
    return Running(
        sources=_sum(sites, {site: (plan.programme.start, end) for site, end in left.items()}),
        targets=_sum(sites, {site: (day, max(day, last)) for site, day in reached.items()}),
        double=_sum(sites, {site: (day, min(max(day, last), until)) for site, day in reached.items()}),
    )


def _sum(sites: Mapping[str, Site], spans: Mapping[str, tuple[dt.date, dt.date]]) -> Decimal:
    total = Fraction(0)
    for name, (first, last) in spans.items():
        costs = sites[name].costs if name in sites else None
        if costs is not None and first <= last:
            total += Fraction(costs.per_month) * ((last - first).days + 1) * _MONTHS_A_DAY
    return Decimal(round(total * 100)) / 100
