"""Costs of people: the person-days of the plan at the day rates of teams."""

from __future__ import annotations

from decimal import Decimal

from support.inventories import inventory_from
from support.plans import state_plan

from waveplan.assessment.figures import inventory_figures
from waveplan.domain.figures import Money

TEXT = """
    programme: {currency: EUR}
    policy: {rehearsals: [{id: dry-run, days_before: 7, effort: {ops: 0.5}}]}
    teams: [{id: ops, person_days_per_week: 10, RATE}, {id: dba, person_days_per_week: 5}]
    applications: [{id: crm, effort: {ops: 3, dba: 2}}, {id: erp, effort: {ops: 1}}]
"""


def costs(rate: str) -> dict[str, Money]:
    """Costs of a plan by kind."""
    inventory = inventory_from(TEXT.replace("RATE", rate))
    plan = state_plan(inventory, {"crm": "2026-02-14-weekend", "erp": "2026-02-21-weekend"})
    return dict(inventory_figures(plan, inventory).costs)


def test_person_days_times_the_rate_rehearsals_included() -> None:
    assert costs("day_rate: 600") == {"people": Money(Decimal("3000.00"))}  # 3 + 1 days, and twice half a day


def test_without_a_rate_people_cost_nothing() -> None:
    assert costs("crew: 1") == {}
    assert costs("day_rate: 0") == {"people": Money()}
