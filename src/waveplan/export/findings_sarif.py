"""Findings as SARIF 2.1.0, which code scanning services read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from waveplan.domain.catalogue import CATALOGUE
from waveplan.domain.findings import Finding
from waveplan.export.fingerprints import whole_text, with_fingerprints
from waveplan.version import __version__

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
HELP = "urn:waveplan:rule:{code}"


def format_findings(findings: Iterable[Finding], *, help_uri: str = HELP) -> str:
    """One run with the rules that were broken and a result a finding; `help_uri` holds `{code}`."""
    results = with_fingerprints(findings)
    codes = sorted({finding.code for finding, _ in results})
    driver = {"name": "waveplan", "version": __version__, "rules": [_rule(code, help_uri) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, fingerprint, codes.index(finding.code)) for finding, fingerprint in results],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(code: str, help_uri: str) -> dict[str, Any]:
    entry = CATALOGUE.get(code)
    return {
        "id": code,
        "shortDescription": {"text": entry.title if entry else code},
        "helpUri": help_uri.format(code=code),
        "help": {"text": f"waveplan rule {code}"},
        "defaultConfiguration": {"level": entry.severity if entry else "error"},
    }


def _result(finding: Finding, fingerprint: str, rule: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": finding.severity,
        "message": {"text": whole_text(finding)},
        "partialFingerprints": {"waveplan/v1": fingerprint},
    }
    if finding.location is not None:
        place = finding.location
        result["locations"] = [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(place.file)},
                    "region": {"startLine": place.line, "startColumn": place.column},
                }
            }
        ]
    return result


def _uri(file: str) -> str:
    """A path as a reference; an absolute one becomes a file address."""
    path = quote(file.replace("\\", "/").encode("utf-8", "backslashreplace"), safe="/")
    if path[1:5] == "%3A/":  # a drive of Windows
        path = f"/{path[0]}:{path[4:]}"
    return f"file://{path}" if path.startswith("/") else path
