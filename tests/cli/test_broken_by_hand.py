"""Each hard rule, end to end: a plan that the solver found, edited by hand to break that rule alone, is caught.

Edits that break a rule may make stated figures wrong too, which is one more finding; some edits do only that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.command_line import Waveplan
from support.hand_edits import PlanText

from waveplan import api
from waveplan.domain.catalogue import PLAN_RULES
from waveplan.domain.findings import Finding, Location
from waveplan.export.plan_yaml import dump_plan
from waveplan.planning.options import SolveOptions

HEAD = """\
waveplan: 1
programme: {name: By hand, start: 2026-01-05, deadline: 2026-12-18}
"""
FIGURES = "WP390"


@dataclass(frozen=True)
class Broken:
    """An inventory, the edits, and what the check must say: words of its message, and the line that it points to.

    `inventory_edit` is typed over the inventory instead of, or besides, the edits of the plan.
    """

    code: str
    name: str
    inventory: str
    plan_edits: tuple[Mapping[str, Mapping[str, str]], ...]
    inventory_edit: Mapping[str, str]
    says: tuple[str, ...]
    line: str
    wave: str | None

    def inventory_after(self) -> str:
        """The inventory as it is checked against."""
        old, new = self.inventory_edit.get("old", ""), self.inventory_edit.get("new", "")
        assert not old or self.inventory.count(old) == 1
        return self.inventory.replace(old, new) if old else self.inventory


def _case(data: dict[str, Any]) -> Broken:
    text: str = data["inventory"]
    return Broken(
        code=data["breaks"],
        name=data["name"],
        inventory=text if text.startswith("waveplan:") else HEAD + text,
        plan_edits=tuple(data.get("plan", [])),
        inventory_edit=data.get("edit_inventory", {}),
        says=tuple(data["says"]),
        line=data["line"],
        wave=data.get("wave"),
    )


CASES = tuple(
    _case(each)
    for each in yaml.load(Path(__file__).with_name("broken_by_hand.yaml").read_text("utf-8"), yaml.CBaseLoader)
)


@lru_cache(maxsize=64)
def solved(inventory: str, folder: Path) -> str:
    """The plan file that a solve of this inventory writes."""
    file = folder / "solved.yaml"
    file.write_text(inventory, encoding="utf-8")
    validation = api.validate(str(file))
    assert not validation.has_errors, [finding.message for finding in validation.findings]
    outcome = api.solve(validation, options=SolveOptions(reproducible=True, workers=1, deterministic_limit=60.0))
    assert outcome.plan is not None, [finding.message for finding in outcome.findings]
    return dump_plan(outcome.plan)


@pytest.fixture(scope="module")
def solving(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which inventories are solved."""
    return tmp_path_factory.mktemp("solving")


def checked(folder: Path, plan: str, inventory: str) -> tuple[Finding, ...]:
    """What the check says of these two files."""
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")
    (folder / "inventory.yaml").write_text(inventory, encoding="utf-8")
    ignored = ("WP412",)  # some of these cases change the inventory behind the plan
    return api.check(str(folder / "plan.yaml"), str(folder / "inventory.yaml"), ignore=ignored).findings


def edited(case: Broken, plan: str) -> PlanText:
    """The plan after the case's edits."""
    text = PlanText(plan)
    for edit in case.plan_edits:
        for name, given in edit.items():
            text.apply(name, given)
    return text


def place(case: Broken, text: PlanText, found: Location) -> tuple[str, str | None]:
    """The rest of the line that a finding points to, from its column on, and the wave that the line belongs to."""
    in_plan = Path(found.file).name == "plan.yaml"
    lines = text.lines if in_plan else case.inventory_after().splitlines()
    return lines[found.line - 1][found.column - 1 :], text.wave_at(found.line) if in_plan else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}: {case.name}")
def test_the_check_finds_the_broken_rule_its_numbers_and_its_line(case: Broken, solving: Path, tmp_path: Path) -> None:
    plan = solved(case.inventory, solving)
    assert checked(tmp_path, plan, case.inventory) == ()

    text = edited(case, plan)
    findings = checked(tmp_path, str(text), case.inventory_after())
    told = "\n".join(f"{each.location} {each.code} {each.message}" for each in findings)
    broken = [each for each in findings if each.code != FIGURES] or findings
    assert [each.code for each in broken] == [case.code], told
    assert len(findings) - len(broken) <= 1, told
    for words in case.says:
        assert words in broken[0].message, told
    assert broken[0].location is not None
    line, wave = place(case, text, broken[0].location)
    assert line.startswith(case.line), (line, told)
    assert wave == case.wave, told


def test_every_hard_rule_is_broken_by_hand_and_so_are_stated_figures() -> None:
    assert {case.code for case in CASES} == {*PLAN_RULES, FIGURES}


def test_figures_typed_over_are_one_finding_at_the_first_of_them(solving: Path, tmp_path: Path) -> None:
    case = next(each for each in CASES if each.code == "WP335")
    text = PlanText(solved(case.inventory, solving))
    text.replace("hypercare_last_day: 2026-02-10", "hypercare_last_day: 2026-02-09")
    text.replace(
        "{id: exit old, date: 2026-02-20, reached: 2026-02-17}", "{id: exit old, date: 2026-02-20, reached: 2026-02-13}"
    )
    (finding,) = checked(tmp_path, str(text), case.inventory)
    assert finding.code == FIGURES
    assert finding.message.endswith(
        "(2, stated → right): 2026-02-07-weekend hypercare_last_day 2026-02-09 → 2026-02-10; "
        "hard date exit old reached 2026-02-13 → 2026-02-17"
    )
    assert finding.location is not None
    assert place(case, text, finding.location) == ("2026-02-09", "2026-02-07-weekend")


AS_TYPED = ("WP305", "WP318", "WP339")


@pytest.mark.parametrize("code", AS_TYPED)
def test_the_same_at_the_command_line(code: str, waveplan: Waveplan, tmp_path: Path) -> None:
    case = next(each for each in CASES if each.code == code)
    (tmp_path / "inventory.yaml").write_text(case.inventory, encoding="utf-8")
    assert waveplan("solve", "inventory.yaml", "-o", "plan.yaml", "--quiet").code == 0
    assert waveplan("check", "plan.yaml", "inventory.yaml").code == 0

    text = edited(case, (tmp_path / "plan.yaml").read_text(encoding="utf-8"))
    (tmp_path / "plan.yaml").write_text(str(text), encoding="utf-8")
    (tmp_path / "inventory.yaml").write_text(case.inventory_after(), encoding="utf-8")
    done = waveplan("check", "plan.yaml", "inventory.yaml", "--ignore", "WP412", "--json")
    assert done.code == 1, done.err
    broken = [each for each in json.loads(done.out)["findings"] if each["code"] != FIGURES]
    assert [each["code"] for each in broken] == [code]
    for words in case.says:
        assert words in broken[0]["message"]
