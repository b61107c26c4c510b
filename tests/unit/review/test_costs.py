"""Costs are read and change nothing yet: one finding says so, at the first of them."""

from __future__ import annotations

from waveplan.domain.inventory import Inventory
from waveplan.review import review


def inventory(costs: bool) -> Inventory:
    more = {"costs": {"once": "5", "per_month": "1"}} if costs else {}
    return Inventory.model_validate(
        {
            "waveplan": "1",
            "programme": {"name": "costs", "start": "2026-01-05", "deadline": "2026-03-31"},
            "sites": [{"id": "old", "target": "new"}, {"id": "new", **more}],
            "servers": [{"id": "s", "site": "old", **more}],
            "applications": [{"id": "a", "servers": ["s"]}],
        }
    )


def test_costs_are_said_to_have_no_effect_yet() -> None:
    found = [each for each in review(inventory(costs=True)) if each.code == "WP131"]
    assert [(each.path, each.severity) for each in found] == [(("sites", 1, "costs"), "warning")]
    assert "costs (2 given)" in found[0].message
    assert not [each for each in review(inventory(costs=False)) if each.code == "WP131"]
