"""`waveplan record --undo`: the last entry of the actuals is taken out again."""

from __future__ import annotations

from collections.abc import Sequence

from waveplan.cli import exit_codes
from waveplan.cli.findings import show_beside
from waveplan.cli.output_files import refuse_unwritable, write_whole
from waveplan.cli.record_runs import BOM, text_of
from waveplan.cli.recording import SECTIONS
from waveplan.cli.session import Session
from waveplan.domain.actuals import Section
from waveplan.errors import UsageError
from waveplan.export.actuals_yaml import record_text
from waveplan.usecases.record import actuals_of, undone


def undo_last(file: str, words: Sequence[str], session: Session) -> int:
    """Take out the last entry of the kind that is named, or of the only one that there is."""
    refuse_unwritable(file)
    raw = text_of(file)
    text = raw.removeprefix(BOM)
    loaded = actuals_of(text, file)
    show_beside(session, loaded.findings)
    if loaded.actuals is None:
        return exit_codes.FINDINGS
    held = {kind: section for kind, section in SECTIONS.items() if getattr(loaded.actuals, section)}
    last = {kind: record_text(getattr(loaded.actuals, section)[-1]) for kind, section in held.items()}
    done = undone(text, file, _section(words, held, last))
    write_whole(file, raw[: len(raw) - len(text)] + done.text)
    session.words(session.say("Taken out: {entry}", entry=done.entry))
    return exit_codes.CLEAN


def _section(words: Sequence[str], held: dict[str, Section], last: dict[str, str]) -> Section:
    if not held:
        raise UsageError("there is no entry to take out")
    if len(words) > 1 or (words and words[0] not in held):
        raise UsageError("--undo takes one of: {kinds}", kinds=", ".join(held))
    if not words and len(held) > 1:
        raise UsageError(
            "there are entries of several kinds: name the one whose last entry goes, such as --undo {first}. "
            "The last ones are: {entries}",
            first=next(iter(held)),
            entries="; ".join(f"{kind} {last[kind]}" for kind in held),
        )
    return held[words[0]] if words else next(iter(held.values()))
