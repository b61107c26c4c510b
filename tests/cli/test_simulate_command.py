"""`waveplan simulate`: what it prints, in both languages, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.command_line import Waveplan

INVENTORY = """waveplan: 1
programme: {name: p, start: 2026-01-05, deadline: 2026-06-30, language: en}
applications:
  - {id: a}
  - {id: b, depends_on: [{app: a, order: provider_first, min_gap_days: 7}]}
"""
RISKS = """waveplan: 1
risks:
  gates: [{match: {app: b}, probability: 0.3}]
"""


@pytest.fixture
def files(tmp_path: Path, waveplan: Waveplan) -> tuple[str, str, str]:
    """A plan, its inventory and a file of risks."""
    plan, inventory, risks = (tmp_path / name for name in ("plan.yaml", "inventory.yaml", "risks.yaml"))
    inventory.write_text(INVENTORY)
    risks.write_text(RISKS)
    done = waveplan("solve", str(inventory), "-o", str(plan), "--time-limit", "20", "-q")
    assert done.code == 0, done.err
    return str(plan), str(inventory), str(risks)


def test_it_says_chances_and_what_eats_them(files: tuple[str, str, str], waveplan: Waveplan) -> None:
    plan, inventory, risks = files

    done = waveplan("simulate", plan, inventory, "--risks", risks, "--runs", "320")

    assert done.code == 0, done.err
    for words in (
        "320 runs in 16 repeats",
        "P80",
        "70 %",
        "Over by",
        "no-go: app: b",
        "what to do",
        "one rehearsal more",
    ):
        assert words in done.out, words
    bars = [line.index("█") for line in done.out.splitlines() if " %  █" in line]
    assert len(bars) > 2
    assert len(set(bars)) == 1, "they begin in one column, whatever the length of the day's name"
    french = waveplan("simulate", plan, inventory, "--risks", risks, "--runs", "320", "--lang", "fr")
    assert "320 histoires en 16 tirages" in french.out
    assert "no-go" in french.out


def test_the_same_seed_gives_the_same_bytes_on_any_number_of_workers(
    files: tuple[str, str, str], waveplan: Waveplan
) -> None:
    plan, inventory, risks = files
    ask = ("simulate", plan, inventory, "--risks", risks, "--runs", "160", "--json")

    here = waveplan(*ask)

    assert waveplan(*ask, "--workers", "2").out == here.out
    found = json.loads(here.out)
    assert found["waveplan_simulation"] == 1
    assert found["runs"] == 160
    assert found["tornado"][0]["id"] == "app: b"
    assert json.loads(waveplan(*ask, "--seed", "5").out) != found


@pytest.mark.parametrize("more", [(), ("--dates-only", "--precision", "3"), ("--assume", "--sampling", "latin")])
def test_shares_put_together_are_the_whole_run(
    files: tuple[str, str, str], waveplan: Waveplan, tmp_path: Path, more: tuple[str, ...]
) -> None:
    plan, inventory, risks = files
    ask = ("simulate", plan, inventory, "--risks", risks, "--runs", "160", *more)
    shares = []
    for number in (1, 2, 3):
        shares.append(str(tmp_path / f"share-{number}.json"))
        done = waveplan(*ask, "--shard", f"{number}/3")
        assert done.code == 0, done.err
        Path(shares[-1]).write_text(done.out)

    assert waveplan("merge", *shares, "--json").out == waveplan(*ask, "--json").out
    assert waveplan("merge", *reversed(shares)).out == waveplan(*ask).out
    assert "is missing" in waveplan("merge", *shares[:2]).err


def test_shares_of_replanned_histories_are_the_whole_run(
    files: tuple[str, str, str], waveplan: Waveplan, tmp_path: Path
) -> None:
    plan, inventory, risks = files
    ask = ("simulate", plan, inventory, "--risks", risks, "--runs", "24", "--policy", "repair")
    shares = []
    for number in (1, 2):
        shares.append(str(tmp_path / f"share-{number}.json"))
        done = waveplan(*ask, "--shard", f"{number}/2")
        assert done.code == 0, done.err
        Path(shares[-1]).write_text(done.out)

    merged = waveplan("merge", *shares, "--json")

    assert merged.code == 0, merged.err
    assert json.loads(merged.out)["policy"] == "repair"
    assert merged.out == waveplan(*ask, "--json").out


def test_shares_of_other_simulations_are_refused(
    files: tuple[str, str, str], waveplan: Waveplan, tmp_path: Path
) -> None:
    plan, inventory, risks = files
    shares = []
    for number, seed in ((1, "0"), (2, "1")):
        shares.append(str(tmp_path / f"share-{number}.json"))
        ask = ("simulate", plan, inventory, "--risks", risks, "--runs", "20", "--dates-only", "--seed", seed)
        Path(shares[-1]).write_text(waveplan(*ask, "--shard", f"{number}/2").out)

    done = waveplan("merge", *shares)

    assert done.code == 2
    assert "is of other work" in done.err


def test_without_risks_everything_is_certain_and_with_assumed_ones_it_says_so(
    files: tuple[str, str, str], waveplan: Waveplan
) -> None:
    plan, inventory, _ = files

    assert "100 %" in waveplan("simulate", plan, inventory, "--runs", "32").out
    assumed = waveplan("simulate", plan, inventory, "--runs", "64", "--assume")
    assert "assumed rates" in assumed.out


def test_a_plan_that_is_not_valid_is_refused(files: tuple[str, str, str], waveplan: Waveplan) -> None:
    plan, inventory, _ = files
    Path(inventory).write_text(INVENTORY + "rules: [{id: late, not_before: 2026-05-01, match: {app: a}}]\n")

    done = waveplan("simulate", plan, inventory)

    assert done.code == 1
    assert "WP308" in done.err


def test_it_begins_where_the_programme_stands_and_learns(files: tuple[str, str, str], waveplan: Waveplan) -> None:
    plan, inventory, risks = files
    with_risk = RISKS.replace("match: {app: b}, ", "")
    Path(risks).write_text(with_risk)
    waves = json.loads(waveplan("simulate", plan, inventory, "--runs", "16", "--json").out)["waves"]
    day = waves[0]["planned"]
    actuals = Path(plan).parent / "actuals.yaml"
    actuals.write_text(
        "waveplan_actuals: 1\n"
        f"gates: [{{wave: {waves[0]['id']}, gate: go-no-go, date: {day}, decision: go}}]\n"
        f"cutovers: [{{wave: {waves[0]['id']}, date: {day}, result: done}}]\n"
    )

    done = waveplan(
        "simulate", plan, inventory, "--risks", risks, "--actuals", str(actuals), "--as-of", day, "--runs", "160"
    )

    assert done.code == 0, done.err
    assert "no-gos, entry 1: 0.300 before, worth 20 tries; 0 of 1 so far; 0.286 now" in done.out
    french = waveplan(
        *("simulate", plan, inventory, "--risks", risks, "--actuals", str(actuals), "--as-of", day),
        *("--runs", "16", "--dates-only", "--lang", "fr"),
    )
    told = " ".join(french.out.split())
    assert "no-go, entrée 1 : 0,300 avant".replace(" ", " ") in told
    assert all(not line.lstrip().startswith((":", ";")) for line in french.out.splitlines()), "signs stay with words"

    late = waves[1]["planned"][:8] + "28"  # the second wave is over, and nobody has said how
    stopped = waveplan("simulate", plan, inventory, "--actuals", str(actuals), "--as-of", late, "--runs", "16")
    assert (stopped.code, stopped.out) == (1, "")
    assert "error WP404" in stopped.err, "what stands in the way is no warning"


def test_a_day_without_actuals_is_no_way_to_begin_later(files: tuple[str, str, str], waveplan: Waveplan) -> None:
    plan, inventory, _ = files
    done = waveplan("simulate", plan, inventory, "--as-of", "2026-03-01", "--runs", "16")
    assert (done.code, done.out) == (2, "")
    assert "--actuals" in done.err


def test_an_unknown_last_date_is_refused_with_those_there_are(files: tuple[str, str, str], waveplan: Waveplan) -> None:
    _, inventory, risks = files
    ask = ("solve", inventory, "--time-limit", "10", "-q", "--confidence", "80", "--risks", risks)
    done = waveplan(*ask, "--confidence-date", "nothing")
    assert done.code == 2
    assert "nothing is no last date of this programme; there are: finish" in done.err


def test_a_plan_is_made_surer_and_both_figures_are_told(tmp_path: Path, waveplan: Waveplan) -> None:
    inventory, plan = tmp_path / "inventory.yaml", tmp_path / "plan.yaml"
    inventory.write_text(
        """waveplan: 1
programme: {name: p, start: 2026-01-05, deadline: 2026-03-09}
policy: {preparation_days: 7}
objective: {goals: [{goal: waves}]}
applications: [{id: a, not_before: 2026-02-28}, {id: b}]
risks: {gates: [{match: {app: b}, probability: 0.4}]}
"""
    )
    ask = ("solve", str(inventory), "-o", str(plan), "--time-limit", "10", "-q", "--confidence-tries", "60")

    done = waveplan(*ask, "--confidence", "90")

    assert done.code == 0, done.err
    assert "Last dates kept:" in done.err
    assert "with fresh numbers" in done.err
    assert "No plan was found" not in done.err
    assert waveplan("check", str(plan), str(inventory)).code == 0
    assert waveplan("solve", str(inventory), "--risks", "x.yaml").code == 2
