"""A change that breaks a plan is seen failing at its line, in each format, by a reader that is not ours."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from junitparser import Failure, JUnitXml
from sarif_pydantic import Sarif
from support.command_line import SMALL, Finished, Waveplan

Place = tuple[str, int, int | None]
"""File, line, and the column where the format has one."""

NARROWER = SMALL + "policy: {wave_limits: {servers: 1}, lot_limits: {servers: 5}}\n"
CODE_QUALITY = {  # what GitLab's documentation of Code Quality reports asks of each entry
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!/|\\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def _sarif(text: str) -> list[Place]:
    (run,) = Sarif.model_validate_json(text).runs
    assert run.tool.driver.name == "waveplan"
    places = []
    for result in run.results or []:
        assert run.tool.driver.rules is not None
        assert result.rule_id in {rule.id for rule in run.tool.driver.rules}
        physical = (result.locations or [])[0].physical_location
        assert physical is not None and physical.region is not None and physical.artifact_location is not None
        places.append(
            (str(physical.artifact_location.uri), physical.region.start_line or 0, physical.region.start_column)
        )
    return places


def _junit(text: str) -> list[Place]:
    report = JUnitXml.fromstring(text.encode())
    cases = [case for suite in report for case in suite]
    failed = [case for case in cases if any(isinstance(outcome, Failure) for outcome in case.result)]
    assert (report.tests, report.failures) == (len(cases), len(failed))
    assert {case.name[:5] for case in failed} == {"WP318"}
    return [(str(case._elem.get("file")), int(case._elem.get("line") or 0), None) for case in cases]


def _gitlab(text: str) -> list[Place]:
    entries = json.loads(text)
    jsonschema.validate(entries, CODE_QUALITY)
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    return [(entry["location"]["path"], entry["location"]["lines"]["begin"], None) for entry in entries]


def _github(text: str) -> list[Place]:
    """As the runner reads commands: `::name key=value,key=value::data`, one a line."""
    places = []
    for line in text.splitlines():
        command = re.fullmatch(r"::(error|warning|notice) ((?:[^:,=]+=[^:,]*,?)+)::(.+)", line)
        assert command is not None, line
        given = dict(pair.split("=", 1) for pair in command[2].split(","))
        places.append((given["file"], int(given["line"]), int(given["col"])))
    return places


def _azure(text: str) -> list[Place]:
    """As the agent reads commands: `##vso[area.action key=value;key=value]data`, one a line."""
    places = []
    for line in text.splitlines():
        command = re.fullmatch(r"##vso\[task\.logissue ((?:[^;=\]]+=[^;\]]*;?)+)\](.+)", line)
        assert command is not None, line
        given = dict(pair.split("=", 1) for pair in command[1].split(";"))
        assert given["type"] in {"error", "warning"}
        places.append((given["sourcepath"], int(given["linenumber"]), int(given["columnnumber"])))
    return places


def _concise(text: str) -> list[Place]:
    found = [re.match(r"([^:]+):(\d+):(\d+): error WP\d{3}", line) for line in text.splitlines()]
    return [(match[1], int(match[2]), int(match[3])) for match in found if match]


READERS: dict[str, Callable[[str], list[Place]]] = {
    "azure": _azure,
    "concise": _concise,
    "github": _github,
    "gitlab": _gitlab,
    "junit": _junit,
    "sarif": _sarif,
}


@pytest.fixture
def broken(small_plan: Path, waveplan: Waveplan) -> Callable[[str], Finished]:
    """The check of a plan whose inventory a change has made narrower than one of its waves."""
    (small_plan.parent / "small.yaml").write_text(NARROWER, encoding="utf-8")
    return lambda output_format: waveplan("check", "plan.yaml", "small.yaml", "--output-format", output_format)


@pytest.mark.parametrize("output_format", sorted(READERS))
def test_it_fails_at_the_line_of_the_wave(
    broken: Callable[[str], Finished], small_plan: Path, output_format: str
) -> None:
    lines = small_plan.read_text(encoding="utf-8").splitlines()
    wave = lines.index("waves:") + 2

    done = broken(output_format)

    assert done.code == 1
    assert "WP318" in done.out
    places = READERS[output_format](done.out)
    spots = [(file, line) for file, line, _ in places if file == "plan.yaml" and line == wave]
    assert spots, f"{places} has nothing at plan.yaml:{wave}"
    for file, line, column in places:
        assert file in {"plan.yaml", "small.yaml"}
        text = (small_plan.parent / file).read_text(encoding="utf-8").splitlines()[line - 1]
        assert column is None or 1 <= column <= len(text)


@pytest.mark.parametrize("output_format", sorted(READERS))
def test_what_is_right_passes_and_says_nothing_of_places(
    small_plan: Path, waveplan: Waveplan, output_format: str
) -> None:
    del small_plan
    done = waveplan("check", "plan.yaml", "small.yaml", "--output-format", output_format)
    assert done.code == 0
    if output_format == "junit":
        assert JUnitXml.fromstring(done.out.encode()).failures == 0
    else:
        assert READERS[output_format](done.out) == []
