"""How many slots `explain` looks at: by what a look costs, which is by items and not by lots."""

from __future__ import annotations

import pytest
from support.inventories import inventory_from

from waveplan.domain.inventory import Inventory
from waveplan.planning import SolveOptions, solve
from waveplan.usecases.explain import explain, reasons

ITEMS = 6


def programme(coupling: str) -> Inventory:
    """Six applications, tied to one lot or free."""
    others = [{"id": f"a{number}", "depends_on": [{"app": "a0", "coupling": coupling}]} for number in range(1, ITEMS)]
    calendar = {"windows": [{"id": "night", "days": ["sat"], "from": "20:00", "hours": "8"}]}
    return inventory_from(applications=[{"id": "a0"}, *others], calendar=calendar)


@pytest.mark.parametrize("coupling", ["soft", "hard"])
def test_slots_looked_at_follow_from_the_items(monkeypatch: pytest.MonkeyPatch, coupling: str) -> None:
    monkeypatch.setattr(reasons, "_FEWEST", 1)
    monkeypatch.setattr(reasons, "_MOST_WORK", 5 * ITEMS)
    inventory = programme(coupling)
    plan = solve(inventory, options=SolveOptions(deterministic_limit=1.0, workers=1)).plan
    assert plan is not None
    found = explain(plan, inventory, "a0")
    assert len(found.earlier) + len(found.later) == 5
    assert found.unseen > 0
