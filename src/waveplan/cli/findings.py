"""Findings on the command line: as the result, in any of the formats, or told beside another result."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from waveplan.cli import exit_codes
from waveplan.cli.options import FindingFormat
from waveplan.cli.session import Session
from waveplan.domain.catalogue import CATALOGUE, is_house_code
from waveplan.domain.findings import Finding, Location, has_errors
from waveplan.errors import UsageError

_LARGEST_QUOTED_FILE = 20_000_000


def codes_to_ignore(given: Sequence[str] | None) -> frozenset[str]:
    """Codes of `--ignore`, each given once or several in a row with commas; raises UsageError for an unknown one."""
    codes = [code.strip().upper() for words in given or () for code in words.split(",")]
    for code in codes:
        if code not in CATALOGUE and not is_house_code(code):
            near = difflib.get_close_matches(code, CATALOGUE, n=1)
            if near:
                raise UsageError(
                    "--ignore: there is no finding {code}; did you mean {near}?", code=repr(code), near=near[0]
                )
            raise UsageError("--ignore: there is no finding {code}; `waveplan rule` lists all of them", code=repr(code))
    return frozenset(codes)


def hand_over(session: Session, findings: Sequence[Finding], output_format: FindingFormat, subject: str) -> int:
    """Write findings as the result; returns the exit code. `subject` names what was looked at."""
    if output_format == "text":
        _show_text(session, findings, subject)
    elif output_format == "concise":
        _show_concise(session, findings)
    elif output_format == "markdown":
        from waveplan.render.findings_markdown import findings_markdown

        session.result(findings_markdown(findings, session.translator(), subject))
    else:
        from waveplan.export.text_formats import FINDINGS

        session.result(FINDINGS[output_format](findings))
    return exit_codes.FINDINGS if has_errors(findings) else exit_codes.CLEAN


def _show_text(session: Session, findings: Sequence[Finding], subject: str) -> None:
    from waveplan.render.findings import findings_text

    language = session.translator()
    session.show(*findings_text(findings, language, line_of=line_of, where=subject), wrap=False)


def _show_concise(session: Session, findings: Sequence[Finding]) -> None:
    from waveplan.render.findings import findings_concise

    session.show(*findings_concise(findings, session.translator()), wrap=False)


def show_beside(session: Session, findings: Sequence[Finding]) -> None:
    """Tell findings on standard error, beside another result or in place of it."""
    if not findings:
        return
    from waveplan.render.findings import findings_text

    session.show_note(*findings_text(findings, session.translator(), line_of=line_of))


def line_of(location: Location) -> str | None:
    """The line that a finding is about, to be quoted; None when its file cannot be read again."""
    lines = [] if location.sheet else _lines(location.file)
    return lines[location.line - 1] if 0 < location.line <= len(lines) else None


def forget_lines() -> None:
    """Read files again that are quoted: they have changed."""
    _lines.cache_clear()


@lru_cache(maxsize=64)
def _lines(file: str) -> list[str]:
    path = Path(file)
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST_QUOTED_FILE:
            return []
        text = path.read_text(encoding="utf-8", errors="replace")
        return [] if "\0" in text else text.split("\n")  # a workbook has no lines
    except (OSError, ValueError):
        return []
