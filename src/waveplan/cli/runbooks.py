"""What `waveplan runbook` does: read what it takes, write the runbooks, tell what is wrong with them."""

from __future__ import annotations

import importlib.util
import sys
from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli import exit_codes, streams
from waveplan.cli.findings import show_beside
from waveplan.cli.inventories import read_inventory
from waveplan.cli.output_files import refuse_unwritable, write_whole
from waveplan.cli.plans import read_plan
from waveplan.cli.session import Session
from waveplan.domain.findings import has_errors
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from waveplan.cli.runbook_requests import RunbookFormat, RunbookRequest
    from waveplan.domain.inventory import Inventory
    from waveplan.usecases.runbooks import Runbooks


def run(ask: RunbookRequest, session: Session) -> int:
    """Read, write, tell; returns the exit code."""
    form: RunbookFormat = "json" if ask.as_json else ask.runbook_format
    if [ask.plan, ask.inventory, ask.template].count("-") > 1:
        raise UsageError("only one of the files can be standard input")
    _refuse_workbook(form, ask.output)
    if ask.output is not None:
        refuse_unwritable(ask.output)
    loaded = read_plan(ask.plan)
    show_beside(session, loaded.findings)
    read = read_inventory(ask.inventory, session, ask.max_size)
    strange = api.foreign(loaded, read.inventory)
    show_beside(session, strange)
    if loaded.plan is None or read.inventory is None or strange:
        return exit_codes.FINDINGS
    templates = api.runbook_templates(read.inventory, ask.template)
    show_beside(read.session, templates.findings if ask.template is not None else ())
    if has_errors(templates.findings):
        return exit_codes.FINDINGS
    made = api.runbooks(loaded.plan, read.inventory, templates.tasks, wave=ask.wave, lot=ask.lot)
    _write(written(form, made, read.inventory, read.session), form, ask.output, read.session)
    located = [finding.at(loaded.sources.locate(finding.path)) for finding in made.findings]
    show_beside(read.session, located)
    return exit_codes.FINDINGS if has_errors(made.findings) else read.exit_code


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
