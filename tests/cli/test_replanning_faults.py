"""Changed inventories of programmes that run: what is done stays done, and the rest is planned."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from support.command_line import Waveplan

FAULTS = Path(__file__).parents[1] / "faults"
FIRST = "2027-01-16-weekend"
CASES = [
    ("replan-done-lots-again", "after", "2027-01-19", {"c": "2027-01-23-weekend", "d": "2027-01-23-weekend"}, "WP303"),
    ("replan-false-infeasible", "after", "2027-01-19", None, "WP318"),
    ("replan-internal-error", "after", "2027-01-25", None, "WP324"),
    ("replan-internal-error", "after2", "2027-01-25", None, None),
]


@pytest.mark.parametrize(("folder", "after", "as_of", "placed", "told"), CASES)
def test_what_is_done_stays_and_what_is_free_is_planned(
    waveplan: Waveplan, tmp_path: Path, folder: str, after: str, as_of: str, placed: dict[str, str] | None, told: str
) -> None:
    case = FAULTS / folder
    beside = ("--actuals", str(case / "actuals.yaml"), "--as-of", as_of)
    files = (str(case / "plan.yaml"), str(case / f"{after}.yaml"))
    limits = ("--locked-days", "0", "--time-limit", "3", "--reproducible")
    assert waveplan("replan", *files, *beside, *limits, "-o", "new.yaml").code == 0
    new = yaml.load((tmp_path / "new.yaml").read_text(encoding="utf-8"), yaml.CBaseLoader)
    items = {lot["id"]: lot["items"] for lot in new["lots"]}
    now = {item: wave["id"] for wave in new["waves"] for lot in wave["lots"] for item in items[lot]}
    assert now["a"] == now["b"] == FIRST
    assert FIRST not in (now["c"], now["d"])
    assert placed is None or {item: now[item] for item in placed} == placed
    checked = waveplan("check", "new.yaml", files[1], *beside)
    assert checked.code == 0, checked.out
    assert told is None or told in checked.out
