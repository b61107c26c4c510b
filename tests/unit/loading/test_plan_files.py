"""Plan files: written for version control, read back exactly, wrong ones explained."""

from __future__ import annotations

import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from waveplan.domain.plan import Plan
from waveplan.errors import UnreadableInputError
from waveplan.export.plan_json import dump_plan_json
from waveplan.export.plan_yaml import dump_plan
from waveplan.loading import LoadedPlan, load_plan

PLAN = """\
waveplan_plan: 1
programme: {name: Hosting exit, start: 2026-01-05, deadline: 2026-12-18, timezone: Europe/Paris, language: en}
inventory:
  - {file: inventory.yaml, sha256: abc}
solve:
  versions: {waveplan: 0.1.0, ortools: 9.15.6755}
  seed: 0
  workers: 2
  limit: {seconds: 60}
  interrupted: false
  goals:
    - {goal: finish, value: 131, bound: 131, gap: 0, status: optimal, tolerance: 5%, seconds: 2.1}
    - {goal: coexistence, value: 4180.5, status: feasible, tolerance: 0}
waves:
  - id: 2026-03-14-weekend
    number: 4
    stream: main
    tranche: t1
    date: 2026-03-14
    slot: {window: weekend, start: 2026-03-14T20:00:00+01:00, end: 2026-03-16T02:00:00+01:00}
    point_of_no_return: 2026-03-15T22:00:00+01:00
    preparation_start: 2026-02-14
    gates:
      - {id: go-no-go, date: 2026-03-11, decides: true, criteria: [rollback rehearsed, "testers: named"]}
      - {id: notice, date: 2026-02-14}
    rehearsals:
      - {id: dry-run, lot: erp-7f3a, date: 2026-02-28, hours: 6}
    hypercare_end: 2026-03-18T02:00:00+01:00
    hypercare_last_day: 2026-03-18
    lots:
      - erp-7f3a
      - crm-19c2
    totals: {servers: 18, applications: 6, sites: 1, users: 0, transfer_gb: 4100, effort: {sysadmin: 22}}
lots:
  - id: erp-7f3a
    stream: main
    items: [erp, erp-reports]
    servers: [erp-db-1, erp-app-1]
    criticality: critical
    hypercare_hours: 48
    transfer_gb: 4100
    because:
      - {tie: shared server, of: [erp, erp-reports], server: erp-db-1}
milestones:
  - {id: exit dc-north, date: 2026-07-02, kind: site_exit, subject: dc-north}
calendar:
  freezes:
    - {from: 2026-03-28, to: 2026-04-03, reason: quarter close, scope: "domain: finance"}
  hard_dates:
    - {id: deadline, date: 2026-12-18, reached: 2026-05-16}
teams:
  sysadmin:
    organisation: acme
    weeks:
      2026-W08: {used: 11.5, offered: 15}
      2026-W09: {used: 0.0001}
metrics:
  waves: 1
  finish: 131
  coexistence: 4180.5
  peak_load: 0.92
  criticality_risk: 41.5
unplanned:
  - {lot: big-1111, reason: no slot is left}
"""


def load_text(text: str) -> LoadedPlan:
    return load_plan("-", stdin=io.BytesIO(text.encode()))


@pytest.fixture
def plan() -> Plan:
    loaded = load_text(PLAN)
    assert loaded.findings == ()
    assert loaded.plan is not None
    return loaded.plan


def test_a_plan_is_written_as_it_is_meant_to_look(plan: Plan) -> None:
    assert dump_plan(plan) == PLAN


def test_its_json_says_the_same(plan: Plan) -> None:
    text = dump_plan_json(plan)
    assert load_text(text).plan == plan
    data = json.loads(text)
    assert data["solve"]["goals"][1]["value"] == 4180.5
    assert data["waves"][0]["slot"]["start"] == "2026-03-14T20:00:00+01:00"
    assert data["solve"]["interrupted"] is False
    assert "null" not in text
    assert text.startswith('{\n  "waveplan_plan": 1,\n  "programme": {\n    "name": "Hosting exit",\n')


def test_other_readers_see_words_as_words(plan: Plan) -> None:
    words = [
        "no",
        "1e3",
        "2026-01-01",
        "null",
        "010",
        "~",
        "0x1f",
        "1_000",
        ".5",
        "12:30",
        "yes",
        "",
        "a: b",
        "#x",
        "5%",
    ]
    strange = plan.model_copy(update={"lots": [plan.lots[0].model_copy(update={"items": words})]})
    text = dump_plan(strange)
    assert yaml.safe_load(text)["lots"][0]["items"] == words
    assert load_text(text).plan == strange
    assert load_text(dump_plan_json(strange)).plan == strange


WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12) | st.sampled_from(
    [
        "null",
        "~",
        "no",
        "1e3",
        "-",
        "- a",
        "a #b",
        "a: b",
        "{",
        "[a",
        "*x",
        "&x",
        "!x",
        "%",
        "@",
        "`",
        "'",
        '"',
        "\\",
        "?",
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=30), st.dictionaries(WORDS, st.integers(0, 10**15), max_size=5))
def test_any_word_survives(words: list[str], effort: dict[str, int]) -> None:
    amounts = {team: Decimal(millionths) / 10**6 for team, millionths in effort.items()}
    base = load_text(PLAN).plan
    assert base is not None
    lot = base.lots[0].model_copy(update={"items": words, "servers": words * 4, "effort": amounts})
    strange = base.model_copy(update={"lots": [lot], "teams": dict.fromkeys(words, base.teams["sysadmin"])})
    for text in (dump_plan(strange), dump_plan_json(strange)):
        again = load_text(text)
        assert again.findings == ()
        assert again.plan == strange
    assert dump_plan(load_text(dump_plan(strange)).plan) == dump_plan(strange)


