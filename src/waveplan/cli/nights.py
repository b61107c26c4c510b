"""What `waveplan night` does: read, say where the night stands, once or again and again."""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli import exit_codes
from waveplan.cli.file_watch import CLEAR, stamp
from waveplan.cli.findings import show_beside
from waveplan.cli.night_inputs import read_night_inputs, read_roster, refuse_what_cannot_be, tell_of_roster
from waveplan.cli.night_words import moment_of, zone_of
from waveplan.cli.output_files import write_whole
from waveplan.cli.session import Session
from waveplan.domain.night_standing import NightShown
from waveplan.domain.plan_names import find_wave
from waveplan.domain.roster import Rostered
from waveplan.domain.wording import finding
from waveplan.errors import UnreadableInputError, UsageError

if TYPE_CHECKING:
    from waveplan.cli.night_requests import NightRequest
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.night_standing import NightStanding
    from waveplan.domain.plan import Plan
    from waveplan.loading import LoadedActuals

_AGAIN = 30.0  # seconds after which what is left is worked out anew, since time goes on
_LOOK = 1.0


def run(ask: NightRequest, session: Session) -> int:
    """Say it; returns the exit code."""
    refuse_what_cannot_be(ask, ask.actuals, ask.roster)
    if not ask.watch:
        return _once(ask, session)
    if "-" in (ask.plan, ask.inventory, ask.actuals, ask.template, ask.roster):
        raise UsageError("--watch looks at files: standard input cannot change")
    return _watched(ask, session)


def _watched(ask: NightRequest, session: Session) -> int:
    """Again at each entry and every half minute; a file that is being written is waited for."""
    from waveplan.cli.usage_errors import told

    files = [Path(each) for each in (ask.plan, ask.inventory, ask.actuals, ask.template, ask.roster) if each]
    code = exit_codes.CLEAN
    try:
        while True:
            if sys.stdout.isatty():
                sys.stdout.write(CLEAR)
            try:
                code = _once(ask, session)
            except (UsageError, UnreadableInputError) as error:
                session.tell(told(error, session.language()))
            seen, until = stamp(files), time.monotonic() + _AGAIN
            while stamp(files) == seen and time.monotonic() < until:
                time.sleep(_LOOK)
    except KeyboardInterrupt:
        return code


def _once(ask: NightRequest, session: Session) -> int:
    given = read_night_inputs(ask, session)
    session = session if given is None else given.session
    actuals = api.load_actuals(ask.actuals)
    show_beside(session, actuals.findings)
    people = read_roster(ask.roster, session) if ask.roster is not None else None
    if given is None or actuals.actuals is None or (people is not None and people.value is None):
        return exit_codes.FINDINGS
    from waveplan.usecases.nights import NightAsked, night_roster, night_standing

    on_duty = None if people is None or people.value is None else Rostered(people.value, tuple(ask.out or ()))
    asked = NightAsked(given.plan, given.inventory, ask.wave, given.templates, ask.run)
    standing = night_standing(asked, actuals.actuals, _now(ask, given.plan))
    roster, unmanned = (None, ()) if on_duty is None else night_roster(asked, standing, on_duty)
    _tell_strange(standing, actuals, session)
    if people is not None:
        tell_of_roster(unmanned, people, session)
    _hand_over(NightShown(standing, given.inventory.programme.name, ask.team, roster), given.inventory, ask, session)
    return exit_codes.CLEAN if standing.verdict in {"go_on", "over"} else exit_codes.FINDINGS


def _now(ask: NightRequest, plan: Plan) -> dt.datetime:
    now = dt.datetime.now(dt.UTC)
    if ask.as_of is None:
        return now
    wave = find_wave(plan, ask.wave)
    return moment_of(ask.as_of, wave, zone_of(wave, plan, None), now)


def _tell_strange(standing: NightStanding, loaded: LoadedActuals, session: Session) -> None:
    """Entries about tasks that the night does not have."""
    assert loaded.actuals is not None
    found = []
    for record in standing.log.strange:
        values = {"wave": standing.night.night.label, "task": record.task}
        hint = "record it anew under its number or id; `waveplan runbook` lists them. Until then it counts for nothing"
        path = ("tasks", loaded.actuals.tasks.index(record), "task")
        subjects = (record.wave, str(record.task))
        found.append(finding("WP417", "{wave} has no task '{task}'", values, path, subjects, hint, document="actuals"))
    show_beside(session, [each.at(loaded.sources.locate(each.path)) for each in found])


def _hand_over(shown: NightShown, inventory: Inventory, ask: NightRequest, session: Session) -> None:
    if ask.as_json or ask.night_format == "json":
        from waveplan.export.night_json import dump_night_json

        text = dump_night_json(shown)
    else:
        from waveplan.cli.reports import told_as
        from waveplan.render.reports.night import night_report

        language = session.translator(inventory.programme.language)
        report = night_report(shown, language)
        text = told_as(ask.night_format, report, language, session)
    if ask.output is not None:
        write_whole(ask.output, text)
    elif ask.as_json or ask.night_format != "text":
        session.result(text)
    else:
        session.words(text)
