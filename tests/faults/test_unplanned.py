"""As much as possible where a lot opens the way for a more critical one."""

from __future__ import annotations

from pathlib import Path

from waveplan import api
from waveplan.planning import SolveOptions

INVENTORY = Path(__file__).parent / "unplanned" / "earliest-wave.yaml"


def test_only_what_fits_no_window_is_left_out() -> None:
    options = SolveOptions(deterministic_limit=10.0, workers=1)
    plan = api.solve(api.validate(str(INVENTORY)), options=options, allow_unplanned=True).plan
    assert plan is not None
    items = {lot.id: lot.items for lot in plan.lots}
    assert [[items[lot] for lot in wave.lots] for wave in plan.waves] == [[["b"]], [["a"]]]
    assert [items[each.lot] for each in plan.unplanned] == [["c"]]
    assert "40 h of work" in plan.unplanned[0].reason
