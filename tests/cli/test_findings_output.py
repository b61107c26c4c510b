"""Findings of `validate` and `check` in every format, and what decides their exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from support.command_line import SMALL, Waveplan

BROKEN = SMALL.replace("servers: [s3]", "servers: [s4]")
WARNED = SMALL.replace("links: [{between: [old, new], gbps: 1}]\n", "")
NARROW = SMALL + "policy: {wave_limits: {servers: 1}, lot_limits: {servers: 5}}\n"


@pytest.fixture
def broken(tmp_path: Path) -> str:
    """An inventory with one error, at line 14, column 25."""
    (tmp_path / "broken.yaml").write_text(BROKEN)
    return "broken.yaml"


@pytest.fixture
def warned(tmp_path: Path) -> str:
    """An inventory with one warning, WP119."""
    (tmp_path / "warned.yaml").write_text(WARNED)
    return "warned.yaml"


def test_text_quotes_the_line_and_says_what_to_do(waveplan: Waveplan, broken: str) -> None:
    done = waveplan("validate", broken)
    assert (done.code, done.err) == (1, "")
    assert done.out.startswith("broken.yaml:14:25: error WP107: there is no server 's4'\n  14 |   - {id: erp,")
    assert "hint:" in done.out
    assert done.out.endswith("1 error in broken.yaml\n")


def test_concise_is_one_line_a_finding(waveplan: Waveplan, broken: str) -> None:
    done = waveplan("validate", broken, "--output-format", "concise")
    assert done.out == "broken.yaml:14:25: error WP107: there is no server 's4'\n"


def test_json(waveplan: Waveplan, broken: str) -> None:
    done = waveplan("validate", broken, "--output-format", "json")
    data = json.loads(done.out)
    assert (data["errors"], data["warnings"]) == (1, 0)
    assert data["findings"][0]["location"] == {"file": "broken.yaml", "line": 14, "column": 25}
    assert waveplan("validate", broken, "--json").out == done.out
    assert waveplan("validate", broken, "--json", "--lang", "fr").out == done.out


def test_github(waveplan: Waveplan, broken: str) -> None:
    out = waveplan("validate", broken, "--output-format", "github").out
    assert out.startswith("::error title=waveplan (WP107),file=broken.yaml,line=14,col=25::there is no server")


def test_gitlab(waveplan: Waveplan, broken: str, tmp_path: Path) -> None:
    (issue,) = json.loads(waveplan("validate", broken, "--output-format", "gitlab").out)
    assert (issue["check_name"], issue["location"]) == ("WP107", {"path": "broken.yaml", "lines": {"begin": 14}})
    (tmp_path / "broken.yaml").write_text("# one line more\n" + BROKEN)
    (moved,) = json.loads(waveplan("validate", broken, "--output-format", "gitlab").out)
    assert moved["location"]["lines"]["begin"] == 15
    assert moved["fingerprint"] == issue["fingerprint"]


def test_junit(waveplan: Waveplan, broken: str, small: Path) -> None:
    suites = ET.fromstring(waveplan("validate", broken, "--output-format", "junit").out)
    assert suites.get("failures") == "1"
    assert "s4" in str(suites.find(".//failure").get("message"))  # type: ignore[union-attr]
    assert ET.fromstring(waveplan("validate", "small.yaml", "--output-format", "junit").out).get("failures") == "0"


def test_sarif(waveplan: Waveplan, broken: str) -> None:
    (run,) = json.loads(waveplan("validate", broken, "--output-format", "sarif").out)["runs"]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (14, 25)
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["WP107"]


@pytest.mark.parametrize(
    "output_format", ["text", "concise", "markdown", "json", "azure", "github", "gitlab", "junit", "sarif"]
)
def test_the_exit_code_does_not_depend_on_the_format(
    waveplan: Waveplan, broken: str, warned: str, output_format: str
) -> None:
    assert waveplan("validate", broken, "--output-format", output_format).code == 1
    assert waveplan("validate", warned, "--output-format", output_format).code == 0


def test_warnings_can_be_errors_or_nothing(waveplan: Waveplan, warned: str) -> None:
    assert "warning WP119" in waveplan("validate", warned).out
    strict = waveplan("validate", warned, "--warn-as-error")
    assert (strict.code, "error WP119" in strict.out) == (1, True)
    for ignored in (("--ignore", "WP119"), ("--ignore", "WP214,wp119"), ("--ignore", "WP120", "--ignore", "WP119")):
        done = waveplan("validate", warned, "--warn-as-error", *ignored)
        assert (done.code, done.out) == (0, "warned.yaml: clean\n")


def test_the_inventory_may_accept_a_finding_with_a_reason(waveplan: Waveplan, tmp_path: Path) -> None:
    (tmp_path / "warned.yaml").write_text(WARNED + "ignore: [{code: WP119, reason: the tapes travel by car}]\n")
    assert waveplan("validate", "warned.yaml", "--warn-as-error").code == 0


def test_what_cannot_be_read_cannot_be_ignored(waveplan: Waveplan, broken: str) -> None:
    assert waveplan("validate", broken, "--ignore", "WP107").code == 1


def test_a_plan_that_breaks_a_rule(waveplan: Waveplan, small_plan: Path) -> None:
    (small_plan.parent / "narrow.yaml").write_text(NARROW)
    done = waveplan("check", "plan.yaml", "narrow.yaml", "--output-format", "concise")
    assert (done.code, done.err) == (1, "")
    assert "plan.yaml:" in done.out
    assert "error WP318" in done.out
    assert waveplan("check", "plan.yaml", "narrow.yaml", "--ignore", "WP318").code == 0
    assert waveplan("check", "plan.yaml", "narrow.yaml", "--lang", "fr").code == 1


def test_a_plan_edited_by_hand(waveplan: Waveplan, small_plan: Path) -> None:
    text = small_plan.read_text(encoding="utf-8")
    small_plan.write_text(text.replace("finish: 43", "finish: 42"))
    done = waveplan("check", "plan.yaml", "small.yaml", "--json")
    assert (done.code, [each["code"] for each in json.loads(done.out)["findings"]]) == (1, ["WP390"])


def test_files_in_the_wrong_order_are_named(waveplan: Waveplan, small_plan: Path) -> None:
    done = waveplan("check", "small.yaml", "plan.yaml", "--output-format", "concise")
    assert done.code == 1
    assert done.out.count("WP125") == 2


def test_one_of_the_two_from_standard_input(waveplan: Waveplan, small_plan: Path) -> None:
    assert waveplan("check", "-", "small.yaml", stdin=small_plan.read_bytes()).code == 0
    assert waveplan("check", "plan.yaml", "-", stdin=SMALL.encode()).code == 0
