"""One run of `waveplan refresh`: read, state anew, show or write."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from waveplan.cli import exit_codes
from waveplan.cli.findings import show_beside
from waveplan.cli.inventories import read_inventory
from waveplan.cli.output_files import refuse_unwritable, write_whole
from waveplan.cli.session import Session
from waveplan.cli.streams import standard_input
from waveplan.domain.findings import has_errors
from waveplan.errors import UnreadableInputError, UsageError

if TYPE_CHECKING:
    from waveplan.cli.commands.refresh import RefreshRequest
    from waveplan.usecases.refresh import Refreshed

_BOM = "\ufeff"


def run(ask: RefreshRequest, session: Session) -> int:
    """State a plan anew; whatever is wrong with the files is told first."""
    from waveplan.loading import load_plan
    from waveplan.usecases.refresh import refreshed

    if ask.plan == ask.inventory == "-":
        raise UsageError("only one of the files can be standard input")
    if ask.target != "-" and not (ask.check or ask.diff):
        refuse_unwritable(ask.target)
    raw = _raw(ask.plan)
    loaded = load_plan(ask.plan, stdin=BytesIO(raw), unfinished=True)
    show_beside(session, loaded.findings)
    read = read_inventory(ask.inventory, session, ask.max_size)
    if loaded.plan is None or read.inventory is None:
        return exit_codes.FINDINGS
    text = raw.decode("utf-8")
    body = text.removeprefix(_BOM)
    done = refreshed(loaded, body, read.inventory, read.validation.loaded.files)
    return _handed_over(ask, done, text[: len(text) - len(body)], read.session)


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
    if ask.check:
        return session.say("{file}: {count} things would be stated anew.", file=ask.plan, count=count)
    return session.say("{file}: {count} things stated anew.", file=ask.target, count=count)
