"""Reports for meetings, and packages, as they are printed: run with UPDATE_GOLDEN=1 to accept what changed."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from golden.sample import printed

from waveplan import api
from waveplan.domain.actuals import Actuals
from waveplan.domain.briefing import Briefing
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.export.briefing_json import (
    dump_flash_json,
    dump_lot_packages_json,
    dump_steering_json,
    dump_wave_packages_json,
)
from waveplan.render.language import translator
from waveplan.render.reports.document import Report
from waveplan.render.reports.flash import flash_report
from waveplan.render.reports.markdown import report_markdown
from waveplan.render.reports.packages import lot_report, wave_report
from waveplan.render.reports.steering import steering_report
from waveplan.render.reports.text import report_view

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
DAY = dt.date(2027, 5, 20)
ACTUALS = Actuals.model_validate(
    {
        "gates": [
            {"wave": "2027-05-15-weekend", "gate": "go-no-go", "date": "2027-05-12", "decision": "no_go",
             "reason": "storage not ready"},
            {"wave": "2027-05-29-weekend", "gate": "go-no-go", "date": "2027-05-19", "decision": "conditional",
             "conditions": ["link tested at night", "testers named"]},
        ],
        "cutovers": [
            {"wave": "2027-04-10-weekend", "date": "2027-04-10", "result": "done"},
            {"wave": "2027-04-24-weekend", "date": "2027-04-24", "result": "partial", "rolled_back": ["erp-dev"],
             "reason": "tests failed"},
        ],
        "incidents": [
            {"id": "inc-7", "wave": "2027-04-10-weekend", "date": "2027-04-11", "item": "bastion", "severity": "major",
             "summary": "logins slow from dc-west"},
        ],
        "effort": [{"team": "systems", "week": "2027-W19", "person_days": "14"}],
    }
)  # fmt: skip


@pytest.fixture(scope="module")
def case() -> tuple[Inventory, Plan]:
    inventory = api.load(str(EXAMPLES / "datacentre-exit")).inventory
    plan = api.load_plan(str(EXAMPLES / "datacentre-exit.plan.yaml")).plan
    assert inventory is not None and plan is not None
    return inventory, plan


def _report(kind: str, inventory: Inventory, plan: Plan, language: str) -> Report:
    spoken = translator(language)
    if kind == "lot":
        return lot_report(api.lot_packages(plan, inventory, "payroll"), plan, spoken)
    if kind == "wave":
        return wave_report(api.wave_packages(plan, inventory, "2027-06-12-weekend"), plan, spoken)
    found = _briefing(inventory, plan)
    return flash_report(found, spoken) if kind == "flash" else steering_report(found, plan, spoken)


def _briefing(inventory: Inventory, plan: Plan) -> Briefing:
    earlier = plan.model_copy(deep=True)
    earlier.waves[0].lots.remove("print-ce95")
    earlier.waves[1].lots.append("print-ce95")
    return api.briefing(plan, inventory, DAY, days=14, actuals=ACTUALS, since=earlier)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [80, 160])
@pytest.mark.parametrize("kind", ["flash", "steering", "lot", "wave"])
def test_reports_on_a_terminal_are_as_kept(case: tuple[Inventory, Plan], kind: str, width: int, language: str) -> None:
    text = printed(report_view(_report(kind, *case, language), translator(language), width), width)
    assert all(len(line) <= width for line in text.splitlines())
    _compare(f"meeting-{kind}-{width}-{language}.txt", text)


@pytest.mark.parametrize("kind", ["flash", "steering"])
def test_markdown_is_as_kept(case: tuple[Inventory, Plan], kind: str) -> None:
    _compare(f"meeting-{kind}-en.md", report_markdown(_report(kind, *case, "en"), translator("en")))


def test_json_is_as_kept(case: tuple[Inventory, Plan]) -> None:
    """Amounts as exact numbers, owners with their actions, the whole wave or lot as the plan has it."""
    inventory, plan = case
    found = _briefing(inventory, plan)
    _compare("meeting-flash.json", dump_flash_json(found))
    _compare("meeting-steering.json", dump_steering_json(found, plan))
    _compare("meeting-lot.json", dump_lot_packages_json(api.lot_packages(plan, inventory, "payroll")))
    _compare("meeting-wave.json", dump_wave_packages_json(api.wave_packages(plan, inventory, "2027-06-12-weekend")))


def _compare(name: str, text: str) -> None:
    kept = Path(__file__).parent / "kept" / name
    if os.environ.get("UPDATE_GOLDEN"):
        kept.write_bytes(text.encode())
    assert text == kept.read_bytes().decode()
