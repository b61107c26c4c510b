"""`waveplan import --suggest-mapping`: a first mapping of spreadsheets, on standard output or in a new file."""

from __future__ import annotations

from pathlib import Path

from waveplan import api
from waveplan.cli import exit_codes
from waveplan.cli.inventory_requests import ImportRequest
from waveplan.cli.output_files import refuse_unwritable, write_whole
from waveplan.cli.session import Session
from waveplan.cli.unreadable import told_to_programs
from waveplan.errors import UsageError

MAPPED = ("csv", "xlsx", "ods")


def suggest(ask: ImportRequest, session: Session) -> int:
    """Write a first mapping; returns the exit code. The format need not be said: it makes no difference here."""
    named = [] if ask.source is None or ask.source in MAPPED else [ask.source]
    files = [*named, *(ask.files or ())]
    if not files:
        raise UsageError("name the spreadsheets of which a mapping is to be made")
    if ask.output is not None:
        _refuse_existing(ask.output)
    suffix = Path(files[0]).suffix.lower().removeprefix(".")
    name = ask.source if ask.source in MAPPED else suffix if suffix in MAPPED else MAPPED[0]
    with told_to_programs(session, ask.output_format, files):
        text = api.suggest_mapping(name, files, session.translator().say)
    if ask.output is None:
        session.result(text)
        return exit_codes.CLEAN
    write_whole(ask.output, text)
    session.note(session.say("A first mapping is in {file}: read it, then import with --mapping.", file=ask.output))
    return exit_codes.CLEAN


def _refuse_existing(file: str) -> None:
    """Keep what somebody may have mended by hand."""
    refuse_unwritable(file)
    if Path(file).exists():
        raise UsageError("{file} is there already: name another file, or take it away", file=file)


def with_mapping(options: dict[str, str], ask: ImportRequest) -> dict[str, str]:
    """The options of a reader, with the mapping among them. Raises UsageError where the format has none."""
    if ask.mapping is None:
        return options
    if ask.source not in MAPPED:
        raise UsageError("--mapping goes with csv, xlsx and ods, and not with {format}", format=ask.source)
    return {**options, "mapping": ask.mapping}
