"""Findings as logging commands of Azure Pipelines, which lists them as errors and warnings of the run."""

from __future__ import annotations

from collections.abc import Iterable

from waveplan.domain.findings import Finding, printable


def format_findings(findings: Iterable[Finding]) -> str:
    """One command a finding; a hint follows its message on the same line, since a command is one line."""
    ordered = sorted(findings, key=lambda finding: finding.sort_key)
    return "".join(f"{_command(finding)}\n" for finding in ordered)


def _command(finding: Finding) -> str:
    properties = [f"type={finding.severity}", f"code={finding.code}"]
    if finding.location is not None:
        place = finding.location
        file = _property(str(printable(place.file)))
        properties += [f"sourcepath={file}", f"linenumber={place.line}", f"columnnumber={place.column}"]
    text = f"{finding.message}; {finding.advice}" if finding.advice else finding.message
    return f"##vso[task.logissue {';'.join(properties)}]{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace("]", "%5D").replace(";", "%3B")
