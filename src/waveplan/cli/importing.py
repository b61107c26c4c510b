"""Importing on the command line: what is asked is made sure, files are read and written, and all of it is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli import exit_codes, flow_imports
from waveplan.cli.days import day_from, today
from waveplan.cli.findings import hand_over, show_beside
from waveplan.cli.import_views import accounts_csv, as_json, summary
from waveplan.cli.output_files import prepare_folder, refuse_unwritable, write_whole
from waveplan.cli.requests import ImportRequest
from waveplan.cli.session import Session
from waveplan.cli.unreadable import told_to_programs
from waveplan.domain.findings import Finding, has_errors
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from waveplan.imports.harvest import Harvest

_HELP = "help"


def run(ask: ImportRequest, session: Session) -> int:
    """Read, write, tell; returns the exit code."""
    if ask.apply_review is not None:
        return flow_imports.apply(ask, session)
    if ask.source is None:
        raise UsageError("say what wrote the files: `waveplan import help` lists the formats")
    if ask.source == _HELP:
        return _list_formats(session)
    if ask.settings and _HELP in ask.settings:
        return _list_options(ask.source, session)
    if not ask.files:
        raise UsageError("name the files to import")
    options = _options(ask.settings)
    if _is_of_flows(ask.source):
        with told_to_programs(session, ask.output_format, ask.files):
            harvest = api.gather(ask.source, ask.files, ask.name or "", options)
        return flow_imports.propose(ask, session, harvest)
    programme = _programme(ask, session)
    folder = _folder(ask)
    if ask.accounts is not None:
        refuse_unwritable(ask.accounts)
    with told_to_programs(session, ask.output_format, ask.files):
        harvest = api.gather(ask.source, ask.files, ask.name or "", options)
    writing = api.new_inventory([harvest], programme, today())
    findings = [*harvest.findings, *writing.findings]
    refused = has_errors(findings)
    written = [] if refused else _write(folder, writing.files)
    if ask.accounts is not None:
        write_whole(ask.accounts, accounts_csv(harvest, session.translator()))
    _tell(ask, session, harvest, findings, written)
    return exit_codes.FINDINGS if refused else exit_codes.CLEAN


def _is_of_flows(source: str) -> bool:
    known = api.import_sources().get(source)
    return known is not None and known.yields == "flows"


def _list_formats(session: Session) -> int:
    for name, source in api.import_sources().items():
        session.result(f"{name}{session.translator().colon}{session.say(source.title)}")
    return exit_codes.CLEAN


def _list_options(source: str, session: Session) -> int:
    sources = api.import_sources()
    if source not in sources:
        api.gather(source, [], "", {})  # says what there is
    for key, what in sources[source].options.items():
        session.result(f"{key}{session.translator().colon}{session.say(what)}")
    if not sources[source].options:
        session.note(session.say("{format} has no options.", format=source))
    return exit_codes.CLEAN


def _options(given: Sequence[str] | None) -> dict[str, str]:
    read = {}
    for text in given or ():
        key, equals, value = text.partition("=")
        if not equals or not key.strip():
            raise UsageError("--option takes KEY=VALUE, and not {text}", text=repr(text))
        read[key.strip()] = value.strip()
    return read


def _programme(ask: ImportRequest, session: Session) -> dict[str, str]:
    """What is said of the programme; its days are made sure."""
    start = day_from(ask.start, "--start", session) if ask.start else None
    deadline = day_from(ask.deadline, "--deadline", session) if ask.deadline else None
    if start and deadline and deadline <= start:
        raise UsageError("--deadline {deadline} is not after --start {start}", deadline=ask.deadline, start=ask.start)
    given = {"name": ask.programme, "start": start and start.isoformat(), "deadline": deadline and deadline.isoformat()}
    return {key: value for key, value in given.items() if value}


def _folder(ask: ImportRequest) -> str:
    """The folder of the new inventory: one that holds none yet."""
    if ask.output is None:
        raise UsageError("say where the inventory is to be written: -o DIR")
    folder = Path(ask.output)
    if folder.is_dir():
        taken = sorted(each.name for each in folder.rglob("*") if each.suffix in {".yaml", ".yml"})
        if taken:
            raise UsageError(
                "{folder} already holds {names}: nothing was written. Name another folder.",
                folder=ask.output,
                names=taken[:5],
            )
    elif folder.exists():
        raise UsageError("{name} is a file: name a folder to write into", name=ask.output)
    return ask.output


def _write(folder: str, files: dict[str, str]) -> list[str]:
    prepare_folder(folder)
    paths = [str(Path(folder) / name) for name in files]
    for path, text in zip(paths, files.values(), strict=True):
        write_whole(path, text)
    return paths


def _tell(
    ask: ImportRequest, session: Session, harvest: Harvest, findings: Sequence[Finding], written: Sequence[str]
) -> None:
    if ask.as_json:
        session.result(as_json(harvest, findings, written))
        return
    if not session.quiet:
        session.show_note(*summary(harvest, session))
    if ask.output_format != "text":
        hand_over(session, findings, ask.output_format, subject=", ".join(ask.files or ()))
        return
    show_beside(session, findings)
    for path in written:
        session.result(path)
    if written and ask.output is not None:
        session.note(session.say("Next: {command}", command=f"waveplan validate {ask.output}"))
