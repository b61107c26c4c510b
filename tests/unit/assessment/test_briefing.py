"""What meetings are told on a day, and packages of lots and waves."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from support.inventories import inventory_from
from support.plans import state_plan

from waveplan import api
from waveplan.domain.actuals import Actuals
from waveplan.domain.briefing import Action, Briefing
from waveplan.errors import UsageError
from waveplan.render.language import translator
from waveplan.render.reports.flash import flash_report
from waveplan.render.reports.markdown import report_markdown
from waveplan.render.reports.packages import lot_report, wave_report
from waveplan.render.reports.steering import steering_report

FIRST, LATER = "2026-03-07-weekend", "2026-05-30-weekend"
INVENTORY = inventory_from("""
    programme: {name: Two waves, start: 2026-01-05, currency: EUR}
    sites:
      - {id: old, target: new, exit_by: 2026-07-01, decommission_days: 3}
      - {id: new, costs: {once: 1000, per_month: 50}}
    links: [{between: [old, new], gbps: 1}]
    teams:
      - {id: ops, organisation: acme, person_days_per_week: 1, on_call: 2, crew: 3}
      - {id: dba}
    servers:
      - {id: a, site: old, disk_gb: 315}
      - {id: b, site: old}
      - {id: c, site: old}
    applications:
      - {id: stock, name: Stock, servers: [a], effort: {ops: 3.8, dba: 1}, cutover_hours: 2, test_hours: 3,
         data_classes: [personal], on_call: {ops: 1}, crew: {ops: 2}, technical_owner: dba, business_owner: Sales,
         processes: [order-to-cash], max_downtime_hours: 24}
      - {id: shop, servers: [b], depends_on: [{app: stock, weight: 2}]}
      - {id: wiki, servers: [c]}
