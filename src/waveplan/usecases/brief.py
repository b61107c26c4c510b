"""What a meeting is told about a programme on a day, and what partners and business teams get about their part."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from waveplan.domain.actuals import Actuals
    from waveplan.domain.briefing import Briefing
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.packages import LotPackage, WavePackage
    from waveplan.domain.plan import Plan


def briefing(
    plan: Plan,
    inventory: Inventory,
    as_of: dt.date,
    *,
    days: int,
    actuals: Actuals | None = None,
    since: Plan | None = None,
) -> Briefing:
    """Actions, risks, strands, loads and money on a day, looking `days` days ahead; with `since`, what has moved."""
    from waveplan.assessment.briefing import briefing as brief

    return brief(plan, inventory, as_of, days=days, actuals=actuals, since=since)


def lot_packages(plan: Plan, inventory: Inventory, lot: str | None = None) -> tuple[LotPackage, ...]:
    """What business teams get about each lot in a wave, or about one lot (or the lot of one item).

    Raises UsageError when no wave has such a lot.
    """
    from waveplan.assessment.packages import lot_packages as made

    return made(plan, inventory, lot)


def wave_packages(plan: Plan, inventory: Inventory, wave: str | None = None) -> tuple[WavePackage, ...]:
    """What partners get about each wave, or about the one of that id."""
    from waveplan.assessment.packages import wave_packages as made

    return made(plan, inventory, wave)
