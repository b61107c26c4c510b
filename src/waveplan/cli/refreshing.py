"""One run of `waveplan refresh`: read, state anew, show or write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli import exit_codes
from waveplan.cli.days import as_of_day
from waveplan.cli.findings import show_beside
from waveplan.cli.inventories import validated
from waveplan.cli.output_files import refuse_unwritable, write_whole
from waveplan.cli.session import Session
from waveplan.cli.streams import standard_input
from waveplan.domain.findings import Finding, has_errors
from waveplan.domain.history import History
from waveplan.errors import UnreadableInputError, UsageError
from waveplan.usecases.replan import errors_ahead

if TYPE_CHECKING:
    from waveplan.api import Validation
    from waveplan.cli.plan_requests import RefreshRequest
    from waveplan.loading import LoadedPlan
    from waveplan.usecases.refresh import Refreshed

_BOM = "\ufeff"


def run(ask: RefreshRequest, session: Session) -> int:
    """State a plan anew; whatever is wrong with the files is told first."""
    from waveplan.loading import load_plan
    from waveplan.usecases.refresh import refreshed

    as_of = as_of_day(ask.as_of, session)
    if [ask.plan, ask.inventory, ask.actuals].count("-") > 1:
        raise UsageError("only one of the files can be standard input")
    if ask.target != "-" and not (ask.check or ask.diff):
        refuse_unwritable(ask.target)
    raw = _raw(ask.plan)
    loaded = load_plan(ask.plan, stdin=BytesIO(raw), unfinished=True)
    show_beside(session, loaded.findings)
    validation, session = validated(ask.inventory, session, ask.max_size)
    history = _history(ask.actuals, as_of, loaded, validation, session)
    if loaded.plan is None or validation.inventory is None or (ask.actuals and history is None):
        show_beside(session, _wrong(validation, loaded, None))
        return exit_codes.FINDINGS
    show_beside(session, _wrong(validation, loaded, history))
    text = raw.decode("utf-8")
    body = text.removeprefix(_BOM)
    done = refreshed(loaded, body, validation.inventory, validation.loaded.files, history)
    return _handed_over(ask, done, text[: len(text) - len(body)], session)


def _history(
    file: str | None, as_of: dt.date, loaded: LoadedPlan, validation: Validation, session: Session
) -> History | None:
    """What has happened, as far as it was asked for and can be read; what is wrong about it is told."""
    if file is None:
        return None
    actuals = api.load_actuals(file, stdin=standard_input())
    show_beside(session, api.judged(actuals, loaded.plan, validation.inventory, as_of))
    if actuals.actuals is None or loaded.plan is None:
        return None
    return History(actuals.actuals, loaded.plan, as_of)


def _wrong(validation: Validation, loaded: LoadedPlan, history: History | None) -> Sequence[Finding]:
    """What is wrong with the inventory, as far as that is not about what is done."""
    if history is None or loaded.plan is None:
        return [finding for finding in validation.findings if finding.severity == "error"]
    return errors_ahead(validation, history, loaded.plan)


def _raw(name: str) -> bytes:
    if name == "-":
        stream = standard_input()
        return b"" if stream is None else stream.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise UnreadableInputError("cannot read {name}: {reason}", name=name, reason=error.strerror) from None


def _handed_over(ask: RefreshRequest, done: Refreshed, head: str, session: Session) -> int:
    """Show or write the result, and tell what is left to do."""
    show_beside(session, done.left)
    if done.text is None:
        session.tell(
            session.say("Nothing was written: figures follow only once every lot stands in a wave, in a slot.")
        )
        if ask.actuals is None:
            session.tell(session.say("If such a wave has cut over: --actuals FILE keeps it where it was."))
        return exit_codes.FINDINGS
    for wave in done.follows_id:
        session.note(session.say("{wave}: date and slot follow its id; another id moves a wave.", wave=wave))
    if ask.diff:
        session.result(done.lines(ask.plan))
    elif not ask.check and ask.target == "-":
        session.result(head + done.text)
    elif not ask.check and (done.changed or ask.output is not None):
        write_whole(ask.target, head + done.text)
    if not ask.diff and ask.target != "-":
        session.note(_said(ask, done, session))
    return exit_codes.FINDINGS if (ask.check and done.changed) or has_errors(done.left) else exit_codes.CLEAN


def _said(ask: RefreshRequest, done: Refreshed, session: Session) -> str:
    count = sum(int(each.values.get("count", 1)) for each in done.mended)
    if not done.changed:
        return session.say("{file}: nothing to state anew.", file=ask.plan)
    if not count and ask.check:
        return session.say("{file}: nothing that it says is wrong, but it would be written anew.", file=ask.plan)
    if not count:
        return session.say("{file}: written anew; nothing that it said was wrong.", file=ask.target)
    if ask.check:
        return session.say("{file}: {count} things would be stated anew.", file=ask.plan, count=count)
    return session.say("{file}: {count} things stated anew.", file=ask.target, count=count)
