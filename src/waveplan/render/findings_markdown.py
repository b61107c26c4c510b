"""Findings as Markdown: a table for the comment of a merge request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from waveplan.domain.findings import Finding
from waveplan.render.findings import SEVERITY_NAMES, summary_line
from waveplan.render.language import Language, safe
from waveplan.render.markdown import heads, plain, row_of

_MOST_CHARACTERS = 60_000  # comments take 65,536 with GitHub, and are refused whole beyond


def findings_markdown(findings: Iterable[Finding], language: Language, where: str) -> str:
    """What there is in one line, then a row a finding; what a comment cannot hold is counted below it."""
    ordered = sorted(findings, key=lambda finding: finding.sort_key)
    lines = [f"**{plain(str(summary_line(ordered, language, where)))}**"]
    if ordered:
        say = language.say
        titles = (say("Severity"), say("Code"), say("Place"), say("Finding"), say("What to do"))
        lines += ["", *heads((title, False) for title in titles)]
        lines += _rows(ordered, language, _MOST_CHARACTERS - sum(map(len, lines)))
    return "\n".join(lines) + "\n"


def _rows(ordered: list[Finding], language: Language, room: int) -> Iterator[str]:
    for number, finding in enumerate(ordered):
        row = _row(finding, language)
        room -= len(row.encode()) + 1
        if room < 0:
            left = len(ordered) - number
            yield ""
            yield plain(language.count("… and {n} more finding.", "… and {n} more findings.", left))
            return
        yield row


def _row(finding: Finding, language: Language) -> str:
    place = plain(safe(str(finding.location))) if finding.location else ""
    cells = (
        plain(language.say(SEVERITY_NAMES[finding.severity])),
        finding.code,
        place,
        plain(language.message(finding)),
        plain(language.advice(finding) or ""),
    )
    return row_of(cells)
