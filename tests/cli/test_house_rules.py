"""Rules of the house: reported like any other finding, told with file and line when they fail, never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.command_line import ROOT, SMALL, Waveplan

RULE = """
from waveplan.house import breach, rule


@rule("HR001", hint="fewer than {n}")
def few_items(facts):
    for wave in facts.waves:
        if len(wave.items) > 1:
            yield breach(wave, "{wave} holds {n} items", wave=wave.name, n=len(wave.items))
"""
FAILS = """
from waveplan.house import breach, rule


@rule("HR002", severity="warning")
def divides(facts):
    yield breach(facts.waves[0], "said before it fails")
    half = helper(facts)


def helper(facts):
    return 1 / 0
"""


@pytest.fixture
def folder(tmp_path: Path, waveplan: Waveplan) -> Path:
    """A small inventory, its plan, and a file of rules."""
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "house.py").write_text(RULE, encoding="utf-8")
    assert waveplan("solve", "small.yaml", "-o", "plan.yaml", "--quiet", "--workers", "1").code == 0
    return tmp_path


def test_a_rule_is_reported_as_any_other(waveplan: Waveplan, folder: Path) -> None:
    plain = waveplan("check", "plan.yaml", "small.yaml")
    done = waveplan("check", "plan.yaml", "small.yaml", "--rules", "house.py", "--output-format", "json")
    found = json.loads(done.out)["findings"]
    assert (plain.code, done.code) == (0, 1)
    assert [(each["code"], each["severity"], each["hint"]) for each in found] == [("HR001", "error", "fewer than 2")]
    assert found[0]["message"].endswith("holds 2 items")
    assert found[0]["location"]["file"] == "plan.yaml"
    line = (folder / "plan.yaml").read_text(encoding="utf-8").splitlines()[found[0]["location"]["line"] - 1]
    assert found[0]["subjects"][0] in line
    said = waveplan("check", "plan.yaml", "small.yaml", "--rules", "house.py").err
    assert "Rules of the house looked at the plan, too: HR001" in said


def test_codes_of_the_house_can_be_ignored(waveplan: Waveplan, folder: Path) -> None:
    assert waveplan("check", "plan.yaml", "small.yaml", "--rules", "house.py", "--ignore", "hr001").code == 0
    text = SMALL + "ignore: [{code: HR001, reason: two items are few}]\n"
    (folder / "small.yaml").write_text(text, encoding="utf-8")
    assert waveplan("validate", "small.yaml").out == "small.yaml: clean\n"
    done = waveplan("check", "plan.yaml", "small.yaml", "--rules", "house.py", "--json")
    assert "HR001" not in done.out


def test_a_rule_that_fails_is_a_finding_with_file_and_line(waveplan: Waveplan, folder: Path) -> None:
    (folder / "fails.py").write_text(FAILS, encoding="utf-8")
    done = waveplan("check", "plan.yaml", "small.yaml", "--rules", "fails.py", "--json")
    found = json.loads(done.out)["findings"]
    line = FAILS.splitlines().index("    return 1 / 0") + 1
    assert done.code == 1
    assert {(each["severity"], each["message"], each["location"]["file"]) for each in found} == {
        ("warning", "said before it fails", "plan.yaml"),
        (
            "error",
            "rule divides of the house failed, and says nothing more of this plan: ZeroDivisionError: division by zero",
            "fails.py",
        ),
    }
    assert [each["location"]["line"] for each in found if each["severity"] == "error"] == [line]
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = (\n", "house.py:1:5: this is not Python:"),
        ("\nimport no_such_module\n", "house.py:2:1: the rules cannot be read: ModuleNotFoundError:"),
        ("raise SystemExit(0)\n", "house.py:1:1: the rules cannot be read: SystemExit: 0"),
        (RULE.replace("HR001", "WP301"), "house.py:5:1: the rules cannot be read: ValueError: 'WP301' is no code"),
        ("x = 1\n", 'house.py has no rule: put @rule("HR001") above a function'),
        (None, "cannot read house.py: No such file or directory"),
    ],
)
def test_files_that_are_no_rules_are_told_with_their_line(
    waveplan: Waveplan, folder: Path, text: str | None, said: str
) -> None:
    if text is None:
        (folder / "house.py").unlink()
    else:
        (folder / "house.py").write_text(text, encoding="utf-8")
    done = waveplan("check", "plan.yaml", "small.yaml", "--rules", "house.py")
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('yield "a sentence"', "TypeError: a rule yields breach(…), not str"),
        (
            'yield breach(None, "{wave} is wrong", n=1)',
            "ValueError: '{wave} is wrong' has {wave}, and no value of that name",
        ),
        (
            'yield breach(None, "wrong", m=1)',
            "ValueError: 'fewer than {n}' has {n}, and no value of that name is given",
        ),
    ],
)
def test_what_a_rule_yields_wrongly_is_told(waveplan: Waveplan, folder: Path, body: str, said: str) -> None:
    head = RULE[: RULE.index("    for wave")]
    (folder / "house.py").write_text(f"{head}    {body}\n", encoding="utf-8")
    done = waveplan("check", "plan.yaml", "small.yaml", "--rules", "house.py", "--json")
    (found,) = json.loads(done.out)["findings"]
    assert said in found["message"]
    assert found["location"]["file"] == "house.py"


def test_one_code_in_two_files_is_refused(waveplan: Waveplan, folder: Path) -> None:
    (folder / "other.py").write_text(RULE, encoding="utf-8")
    done = waveplan("check", "plan.yaml", "small.yaml", "--rules", "house.py", "--rules", "other.py")
    assert (done.code, "HR001 is a rule in house.py and in other.py" in done.err) == (2, True)


def test_solve_writes_the_plan_and_says_that_the_house_refuses_it(waveplan: Waveplan, folder: Path) -> None:
    done = waveplan("solve", "small.yaml", "-o", "new.yaml", "--workers", "1", "--rules", "house.py")
    assert done.code == 1
    assert "new.yaml:" in done.err
    assert "HR001" in done.err
    assert "rules of the house refuse it" in done.err
    assert waveplan("check", "new.yaml", "small.yaml").code == 0


def test_installed_packages_bring_rules(waveplan: Waveplan, folder: Path) -> None:
    about = folder / "site" / "acme_rules-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-rules\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[waveplan.rules]\nacme = acme_rules\n", encoding="utf-8")
    (folder / "site" / "acme_rules.py").write_text(RULE, encoding="utf-8")
    done = waveplan("check", "plan.yaml", "small.yaml", PYTHONPATH=str(folder / "site"))
    assert (done.code, "HR001" in done.out) == (1, True)
    (about / "entry_points.txt").write_text("[waveplan.rules]\nacme = acme_rules:nothing\n", encoding="utf-8")
    wrong = waveplan("check", "plan.yaml", "small.yaml", PYTHONPATH=str(folder / "site"))
    assert (wrong.code, "the installed rules acme (acme_rules:nothing) cannot be loaded" in wrong.err) == (2, True)


def test_the_example_of_the_page_is_the_file(waveplan: Waveplan, folder: Path) -> None:
    page = (ROOT / "docs" / "house-rules.md").read_text(encoding="utf-8")
    shown = page.split("```python\n")[1].split("```")[0]
    (folder / "house.py").write_text(shown, encoding="utf-8")
    assert shown.split("@rule", 1)[1].strip() in (ROOT / "examples" / "house_rules.py").read_text(encoding="utf-8")
    assert waveplan("check", "plan.yaml", "small.yaml", "--rules", "house.py").code == 0
