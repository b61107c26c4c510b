"""What a blackout's `except` leaves out may be planned into it; what it does not, may not."""

from __future__ import annotations

import pytest
from support.inventories import inventory_from

from waveplan import api
from waveplan.planning.options import SolveOptions
from waveplan.review import review

INVENTORY = """
programme: {start: 2026-01-05, deadline: 2026-01-20}
policy: {preparation_days: 0, gates: []}
sites: [{id: plant, target: host, blackouts: [{from: 2026-01-05, to: 2026-01-20, except: EXCEPT}]}, {id: host}]
servers: [{id: s1, site: plant}]
applications: [{id: mail, servers: [s1], domain: office, blackouts: [{from: 2026-01-05, to: 2026-01-12, except: OWN}]}]
"""


@pytest.mark.parametrize(
    ("excepted", "own", "wave"),
    [
        ("{domain: office}", "{domain: office}", "2026-01-10-weekend"),
        ("{domain: office}", "{domain: other}", "2026-01-17-weekend"),
        ("{domain: other}", "{domain: office}", None),
    ],
)
def test_the_planner_uses_what_is_left_open(excepted: str, own: str, wave: str | None) -> None:
    inventory = inventory_from(INVENTORY.replace("EXCEPT", excepted).replace("OWN", own))
    plan = api.solve_checked(inventory, options=SolveOptions(deterministic_limit=20)).plan
    assert (None if plan is None else next(each.id for each in plan.waves)) == wave


def test_a_selector_that_matches_nothing_is_told() -> None:
    inventory = inventory_from(INVENTORY.replace("EXCEPT", "{domain: ofice}").replace("OWN", "{domain: office}"))
    (found,) = [each for each in review(inventory) if each.path[-1:] == ("except",)]
    assert found.severity == "warning"
    assert found.path == ("sites", 0, "blackouts", 0, "except")
