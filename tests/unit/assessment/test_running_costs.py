"""What sites cost while the programme runs, against figures worked out by hand."""

from __future__ import annotations

from decimal import Decimal

from support.inventories import inventory_from
from support.plans import state_plan

from waveplan.assessment.figures import inventory_figures
from waveplan.domain.figures import Running

TEXT = """
    sites: [{id: old, target: new, COSTS}, {id: new, costs: {per_month: 730}}]
    links: [{between: [old, new], gbps: 1}]
    servers: [{id: s1, site: old, disk_gb: 1}, {id: s2, site: old, disk_gb: 1}]
    applications: [{id: crm, servers: [s1]}, {id: erp, servers: [s2]}]
"""


def running(costs: str) -> Running | None:
    """The running costs of a plan of two waves: 7 and 14 February, over on 17 February."""
    inventory = inventory_from(TEXT.replace("COSTS", costs))
    return inventory_figures(
        state_plan(inventory, {"crm": "2026-02-07-weekend", "erp": "2026-02-14-weekend"}), inventory
    ).running


def test_sources_to_their_exit_targets_from_their_first_arrival_and_both_at_once() -> None:
    # old: 5 January to 17 February, 44 days at 24 a day; new: 7 to 17 February, 11 days at 24 a day, old still there
    assert running("costs: {per_month: 730}") == Running(Decimal(1056), Decimal(264), Decimal(264))


def test_sites_without_monthly_costs_count_nothing() -> None:
    assert running("users: 1") == Running(Decimal(0), Decimal(264), Decimal(264))