@pytest.mark.parametrize(
    ("number", "written"),
    [("1E+3", "1000"), ("0.10", "0.1"), ("1E-6", "0.000001"), ("-0", "0"), ("100", "100"), ("-12.50", "-12.5")],
)
def test_numbers_are_plain(plan: Plan, number: str, written: str) -> None:
    metrics = plan.metrics.model_copy(update={"coexistence": Decimal(number)})
    text = dump_plan(plan.model_copy(update={"metrics": metrics}))
    assert f"\n  coexistence: {written}\n" in text
    assert f'"coexistence": {written},' in dump_plan_json(plan.model_copy(update={"metrics": metrics}))


def test_long_lists_take_a_line_each(plan: Plan) -> None:
    many = [f"server-{number}" for number in range(40)]
    text = dump_plan(plan.model_copy(update={"lots": [plan.lots[0].model_copy(update={"servers": many})]}))
    assert "    servers:\n      - server-0\n      - server-1\n" in text


def test_a_moved_lot_is_a_difference_of_two_lines(plan: Plan) -> None:
    wave = plan.waves[0]
    without = plan.model_copy(update={"waves": [wave.model_copy(update={"lots": ["erp-7f3a"]})]})
    before, after = dump_plan(plan).splitlines(), dump_plan(without).splitlines()
    assert [line for line in before if line not in after] == ["      - crm-19c2"]


def test_moments_keep_their_offset_through_a_change_of_clocks(plan: Plan) -> None:
    from zoneinfo import ZoneInfo

    moment = dt.datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Paris"))
    text = dump_plan(plan.model_copy(update={"waves": [plan.waves[0].model_copy(update={"hypercare_end": moment})]}))
    assert "hypercare_end: 2026-10-25T02:30:00+01:00\n" in text
    assert load_text(text).plan.waves[0].hypercare_end.astimezone(dt.UTC) == moment.astimezone(dt.UTC)


def test_a_wave_that_holds_nothing_is_still_whole(plan: Plan) -> None:
    empty = plan.model_copy(update={"waves": [plan.waves[0].model_copy(update={"lots": [], "gates": []})]})
    assert load_text(dump_plan(empty)).plan == empty


WRONG = [
    ("number: 4", "number: four", "WP104", "'number' must be a number, not 'four'"),
    ("    tranche: t1\n", "    tranch: t1\n", "WP103", "unknown key 'tranch'"),
    ("date: 2026-03-14\n", "date: 2026-02-30\n", "WP108", "a day that does not exist"),
    ("2026-03-15T22:00:00+01:00", "2026-03-15T22:00:00", "WP104", "offset from UTC"),
    ("2026-03-15T22:00:00+01:00", "sunday", "WP104", "must be a moment like"),
    ("status: optimal", "status: perfect", "WP104", "it is one of optimal, feasible, unknown"),
    ("value: 131", "value: x", "WP104", "'value' must be a number"),
    ("  waves: 1\n", "", "WP105", "'waves' is missing"),
    ("waveplan_plan: 1", "waveplan_plan: 2", "WP104", "'waveplan_plan' cannot be '2'"),
    ("tie: shared server", "tie: love", "WP104", "shared server, cluster, shared disk, hard dependency, together rule"),
]


@pytest.mark.parametrize(("right", "wrong", "code", "said"), WRONG)
def test_wrong_plans_are_explained_at_their_place(right: str, wrong: str, code: str, said: str) -> None:
    assert right in PLAN
    loaded = load_text(PLAN.replace(right, wrong, 1))
    assert [each.code for each in loaded.findings] == [code], loaded.findings
    finding = loaded.findings[0]
    assert said in finding.message
    assert finding.document == "plan"
    assert loaded.plan is None
    line = PLAN[: PLAN.index(right) + len(right) - 1].count("\n") + 1
    if code != "WP105":
        assert finding.location.line == line


def test_every_wrong_line_at_once() -> None:
    wrong = PLAN.replace("number: 4", "number: x").replace("used: 11.5", "used: -1").replace("unplanned", "x")
    found = [(each.code, each.location.line) for each in load_text(wrong).findings]
    assert found == [("WP104", 16), ("WP104", 55), ("WP103", 63)]


def test_an_inventory_for_a_plan() -> None:
    loaded = load_text("waveplan: 1\nprogramme: {}\n")
    assert [(each.code, each.document, each.location.line) for each in loaded.findings] == [("WP125", "plan", 1)]
    assert "(inventory)" in loaded.findings[0].message


def test_nothing_and_broken_yaml_for_a_plan() -> None:
    assert [each.code for each in load_text("").findings] == ["WP105"]
    assert [each.code for each in load_text("a: [").findings] == ["WP101"]
    assert load_text("a: [").plan is None


def test_a_folder_is_no_plan(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="folder"):
        load_plan(str(tmp_path))


def test_places_in_a_plan() -> None:
    loaded = load_text(PLAN)
    place = loaded.sources.locate(("waves", 0, "slot", "end"))
    assert (place.file, place.line, place.column) == ("<stdin>", 20, 68)
