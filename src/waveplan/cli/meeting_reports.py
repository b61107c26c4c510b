"""Reports for meetings, and packages for those who take part: gathered and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli.days import as_of_day
from waveplan.cli.inventories import ReadInventory
from waveplan.cli.report_wishes import actuals_of, plan_since
from waveplan.cli.reports import Format, told_as
from waveplan.cli.session import Session
from waveplan.render.language import translator

if TYPE_CHECKING:
    from waveplan.cli.report_requests import ReportRequest
    from waveplan.domain.briefing import Briefing
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan
    from waveplan.render.language import Language

_AHEAD = {"flash": 14, "steering": 35}  # days that a meeting looks ahead: until after the next one
PACKAGES = ("lot-package", "wave-package")


def meeting_text(
    kind: str, form: Format, ask: ReportRequest, read: ReadInventory, plan: Plan, session: Session
) -> str | bytes:
    """A flash or steering report, or a package, in one of its formats."""
    inventory = read.inventory
    assert inventory is not None
    language = translator(session.language(inventory.programme.language))
    if form == "pptx":
        from waveplan.slides import steering_slides

        return steering_slides(_briefing(kind, ask, read, plan, session), plan, language)
    if kind in PACKAGES:
        return _package(kind, form, ask, inventory, plan, language, session)
    found = _briefing(kind, ask, read, plan, session)
    if form == "json":
        from waveplan.export.briefing_json import dump_flash_json, dump_steering_json

        return dump_flash_json(found) if kind == "flash" else dump_steering_json(found, plan)
    from waveplan.render.reports.flash import flash_report
    from waveplan.render.reports.steering import steering_report

    report = flash_report(found, language) if kind == "flash" else steering_report(found, plan, language)
    return told_as(form, report, language, session)


def _package(
    kind: str, form: Format, ask: ReportRequest, inventory: Inventory, plan: Plan, language: Language, session: Session
) -> str:
    from waveplan.domain.plan_names import find_wave
    from waveplan.export.briefing_json import dump_lot_packages_json, dump_wave_packages_json
    from waveplan.render.reports.packages import lot_report, wave_report

    if kind == "lot-package":
        lots = api.lot_packages(plan, inventory, ask.lot)
        return (
            dump_lot_packages_json(lots)
            if form == "json"
            else told_as(form, lot_report(lots, plan, language), language, session)
        )
    wave = None if ask.wave is None else find_wave(plan, ask.wave).id
    waves = api.wave_packages(plan, inventory, wave)
    return (
        dump_wave_packages_json(waves)
        if form == "json"
        else told_as(form, wave_report(waves, plan, language), language, session)
    )


def _briefing(kind: str, ask: ReportRequest, read: ReadInventory, plan: Plan, session: Session) -> Briefing:
    assert read.inventory is not None
    day, actuals, since = (
        as_of_day(ask.as_of, session),
        actuals_of(ask.actuals, session),
        plan_since(ask.since, session),
    )
    return api.briefing(plan, read.inventory, day, days=_AHEAD[kind], actuals=actuals, since=since)
