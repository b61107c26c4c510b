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
from waveplan.cli.inventories import read_inventory
from waveplan.cli.night_words import moment_of, zone_of
from waveplan.cli.output_files import refuse_unwritable, write_whole
from waveplan.cli.plans import read_plan
from waveplan.cli.session import Session
from waveplan.domain.findings import has_errors
from waveplan.domain.plan_names import find_wave
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
    if [ask.plan, ask.inventory, ask.actuals, ask.template].count("-") > 1:
        raise UsageError("only one of the files can be standard input")
    if ask.output is not None:
        refuse_unwritable(ask.output)
    if not ask.watch:
        return _once(ask, session)
    if "-" in (ask.plan, ask.inventory, ask.actuals):
        raise UsageError("--watch looks at files: standard input cannot change")
    return _watched(ask, session)


def _watched(ask: NightRequest, session: Session) -> int:
    """Again at each entry and every half minute; a file that is being written is waited for."""
    from waveplan.cli.usage_errors import told

    files = [Path(each) for each in (ask.plan, ask.inventory, ask.actuals, ask.template) if each]
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
    loaded = read_plan(ask.plan)
    show_beside(session, loaded.findings)
    read = read_inventory(ask.inventory, session, ask.max_size)
    session = read.session
    actuals = api.load_actuals(ask.actuals)
    strange = api.foreign(loaded, read.inventory)
    show_beside(session, (*strange, *actuals.findings))
    if loaded.plan is None or read.inventory is None or strange or actuals.actuals is None:
        return exit_codes.FINDINGS
    templates = api.runbook_templates(read.inventory, ask.template)
    show_beside(session, templates.findings if ask.template is not None else ())
    if has_errors(templates.findings):
        return exit_codes.FINDINGS
    now = _now(ask, loaded.plan)
    from waveplan.usecases.nights import night_standing

    standing = night_standing(loaded.plan, read.inventory, ask.wave, templates.tasks, actuals.actuals, now, ask.run)
    _tell_strange(standing, actuals, session)
    _hand_over(standing, read.inventory, ask, session)
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


def _hand_over(standing: NightStanding, inventory: Inventory, ask: NightRequest, session: Session) -> None:
    if ask.as_json or ask.night_format == "json":
        from waveplan.export.night_json import dump_night_json

        text = dump_night_json(standing)
    else:
        from waveplan.cli.reports import told_as
        from waveplan.render.reports.night import NightShown, night_report

        language = session.translator(inventory.programme.language)
        report = night_report(NightShown(standing, inventory.programme.name, ask.team), language)
        text = told_as(ask.night_format, report, language, session)
    if ask.output is not None:
        write_whole(ask.output, text)
    elif ask.as_json or ask.night_format != "text":
        session.result(text)
    else:
        session.words(text)
