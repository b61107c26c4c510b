"""Retired items: planner and checker work out the same day, through chains and circles of retired consumers."""

from __future__ import annotations

import datetime as dt

from support.plans import state_plan

from waveplan.domain.inventory import Inventory
from waveplan.planning import SolveOptions, solve


def retire_days(depends: dict[str, list[str]]) -> tuple[dict[str, dt.date], dict[str, dt.date]]:
    """Days of retirement as the planner and as the checker state them; `depends` maps consumer to providers."""
    applications = [
        {"id": name, "servers": [f"s-{name}"], "strategy": "rehost" if name.startswith("m") else "retire"}
        | {"depends_on": [{"app": provider, "coupling": "shared"} for provider in depends.get(name, [])]}
        for name in ("m1", "r1", "r2", "r3")
    ]
    inventory = Inventory.model_validate(
        {
            "waveplan": "1",
            "programme": {"name": "retire", "start": "2026-01-05", "deadline": "2026-03-31"},
            "sites": [{"id": "old", "target": "new"}, {"id": "new"}],
            "servers": [{"id": f"s-{name}", "site": "old"} for name in ("m1", "r1", "r2", "r3")],
            "applications": applications,
            "policy": {"preparation_days": 0, "gates": []},
        }
    )
    plan = solve(inventory, options=SolveOptions(deterministic_limit=5, workers=1)).plan
    assert plan is not None
    stated = state_plan(inventory, {"m1": plan.waves[0].id})
    both = [{m.subject: m.date for m in each.milestones if m.kind == "retire"} for each in (plan, stated)]
    return both[0], both[1]


TUESDAY = dt.date(2026, 1, 13)  # hypercare of the wave of Saturday 10 January ends on Tuesday at 02:00
DAY = dt.timedelta(days=1)


def test_each_retires_the_working_day_after_its_consumer() -> None:
    planner, checker = retire_days({"m1": ["r1"], "r1": ["r2"], "r2": ["r3"]})
    assert planner == checker == {"r1": TUESDAY + DAY, "r2": TUESDAY + 2 * DAY, "r3": TUESDAY + 3 * DAY}


def test_a_circle_of_retired_items_awaits_only_what_is_outside_it() -> None:
    planner, checker = retire_days({"r1": ["r2"], "r2": ["r1"], "m1": ["r2"]})
    assert planner == checker
    assert planner["r2"] == TUESDAY + DAY  # its consumer m1
    assert planner["r1"] == TUESDAY + DAY  # nothing outside the circle: after its site's
