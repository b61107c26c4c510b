"""One run of `waveplan record`: read, make the entry, judge it, write."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from waveplan import api
from waveplan.cli import exit_codes
from waveplan.cli.days import as_of_day
from waveplan.cli.doubting import doubts_about, is_answered
from waveplan.cli.findings import show_beside
from waveplan.cli.inventories import max_bytes
from waveplan.cli.night_words import TaskWords
from waveplan.cli.output_files import alone_in, refuse_unwritable, write_whole
from waveplan.cli.recording import Recorder
from waveplan.cli.session import Session
from waveplan.domain.findings import Finding, Location, Phrase, has_errors
from waveplan.domain.history import History
from waveplan.errors import UnreadableInputError, UsageError
from waveplan.usecases.record import actuals_of, recorded

if TYPE_CHECKING:
    from waveplan.cli.plan_requests import RecordRequest
    from waveplan.domain.actuals import Actuals
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.nights import Night
    from waveplan.domain.plan import Plan

_TRIES = 100  # of an entry that others come before
BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class OpenActuals:
    """A file of actuals about to get entries, beside its plan and, where one was named, its inventory."""

    file: str
    raw: str
    plan: Plan
    inventory: Inventory | None
    actuals: Actuals
    session: Session

    @property
    def text(self) -> str:
        """The text without a byte-order mark."""
        return self.raw.removeprefix(BOM)

    def write(self, text: str) -> None:
        """Replace the file; raises ChangedMeanwhileError when somebody else has since it was read."""
        with alone_in(Path(self.file).resolve().parent):
            if text_of(self.file) != self.raw:
                raise ChangedMeanwhileError("{file} was changed meanwhile: record it again.", file=self.file)
            write_whole(self.file, (BOM if self.raw.startswith(BOM) else "") + text)


class ChangedMeanwhileError(UsageError):
    """Somebody else has written the file since it was read."""


def opened(request: RecordRequest, session: Session) -> OpenActuals | None:
    """What entries are held against; None when any of it cannot be read, which is told."""
    refuse_unwritable(request.file)
    plan, session = _plan(request, session)
    inventory, readable = _inventory(request, session)
    if plan is None or not readable:
        return None
    raw = text_of(request.file)
    loaded = actuals_of(raw.removeprefix(BOM), request.file)
    show_beside(session, loaded.findings)
    if loaded.actuals is None:
        return None
    return OpenActuals(request.file, raw, plan, inventory, loaded.actuals, session)


def run(request: RecordRequest, session: Session) -> int:
    """Add what was said; nothing is written when it would be wrong.

    Two people who record tasks of one night at the same moment are both heard: who comes second is tried again.
    """
    for _ in range(_TRIES if (request.words or [""])[0] == "task" else 1):
        try:
            return _run(request, session)
        except ChangedMeanwhileError as error:
            changed = error
    raise changed


def _run(request: RecordRequest, session: Session) -> int:
    found = opened(request, session)
    if found is None:
        return exit_codes.FINDINGS
    session, plan, inventory = found.session, found.plan, found.inventory
    day = as_of_day(request.as_of, session)
    text, told = found.text, []
    for section, entry in recorder(found, request, day).entries(request.words or (), request.given):
        done = recorded(text, request.file, section, entry, plan=plan, inventory=inventory, as_of=day)
        if done.findings:
            _show(done.findings, done.text, session)
        if has_errors(done.findings):
            session.tell(session.say("Nothing was written to {file}.", file=request.file))
            return exit_codes.FINDINGS
        before = History(found.actuals, plan, day)
        doubts = doubts_about(entry, plan, done.findings, inventory is not None, before)
        if doubts and not request.force and not _is_meant(doubts, session):
            session.tell(session.say("Nothing was written to {file}.", file=request.file))
            return exit_codes.FINDINGS
        text = done.text
        told.append(f"{section}: {done.entry}")
    found.write(text)
    session.result("\n".join(told))
    return exit_codes.CLEAN


def recorder(found: OpenActuals, request: RecordRequest, day: dt.date) -> Recorder:
    """What makes entries of words; tasks of nights are looked up where an inventory was named."""

    def night(wave: str) -> Night | None:
        if found.inventory is None:
            return None
        from waveplan.usecases.nights import night_of
        from waveplan.usecases.runbooks import runbook_templates

        templates = runbook_templates(found.inventory, request.template)
        return night_of(found.plan, found.inventory, wave, templates.tasks)

    on = day if request.as_of is not None else None
    tasks = TaskWords(found.plan, dt.datetime.now(dt.UTC), cache(night), on)
    return Recorder(found.plan, found.actuals, day, found.session, tasks)


def _is_meant(doubts: list[Phrase], session: Session) -> bool:
    """Ask whoever sits there; without anybody, no."""
    for doubt in doubts:
        session.tell(session.say(doubt.template, **doubt.values))
    if not is_answered():
        session.tell(session.say("With --force it is recorded all the same."))
        return False
    return typer.confirm(session.say("Record it all the same?"), default=False, err=True)


def _plan(request: RecordRequest, session: Session) -> tuple[Plan | None, Session]:
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


def _inventory(request: RecordRequest, session: Session) -> tuple[Inventory | None, bool]:
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
