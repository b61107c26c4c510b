"""One run of `waveplan anonymise`: read, replace, write, tell what stays."""

from __future__ import annotations

import csv
import io
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from waveplan.cli import exit_codes
from waveplan.cli.findings import show_beside
from waveplan.cli.inventories import validated
from waveplan.cli.output_files import prepare_folder, refuse_unwritable, write_whole
from waveplan.cli.plans import read_plan
from waveplan.cli.session import Session
from waveplan.domain.findings import has_errors
from waveplan.errors import UnreadableInputError, UsageError
from waveplan.usecases.anonymise import Anonymised, Disguise, anonymised, kept_facts

if TYPE_CHECKING:
    from waveplan.cli.inventory_requests import AnonymiseRequest
    from waveplan.domain.inventory import Inventory
    from waveplan.loading import LoadedActuals

_SHORTEST_KEY = 8
_MOST_TOLD = 12


def run(ask: AnonymiseRequest, session: Session) -> int:
    """Write the case under other names; the exit code is 1 when it cannot be read, or holds no longer."""
    if [ask.inventory, ask.plan, ask.actuals].count("-") > 1:
        raise UsageError("only one of the files can be standard input")
    if ask.shift and ask.shift_weeks is not None:
        raise UsageError("give --shift or --shift-weeks, not both")
    key = _key(ask.key_file)
    if ask.names is not None:
        refuse_unwritable(ask.names)
    validation, session = validated(ask.inventory, session, ask.max_size)
    plan = read_plan(ask.plan) if ask.plan is not None else None
    actuals = _actuals(ask.actuals)
    read = [*validation.loaded.findings, *(plan.findings if plan else ()), *(actuals.findings if actuals else ())]
    show_beside(session, [each for each in read if each.severity == "error"])
    if validation.loaded.inventory is None or has_errors(read):
        return exit_codes.FINDINGS
    prepare_folder(ask.output)
    done = anonymised(validation.loaded, plan, actuals, Disguise(key, ask.shift_weeks or 0, ask.shift))
    for name, text in done.files.items():
        write_whole(str(Path(ask.output) / name), text)
        session.result(str(Path(ask.output) / name))
    if ask.names is not None:
        write_whole(ask.names, _table(done.replaced))
    show_beside(session, done.findings)
    _tell(ask, done, validation.loaded.inventory, session)
    return exit_codes.FINDINGS if has_errors(done.findings) else exit_codes.CLEAN


def _key(file: str | None) -> bytes:
    if file is None:
        return secrets.token_bytes(32)
    try:
        key = Path(file).read_bytes().strip()
    except OSError as error:
        raise UnreadableInputError("cannot read {name}: {reason}", name=file, reason=error.strerror) from None
    if len(key) < _SHORTEST_KEY:
        raise UsageError("{name}: a key has at least {n} characters", name=file, n=_SHORTEST_KEY)
    return key


def _actuals(file: str | None) -> LoadedActuals | None:
    from waveplan.loading import load_actuals

    return None if file is None else load_actuals(file)


def _table(replaced: dict[str, str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("word", "pseudonym"))
    writer.writerows((f"'{word}" if word[:1] in "=+-@" else word, pseudonym) for word, pseudonym in replaced.items())
    return out.getvalue()


def _tell(ask: AnonymiseRequest, done: Anonymised, inventory: Inventory, session: Session) -> None:
    """What was replaced, and what stays although it may tell something."""
    language = session.translator()
    session.note(language.count("{n} word was replaced.", "{n} words were replaced.", len(done.replaced)))
    session.note("  " + ", ".join(f"{kind} {number}" for kind, number in sorted(done.kinds.items())))
    if ask.key_file is None:
        session.note(session.say("The key was made up, and is kept nowhere: another run gives other words."))
    stays = [session.say("structure"), session.say("numbers"), *([] if done.weeks else [session.say("days")])]
    session.note(session.say("What stays: {what}; comments are left out.", what=stays))
    for name, words in kept_facts(inventory).items():
        session.note("  " + session.say("{name}: {words}", name=name, words=_cut(words)))
    if ask.shift or done.weeks:
        session.note(session.say("All days move by the same number of weeks; weekdays stay."))
    if done.other_holidays:
        days = [language.day(day) for day in done.other_holidays[:_MOST_TOLD]]
        session.note(session.say("Public holidays that no longer fall where they did: {days}", days=days))
    if done.left:
        said = session.say("Replaced words that are words of the format, too: {words}", words=_cut(done.left))
        session.note(said)


def _cut(words: tuple[str, ...]) -> list[str]:
    more = [f"… (+{len(words) - _MOST_TOLD})"] if len(words) > _MOST_TOLD else []
    return [*words[:_MOST_TOLD], *more]
