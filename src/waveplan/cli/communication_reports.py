"""The plan of communication: gathered, and told in one of the formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli.report_wishes import actuals_of, day_of
from waveplan.cli.reports import Format, told_as
from waveplan.cli.session import Session
from waveplan.domain.history import History
from waveplan.render.language import translator

if TYPE_CHECKING:
    from waveplan.cli.report_requests import ReportRequest
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan


def communication_text(form: Format, ask: ReportRequest, inventory: Inventory, plan: Plan, session: Session) -> str:
    """What waves hold for people, as text in the language of this run; texts to send stay in their readers'."""
    from waveplan.domain.plan_names import find_wave
    from waveplan.export.communication_json import dump_communication_json
    from waveplan.render.reports.communication import communication_report

    wave = None if ask.wave is None else find_wave(plan, ask.wave).id
    actuals, day = actuals_of(ask.actuals, session), day_of(ask, session)
    held = api.communication(plan, inventory, wave)
    if actuals is not None and day is not None:
        held = api.communication_on(plan, inventory, History(actuals, plan, day), day, wave)
    if form == "json":
        return dump_communication_json(held)
    language = translator(session.language(inventory.programme.language))
    report = communication_report(
        held, plan, language, texts=ask.texts, tracked=actuals is not None, whole=form == "csv"
    )
    return told_as(form, report, language, session)
