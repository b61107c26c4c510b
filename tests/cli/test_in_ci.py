"""What runs in CI: hooks, the action, and findings where a file cannot be read."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml
from support.command_line import ROOT, Waveplan, environment

Action = Callable[..., subprocess.CompletedProcess[str]]
WRONG = (
    "waveplan: 1\nprogramme: {name: X, start: 2026-01-05, deadline: 2026-02-01}\napplications: [{id: a, after: [b]}]\n"
)


@pytest.mark.parametrize("output_format", ["azure", "github", "gitlab", "junit", "sarif"])
@pytest.mark.parametrize("words", [("validate", "gone.yaml"), ("check", "gone.yaml", "wrong.yaml")])
def test_a_file_that_cannot_be_read_is_a_finding_for_programs(
    words: tuple[str, ...], output_format: str, waveplan: Waveplan, tmp_path: Path
) -> None:
    (tmp_path / "wrong.yaml").write_text(WRONG, encoding="utf-8")
    done = waveplan(*words, "--output-format", output_format)
    assert done.code == 2
    assert "WP413" in done.out
    assert "gone.yaml" in done.out
    assert "gone.yaml" in done.err


def test_names_of_junit_cases_hold_no_lines_and_are_distinct(waveplan: Waveplan, tmp_path: Path) -> None:
    (tmp_path / "wrong.yaml").write_text(
        WRONG.replace("after: [b]", "after: [b, c], site: x, sites: y"), encoding="utf-8"
    )
    before = _names(waveplan("validate", "wrong.yaml", "--output-format", "junit").out)
    (tmp_path / "wrong.yaml").write_text("# a remark\n" + (tmp_path / "wrong.yaml").read_text(), encoding="utf-8")
    after = _names(waveplan("validate", "wrong.yaml", "--output-format", "junit").out)
    assert before == after
    assert len(set(before)) == len(before) > 1


def _names(report: str) -> list[str]:
    return [case.attrib["name"] for case in ET.fromstring(report).iter("testcase")]


@pytest.fixture
def action(tmp_path: Path, small_plan: Path) -> Action:
    """Run the action's script with this source in place of what it installs."""
    del small_plan
    wrapper = tmp_path / "wrapper"
    wrapper.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m waveplan "$@"\n', encoding="utf-8")
    wrapper.chmod(0o755)

    def run(**inputs: str) -> subprocess.CompletedProcess[str]:
        given = {"PLAN": "", "WAVEPLAN": str(wrapper), **inputs}
        return subprocess.run(
            ["bash", str(ROOT / "hooks" / "action.sh")],
            cwd=tmp_path,
            env={**environment(), **given},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_the_action_checks_though_validation_fails_and_fails_all_the_same(action: Action, tmp_path: Path) -> None:
    (tmp_path / "wrong.yaml").write_text(WRONG, encoding="utf-8")
    done = action(INVENTORY="wrong.yaml", PLAN="gone.yaml", SARIF="out.sarif", LANGUAGE_OF_FINDINGS="fr")
    assert done.returncode != 0
    assert "WP107" in done.stdout
    assert "WP413" in done.stdout
    assert "gone.yaml" in done.stdout
    assert json.loads((tmp_path / "out.sarif").read_text())["runs"][0]["results"][0]["ruleId"] == "WP413"


def test_the_action_passes_what_is_right_and_takes_actuals(action: Action, tmp_path: Path) -> None:
    assert action(INVENTORY="small.yaml", PLAN="plan.yaml").returncode == 0
    (tmp_path / "actuals.yaml").write_text("waveplan_actuals: 1\neffort: [{team: x}]\n", encoding="utf-8")
    done = action(INVENTORY="small.yaml", PLAN="plan.yaml", ACTUALS="actuals.yaml")
    assert done.returncode == 1
    assert "file=actuals.yaml" in done.stdout
    assert action(INVENTORY="small.yaml", ACTUALS="actuals.yaml").returncode == 2


def test_every_input_of_the_action_is_used() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    used = set(re.findall(r"inputs\.([\w-]+)", (ROOT / "action.yml").read_text(encoding="utf-8")))
    assert used == set(action["inputs"])
    given = action["runs"]["steps"][-1]["env"]
    script = (ROOT / "hooks" / "action.sh").read_text(encoding="utf-8")
    assert all(name in script for name in given if name not in {"ACTION", "WAVEPLAN_ENVIRONMENT"})


def test_hooks_run_a_script_that_is_there_and_install_no_solver() -> None:
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")):
        script, command, *_ = hook["entry"].split()
        assert (ROOT / script).stat().st_mode & 0o111, "it can be run"
        assert (hook["language"], command in hook["id"]) == ("script", True)
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    lean = [line for line in (ROOT / "hooks" / "requirements.txt").read_text().splitlines() if line[0] != "#"]
    heavy = {line for line in asked if re.match("ortools|numba|numpy|scipy|networkx|Babel|icalendar|Jinja2", line)}
    assert set(lean) == set(asked) - heavy
