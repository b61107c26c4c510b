"""The examples of whole transitions are what their pages tell: solved, checked, and broken by hand to no avail."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections import Counter, defaultdict
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from support.command_line import ROOT, run_waveplan
from support.documents import steps
from support.hand_edits import PlanText
from support.made_once import made_once

from waveplan import api
from waveplan.checking import check
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items
from waveplan.domain.plan import Plan, Wave
from waveplan.export.plan_yaml import dump_plan
from waveplan.loading import load_plan
from waveplan.planning.options import SolveOptions

EXAMPLES = ROOT / "examples"
OUTSOURCING = EXAMPLES / "outsourcing-transition"
SUPPORT = EXAMPLES / "support-outsourcing"
SHARED = EXAMPLES / "shared-services"
WHOLE = (OUTSOURCING, SUPPORT, SHARED)
DAY = dt.timedelta(days=1)


def _plan_file(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.plan.yaml")


def _inventory(folder: Path) -> Inventory:
    inventory = api.validate(str(folder)).inventory
    assert inventory is not None
    return inventory


def _kept(folder: Path) -> Plan:
    loaded = load_plan(str(_plan_file(folder)))
    assert not loaded.findings
    assert loaded.plan is not None
    return loaded.plan


@pytest.fixture(scope="module")
def outsourcing() -> Inventory:
    return _inventory(OUTSOURCING)


@pytest.fixture(scope="module", params=["kept", pytest.param("solved", marks=pytest.mark.slow)])
def plan(request: pytest.FixtureRequest, outsourcing: Inventory, tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The plan beside the example, and one made now in little time."""
    if request.param == "kept":
        return _kept(OUTSOURCING)
    file = tmp_path_factory.mktemp("solved") / "plan.yaml"
    file.write_text(made_once(tmp_path_factory, "outsourcing.plan.yaml", _solved), encoding="utf-8")
    plan = load_plan(str(file)).plan
    assert plan is not None
    assert check(plan, outsourcing).findings == ()
    return plan


def _solved() -> str:
    options = SolveOptions(reproducible=True, workers=1, deterministic_limit=6.0)
    outcome = api.solve(api.validate(str(OUTSOURCING)), options=options)
    assert outcome.plan is not None, [finding.message for finding in outcome.findings]
    return dump_plan(outcome.plan)


def _waves(plan: Plan, stream: str) -> list[Wave]:
    return [wave for wave in plan.waves_in_order() if wave.stream == stream]


def _visits(plan: Plan) -> dict[str, Wave]:
    """The wave of each item."""
    items = {lot.id: lot.items for lot in plan.lots}
    return {item: wave for wave in plan.waves for lot in wave.lots for item in items[lot]}


@pytest.mark.parametrize("folder", WHOLE, ids=lambda folder: folder.name)
def test_validation_finds_nothing(folder: Path) -> None:
    assert api.validate(str(folder)).findings == ()


@pytest.mark.parametrize("folder", WHOLE, ids=lambda folder: folder.name)
def test_kept_plans_are_of_the_inventory_as_it_stands_and_valid(folder: Path) -> None:
    plan = _kept(folder)
    files = [path for path in folder.rglob("*.yaml") if path.name != "scenarios.yaml"]

    stated = {entry.file: entry.sha256 for entry in plan.inventory}

    assert stated == {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}, (
        "solve the example again: see examples/README.md"
    )
    assert check(plan, _inventory(folder)).findings == ()


@pytest.mark.slow
@pytest.mark.parametrize("folder", [SUPPORT, SHARED], ids=lambda folder: folder.name)
def test_the_smaller_ones_are_planned_in_little_time(folder: Path) -> None:
    options = SolveOptions(reproducible=True, workers=1, deterministic_limit=3.0)

    outcome = api.solve(api.validate(str(folder)), options=options)

    assert outcome.plan is not None, [finding.message for finding in outcome.findings]
    assert check(outcome.plan, _inventory(folder)).findings == ()


# --- a change of outsourcer ------------------------------------------------------------------------------------------


def test_the_outsourcing_is_of_the_size_that_its_page_tells(outsourcing: Inventory) -> None:
    users = [site for site in outsourcing.sites if "user" in site.roles]
    personas = {persona for site in users for persona in site.users}

    assert len(users) == 63
    assert len({site.country for site in users}) == 53
    assert sum(site.total_users for site in users) == 7087
    assert {language for site in users for language in site.languages} == {"en", "fr", "de", "es", "pt", "ru", "zh"}
    assert personas == {"vip", "office", "field_sales", "plant_lab", "external"}
    assert len({team.organisation for team in outsourcing.teams}) == 3
    assert not any(application.slot for application in outsourcing.applications)
    assert not any(rule.slot for rule in outsourcing.rules)


