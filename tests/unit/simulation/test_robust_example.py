"""The data-centre exit with its file of risks: a plan is found that keeps its last dates four times in five."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from support.command_line import ROOT

from waveplan.checking import check
from waveplan.usecases.check import load_plan
from waveplan.usecases.robust import make_robust
from waveplan.usecases.validate import load

EXAMPLE = ROOT / "examples" / "datacentre-exit"


@pytest.mark.slow
def test_the_chance_of_the_example_is_moved_above_four_in_five() -> None:
    inventory = load(str(EXAMPLE), also=(f"{EXAMPLE}.risks.yaml",)).inventory
    plan = load_plan(f"{EXAMPLE}.plan.yaml").plan
    assert inventory is not None
    assert plan is not None

    found = make_robust(inventory, plan, target=0.8, most=100, workers=2)

    assert found is not None
    assert found.before < 0.6
    assert found.fresh.value >= 0.8
    assert found.in_the_way is None
    assert not check(found.plan, inventory).findings


@pytest.mark.slow
def test_bytes_hang_neither_on_the_hash_seed_nor_on_workers() -> None:
    script = (
        "import sys; sys.path[:0] = sys.argv[2:]\n"
        "from support.simulations import planned\n"
        "from unit.simulation.test_robust_plans import CROWDED\n"
        "from waveplan.export.plan_yaml import dump_plan\n"
        "from waveplan.usecases.robust import make_robust\n"
        "found = make_robust(*planned(CROWDED), target=0.99, most=60, workers=int(sys.argv[1]))\n"
        "print(dump_plan(found.plan), found.fitted, found.fresh, found.tried)\n"
    )
    outs = [
        subprocess.run(
            [sys.executable, "-c", script, workers, str(ROOT / "tests")],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, workers in (("1", "1"), ("4242", "2"))
    ]
    assert outs[0]
    assert outs[0] == outs[1]
