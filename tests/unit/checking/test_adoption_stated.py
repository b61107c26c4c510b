"""What a plan states of work for adoption: solver and check say the same, and a wrong figure is found."""

from __future__ import annotations

import json
from decimal import Decimal

from support.inventories import inventory_from
from support.plans import state_plan

from waveplan.checking import check, restate
from waveplan.domain.plan import Plan
from waveplan.export.workload_json import dump_workload_json
from waveplan.planning import SolveOptions, solve
from waveplan.workload import workload

FIRST, LATER = "2026-02-07-weekend", "2026-05-02-weekend"
INVENTORY = inventory_from("""
    programme: {start: 2026-01-05, deadline: 2026-06-30}
    policy: {preparation_days: 7, gates: []}
    sites: [{id: paris, country: FR, users: 200}, {id: riyadh, country: SA, users: 50}]
    teams: [{id: trainers, organisation: acme, person_days_per_week: 5, country: FR}, {id: free}]
    applications: [{id: crm, user_sites: [paris]}, {id: erp, user_sites: [paris, riyadh], effort: {trainers: 1}}]
    adoption:
      - {id: lessons, kind: training, working_days_before: 6, days: 4, team: trainers,
         effort: {each: 1, per_100_users: 0.5}}
      - {id: floor, kind: go_live_support, days_after: 0, team: free, effort: 0.5}
      - {id: notice, kind: announcement, days_before: 20}
    """)  # fmt: skip
PLAN = state_plan(INVENTORY, {"crm": FIRST, "erp": LATER})


def test_work_stands_under_its_entry_and_week() -> None:
    stated = restate(PLAN, INVENTORY).teams
    # Friday 30 January to Wednesday 4 February; 22 to 28 April, of which Paris and Riyadh share four days, as its
    # Friday is off: the team works on five
    assert stated["trainers"].adoption == {
        "lessons": {
            "2026-W05": Decimal("0.5"),
            "2026-W06": Decimal("1.5"),
            "2026-W17": Decimal("1.35"),
            "2026-W18": Decimal("0.9"),
        }
    }
    assert stated["free"].adoption == {"floor": {"2026-W07": Decimal("0.5"), "2026-W19": Decimal("0.5")}}
    assert stated["trainers"].weeks["2026-W05"].used == Decimal("0.5")


def test_the_planner_states_what_the_check_works_out() -> None:
    plan = solve(INVENTORY, options=SolveOptions(deterministic_limit=5.0, workers=1)).plan
    assert plan is not None
    assert not check(plan, INVENTORY).findings
    assert plan.teams == restate(plan, INVENTORY).teams
    assert {entry for load in plan.teams.values() for entry in load.adoption} == {"lessons", "floor"}


def _with(weeks: dict[str, Decimal]) -> Plan:
    plan = restate(PLAN, INVENTORY)
    load = plan.teams["trainers"].model_copy(update={"adoption": {"lessons": weeks}})
    return plan.model_copy(update={"teams": {**plan.teams, "trainers": load}})


def test_a_wrong_figure_is_found_and_a_plan_that_says_nothing_is_older() -> None:
    right = restate(PLAN, INVENTORY).teams["trainers"].adoption["lessons"]
    assert not check(_with(right), INVENTORY).findings
    (found,) = check(_with({**right, "2026-W05": Decimal("1.5")}), INVENTORY).findings
    assert found.code == "WP390"
    assert "work of trainers for lessons in 2026-W05" in found.message
    (missing,) = check(_with({"2026-W05": Decimal(1)}), INVENTORY).findings
    assert missing.code == "WP390"
    plan = restate(PLAN, INVENTORY)
    silent = {name: load.model_copy(update={"adoption": {}}) for name, load in plan.teams.items()}
    assert not check(plan.model_copy(update={"teams": silent}), INVENTORY).findings


def test_the_common_workload_plan_names_it() -> None:
    plan = restate(PLAN, INVENTORY)
    (free, trainers) = workload(plan, "month").adoption
    assert (free.team, free.entry, free.total) == ("free", "floor", Decimal(1))
    assert trainers.periods == {"2026-01": Decimal("0.5"), "2026-02": Decimal("1.5"), "2026-04": Decimal("2.25")}
    assert [each.team for each in workload(plan, "week", "free").adoption] == ["free"]
    data = json.loads(dump_workload_json(workload(plan, "month")))
    assert [(each["team"], each["entry"], each["used"]) for each in data["adoption"]] == [
        ("free", "floor", 1),
        ("trainers", "lessons", 4.25),
    ]