""")
PLAN = state_plan(INVENTORY, {"stock": FIRST, "wiki": FIRST, "shop": LATER})
DONE = {
    "cutovers": [
        {"wave": FIRST, "date": "2026-03-07", "result": "partial", "rolled_back": ["wiki"], "reason": "no disk"}
    ],
    "incidents": [
        {"id": "inc-1", "wave": FIRST, "date": "2026-03-08", "item": "stock", "severity": "major", "summary": "slow"}
    ],
}


def _briefing(day: str, days: int = 14, **actuals: object) -> Briefing:
    recorded = Actuals.model_validate(actuals) if actuals else None
    return api.briefing(PLAN, INVENTORY, dt.date.fromisoformat(day), days=days, actuals=recorded)


def _kinds(found: Briefing) -> list[tuple[str, str]]:
    return [(action.kind, action.subject) for action in found.actions]


def test_gates_that_decide_are_actions_of_their_committee_until_the_horizon() -> None:
    found = _briefing("2026-02-24")
    decided = [each for each in found.actions if each.kind == "decide"]
    assert [(each.due, each.subject, each.wave) for each in decided] == [(dt.date(2026, 3, 4), "go-no-go", "W01")]
    assert not [each for each in _briefing("2026-02-10").actions if each.kind == "decide"]


def test_what_was_turned_back_is_planned_again_and_never_erased() -> None:
    found = _briefing("2026-03-09", days=60, **DONE)
    assert ("plan_again", "W01") in _kinds(found)
    (incident,) = [each for each in found.actions if each.kind == "incident"]
    assert incident == Action("incident", dt.date(2026, 3, 9), "dba", "inc-1", detail=("slow",))
    erased = [server for each in found.actions if each.kind == "purge" for server in each.detail]
    assert erased == ["a"]
    signed = [each for each in found.actions if each.kind == "evidence"]
    assert [(each.subject, each.owner) for each in signed] == [("acknowledge stock", "dba")]


def test_without_a_record_of_the_cutover_nothing_is_erased_or_signed() -> None:
    kinds = _kinds(_briefing("2026-03-10", days=60))
    assert ("record", "W01") in kinds
    assert not {"purge", "evidence"} & {kind for kind, _ in kinds}


def test_strands_count_waves_and_items_and_teams_ahead_are_shares() -> None:
    found = _briefing("2026-03-09", **DONE)
    (strand,) = found.strands
    assert (strand.stream, strand.waves, strand.done, strand.items, strand.items_done) == ("main", 2, 0, 3, 1)
    (after,) = _briefing("2026-03-20", cutovers=[{"wave": FIRST, "date": "2026-03-07", "result": "done"}]).strands
    assert (after.done, after.items_done) == (1, 2)
    assert (strand.next, strand.last, strand.behind) == (dt.date(2026, 5, 30), dt.date(2026, 5, 30), 0)
    ahead = _briefing("2026-02-11")
    assert [each.team for each in ahead.teams] == ["ops"]
    assert len(ahead.teams[0].shares) == len(ahead.weeks) == 4
    assert {each.subject for each in ahead.risks if each.kind == "load"} == {"ops"}
    assert found.costs["sites"].once == 1000
    assert found.person_days == {"-": Decimal(1), "acme": Decimal("3.8")}


def test_a_date_with_few_days_to_spare_is_a_risk() -> None:
    near = {each.subject for each in _briefing("2026-02-11").risks if each.kind == "hard_date"}
    slack = {each.id: each.slack for each in _briefing("2026-02-11").status.hard_dates}
    assert near == {name for name, days in slack.items() if days is not None and days < 14}


def test_a_lot_package_tells_when_for_how_long_and_whom_to_call() -> None:
    (found,) = api.lot_packages(PLAN, INVENTORY, "stock")
    (item,) = found.items
    assert item.outage_hours == 6  # an hour on the link (315 GB at 0.7 Gbit/s), two of cutover, three of tests
    assert (item.most_hours, item.test_hours, item.technical_owner) == (24, 3, "dba")
    assert found.teams == {"dba": 1, "ops": Decimal("3.8")}
    assert found.on_call == ("ops",)
    assert [(name, wave.label) for name, wave in found.others] == [("shop", "W02")]
    text = report_markdown(lot_report((found,), PLAN, translator("en")), translator("en"))
    for said in ("W01 on Sat 7 Mar 2026", "| stock | Stock | 6.0 | 24.0 |", "| stock | dba | Sales |", "order-to-cash"):
        assert said in text
    assert len(api.lot_packages(PLAN, INVENTORY)) == 3
    with pytest.raises(UsageError, match="no wave of the plan has a lot or an item"):
        api.lot_packages(PLAN, INVENTORY, "nothing")


def test_a_wave_package_has_each_server_with_its_way() -> None:
    (found,) = api.wave_packages(PLAN, INVENTORY, FIRST)
    assert [(each.server, each.origin, each.target, each.items) for each in found.servers] == [
        ("a", "old", "new", ("stock",)),
        ("c", "old", "new", ("wiki",)),
    ]
    assert (found.crew, found.on_call) == (("ops",), ("ops",))
    assert found.organisations == {"dba": None, "ops": "acme"}
    text = report_markdown(wave_report((found,), PLAN, translator("fr")), translator("fr"))
    assert "# Vague W01 le sam. 7 mars 2026" in text
    assert "| ops | acme | 3,8 | oui | oui |" in text
    assert len(api.wave_packages(PLAN, INVENTORY)) == 2


@pytest.mark.parametrize("language", ["en", "fr"])
def test_reports_of_meetings_name_decisions_and_changes(language: str) -> None:
    spoken = translator(language)
    found = _briefing("2026-02-24", **DONE)
    flash = report_markdown(flash_report(found, spoken), spoken)
    assert ("decide go-no-go of W01" if language == "en" else "décider go-no-go de W01") in flash
    earlier = state_plan(INVENTORY, {"stock": FIRST, "wiki": LATER, "shop": LATER})
    since = api.briefing(PLAN, INVENTORY, dt.date(2026, 2, 24), days=35, since=earlier)
    steering = report_markdown(steering_report(since, PLAN, spoken), spoken)
    day = "30 May 2026 | W01 7 Mar 2026 | −84" if language == "en" else "30 mai 2026 | W01 7 mars 2026 | −84"
    assert f"| wiki-lot | W02 {day} |" in steering
    assert "1,000" in steering or "1\u202f000" in steering
