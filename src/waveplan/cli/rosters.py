"""What `waveplan roster` does: read plan, inventory and roster, say who is on duty, and what cannot be manned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli import exit_codes
from waveplan.cli.findings import show_beside
from waveplan.cli.inventories import read_inventory
from waveplan.cli.output_files import refuse_unwritable, write_whole
from waveplan.cli.plans import read_plan
from waveplan.cli.session import Session
from waveplan.domain.findings import has_errors
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from waveplan.cli.night_requests import RosterRequest
    from waveplan.domain.roster import WaveRoster


def run(ask: RosterRequest, session: Session) -> int:
    """Say it; returns the exit code."""
    if [ask.plan, ask.inventory, ask.roster, ask.template].count("-") > 1:
        raise UsageError("only one of the files can be standard input")
    if ask.output is not None:
        refuse_unwritable(ask.output)
    loaded = read_plan(ask.plan)
    show_beside(session, loaded.findings)
    read = read_inventory(ask.inventory, session, ask.max_size)
    session = read.session
    from waveplan.usecases.nights import load_roster, wave_rosters

    people = load_roster(ask.roster)
    strange = api.foreign(loaded, read.inventory)
    show_beside(session, (*strange, *people.findings))
    if loaded.plan is None or read.inventory is None or strange or people.roster is None:
        return exit_codes.FINDINGS
    templates = api.runbook_templates(read.inventory, ask.template)
    show_beside(session, templates.findings if ask.template is not None else ())
    if has_errors(templates.findings):
        return exit_codes.FINDINGS
    waves, found = wave_rosters(
        loaded.plan, read.inventory, templates.tasks, people.roster, wave=ask.wave, out=ask.out or ()
    )
    _write(waves, ask, session, read.inventory.programme.language)
    show_beside(session, [each.at(people.sources.locate(each.path)) for each in found])
    return exit_codes.FINDINGS if has_errors(found) else read.exit_code


def _write(waves: Sequence[WaveRoster], ask: RosterRequest, session: Session, language: str) -> None:
    if ask.as_json:
        from waveplan.export.roster_json import dump_roster_json

        text = dump_roster_json(waves)
    else:
        from waveplan.cli.reports import told_as
        from waveplan.render.reports.roster import roster_report

        spoken = session.translator(language)
        text = told_as(ask.roster_format, roster_report(waves, spoken), spoken, session)
    if ask.output is not None:
        write_whole(ask.output, text)
    elif ask.as_json or ask.roster_format != "text":
        session.result(text)
    else:
        session.words(text)
