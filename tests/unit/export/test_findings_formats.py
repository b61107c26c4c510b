"""Machine formats of findings: their shape, their escaping, their fingerprints."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from waveplan.domain.catalogue import CATALOGUE
from waveplan.domain.findings import Finding, Location
from waveplan.export.findings_sarif import format_findings as sarif
from waveplan.export.text_formats import FINDINGS as FORMATS

WRONG = Finding(
    "WP107",
    "server '{server}' does not exist: 50% off",
    {"server": "erp\x1b[31m\n-db-9"},
    subjects=("erp\x1b[0m",),
    path=("applications", 0, "servers", 1),
    location=Location("my inventory,1/é:x.yaml", 12, 16),
    hint="did you mean '{name}'?",
    hint_values={"name": "<erp-db-1>"},
)
UNWISE = Finding("WP215", "3 items stand alone", severity="warning")
BOTH = [WRONG, UNWISE]

# The properties that SARIF 2.1.0 (OASIS) requires of the objects that are written, and the kinds of their values.
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name", "rules"],
                                "properties": {
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id", "helpUri", "shortDescription"],
                                            "properties": {
                                                "helpUri": {"type": "string", "pattern": "^[a-z][a-z0-9+.-]*:"},
                                                "shortDescription": {"type": "object", "required": ["text"]},
                                            },
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message", "ruleId", "level"],
                            "properties": {
                                "message": {"type": "object", "required": ["text"]},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "locations": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "required": ["physicalLocation"],
                                        "properties": {
                                            "physicalLocation": {
                                                "type": "object",
                                                "required": ["artifactLocation", "region"],
                                                "properties": {
                                                    "region": {
                                                        "type": "object",
                                                        "required": ["startLine", "startColumn"],
                                                        "properties": {
                                                            "startLine": {"type": "integer", "minimum": 1},
                                                            "startColumn": {"type": "integer", "minimum": 1},
                                                        },
                                                    }
                                                },
                                            }
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}


@pytest.mark.parametrize("name", FORMATS)
def test_formats_are_safe_stable_and_end_their_last_line(name: str) -> None:
    """No control character passes through, the order of findings does not matter, and the text is a text file."""
    text = FORMATS[name](BOTH)
    assert all(c.isprintable() or c == "\n" for c in text)
    assert text == FORMATS[name](BOTH[::-1])
    assert text.endswith("\n")
    text.encode("utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_no_findings(name: str) -> None:
    """A clean inventory is a valid document too, and nothing at all where findings are commands."""
    text = FORMATS[name]([])
    if name == "junit":
        assert ET.fromstring(text).get("failures") == "0"
    elif name not in {"azure", "github"}:
        assert json.loads(text) is not None
    else:
        assert text == ""


def test_json() -> None:
    """Everything a program wants to know of a finding."""
    data = json.loads(FORMATS["json"](BOTH))
    assert (data["errors"], data["warnings"]) == (1, 1)
    assert data["findings"][0]["location"] is None
    assert data["findings"][0]["hint"] is None
    assert data["findings"][1] == {
        "code": "WP107",
        "title": CATALOGUE["WP107"].title,
        "severity": "error",
        "message": "server 'erp\\x1b[31m\\n-db-9' does not exist: 50% off",
        "hint": "did you mean '<erp-db-1>'?",
        "subjects": ["erp\x1b[0m"],
        "document": "inventory",
        "path": ["applications", 0, "servers", 1],
        "location": {"file": "my inventory,1/é:x.yaml", "line": 12, "column": 16},
    }


def test_github() -> None:
    """Percent signs and line breaks are escaped everywhere, colons and commas in properties."""
    assert FORMATS["github"](BOTH).splitlines() == [
        "::warning title=waveplan (WP215)::3 items stand alone",
        (
            "::error title=waveplan (WP107),file=my inventory%2C1/é%3Ax.yaml,line=12,col=16"
            "::server 'erp\\x1b[31m\\n-db-9' does not exist: 50%25 off%0Adid you mean '<erp-db-1>'?"
        ),
    ]


def test_gitlab() -> None:
    """The keys that GitLab asks for; a finding without a place stands at the top of its document."""
    first, second = json.loads(FORMATS["gitlab"](BOTH))
    assert (first["severity"], second["severity"]) == ("minor", "major")
    assert first["location"] == {"path": "inventory", "lines": {"begin": 1}}
    assert second["location"] == {"path": "my inventory,1/é:x.yaml", "lines": {"begin": 12}}
    assert second["check_name"] == "WP107"
    assert second["description"].endswith("50% off. did you mean '<erp-db-1>'?")


def _fingerprints(*findings: Finding) -> list[str]:
    return [issue["fingerprint"] for issue in json.loads(FORMATS["gitlab"](findings))]


def test_fingerprints_outlive_added_lines_and_tell_findings_apart() -> None:
    """Line, column and place in a list may change; file, code, subject and message are what a finding is."""
    moved = Finding(**{**_fields(WRONG), "location": Location(WRONG.location.file, 99, 3), "path": ("applications", 7)})  # type: ignore[union-attr]
    assert _fingerprints(WRONG) == _fingerprints(moved)
    others = [
        Finding(**{**_fields(WRONG), **change})
        for change in (
            {"location": Location("other.yaml", 12, 16)},
            {"code": "WP106"},
            {"subjects": ("crm",)},
            {"values": {"server": "another"}},
        )
    ]
    assert len({*_fingerprints(WRONG, *others)}) == 5
    twice = _fingerprints(WRONG, moved)
    assert len({*twice}) == 2
    assert _fingerprints(WRONG)[0] in twice


def _fields(finding: Finding) -> dict[str, Any]:
    return {name: getattr(finding, name) for name in Finding.__slots__}


def test_junit() -> None:
    """Errors fail, warnings pass with a word; counts agree."""
    root = ET.fromstring(FORMATS["junit"](BOTH))
    assert (root.tag, root.get("tests"), root.get("failures")) == ("testsuites", "2", "1")
    warning, error = root.findall("testsuite/testcase")
    assert warning.find("failure") is None
    assert "3 items stand alone" in (warning.findtext("system-out") or "")
    assert (error.get("file"), error.get("line")) == ("my inventory,1/é:x.yaml", "12")
    failure = error.find("failure")
    assert failure is not None and failure.get("type") == "WP107"
    assert "did you mean '<erp-db-1>'?" in (failure.text or "")


def test_sarif() -> None:
    """Required properties are there; rules are listed once and pointed at; paths are addresses."""
    data = json.loads(FORMATS["sarif"]([*BOTH, WRONG]))
    jsonschema.validate(data, SARIF)
    run = data["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["WP107", "WP215"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    place = run["results"][1]["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "my%20inventory%2C1/%C3%A9%3Ax.yaml"},
        "region": {"startLine": 12, "startColumn": 16},
    }
    assert "locations" not in run["results"][0]


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("inventory/a.yaml", "inventory/a.yaml"),
        ("inventory\\a.yaml", "inventory/a.yaml"),
        ("/srv/a b.yaml", "file:///srv/a%20b.yaml"),
        ("C:\\plans\\a.yaml", "file:///C:/plans/a.yaml"),
        ("\udcff.yaml", "%5Cudcff.yaml"),
    ],
)
def test_sarif_addresses(file: str, uri: str) -> None:
    """Relative paths stay relative; absolute ones say so; even a name that is no text is written."""
    data = json.loads(sarif([Finding("WP101", "x", location=Location(file))]))
    assert data["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}


def test_sarif_help_can_point_elsewhere() -> None:
    """A site of one's own with the pages of findings."""
    data = json.loads(sarif(BOTH, help_uri="https://docs.example.org/{code}"))
    assert data["runs"][0]["tool"]["driver"]["rules"][0]["helpUri"] == "https://docs.example.org/WP107"
