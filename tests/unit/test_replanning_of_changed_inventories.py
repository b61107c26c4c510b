"""A programme that runs, and whose inventory changes: what is done stays, and never keeps the rest from being planned."""

# ruff: noqa: E501 - a case is a line

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest
from support.plans import state_plan

from waveplan.api import Validation
from waveplan.checking import check
from waveplan.domain.actuals import Actuals
from waveplan.domain.history import History
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.domain.standing import done_of
from waveplan.loading.inventory_loader import LoadedInventory
from waveplan.loading.source_map import SourceMap
from waveplan.planning import SolveOptions
from waveplan.review import review
from waveplan.tracking import judge
from waveplan.usecases.replan import Replanned, replan

Data = dict[str, Any]
AS_OF = dt.date(2027, 1, 26)
BEFORE: Data = {
    "waveplan": "1",
    "programme": {"name": "Running", "start": "2027-01-04", "deadline": "2027-04-30"},
    "sites": [{"id": "old", "target": "new"}, {"id": "new"}],
    "links": [{"between": ["old", "new"], "gbps": 1}],
    "teams": [{"id": "ops"}],
    "servers": [{"id": f"s-{name}", "site": "old", "disk_gb": 900, "vcpu": 2} for name in "abcd"],
    "applications": [
        {"id": name, "servers": [f"s-{name}"], "effort": {"ops": 2}, "crew": {"ops": 1}, "domain": f"d{number % 2}"}
        for number, name in enumerate("abcd")
    ],
    "policy": {"preparation_days": 7, "gates": [{"id": "go", "days_before": 2, "decides": "true"}]},
    "calendar": {"windows": [{"id": "weekend", "days": ["sat"], "from": "20:00", "hours": 30}]},
}
PLACED = {"a": "2027-01-16-weekend", "b": "2027-01-16-weekend", "c": "2027-02-06-weekend", "d": "2027-02-06-weekend"}
TWO_WAVES = {**PLACED, "b": "2027-01-23-weekend"}


def app(data: Data, name: str) -> Data:
    found: Data = next(each for each in data["applications"] if each["id"] == name)
    return found


def policy(**parts: Any) -> Any:
    return lambda data: data["policy"].update(parts)


def rules(*found: Data) -> Any:
    return lambda data: data.update(rules=list(found))


def of_a(**parts: Any) -> Any:
    return lambda data: app(data, "a").update(parts)


def window(**parts: Any) -> Any:
    return lambda data: data["calendar"]["windows"][0].update(parts)


def both(*changes: Any) -> Any:
    return lambda data: [change(data) for change in changes]


