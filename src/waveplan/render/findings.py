"""Findings as people read them: in full with the spot in the file, or one line each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rich.cells import cell_len
from rich.text import Text

from waveplan.domain.findings import Finding, Location
from waveplan.render.language import Language, Shown, marked, safe
from waveplan.render.styles import PALETTE

LineOf = Callable[[Location], str | None]
"""The line of a file at a location, without its end; None when it cannot be read."""

SEVERITY_NAMES = {"error": marked("error"), "warning": marked("warning")}
_EXCERPT = 100


def findings_text(
    findings: Iterable[Finding], language: Language, *, line_of: LineOf | None = None, where: str = ""
) -> list[Text]:
    """Each finding with its place, code, message, the line it is about and what to do next; then a summary.

    `where` names what was looked at, for the summary. Print without wrapping.
    """
    ordered = sorted(findings, key=lambda finding: finding.sort_key)
    texts = [part for finding in ordered for part in (_in_full(finding, language, line_of), Text(""))]
    return [*texts, summary_line(ordered, language, where)]


def findings_concise(findings: Iterable[Finding], language: Language) -> list[Text]:
    """One line a finding, without hints."""
    ordered = sorted(findings, key=lambda finding: finding.sort_key)
    return [_headline(finding, language) for finding in ordered]


def summary_line(findings: Sequence[Finding], language: Language, where: str = "") -> Text:
    """How many errors and warnings there are, and in what."""
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = len(findings) - errors
    parts = []
    if errors:
        parts.append(language.count("{n} error", "{n} errors", errors))
    if warnings:
        parts.append(language.count("{n} warning", "{n} warnings", warnings))
    said = Shown(", ".join(parts)) if parts else language.say("clean")
    style = PALETTE["error"] if errors else PALETTE["warning"] if warnings else PALETTE["good"]
    if not where:
        return Text(said, style=style)
    template = language.say("{said} in {where}", said=said, where=where) if parts else None
    return Text(template or language.say("{where}: {said}", said=said, where=where), style=style)


def _headline(finding: Finding, language: Language) -> Text:
    text = Text(no_wrap=True, overflow="ignore")
    if finding.location is not None:
        text.append(f"{safe(str(finding.location))}: ", style=PALETTE["heading"])
    text.append(f"{language.say(SEVERITY_NAMES[finding.severity])} {finding.code}", style=PALETTE[finding.severity])
    return text.append(language.colon).append(language.message(finding))


def _in_full(finding: Finding, language: Language, line_of: LineOf | None) -> Text:
    text = _headline(finding, language)
    source = line_of(finding.location) if line_of and finding.location else None
    if source is not None and finding.location is not None:
        text.append(_excerpt(source, finding.location), style=PALETTE["quiet"])
    if advice := language.advice(finding):
        text.append("\n  " + language.say("hint:"), style=PALETTE["good"]).append(f" {advice}")
    return text


def _excerpt(source: str, location: Location) -> str:
    """The line with its number and a caret below the column; a long line is cut around it."""
    column = min(location.column - 1, len(source))
    start = 0 if len(source) <= _EXCERPT else max(min(column - _EXCERPT // 2, len(source) - _EXCERPT), 0)
    before, after = safe(source[start:column]), safe(source[column : start + _EXCERPT])
    number = str(location.line)
    margin = " " * len(number)
    return f"\n  {number} | {before}{after}\n  {margin} | {' ' * cell_len(before)}^"
