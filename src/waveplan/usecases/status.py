"""Where a programme stands on a day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from waveplan.domain.actuals import Actuals
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan
    from waveplan.domain.status import Status


def status(actuals: Actuals, plan: Plan, inventory: Inventory, as_of: dt.date) -> Status:
    """Where the programme stands on a day: done, running, next, late, how far it has come."""
    from waveplan.assessment.status import status as assess

    return assess(actuals, plan, inventory, as_of)
