"""One run of `waveplan record`: read, make the entry, judge it, write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from waveplan import api
from waveplan.cli import exit_codes
from waveplan.cli.days import as_of_day
from waveplan.cli.doubting import doubts_about, is_answered
from waveplan.cli.findings import show_beside
from waveplan.cli.inventories import max_bytes
from waveplan.cli.output_files import refuse_unwritable, write_whole
from waveplan.cli.recording import Recorder
from waveplan.cli.session import Session
from waveplan.domain.findings import Finding, Location, Phrase, has_errors
from waveplan.domain.history import History
from waveplan.errors import UnreadableInputError, UsageError
from waveplan.usecases.record import actuals_of, recorded

if TYPE_CHECKING:
    from waveplan.cli.plan_requests import RecordRequest
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan

BOM = "\ufeff"


def run(request: RecordRequest, session: Session) -> int:
    """Add one entry; nothing is written when it would be wrong."""
    refuse_unwritable(request.file)
    plan, session = plan_of(request, session)
    inventory, readable = inventory_of(request, session)
    if plan is None or not readable:
        return exit_codes.FINDINGS
    raw = text_of(request.file)
    text = raw.removeprefix(BOM)
    loaded = actuals_of(text, request.file)
    show_beside(session, loaded.findings)
    if loaded.actuals is None:
        return exit_codes.FINDINGS
    day = as_of_day(request.as_of, session)
    section, entry = Recorder(plan, loaded.actuals, day, session).entry(request.words or (), request.given)
    done = recorded(text, request.file, section, entry, plan=plan, inventory=inventory, as_of=day)
    if done.findings:
        _show(done.findings, done.text, session)
    if has_errors(done.findings):
        session.tell(session.say("Nothing was written to {file}.", file=request.file))
        return exit_codes.FINDINGS
    before = History(loaded.actuals, plan, day)
    doubts = doubts_about(entry, plan, done.findings, inventory is not None, before)
    if doubts and not request.force and not _is_meant(doubts, session):
        session.tell(session.say("Nothing was written to {file}.", file=request.file))
        return exit_codes.FINDINGS
    if text_of(request.file) != raw:
        raise UsageError(session.say("{file} was changed meanwhile: record it again.", file=request.file))
    write_whole(request.file, raw[: len(raw) - len(text)] + done.text)
    session.result(f"{section}: {done.entry}")
    return exit_codes.CLEAN


def _is_meant(doubts: list[Phrase], session: Session) -> bool:
    """Ask whoever sits there; without anybody, no."""
    for doubt in doubts:
        session.tell(session.say(doubt.template, **doubt.values))
    if not is_answered():
        session.tell(session.say("With --force it is recorded all the same."))
        return False
    return typer.confirm(session.say("Record it all the same?"), default=False, err=True)


def plan_of(request: RecordRequest, session: Session) -> tuple[Plan | None, Session]:
    """The plan that was named, else the one beside the actuals; and the language of its programme."""
    name = request.plan
    if name is None:
        beside = Path(request.file).parent / "plan.yaml"
        if not beside.is_file():
            raise UsageError(session.say("There is no {file}: name the plan with --plan.", file=str(beside)))
        name = str(beside)
    loaded = api.load_plan(name)
    if loaded.plan is not None:
        session = session.speaking(loaded.plan.programme.language)
    show_beside(session, loaded.findings)
    return loaded.plan, session


def inventory_of(request: RecordRequest, session: Session) -> tuple[Inventory | None, bool]:
    """The inventory, when one was named, and whether that could be read."""
    if request.inventory is None:
        return None, True
    loaded = api.load(request.inventory, max_bytes=max_bytes(request.max_size))
    show_beside(session, loaded.findings)
    return loaded.inventory, loaded.inventory is not None


def text_of(name: str) -> str:
    """The text of a file, as it stands; nothing when there is none yet."""
    path = Path(name)
    try:
        return path.read_bytes().decode("utf-8") if path.exists() else ""
    except UnicodeDecodeError:
        raise UnreadableInputError("cannot read {name}: {reason}", name=name, reason="it is not UTF-8 text") from None
    except OSError as error:
        raise UnreadableInputError("cannot read {name}: {reason}", name=name, reason=error.strerror) from None


def _show(findings: tuple[Finding, ...], text: str, session: Session) -> None:
    """Findings with the lines that they are about, as the file would have them."""
    from waveplan.render.findings import findings_text

    lines = text.split("\n")

    def line_of(location: Location) -> str | None:
        return lines[location.line - 1].rstrip("\r") if 0 < location.line <= len(lines) else None

    session.show_note(*findings_text(findings, session.translator(), line_of=line_of))
