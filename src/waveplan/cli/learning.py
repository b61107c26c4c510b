"""What `waveplan learn` does: read plan, inventory and actuals, show what tasks took, write proposed minutes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli import exit_codes
from waveplan.cli.findings import show_beside
from waveplan.cli.night_inputs import read_night_inputs, refuse_what_cannot_be
from waveplan.cli.output_files import write_whole
from waveplan.cli.session import Session

if TYPE_CHECKING:
    from waveplan.cli.night_requests import LearnRequest
    from waveplan.domain.actuals import Actuals
    from waveplan.domain.learnt import Learnt


def run(ask: LearnRequest, session: Session) -> int:
    """Show it; returns the exit code."""
    refuse_what_cannot_be(ask, *ask.actuals)
    given = read_night_inputs(ask, session)
    session = session if given is None else given.session
    actuals = _read(ask.actuals, session)
    if given is None or actuals is None:
        return exit_codes.FINDINGS
    from waveplan.usecases.nights import learnt_minutes

    found = learnt_minutes(given.plan, given.inventory, given.templates, actuals)
    _show(found, ask, session, given.inventory.programme.language)
    return exit_codes.CLEAN


def _read(files: Sequence[str], session: Session) -> list[Actuals] | None:
    """All actuals; None when one cannot be read, which is told."""
    found = [api.load_actuals(file) for file in files]
    for each in found:
        show_beside(session, each.findings)
    read = [each.actuals for each in found if each.actuals is not None]
    return read if len(read) == len(found) else None


def _show(found: Sequence[Learnt], ask: LearnRequest, session: Session, language: str) -> None:
    if ask.as_json:
        from waveplan.export.night_json import dump_learnt_json

        session.result(dump_learnt_json(found))
    else:
        from waveplan.cli.reports import told_as
        from waveplan.render.reports.learnt import learnt_report

        spoken = session.translator(language)
        session.words(told_as("text", learnt_report(found, spoken), spoken, session))
    proposed = [each for each in found if each.minutes is not None]
    if ask.output is not None:
        write_whole(ask.output, proposal(proposed))
        session.note(session.say("Written: {file}", file=ask.output))
        session.note(session.say("Look at it, and give it to runbook, night and learn with --template."))
    elif proposed and not ask.as_json:
        session.note(session.say("-o FILE writes the proposed minutes as templates."))


def proposal(found: Sequence[Learnt]) -> str:
    """A file of templates with the proposed minutes alone: all else of them stays as it is."""
    from waveplan.export.night_json import minutes_given

    lines = ["# Minutes learnt: median of minutes taken / planned, from quartile to quartile, observations.\n"]
    lines.append("waveplan_runbooks: 1\ntasks:" + ("\n" if found else " []\n"))
    for each in found:
        ratios = [f"{float(ratio):.2f}" for ratio in (each.middle, each.low, each.high)]
        lines.append(f"  # {ratios[0]}, {ratios[1]} to {ratios[2]}, {len(each.seen)}\n")
        given = ", ".join(f"{name}: {_word(value)}" for name, value in minutes_given(each).items())
        lines.append(f"  - {{id: {each.template.id}, minutes: {{{given}}}}}\n")
    return "".join(lines)


def _word(value: Decimal | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value.normalize():f}"
