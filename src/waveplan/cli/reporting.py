"""What `waveplan report` does: read plan and inventory, and what is asked for besides; write the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli import exit_codes, streams
from waveplan.cli.communication_reports import communication_text
from waveplan.cli.findings import show_beside
from waveplan.cli.inventories import ReadInventory, read_inventory
from waveplan.cli.meeting_reports import meeting_text
from waveplan.cli.output_files import refuse_unwritable, write_whole
from waveplan.cli.plans import read_plan
from waveplan.cli.report_wishes import UnreadableFileError, actuals_of, day_of, refuse_for
from waveplan.cli.reports import KINDS, Format, format_of, refuse_slides, written
from waveplan.cli.session import Session
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from waveplan.cli.report_requests import ReportRequest
    from waveplan.domain.plan import Plan


def run(ask: ReportRequest, session: Session) -> int:
    """Read, and write the report; returns the exit code."""
    form = format_of(ask.kind, ask.report_format, ask.as_json)
    refuse_for(ask)
    refuse_slides(form, ask.output)
    if [ask.plan, ask.inventory, ask.actuals, ask.since].count("-") > 1:
        raise UsageError("only one of the files can be standard input")
    if ask.output is not None:
        refuse_unwritable(ask.output)
    loaded = read_plan(ask.plan)
    show_beside(session, loaded.findings)
    read = read_inventory(ask.inventory, session, ask.max_size)
    strange = api.foreign(loaded, read.inventory)
    show_beside(session, strange)
    if loaded.plan is None or read.inventory is None or strange:
        return exit_codes.FINDINGS
    try:
        text = _text(ask, form, read, loaded.plan)
    except UnreadableFileError:
        return exit_codes.FINDINGS
    if ask.output is not None:
        write_whole(ask.output, text)
    elif isinstance(text, bytes):
        streams.write_bytes(text)
    elif form == "text":
        read.session.words(text)
    else:
        read.session.result(text)
    return read.exit_code


def _text(ask: ReportRequest, form: Format, read: ReadInventory, plan: Plan) -> str | bytes:
    assert read.inventory is not None
    if ask.kind == "programme":
        return _programme_text(ask, read, plan, read.session)
    if ask.kind == "communication":
        return communication_text(form, ask, read.inventory, plan, read.session)
    if ask.kind in KINDS:
        return written(ask.kind, form, read.inventory, plan, read.session)
    return meeting_text(ask.kind, form, ask, read, plan, read.session)


def _programme_text(ask: ReportRequest, read: ReadInventory, plan: Plan, session: Session) -> str:
    """The page. Raises UnreadableFileError when the actuals could not be read."""
    from waveplan.pages.context import PageSource
    from waveplan.pages.programme import programme_page
    from waveplan.render.language import translator

    inventory = read.inventory
    assert inventory is not None
    actuals, day = actuals_of(ask.actuals, session), day_of(ask, session)
    status = None if actuals is None or day is None else api.status(actuals, plan, inventory, day)
    source = PageSource(
        plan,
        inventory,
        as_of=day,
        status=status,
        accepted=api.accepted(read.validation.loaded),
        earlier=api.nearest_earlier(inventory, plan) if ask.why else None,
        paged=ask.paged,
    )
    return programme_page(source, translator(session.language(inventory.programme.language)))
