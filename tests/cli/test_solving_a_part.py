"""`solve --only SELECTOR --keep PLAN`: what is chosen is planned, all else stands as in that plan."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.command_line import Waveplan

from waveplan import api
from waveplan.export.plan_yaml import dump_plan
from waveplan.planning.options import SolveOptions

INVENTORY = """
waveplan: 1
programme: {name: Part, start: 2027-01-04, deadline: 2027-06-30}
policy: {preparation_days: 7, gates: [], wave_limits: {lots: 2}}
objective: {goals: [{goal: finish}]}
applications:
  - {id: a, domain: fin}
  - {id: b, domain: fin}
  - {id: c, domain: web, EDIT}
  - {id: d, domain: web}
  - {id: e, domain: hr, depends_on: [{app: d, coupling: hard}]}
"""
AS_IT_WAS, LATER = "not_before: 2027-01-05", "not_before: 2027-03-01"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("part")
    (folder / "before.yaml").write_text(INVENTORY.replace("EDIT", AS_IT_WAS), encoding="utf-8")
    (folder / "after.yaml").write_text(INVENTORY.replace("EDIT", LATER), encoding="utf-8")
    outcome = api.solve(
        api.validate(str(folder / "before.yaml")),
        options=SolveOptions(time_limit=None, deterministic_limit=5, workers=1, reproducible=True),
    )
    assert outcome.plan is not None
    (folder / "plan.yaml").write_text(dump_plan(outcome.plan), encoding="utf-8")
    return folder


def days(path: Path) -> dict[str, str]:
    plan = api.load_plan(str(path)).plan
    assert plan is not None
    wave_of = {lot: wave for wave in plan.waves for lot in wave.lots}
    return {item: wave_of[lot.id].date.isoformat() for lot in plan.lots for item in lot.items}


def solve(waveplan: Waveplan, folder: Path, *words: str, keep: str = "plan.yaml"):
    output = ("-o", str(folder / "new.yaml"), "--reproducible", "-q")
    return waveplan("solve", str(folder / "after.yaml"), "--keep", str(folder / keep), *words, *output)


@pytest.mark.parametrize("chosen", ["app=c", "app:c", "{app: c}", "[{app: [c]}]"])
def test_only_what_is_chosen_moves(waveplan: Waveplan, folder: Path, chosen: str) -> None:
    done = solve(waveplan, folder, "--only", chosen)
    assert done.code == 0, done.err
    before, after = days(folder / "plan.yaml"), days(folder / "new.yaml")
    assert {item for item in before if before[item] != after[item]} == {"c"}
    assert after["c"] >= "2027-03-01"
    assert waveplan("check", str(folder / "new.yaml"), str(folder / "after.yaml")).code == 0


def test_the_load_of_what_is_kept_counts(waveplan: Waveplan, folder: Path) -> None:
    """Two lots a wave, full by what is kept: the chosen one goes beside neither."""
    done = solve(waveplan, folder, "--only", "domain=fin", "--only", "app=a,c")
    assert done.code == 3, "c itself must move and is kept"
    assert "all else kept" in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--only", "app=d"), "splits lots"),
        (("--only", "app=nope"), "chooses nothing"),
        (("--only", "apps=a"), "nothing has an attribute 'apps'"),
        (("--only", "a"), "is no selector"),
        (("--only", "{app: ["), "is no selector"),
        ((), "goes with --keep"),
        (("--only", "app=c", "--allow-unplanned"), "does not go with"),
    ],
)
def test_what_cannot_be_chosen_is_told(waveplan: Waveplan, folder: Path, words: tuple[str, ...], said: str) -> None:
    done = solve(waveplan, folder, *words)
    assert (done.code, said in done.err) == (2, True), done.err


def test_what_the_plan_does_not_hold_must_be_chosen_too(waveplan: Waveplan, folder: Path) -> None:
    text = (folder / "after.yaml").read_text(encoding="utf-8") + "  - {id: new}\n"
    (folder / "more.yaml").write_text(text, encoding="utf-8")
    command = ("solve", str(folder / "more.yaml"), "--keep", str(folder / "plan.yaml"), "-q", "--reproducible")
    refused = waveplan(*command, "--only", "app=c")
    assert refused.code == 2
    assert "the plan has no wave for new-" in refused.err
    assert waveplan(*command, "--only", "app=c,new").code == 0
