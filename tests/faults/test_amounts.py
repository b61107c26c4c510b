"""Amounts that the format allows end in a plan, however long their sums: values by hand stand beside each input."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from waveplan.api import load, load_plan
from waveplan.checking import check
from waveplan.export.plan_yaml import dump_plan
from waveplan.planning import SolveOptions, solve

HERE = Path(__file__).parent / "amounts"
OPTIONS = SolveOptions(deterministic_limit=20.0, workers=1)
VALUES = {  # by input: finish in days, coexistence, what all lots transfer in GB
    "person-days": ("78", "0", "0"),
    "one-lot": ("64", "0", "0"),
    "all-at-once": ("71", "7000000000", "1000000000"),
    "weights": ("43", "7000000000.000007", "0"),  # the light tie and a heavy one are cut, seven days each
    "transfer": ("50", "0", "11999999999.999988"),
}


@pytest.mark.parametrize("name", sorted(VALUES))
def test_it_is_planned_and_checked(name: str, tmp_path: Path) -> None:
    inventory = load(str(HERE / f"{name}.yaml")).inventory
    assert inventory is not None
    outcome = solve(inventory, options=OPTIONS)
    assert outcome.plan is not None
    assert not check(outcome.plan, inventory).findings
    written = tmp_path / "plan.yaml"
    written.write_text(dump_plan(outcome.plan), encoding="utf-8")
    assert load_plan(str(written)).plan == outcome.plan  # sums may be more than what may be given
    finish, coexistence, transfer = (Decimal(value) for value in VALUES[name])
    metrics = outcome.plan.metrics
    assert (metrics.finish, sum(wave.totals.transfer_gb for wave in outcome.plan.waves)) == (finish, transfer)
    assert metrics.coexistence == coexistence
    assert all(goal.status == "optimal" for goal in outcome.plan.solve.goals)
