"""What `waveplan roster` does: read plan, inventory and roster, say who is on duty, and what cannot be manned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from waveplan.cli import exit_codes
from waveplan.cli.night_inputs import read_night_inputs, read_roster, refuse_what_cannot_be, tell_of_roster
from waveplan.cli.output_files import write_whole
from waveplan.cli.session import Session
from waveplan.domain.findings import has_errors
from waveplan.domain.roster import Rostered

if TYPE_CHECKING:
    from waveplan.cli.night_requests import RosterRequest
    from waveplan.domain.roster import WaveRoster


def run(ask: RosterRequest, session: Session) -> int:
    """Say it; returns the exit code."""
    refuse_what_cannot_be(ask, ask.roster)
    given = read_night_inputs(ask, session)
    people = read_roster(ask.roster, session if given is None else given.session)
    if given is None or people.value is None:
        return exit_codes.FINDINGS
    from waveplan.usecases.nights import wave_rosters

    on_duty = Rostered(people.value, tuple(ask.out or ()))
    waves, found = wave_rosters(given.plan, given.inventory, given.templates, on_duty, wave=ask.wave)
    _write(waves, ask, given.session, given.inventory.programme.language)
    tell_of_roster(found, people, given.session)
    return exit_codes.FINDINGS if has_errors(found) else given.exit_code


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