IN_ONE_WAVE = {
    "lots": (policy(wave_limits={"lots": 1}), "WP318"),
    "servers": (policy(wave_limits={"servers": 1}), "WP318"),
    "data": (policy(wave_limits={"data_tb": "1.5"}), "WP318"),
    "effort": (policy(wave_limits={"effort": {"ops": 3}}), "WP318"),
    "limits of a stage": (policy(cadence=[{"limits": {"lots": 1}}]), "WP319"),
    "max_per_wave": (rules({"id": "r", "max_per_wave": {"lots": 1}, "match": {"app": ["a", "b", "c"]}}), "WP321"),
    "keep_apart": (policy(keep_apart=["domain"]), "WP322"),
    "apart": (rules({"id": "r", "apart": [{"app": "a"}, {"app": "b"}]}), "WP311"),
    "earliest wave": (both(of_a(criticality="critical"), policy(earliest_wave_by_criticality={"critical": 2})), "WP323"),
    "not before": (of_a(not_before="2027-02-01"), "WP308"),
    "pin": (of_a(slot="2027-02-20"), "WP310"),
    "milestone": (both(lambda data: data.update(external_milestones=[{"id": "m", "date": "2027-02-01"}]), of_a(after=["m"])), "WP342"),
    "tranche over": (lambda data: data.update(tranches=[{"id": "t", "match": {"app": "a"}, "finish_by": "2027-01-10"}]), "WP345"),
    "tranches mixed": (lambda data: data.update(tranches=[{"id": "t", "match": {"app": "a"}}, {"id": "u", "match": {"app": "b"}}]), "WP343"),
    "contract": (lambda data: data.update(contracts=[{"id": "k", "ends": "2027-01-10", "match": {"app": "a"}}]), "WP336"),
    "downtime": (of_a(max_downtime_hours=1), "WP329"),
    "hours": (of_a(cutover_hours=40), "WP328"),
    "blackout": (of_a(blackouts=[{"from": "2027-01-15", "to": "2027-01-18"}]), "WP306"),
    "freeze": (lambda data: data["calendar"].update(freezes=[{"from": "2027-01-15", "to": "2027-01-18"}]), "WP305"),
    "country": (of_a(allowed_countries=["DE"]), "WP339"),
    "team week": (lambda data: data["teams"][0].update(person_days_per_week=3), "WP324"),
    "team away": (lambda data: data["teams"][0].update(available={"from": "2027-01-25"}), "WP326"),
    "crew": (lambda data: data["teams"][0].update(crew=1), "WP326"),
    "target": (lambda data: data["sites"][1].update(capacity=[{"from": "2027-01-01", "vcpu": 2}, {"from": "2027-02-05", "vcpu": 9}]), "WP330"),
    "site exit": (both(lambda data: data["sites"].append({"id": "shut", "target": "new", "exit_by": "2027-01-10"}), lambda data: data["servers"][0].update(site="shut")), "WP335"),
    "window gone": (window(days=["sun"]), "WP303"),
    "window renamed": (window(id="other"), "WP303"),
    "window begins later": (window(starting="2027-01-30"), "WP303"),
    "window has other hours": (window(hours=12), "WP303"),
    "programme begins later": (lambda data: data["programme"].update(start="2027-01-18"), "WP303"),
    "preparation": (policy(preparation_days=21), "WP334"),
    "gates": (policy(gates=[{"id": "go", "days_before": 20, "decides": "true"}]), "WP333"),
    "adoption": (both(of_a(user_sites=["new"]), lambda data: data.update(adoption=[{"id": "n", "kind": "announcement", "days_before": 20}])), "WP358"),
    "tied to what is free": (of_a(depends_on=[{"app": "c", "coupling": "hard"}]), "WP302"),
    "tied to what is new": (lambda data: data["applications"].append({"id": "e", "servers": ["s-a"]}), "WP302"),
    "gone": (lambda data: data["applications"].pop(0), None),
    "lots by limits": (policy(lot_limits={"applications": 1}), None),
    "knowledge transfer": (lambda data: data.update(knowledge_transfers=[{"id": "kt", "match": {"domain": "d0"}, "stages": [{"name": "in", "days": 60}]}]), "WP347"),
}  # fmt: skip
IN_TWO_WAVES = {
    "gap": (policy(cadence=[{"min_gap_days": 14}]), "WP316"),
    "gap of a stage": (policy(cadence=[{"waves": 2, "min_gap_days": 21}, {"min_gap_days": 0}]), "WP316"),
    "at once": (policy(hypercare={"hours": 200, "max_waves_at_once": 1}), "WP331"),
    "before next gate": (policy(hypercare={"hours": 150, "before_next_gate": "true"}), "WP332"),
    "order": (lambda data: app(data, "a").update(depends_on=[{"app": "b", "order": "provider_first"}]), "WP312"),
    "order with a gap": (lambda data: app(data, "b").update(depends_on=[{"app": "a", "order": "provider_first", "min_gap_days": 9}]), "WP312"),
    "order on what is free": (lambda data: app(data, "b").update(depends_on=[{"app": "d", "order": "provider_first"}]), "WP312"),
    "before": (rules({"id": "r", "before": [{"app": "b"}, {"app": "a"}]}), "WP314"),
    "pilot": (lambda data: data.update(pilots=[{"id": "p", "items": {"app": "a"}, "soak_days": 14}]), "WP346"),
    "tied": (lambda data: app(data, "a").update(depends_on=[{"app": "b", "coupling": "hard"}]), "WP302"),
    "a week": (both(lambda data: data["calendar"]["windows"].append({"id": "x", "dates": ["2027-01-22"], "from": "20:00", "hours": 9}), policy(cadence=[{"max_waves_per_week": 1}])), None),
    "environments": (both(lambda data: app(data, "a").update(family="f", environment="prod"), lambda data: app(data, "b").update(family="f", environment="test"), policy(environment_order=["test", "prod"])), "WP315"),
    "largest gap": (lambda data: app(data, "c").update(depends_on=[{"app": "a", "order": "provider_first", "max_gap_days": 7}]), "WP350"),
    "largest gap of a rule": (rules({"id": "r", "before": [{"app": "a"}, {"app": "c"}], "max_gap_days": 7}), "WP350"),
    "coexistence": (lambda data: app(data, "c").update(depends_on=[{"app": "a", "coexist_days_max": 7}]), "WP351"),
    "not room for both": (both(policy(cadence=[{"limits": {"lots": 1}}]), rules(*({"id": f"r-{name}", "before": [{"app": "a"}, {"app": name}], "max_gap_days": 14} for name in "cd"))), "WP350"),
}  # fmt: skip
CASES = [
    *((name, change, code, PLACED) for name, (change, code) in IN_ONE_WAVE.items()),
    *((name, change, code, TWO_WAVES) for name, (change, code) in IN_TWO_WAVES.items()),
]


