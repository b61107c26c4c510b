"""Findings as a JUnit report: an error fails its test case, a warning passes with a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from waveplan.domain.findings import Finding, printable


def format_findings(findings: Iterable[Finding]) -> str:
    """One test case a finding, and one that passes when there is none."""
    ordered = sorted(findings, key=lambda finding: finding.sort_key)
    failures = str(sum(finding.severity == "error" for finding in ordered))
    counts = {"name": "waveplan", "tests": str(len(ordered) or 1), "failures": failures, "errors": "0"}
    root = ET.Element("testsuites", counts)
    suite = ET.SubElement(root, "testsuite", {**counts, "skipped": "0"})
    names: Counter[str] = Counter()
    for finding in ordered:
        name = _name(finding)
        names[name] += 1
        _case(suite, finding, name if names[name] == 1 else f"{name} ({names[name]})")
    if not ordered:
        ET.SubElement(suite, "testcase", name="clean", classname="waveplan")
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _name(finding: Finding) -> str:
    """Code, file and subjects: a case stays the same case when lines above it come and go."""
    file = str(printable(finding.location.file)) if finding.location else finding.document
    about = ", ".join(str(printable(subject)) for subject in finding.subjects)
    return f"{finding.code} {file}{f': {about}' if about else ''}"


def _case(suite: ET.Element, finding: Finding, name: str) -> None:
    place = str(printable(str(finding.location))) if finding.location else finding.document
    case = ET.SubElement(suite, "testcase", name=name, classname=f"waveplan.{finding.code}")
    if finding.location is not None:
        case.set("file", str(printable(finding.location.file)))
        case.set("line", str(finding.location.line))
    text = f"{place}: {finding.message}"
    if finding.advice:
        text += f"\n{finding.advice}"
    if finding.severity == "error":
        ET.SubElement(case, "failure", type=finding.code, message=finding.message).text = text
    else:
        ET.SubElement(case, "system-out").text = f"warning: {text}"