def test_three_tranches_one_after_the_other_within_twelve_months(plan: Plan, outsourcing: Inventory) -> None:
    spans: dict[str, list[Wave]] = defaultdict(list)
    for wave in plan.waves:
        spans[wave.tranche or ""].append(wave)
    first = {name: min(wave.date for wave in waves) for name, waves in spans.items()}
    last = {name: max(wave.hypercare_last_day for wave in waves) for name, waves in spans.items()}

    assert set(spans) == {"", "t1", "t2", "t3"}
    assert first["t1"] < first["t2"] < first["t3"]
    assert last["t2"] <= first["t3"]
    assert {tranche.id: last[tranche.id] <= (tranche.finish_by or dt.date.max) for tranche in outsourcing.tranches} == {
        "t1": True,
        "t2": True,
        "t3": True,
    }
    assert max(last.values()) - outsourcing.programme.start < dt.timedelta(days=366)


def test_the_data_centre_moves_in_five_waves_of_one_technology(plan: Plan, outsourcing: Inventory) -> None:
    waves, items, visits = _waves(plan, "datacentre"), Items(outsourcing), _visits(plan)
    held: dict[str, set[str]] = defaultdict(set)
    for item, wave in visits.items():
        if wave.stream == "datacentre":
            held[wave.id] |= items[item].values("technology")

    assert len(waves) == 5
    assert Counter(word for words in held.values() for word in words) == {"x86": 3, "power": 2}
    assert {waves[3].number, waves[4].number} == {visits["erp"].number, visits["mes"].number}
    assert waves[-1].hypercare_last_day <= dt.date(2027, 6, 30)


def test_pilots_go_first_and_soak(plan: Plan, outsourcing: Inventory) -> None:
    visits, items = _visits(plan), Items(outsourcing)
    assert len(outsourcing.pilots) == 8
    for pilot in outsourcing.pilots:
        own = {item.id for item in items.select(pilot.items)}
        others = {item.id for item in items.select(pilot.piloted)} - own
        passed = max(visits[item].hypercare_last_day for item in own) + pilot.soak_days * DAY
        assert all(visits[item].date > passed for item in others), pilot.id
    pilots = {visits[f"service-desk@{site}"].id for site in ("dreux", "barcelona", "lisbon")}
    assert pilots == {_waves(plan, "desk")[0].id}


def test_knowledge_is_accepted_before_the_first_cutover_and_before_the_contract_ends(plan: Plan) -> None:
    accepted = {each.id: each.date for each in plan.milestones if each.kind == "acceptance"}
    visits = _visits(plan)
    first_plant = min(visits[item].date for item in visits if item.startswith("local-infrastructure@dreux"))

    assert max(accepted.values()) < dt.date(2027, 11, 30)
    for name, stream in {"kt-datacentre": "datacentre", "kt-desk": "desk", "kt-cloud": "cloud"}.items():
        dates = [date for key, date in accepted.items() if name in key]
        assert dates, name
        assert max(dates) < _waves(plan, stream)[0].date
    assert max(date for key, date in accepted.items() if "kt-plants@dreux" in key) < first_plant


def test_desks_wait_for_the_tool_and_what_is_lifted_is_transformed_later(plan: Plan) -> None:
    visits = _visits(plan)
    lifted = [item.removesuffix("/lift") for item in visits if item.endswith("/lift")]

    assert _waves(plan, "desk")[0].date >= dt.date(2027, 3, 22)
    assert sorted(lifted) == ["consolidation", "crm", "documents", "forecasting", "portal"]
    assert all(visits[f"{name}/transform"].date >= visits[f"{name}/lift"].date + 60 * DAY for name in lifted)


def _of_lot(plan: Plan, item: str) -> str:
    return next(lot.id for lot in plan.lots if item in lot.items).rpartition("-")[0]


def _codes(tmp_path: Path, text: PlanText, inventory: Path = OUTSOURCING) -> set[str]:
    file = tmp_path / "plan.yaml"
    file.write_text(str(text), encoding="utf-8")
    done = run_waveplan("check", file, inventory, "--json", "--quiet")
    assert done.code == 1, done.err
    return {finding["code"] for finding in json.loads(done.out)["findings"]}


def _dated(wave: Wave, day: str) -> tuple[str, str]:
    """The id of a wave as it stands, and on another day."""
    return wave.id, wave.id.replace(wave.date.isoformat(), day)


