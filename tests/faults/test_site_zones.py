"""Windows in each site's own hours: what waits for a moment waits for it in its own hours."""

from __future__ import annotations

from pathlib import Path

import pytest

from waveplan.api import load
from waveplan.checking import check
from waveplan.planning import SolveOptions, solve

HERE = Path(__file__).parent / "site-zone-steps"
OPTIONS = SolveOptions(deterministic_limit=10.0, workers=1)


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("east", "2027-01-18"),  # Monday 7:00 in Auckland is Sunday 18:00 in UTC: before hypercare is over
        ("east2", "2027-01-18"),
        ("west", "2027-01-11"),  # Monday 0:00 in Los Angeles is 8:00 in UTC: after it
        ("west2", "2027-01-11"),
        ("west-tight", "2027-01-11"),
        ("west2-tight", "2027-01-11"),
    ],
)
def test_the_second_goes_in_the_first_window_that_starts_after_hypercare(name: str, date: str) -> None:
    inventory = load(str(HERE / f"{name}.yaml")).inventory
    assert inventory is not None
    outcome = solve(inventory, options=OPTIONS)
    assert outcome.plan is not None
    assert outcome.plan.waves[-1].date.isoformat() == date
    assert outcome.plan.solve.goals[0].status == "optimal"
    assert not check(outcome.plan, inventory).findings
