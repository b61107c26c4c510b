"""What `waveplan runbook` does: read what it takes, write the runbooks, tell what is wrong with them."""

from __future__ import annotations

import importlib.util
import sys
from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli import exit_codes, streams
from waveplan.cli.findings import show_beside
from waveplan.cli.night_inputs import read_night_inputs, read_roster, refuse_what_cannot_be, tell_of_roster
from waveplan.cli.output_files import write_whole
from waveplan.cli.session import Session
from waveplan.domain.findings import has_errors
from waveplan.domain.roster import Rostered
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from waveplan.cli.runbook_requests import RunbookFormat, RunbookRequest
    from waveplan.domain.inventory import Inventory
    from waveplan.usecases.runbooks import Runbooks


def run(ask: RunbookRequest, session: Session) -> int:
    """Read, write, tell; returns the exit code."""
    form: RunbookFormat = "json" if ask.as_json else ask.runbook_format
    refuse_what_cannot_be(ask, ask.roster)
    _refuse_workbook(form, ask.output)
    given = read_night_inputs(ask, session)
    if given is None:
        return exit_codes.FINDINGS
    session = given.session
    people = read_roster(ask.roster, session) if ask.roster is not None else None
    if people is not None and people.value is None:
        return exit_codes.FINDINGS
    on_duty = None if people is None or people.value is None else Rostered(people.value, tuple(ask.out or ()))
    made = api.runbooks(given.plan, given.inventory, given.templates, wave=ask.wave, lot=ask.lot, people=on_duty)
    _write(written(form, made, given.inventory, session), form, ask.output, session)
    show_beside(session, [finding.at(given.plan_file.sources.locate(finding.path)) for finding in made.findings])
    if people is not None:
        tell_of_roster(made.unmanned, people, session)
    wrong = has_errors((*made.findings, *made.unmanned))
    return exit_codes.FINDINGS if wrong else given.exit_code


def _refuse_workbook(form: RunbookFormat, output: str | None) -> None:
    """Raise UsageError where a workbook cannot be made, or would go to a terminal."""
    if form != "xlsx":
        return
    if importlib.util.find_spec("xlsxwriter") is None:
        raise UsageError(
            "--format {format} needs a package that is not installed: pip install 'waveplan[{extra}]'",
            format=form,
            extra="xlsx",
        )
    if output is None and sys.stdout.isatty():
        raise UsageError("a workbook is no text for a terminal: name a file, for instance -o night.xlsx")


def _write(text: str | bytes, form: RunbookFormat, output: str | None, session: Session) -> None:
    if output is not None:
        write_whole(output, text)
    elif isinstance(text, bytes):
        streams.write_bytes(text)
    elif form == "text":
        session.words(text)
    else:
        session.result(text)


def written(form: RunbookFormat, made: Runbooks, inventory: Inventory, session: Session) -> str | bytes:
    """Runbooks in one of the formats, in the language of this run."""
    programme = inventory.programme.name
    language = session.translator(inventory.programme.language)
    if form == "json":
        from waveplan.export.runbook_json import dump_runbook_json

        return dump_runbook_json(made.runbooks)
    if form == "ics":
        from waveplan.export.runbook_ics import dump_runbook_ics
        from waveplan.render.runbooks import told, who

        return dump_runbook_ics(
            made.runbooks, programme, lambda text: told(language, text), lambda name: who(language, name)
        )
    if form == "csv":
        from waveplan.render.reports.runbook_table import runbook_table
        from waveplan.render.reports.spreadsheet import report_csv

        return report_csv(runbook_table(made.runbooks, programme, language), language)
    if form == "xlsx":
        from waveplan.cli.runbook_workbooks import runbook_workbook

        return runbook_workbook(made.runbooks, programme, language)
    if form == "html":
        from waveplan.pages.runbook import runbook_page

        return runbook_page(made.runbooks, programme, language)
    from waveplan.cli.reports import told_as
    from waveplan.render.reports.runbook import runbook_report

    return told_as(form, runbook_report(made.runbooks, programme, language), language, session)