@pytest.mark.parametrize(
    ("code", "item", "day"),
    [
        pytest.param("WP341", "crm/transform", "2027-02-06", id="transformed before it is lifted"),
        pytest.param("WP342", "service-desk@dreux", "2027-03-16", id="a desk before its tool"),
        pytest.param("WP344", "service-desk@prague", "2027-04-13", id="a region before the core model"),
        pytest.param("WP345", "soc@paris", "2027-07-28", id="security after the end of its tranche"),
        pytest.param("WP346", "service-desk@paris", "2027-04-06", id="a desk before its pilot has soaked"),
        pytest.param("WP347", "directory", "2027-02-13", id="a first wave before knowledge is transferred"),
    ],
)
def test_a_wave_moved_by_hand_is_caught(code: str, item: str, day: str, tmp_path: Path) -> None:
    plan = _kept(OUTSOURCING)
    text = PlanText(_plan_file(OUTSOURCING).read_text(encoding="utf-8"))

    text.move_wave(*_dated(_visits(plan)[item], day))

    assert code in _codes(tmp_path, text)


def test_lots_of_two_tranches_in_one_wave_are_caught(tmp_path: Path) -> None:
    plan = _kept(OUTSOURCING)
    text = PlanText(_plan_file(OUTSOURCING).read_text(encoding="utf-8"))

    text.move_lot(_of_lot(plan, "service-desk@prague"), to=_visits(plan)["service-desk@paris"].id)

    assert _codes(tmp_path, text) >= {"WP343", "WP344"}


def test_a_team_that_has_left_transfers_no_knowledge(tmp_path: Path) -> None:
    shutil.copytree(OUTSOURCING, tmp_path / "inventory")
    file = tmp_path / "inventory" / "teams.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count("available: {to: 2027-06-30}") == 1
    file.write_text(text.replace("{to: 2027-06-30}", "{to: 2027-02-05}"), encoding="utf-8")

    found = _codes(tmp_path, PlanText(_plan_file(OUTSOURCING).read_text(encoding="utf-8")), tmp_path / "inventory")

    assert "WP348" in found


# --- support outsourcing ---------------------------------------------------------------------------------------------


def test_delivery_moves_away_step_by_step_each_behind_a_gate_of_the_steering_committee() -> None:
    plan, inventory = _kept(SUPPORT), _inventory(SUPPORT)
    visits = _visits(plan)
    for service in ("support-shops@lille", "support-logistics@lesquin", "support-offices@lille"):
        onsite, near, far = (visits[f"{service}/{step}"] for step in ("onsite", "nearshore", "offshore"))
        assert onsite.date + 60 * DAY <= near.date
        assert near.date + 90 * DAY <= far.date
    far_away = [wave for wave in plan.waves if wave.stream in {"near-shore", "offshore"}]
    assert {(gate.committee, gate.decides) for wave in far_away for gate in wave.gates} == {("steering", True)}
    assert all(gate.criteria and gate.date.weekday() == 1 for wave in far_away for gate in wave.gates)
    assert all(wave.totals.servers == 0 for wave in plan.waves)
    assert len(inventory.knowledge_transfers) == 5
    assert sum(each.kind == "acceptance" for each in plan.milestones) >= 5


# --- shared services -------------------------------------------------------------------------------------------------


def test_three_scenarios_stand_side_by_side_in_a_hundred_columns() -> None:
    """On the page that shows them, whose commands are run when documents are."""
    page = (ROOT / "docs" / "shared-services.md").read_text(encoding="utf-8")

    (shown,) = (step.shown for step in steps(page) if step.command.startswith("waveplan scenarios"))

    lines = shown.splitlines()
    assert lines[0].split() == ["own-site", "platform", "hybrid"]
    assert max(map(len, lines)) <= 100
    for line in ("Outage by organisation (hours)", "Person-days by organisation", "Costs, once (EUR)"):
        assert line in lines
    for organisation in ("flandre-habitat", "logis-anjou", "rives-habitat"):
        assert sum(line.startswith(organisation) for line in lines) == 2


def test_the_erp_follows_the_hosting_over_three_years() -> None:
    plan = _kept(SHARED)
    visits = _visits(plan)
    erp = [visits[f"erp-{place}"].date for place in ("angers", "la-rochelle", "lille")]

    assert erp == sorted(erp)
    assert all(later - earlier >= 182 * DAY for earlier, later in pairwise(erp))
    assert all(visits[f"rental-{place}"].date < erp[0] for place in ("angers", "la-rochelle", "lille"))
    assert {wave.date.year for wave in plan.waves} == {2027, 2028, 2029}
