"""Reports for meetings, and packages for those who take part: gathered and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli.days import as_of_day
from waveplan.cli.inventories import ReadInventory
from waveplan.cli.report_wishes import Wishes, actuals_of, plan_since
from waveplan.cli.reports import Format, told_as
from waveplan.cli.session import Session
from waveplan.render.language import translator

if TYPE_CHECKING:
    from waveplan.domain.briefing import Briefing
    from waveplan.domain.plan import Plan
    from waveplan.render.language import Language
    from waveplan.render.reports.document import Report

_AHEAD = {"flash": 14, "steering": 35}  # days that a meeting looks ahead: until after the next one
PACKAGES = ("lot-package", "wave-package")


def meeting_text(
    kind: str, form: Format, wishes: Wishes, read: ReadInventory, plan: Plan, session: Session
) -> str | bytes:
    """A flash or steering report, or a package, in one of the formats that people read."""
    inventory = read.inventory
    assert inventory is not None
    language = translator(session.language(inventory.programme.language))
    if form == "pptx":
        from waveplan.slides import steering_slides

        return steering_slides(_briefing(kind, wishes, read, plan, session), plan, language)
    report = (_package if kind in PACKAGES else _meeting)(kind, wishes, read, plan, language, session)
    return told_as(form, report, language, session)


def _package(
    kind: str, wishes: Wishes, read: ReadInventory, plan: Plan, language: Language, session: Session
) -> Report:
    from waveplan.domain.plan_names import find_wave
    from waveplan.render.reports.packages import lot_report, wave_report

    assert read.inventory is not None
    if kind == "lot-package":
        return lot_report(api.lot_packages(plan, read.inventory, wishes.lot), plan, language)
    wave = None if wishes.wave is None else find_wave(plan, wishes.wave).id
    return wave_report(api.wave_packages(plan, read.inventory, wave), plan, language)


def _meeting(
    kind: str, wishes: Wishes, read: ReadInventory, plan: Plan, language: Language, session: Session
) -> Report:
    from waveplan.render.reports.flash import flash_report
    from waveplan.render.reports.steering import steering_report

    found = _briefing(kind, wishes, read, plan, session)
    return flash_report(found, language) if kind == "flash" else steering_report(found, plan, language)


def _briefing(kind: str, wishes: Wishes, read: ReadInventory, plan: Plan, session: Session) -> Briefing:
    assert read.inventory is not None
    day, actuals, since = as_of_day(wishes.as_of, session), actuals_of(wishes, session), plan_since(wishes, session)
    return api.briefing(plan, read.inventory, day, days=_AHEAD[kind], actuals=actuals, since=since)
