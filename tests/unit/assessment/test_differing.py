"""What moved between two plans: every kind of change is found, told once, and nothing else is."""

from __future__ import annotations

import copy
import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from golden.sample import sample_data

from waveplan.assessment.differing import plan_difference
from waveplan.domain.differences import PlanDifference
from waveplan.domain.plan import Plan


def difference(**sections: Any) -> PlanDifference:
    """From the sample plan to the same with some sections replaced."""
    before = sample_data()
    return plan_difference(Plan.model_validate(before), Plan.model_validate(copy.deepcopy(before) | sections))


def wave(data: dict[str, Any], name: str) -> dict[str, Any]:
    return next(each for each in data["waves"] if each["id"] == name)


def test_a_plan_does_not_differ_from_itself() -> None:
    found = difference()
    assert found.same
    assert all(goal.before == goal.after for goal in found.goals)


def test_how_a_plan_was_found_does_not_count() -> None:
    data = sample_data()
    data["solve"]["seed"] = 7
    assert difference(solve=data["solve"], inventory=[]).same


def test_a_lot_that_goes_to_another_wave() -> None:
    data = sample_data()
    one, other = data["waves"][0], data["waves"][1]
    lot = one["lots"].pop()
    other["lots"].append(lot)
    found = difference(waves=data["waves"])
    (move,) = found.moved
    assert (move.lot, move.before and move.before.id, move.after and move.after.id) == (lot, one["id"], other["id"])
    assert move.days == (other["date"] - one["date"]).days
    assert [(each.kind, each.came, each.left) for each in found.waves] == [
        ("changed", (), (lot,)),
        ("changed", (lot,), ()),
    ]
    assert not found.new and not found.gone and not found.regrouped


def test_a_lot_under_another_name_is_the_same_lot() -> None:
    data = sample_data()
    old = data["waves"][0]["lots"][0]
    data["waves"][0]["lots"][0] = "another-name"
    next(lot for lot in data["lots"] if lot["id"] == old)["id"] = "another-name"
    found = difference(waves=data["waves"], lots=data["lots"])
    assert found.same


def test_items_that_come_and_go_and_lots_that_join() -> None:
    data = sample_data()
    lots = {lot["id"]: lot for lot in data["lots"]}
    one, other = (each["lots"][0] for each in data["waves"][:2])
    *taken, dropped = [*lots[other]["items"], "old"]
    lots[other]["items"] = [*taken, dropped]
    before = copy.deepcopy(data)
    lots[one]["items"] += [*taken, "brand-new"]
    data["lots"].remove(lots[other])
    data["waves"][1]["lots"].remove(other)
    found = plan_difference(Plan.model_validate(before), Plan.model_validate(data))
    (group,) = found.regrouped
    assert [lot.lot for lot in group.before] == sorted([one, other])
    assert [lot.lot for lot in group.after] == [one]
    assert (group.came, group.left) == (("brand-new",), (dropped,))
    assert not found.new and not found.gone and not found.moved


def test_lots_that_share_nothing_with_the_others_are_new_or_gone() -> None:
    data = sample_data()
    gone = data["waves"][0]["lots"][0]
    data["lots"] = [lot for lot in data["lots"] if lot["id"] != gone]
    data["lots"].append({"id": "fresh-0000", "items": ["fresh"]})
    data["waves"][0]["lots"][0] = "fresh-0000"
    found = difference(lots=data["lots"], waves=data["waves"])
    assert [(each.lot, each.items) for each in found.new] == [("fresh-0000", ("fresh",))]
    assert [each.lot for each in found.gone] == [gone]


def test_a_wave_that_moves_with_all_of_its_lots_takes_its_gates_along() -> None:
    data = sample_data()
    moved = data["waves"][0]
    old, held = moved["id"], list(moved["lots"])
    moved["id"], moved["date"] = "main/2026-02-21-weekend", dt.date(2026, 2, 21)
    for gate in moved["gates"]:
        gate["date"] += dt.timedelta(days=7)
    found = difference(waves=data["waves"])
    (change,) = found.waves
    assert (change.kind, change.before and change.before.id) == ("moved", old)
    assert {move.lot for move in found.moved} == set(held)
    assert all(move.days == 7 for move in found.moved)
    assert [(gate.gate, (gate.after - gate.before).days) for gate in found.gates if gate.after and gate.before] == [
        (gate["id"], 7) for gate in moved["gates"]
    ]


