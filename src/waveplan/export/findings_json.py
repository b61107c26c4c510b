"""Findings as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from waveplan.domain.catalogue import CATALOGUE
from waveplan.domain.findings import Finding
from waveplan.export.json_text import versioned


def format_findings(findings: Iterable[Finding]) -> str:
    """An object with the findings in order of their places, and how many errors and warnings there are."""
    ordered = sorted(findings, key=lambda finding: finding.sort_key)
    errors = sum(finding.severity == "error" for finding in ordered)
    facts = {
        "errors": errors,
        "warnings": len(ordered) - errors,
        "findings": [finding_entry(finding) for finding in ordered],
    }
    return json.dumps(versioned("findings", facts), indent=2) + "\n"


def finding_entry(finding: Finding) -> dict[str, Any]:
    """One finding as data."""
    place = finding.location
    return {
        "code": finding.code,
        "title": CATALOGUE[finding.code].title if finding.code in CATALOGUE else None,
        "severity": finding.severity,
        "message": finding.message,
        "hint": finding.advice or None,
        "subjects": list(finding.subjects),
        "document": finding.document,
        "path": list(finding.path),
        "location": place.entry if place else None,
    }
