"""Findings as a code quality report of GitLab."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from waveplan.domain.findings import Finding
from waveplan.export.fingerprints import whole_text, with_fingerprints

_SEVERITY = {"error": "major", "warning": "minor"}


def format_findings(findings: Iterable[Finding]) -> str:
    """A list of issues; what has no place in a file stands at the first line of its document."""
    issues = [_issue(finding, fingerprint) for finding, fingerprint in with_fingerprints(findings)]
    return json.dumps(issues, indent=2) + "\n"


def _issue(finding: Finding, fingerprint: str) -> dict[str, Any]:
    place = finding.location
    return {
        "description": whole_text(finding),
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITY[finding.severity],
        "location": {
            "path": place.file if place else finding.document,
            "lines": {"begin": place.line if place else 1},
        },
    }
