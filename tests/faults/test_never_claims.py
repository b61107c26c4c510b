"""What validation once called impossible, and a plan keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from waveplan.api import load
from waveplan.checking import check
from waveplan.domain.findings import has_errors
from waveplan.planning import SolveOptions, solve
from waveplan.review import review

HERE = Path(__file__).parent / "never-claims"
OPTIONS = SolveOptions(deterministic_limit=10.0, workers=1)


@pytest.mark.parametrize("path", sorted(HERE.glob("*.yaml")), ids=lambda path: path.stem)
def test_it_has_a_plan_and_no_error(path: Path) -> None:
    inventory = load(str(path)).inventory
    assert inventory is not None
    assert not has_errors(review(inventory))
    outcome = solve(inventory, options=OPTIONS)
    assert outcome.plan is not None
    assert not check(outcome.plan, inventory).findings
