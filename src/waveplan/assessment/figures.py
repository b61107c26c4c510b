"""The figures of one plan, from its file alone and together with its inventory."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from decimal import Decimal

from waveplan.assessment.costs import costs_of
from waveplan.assessment.double_running import running_costs
from waveplan.assessment.outage import outage_hours
from waveplan.assessment.placement import PlacedPlan
from waveplan.assessment.traffic import Traffic
from waveplan.domain.figures import NO_ORGANISATION, DateKept, InventoryFigures, PlanFigures
from waveplan.domain.gaps import gap_in
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan


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
