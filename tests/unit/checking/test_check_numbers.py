"""Numbers of lots, waves and whole plans, against figures worked out by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from support.inventories import inventory_from
from support.plans import plan_of_waves, state_plan

from waveplan.checking import check, restate
from waveplan.checking.facts import Facts
from waveplan.domain.plan import Metrics, Plan

INVENTORY = """
    programme: {timezone: Europe/Paris}
    sites:
      - {id: old, target: new, users: 120}
      - {id: plant, target: new, users: {office: 30, plant: 50}}
      - {id: new}
    servers:
      - {id: db, site: old, disk_gb: 500, method: replicate}
      - {id: app, site: plant, disk_gb: 40}
      - {id: box, site: plant, method: ship, transport_hours: 5, disk_gb: 900}
      - {id: kept, site: old, disk_gb: 70}
    teams: [{id: ops, person_days_per_week: 10}, {id: dba, person_days_per_week: 4}, {id: vendor}]
    applications:
      - id: erp
        servers: [db, app]
        user_sites: [old]
        criticality: critical
        effort: {ops: {each: 1, per_server: 0.5, per_100_users: 0.25}, vendor: 9}
        crew: {ops: 2}
        on_call: {ops: 1, dba: 2}
        cutover_hours: 3
        rollback_hours: 1
        dry_run: true
      - id: reports
        servers: [db]
        user_sites: [old, plant]
        effort: {dba: 1.2}
        crew: {ops: 1}
        on_call: {ops: 2}
        test_hours: 2
        rollback_hours: 4
        hypercare_hours: 72
        depends_on: [{app: erp, weight: 3}]
      - {id: crm, servers: [kept], strategy: takeover, depends_on: [{app: erp, weight: 2.5}, {app: wiki}]}
      - {id: wiki, servers: [box], criticality: low, depends_on: [{app: crm, coupling: shared, weight: 100}]}
    policy:
      preparation_days: 14
      rehearsals:
        - {id: dry-run, days_before: 6, only: {dry_run: true}, hours: 4, effort: {dba: {each: 1, per_100_users: 1}}}
