"""Findings as workflow commands of GitHub Actions, which shows them beside the changed lines."""

from __future__ import annotations

from collections.abc import Iterable

from waveplan.domain.findings import Finding, printable


def format_findings(findings: Iterable[Finding]) -> str:
    """One command a finding; a hint follows its message on a line of its own."""
    ordered = sorted(findings, key=lambda finding: finding.sort_key)
    return "".join(f"{_command(finding)}\n" for finding in ordered)


def _command(finding: Finding) -> str:
    properties = [f"title={_property(f'waveplan ({finding.code})')}"]
    if finding.location is not None:
        place = finding.location
        properties += [f"file={_property(str(printable(place.file)))}", f"line={place.line}", f"col={place.column}"]
    text = f"{finding.message}\n{finding.advice}" if finding.advice else finding.message
    return f"::{finding.severity} {','.join(properties)}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
