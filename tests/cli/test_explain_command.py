"""`waveplan explain`: what is asked about, what is answered, and by which exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.command_line import ROOT, SMALL, Waveplan

EXIT = ROOT / "examples" / "datacentre-exit"
EXIT_PLAN = ROOT / "examples" / "datacentre-exit.plan.yaml"


def test_the_lot_the_wave_and_every_other_slot(waveplan: Waveplan, small_plan: Path) -> None:
    done = waveplan("explain", "plan.yaml", "small.yaml", "sso")
    assert (done.code, done.err) == (0, "")
    assert "sso is in the lot" in done.out and "server s2" in done.out
    assert "It cuts over in W0" in done.out
    assert "WP334" in done.out.partition("Why not earlier")[2]
    assert "WP312" in done.out.partition("Why not later")[2]  # erp waits for it
    assert "Nothing forbids it" in waveplan("explain", "plan.yaml", "small.yaml", "erp").out


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_larger_plan_in_both_languages(waveplan: Waveplan, language: str) -> None:
    done = waveplan("explain", EXIT_PLAN, EXIT, "erp", "--lang", language, "--width", "100")
    assert done.code == 0
    assert max(map(len, done.out.splitlines())) <= 100
    assert all(code in done.out for code in ("WP304", "WP305", "WP307", "WP318", "WP333"))
    assert ("documents-0305 7" in done.out) and (("held by" if language == "en" else "pris par") in done.out)


def test_data_for_programs(waveplan: Waveplan) -> None:
    data = json.loads(waveplan("explain", EXIT_PLAN, EXIT, "erp", "--json", "--lang", "fr").out)
    assert (data["waveplan_explanation"], data["wish"], data["slots_not_looked_at"]) == (1, None, 0)
    by_slot = {slot["slot"]: slot for slot in (*data["earlier"], *data["later"])}
    first = by_slot["2027-06-05-weekend"]["obstacles"][0]
    assert (first["code"], first["alone"]) == ("WP318", False)
    assert first["held_by"][0] == {"by": "2027-06-05-weekend", "lots": ["documents-0305"], "amount": 7}
    assert first["message"].endswith("servers 19 of 12")
    dates = [slot["date"] for slot in data["earlier"]]
    assert dates == sorted(dates, reverse=True)


def test_a_lot_may_be_named_too(waveplan: Waveplan, small_plan: Path) -> None:
    lot = json.loads(waveplan("explain", "plan.yaml", "small.yaml", "crm", "--json").out)["lot"]["id"]
    asked = json.loads(waveplan("explain", "plan.yaml", "small.yaml", lot, "--json").out)
    assert (asked["item"], asked["lot"]["id"]) == (lot, lot)


def test_names_that_are_none_or_several(waveplan: Waveplan, tmp_path: Path) -> None:
    desks = SMALL + "services: [{id: desk, sites: [old, new]}]\n"
    (tmp_path / "desks.yaml").write_text(desks, encoding="utf-8")
    made = waveplan("solve", "desks.yaml", "-o", "desks.plan.yaml", "--reproducible", "-q")
    assert made.code == 0, made.err
    several = waveplan("explain", "desks.plan.yaml", "desks.yaml", "desk")
    assert (several.code, several.out) == (2, "")
    assert "desk@new" in several.err and "desk@old" in several.err
    assert waveplan("explain", "desks.plan.yaml", "desks.yaml", "desk@old").code == 0
    unknown = waveplan("explain", "desks.plan.yaml", "desks.yaml", "desk@odl")
    assert (unknown.code, "desk@old" in unknown.err) == (2, True)


def test_an_item_that_the_plan_does_not_know(waveplan: Waveplan, small_plan: Path, small: Path) -> None:
    small.write_text(SMALL.replace("applications:\n", "applications:\n  - {id: late-comer}\n"), encoding="utf-8")
    done = waveplan("explain", "plan.yaml", "small.yaml", "late-comer")
    assert (done.code, done.out) == (2, "")
    assert "solve again" in done.err


def test_where_it_is_already(waveplan: Waveplan, small_plan: Path) -> None:
    data = json.loads(waveplan("explain", "plan.yaml", "small.yaml", "sso", "--json").out)
    done = waveplan("explain", "plan.yaml", "small.yaml", "sso", "--wave", data["wave"]["id"])
    assert (done.code, "That is where it is." in done.out) == (0, True)


def test_a_wish_that_others_make_room_for(waveplan: Waveplan, small_plan: Path) -> None:
    found = json.loads(waveplan("explain", "plan.yaml", "small.yaml", "erp", "--json").out)
    day = found["later"][-1]["date"]
    wish = json.loads(
        waveplan("explain", "plan.yaml", "small.yaml", "sso", "--date", day, "--json", "--reproducible").out
    )["wish"]
    assert wish["status"] in {"mended", "impossible"}
    earlier = json.loads(waveplan("explain", "plan.yaml", "small.yaml", "sso", "--json").out)["later"][0]["date"]
    done = waveplan("explain", "plan.yaml", "small.yaml", "sso", "--date", earlier, "--reproducible")
    assert done.code == 0
    assert "Moved lots" in done.out
    assert "erp" in done.out  # it waits for sso, and has to move along


def test_a_wish_that_cannot_be(waveplan: Waveplan, small_plan: Path) -> None:
    done = waveplan("explain", "plan.yaml", "small.yaml", "sso", "--date", "2026-01-10", "-q", "--reproducible")
    assert done.code == 3
    assert "It cannot be there, whatever else moves:" in done.out
    assert "WP334" in done.out
    data = json.loads(
        waveplan("explain", "plan.yaml", "small.yaml", "sso", "--date", "2026-01-10", "--json", "--reproducible").out
    )
    assert (data["wish"]["status"], data["earlier"], data["later"]) == ("impossible", [], [])
    kinds = {fact["kind"] for clash in data["wish"]["clashes"] for fact in clash["facts"]}
    assert kinds == {"start"}
    assert all(fact["file"] == "small.yaml" for clash in data["wish"]["clashes"] for fact in clash["facts"])
    assert "This fact alone forbids it:" in done.out


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        (("--date", "2026-01-11"), "2026-01-10"),
        (("--date", "11 January"), "2027-03-14"),
        (("--wave", "W99"), "W01"),
        (("--wave", "W01", "--date", "2026-01-10"), "not both"),
        (("--date", "2026-01-10", "--time-limit", "0"), "above 0"),
    ],
)
def test_wishes_that_name_nothing(waveplan: Waveplan, small_plan: Path, wish: tuple[str, ...], says: str) -> None:
    done = waveplan("explain", "plan.yaml", "small.yaml", "sso", *wish)
    assert (done.code, done.out) == (2, "")
    assert says in done.err


def test_a_plan_that_breaks_rules_is_explained_all_the_same(waveplan: Waveplan, small_plan: Path, small: Path) -> None:
    small.write_text(SMALL.replace("{id: erp,", "{id: erp, not_before: 2026-12-01,"), encoding="utf-8")
    done = waveplan("explain", "plan.yaml", "small.yaml", "sso")
    assert done.code == 0
    assert "waveplan check plan.yaml small.yaml" in done.err
    assert "WP308" not in done.out


def test_files_that_cannot_be_read(waveplan: Waveplan, small_plan: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("waveplan_plan: 1\nwaves: 3\n", encoding="utf-8")
    assert waveplan("explain", "broken.yaml", "small.yaml", "sso").code == 1
    assert waveplan("explain", "plan.yaml", "nowhere.yaml", "sso").code == 2
    assert waveplan("explain", "-", "-", "sso").code == 2


def test_a_wish_is_answered_alike_when_that_is_asked_for(waveplan: Waveplan, small_plan: Path) -> None:
    found = json.loads(waveplan("explain", "plan.yaml", "small.yaml", "erp", "--json").out)
    asked = ("explain", "plan.yaml", "small.yaml", "erp", "--date", found["later"][-1]["date"], "--json")
    one, other = (waveplan(*asked, "--reproducible", "--seed", "3", "--time-limit", "2") for _ in range(2))
    assert (one.code, one.out) == (other.code, other.out)
    assert json.loads(one.out)["wish"]["least_moves_proven"] >= 0