def running(before: Data, placed: dict[str, str]) -> tuple[Plan, Actuals]:
    plan = state_plan(Inventory.model_validate(before), placed)
    over = [{"wave": wave.id, "date": wave.date, "result": "done"} for wave in plan.waves if wave.date < AS_OF]
    return plan, Actuals.model_validate({"cutovers": over})


def replanned(plan: Plan, actuals: Actuals, after: Data, **limits: Any) -> Replanned:
    inventory = Inventory.model_validate(after)
    validation = Validation(LoadedInventory(inventory, (), SourceMap(None, {}, ""), ()), review(inventory))
    options = SolveOptions(deterministic_limit=4.0, workers=1, **limits)
    return replan(validation, plan, actuals, as_of=AS_OF, locked_days=0, options=options)


@pytest.mark.parametrize(("change", "code", "placed"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_done_waves_violate_by_now_is_told_and_keeps_nothing_from_being_planned(
    change: Any, code: str | None, placed: dict[str, str]
) -> None:
    plan, actuals = running(BEFORE, placed)
    after = copy.deepcopy(BEFORE)
    change(after)
    answer = replanned(plan, actuals, after)
    new = answer.outcome.plan
    assert new is not None, answer.outcome.findings
    now = {item: wave.id for wave in new.waves for lot in wave.lots for item in new.lots_by_id()[lot].items}
    for item in {"a", "b"} & now.keys():
        assert now[item] == placed[item]
    assert all(new_date >= dt.date(2027, 1, 30) for item in ("c", "d") if (new_date := day(now[item])))
    if code is not None:
        assert code in {finding.code for finding in answer.past}
    done = done_of(History(actuals, plan, AS_OF), new)
    result = check(new, Inventory.model_validate(after), done=done)
    assert not result.findings
    assert {finding.code for finding in result.past} == {finding.code for finding in answer.past}


@pytest.mark.parametrize("tie", [{"order": "provider_first", "max_gap_days": 14}, {"coexist_days_max": 14}])
def test_what_can_still_follow_in_time_does(tie: Data) -> None:
    plan, actuals = running(BEFORE, TWO_WAVES)
    after = copy.deepcopy(BEFORE)
    app(after, "c").update(depends_on=[{"app": "a", **tie}])
    answer = replanned(plan, actuals, after)
    new = answer.outcome.plan
    assert new is not None
    assert [wave.id for wave in new.waves for lot in wave.lots if "c" in new.lots_by_id()[lot].items] == [
        "2027-01-30-weekend"
    ]
    assert not answer.past


def test_a_plan_that_has_done_items_again_is_told_and_mended() -> None:
    _, actuals = running(BEFORE, PLACED)
    again = state_plan(Inventory.model_validate(BEFORE), {**PLACED, "a": "2027-02-06-weekend"})
    kept = [{**each.model_dump(), "items": {"a-lot": ["a"], "b-lot": ["b"]}} for each in actuals.cutovers]
    actuals = Actuals.model_validate({"cutovers": kept})
    found = judge(actuals, again, None, AS_OF)
    assert [finding.code for finding in found if finding.severity == "error"] == ["WP408"]
    new = replanned(again, actuals, BEFORE).outcome.plan
    assert new is not None
    assert {wave.id: len(wave.lots) for wave in new.waves} == {"2027-01-16-weekend": 2, "2027-02-06-weekend": 2}


def day(wave: str) -> dt.date:
    return dt.date.fromisoformat(wave[:10])