def test_waves_that_open_and_close() -> None:
    data = sample_data()
    closed = data["waves"].pop(0)
    opened = copy.deepcopy(closed) | {"id": "main/2026-02-21-weekend", "lots": closed["lots"][:1]}
    data["waves"].append(opened)
    kinds = {(each.kind, (each.after or each.before).id) for each in difference(waves=data["waves"]).waves}  # type: ignore[union-attr]
    assert {("closed", closed["id"]), ("opened", opened["id"])} <= kinds or len(closed["lots"]) == 1


def test_milestones_and_hard_dates() -> None:
    data = sample_data()
    milestone, gone = data["milestones"][0], data["milestones"][-1]
    milestone["date"] += dt.timedelta(days=3)
    data["milestones"].remove(gone)
    hard = data["calendar"]["hard_dates"][0]
    hard["reached"] = dt.date(2026, 5, 19)
    found = difference(milestones=data["milestones"], calendar=data["calendar"]).milestones
    by_id = {(each.kind, each.id): each for each in found}
    assert (by_id[milestone["kind"], milestone["id"]].after) == milestone["date"]
    assert by_id[gone["kind"], gone["id"]].after is None
    assert by_id["hard_date", hard["id"]].after == hard["reached"]
    assert len(found) == 3


def test_loads_by_team_and_organisation_with_the_largest_change_first() -> None:
    data = sample_data()
    team = next(iter(data["teams"]))
    weeks = data["teams"][team]["weeks"]
    first, second = list(weeks)[:2]
    weeks[first]["used"] = float(weeks[first]["used"]) + 1
    weeks[second]["used"] = float(weeks[second]["used"]) + 2
    found = difference(teams=data["teams"])
    assert [(each.name, each.period, each.more) for each in found.teams] == [
        (team, second, Decimal(2)),
        (team, first, Decimal(1)),
    ]
    assert sum(each.more for each in found.organisations) == 3


@pytest.mark.parametrize(("goal", "value"), [("finish", 10), ("coexistence", 1)])
def test_goals(goal: str, value: int) -> None:
    found = difference(metrics=sample_data()["metrics"] | {goal: value})
    assert [each.goal for each in found.goals if each.before != each.after] == [goal]
    assert not found.same


def test_figures_that_nothing_else_tells() -> None:
    data = sample_data()
    data["lots"][0]["transfer_gb"] = 12345
    data["programme"]["deadline"] = dt.date(2026, 7, 10)
    found = difference(lots=data["lots"], programme=data["programme"])
    assert [(each.of, each.figure) for each in found.figures] == [
        ("programme", "deadline"),
        (data["lots"][0]["id"], "transfer_gb"),
    ]


def test_hours_of_sites_that_differ_are_named_by_zone() -> None:
    def with_hours(*hours: tuple[str, str]) -> list[dict[str, Any]]:
        waves = sample_data()["waves"]
        waves[0]["site_hours"] = [
            {
                "zone": zone,
                "lots": waves[0]["lots"],
                "start": f"2026-02-14T{start}:00+00:00",
                "end": "2026-02-15T02:00:00+00:00",
                "point_of_no_return": "2026-02-15T00:00:00+00:00",
            }
            for zone, start in hours
        ]
        return list(waves)

    before = sample_data() | {"waves": with_hours(("Europe/London", "19:00"), ("Asia/Tokyo", "11:00"))}
    after = sample_data() | {"waves": with_hours(("Europe/London", "20:00"), ("Asia/Tokyo", "11:00"))}
    found = plan_difference(Plan.model_validate(before), Plan.model_validate(after))
    (figure,) = found.figures
    assert (figure.of, figure.figure) == (before["waves"][0]["id"], "site_hours Europe/London")
    assert "19:00" in str(figure.before) and "20:00" in str(figure.after)
    gone = plan_difference(Plan.model_validate(before), Plan.model_validate(sample_data()))
    assert [each.figure for each in gone.figures] == ["site_hours Asia/Tokyo", "site_hours Europe/London"]