"""
WAVES = {"2026-02-14-weekend": ["erp", "reports", "wiki"], "2026-03-07-weekend": ["crm"]}


@pytest.fixture(scope="module")
def facts() -> Facts:
    inventory = inventory_from(INVENTORY)
    return Facts(plan_of_waves(inventory, WAVES), inventory)


def test_a_lot_counts_things_once_and_adds_people_up(facts: Facts) -> None:
    lot = facts.lot_of["erp"]
    assert [item.id for item in lot.items] == ["erp", "reports"]
    assert list(lot.servers) == ["app", "db"]
    assert (lot.users, lot.counted_sites, lot.transfer_gb) == (200, ("old", "plant"), Decimal(90))
    assert lot.effort == {"dba": Decimal("1.2"), "ops": Decimal("2.3"), "vendor": Decimal(9)}
    assert lot.crew == {"ops": 3}
    assert lot.on_call == {"dba": 2, "ops": 2}
    assert (lot.cutover_hours, lot.test_hours, lot.rollback_hours, lot.hypercare_hours) == (3, 2, 4, 72)
    assert lot.criticality == "critical"
    assert facts.lot_of["wiki"].transport_hours == 5


def test_a_wave_is_formed_like_a_lot_over_all_its_items(facts: Facts) -> None:
    wave = facts.wave_of["erp"]
    assert (wave.number, len(wave.lots), len(wave.servers), wave.applications) == (1, 2, 3, 3)
    assert (wave.users, wave.transfer_gb, wave.rollback_hours) == (200, Decimal(90), 4)
    assert wave.point_of_no_return.isoformat() == "2026-02-15T22:00:00+01:00"
    assert wave.hypercare_end.isoformat() == "2026-02-19T02:00:00+01:00"
    assert (wave.preparation.first, wave.hypercare_days.last) == (dt.date(2026, 1, 31), dt.date(2026, 2, 19))
    assert [(gate.id, day) for gate, day in wave.gates] == [("go-no-go", dt.date(2026, 2, 11))]


def test_a_takeover_counts_its_servers_but_transfers_nothing(facts: Facts) -> None:
    wave = facts.wave_of["crm"]
    assert (len(wave.servers), wave.counted_sites, wave.transfer_gb, wave.moving_servers) == (1, ("old",), 0, ())


def test_preparation_and_rehearsals_fall_into_weeks(facts: Facts) -> None:
    weeks = {(team, str(monday)): use.used for (team, monday), use in facts.workload.weeks.items()}
    assert weeks == {
        ("dba", "2026-02-02"): Decimal("0.6")
        + 3,  # the rehearsal of 2026-02-08, a Sunday, moves to Friday: 1 + 200 users
        ("dba", "2026-02-09"): Decimal("0.6"),
        ("ops", "2026-02-02"): Decimal("1.15"),
        ("ops", "2026-02-09"): Decimal("1.15"),
        ("vendor", "2026-02-02"): Decimal("4.5"),
        ("vendor", "2026-02-09"): Decimal("4.5"),
    }


def test_the_goals_values(facts: Facts) -> None:
    # finish: the second wave ends on Monday 2026-03-09 at 02:00, its hypercare a day later
    # coexistence: 21 days × (2.5 + 1); one lot has no coexistence, shared services have none
    # peak: 3.6 of 4 person-days; risk: critical 8 + medium 2 + low 1 in the first wave, 2 ÷ 2 in the second
    assert facts.goals.as_metrics() == Metrics(
        waves=2,
        finish=64,
        coexistence=Decimal("73.5"),
        peak_load=Decimal("0.9"),
        criticality_risk=Decimal(12),
    )


def test_a_plan_is_restated_with_all_its_figures(facts: Facts) -> None:
    plan = restate(facts.plan, facts.inventory)
    assert plan == facts.plan
    first = plan.waves[0]
    assert first.totals.model_dump() == {
        "servers": 3,
        "applications": 3,
        "sites": 2,
        "users": 200,
        "transfer_gb": Decimal(90),
        "effort": {"dba": Decimal("1.2"), "ops": Decimal("2.3"), "vendor": Decimal(9)},
    }
    assert [(r.id, r.lot, str(r.date), r.hours) for r in first.rehearsals] == [("dry-run", "erp-lot", "2026-02-08", 4)]
    assert plan.teams["vendor"].weeks["2026-W06"].offered is None
    assert plan.teams["dba"].weeks["2026-W06"].model_dump() == {"used": Decimal("3.6"), "offered": Decimal(4)}
    # Weeks of February, in which the work is; those without work only where a team offers something.
    assert list(plan.teams["dba"].weeks) == ["2026-W06", "2026-W07", "2026-W08", "2026-W09"]
    assert list(plan.teams["vendor"].weeks) == ["2026-W06", "2026-W07"]
    assert {lot.id: lot.hypercare_hours for lot in plan.lots} == {"crm-lot": 24, "erp-lot": 72, "wiki-lot": 24}


def test_figures_of_an_empty_plan_are_zero() -> None:
    inventory = inventory_from()
    result = check(state_plan(inventory, {}), inventory)
    assert [finding.code for finding in result.findings] == ["WP301"]
    assert result.metrics == Metrics(waves=0, finish=0, coexistence=0, peak_load=0, criticality_risk=0)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("programme", "deadline"), "2026-12-19", "programme deadline 2026-12-19 → 2026-12-18"),
        (("waves", 0, "number"), 4, "2026-02-14-weekend number 4 → 1"),
        (("waves", 0, "date"), "2026-02-15", "date 2026-02-15 → 2026-02-14"),
        (("waves", 0, "stream"), "desk", "stream desk → main"),
        (
            ("waves", 0, "point_of_no_return"),
            "2026-02-15T23:00:00+01:00",
            "point_of_no_return 2026-02-15T23:00+01:00 → 2026-02-15T22:00+01:00",
        ),
        (("waves", 0, "preparation_start"), "2026-02-01", "preparation_start 2026-02-01 → 2026-01-31"),
        (("waves", 0, "gates"), [], "gate go-no-go - → 2026-02-11 decides"),
        (("waves", 0, "rehearsals"), [], "rehearsal dry-run (erp-lot) - → 2026-02-08 4 h"),
        (("waves", 0, "hypercare_last_day"), "2026-02-18", "hypercare_last_day 2026-02-18 → 2026-02-19"),
        (("waves", 0, "totals", "effort"), {"ops": 2.3, "vendor": 9}, "effort dba - → 1.2"),
        (("lots", 1, "criticality"), "high", "erp-lot criticality high → critical"),
        (("lots", 1, "servers"), ["db"], "erp-lot servers db → app db"),
        (("lots", 1, "transfer_gb"), 90.000001, "erp-lot transfer_gb 90.000001 → 90"),
        (("teams", "dba", "weeks", "2026-W06", "used"), 3.5, "dba 2026-W06 used 3.5 → 3.6"),
        (("teams", "dba", "weeks", "2026-W06", "offered"), 5, "dba 2026-W06 offered 5 → 4"),
        (("teams", "dba", "weeks", "2026-W08", "offered"), 3, "dba 2026-W08 offered 3 → 4"),  # a week without work
        (("teams", "dba", "weeks", "2026-W20"), {"used": 1}, "dba 2026-W20 used 1 → 0"),
        (("metrics", "peak_load"), 0.8999, "metrics peak_load 0.8999 → 0.9"),
        (("metrics", "finish"), 63, "metrics finish 63 → 64"),
        (("solve", "goals"), [{"goal": "finish", "value": 12, "status": "feasible"}], "goal finish 12 → 64"),
    ],
)
def test_a_stale_figure_is_told_with_what_it_is(
    path: tuple[str | int, ...], value: Any, words: str, facts: Facts
) -> None:
    data: Any = facts.plan.model_dump(mode="json", by_alias=True)
    entry = data
    for key in path[:-1]:
        entry = entry[key]
    entry[path[-1]] = value
    (finding,) = check(Plan.model_validate(data), facts.inventory).findings
    assert finding.code == "WP390"
    assert finding.message.startswith("stated figures that no longer match (1, stated → right): ")
    assert finding.message.endswith(words)
    assert finding.path[: len(path) - 1] == path[:-1]


def test_goals_of_the_record_are_left_alone_where_they_agree_or_cannot_be_worked_out(facts: Facts) -> None:
    data = facts.plan.model_dump(mode="json", by_alias=True)
    records = {"finish": 64, "coexistence": 73.5, "moved_lots": 3, "waves": None}
    data["solve"]["goals"] = [{"goal": goal, "value": value, "status": "feasible"} for goal, value in records.items()]
    assert check(Plan.model_validate(data), facts.inventory).findings == ()
    data["metrics"]["finish"] = data["solve"]["goals"][0]["value"] = 63
    (finding,) = check(Plan.model_validate(data), facts.inventory).findings
    assert finding.message.endswith("(1, stated → right): metrics finish 63 → 64"), "said once, not twice"


def test_instants_and_amounts_may_be_written_in_other_ways(facts: Facts) -> None:
    data = facts.plan.model_dump(mode="json", by_alias=True)
    data["waves"][0]["hypercare_end"] = "2026-02-19T01:00:00Z"
    data["waves"][0]["totals"]["effort"] |= {"network": 0}
    data["metrics"]["coexistence"] = "73.50"
    assert check(Plan.model_validate(data), facts.inventory).findings == ()
