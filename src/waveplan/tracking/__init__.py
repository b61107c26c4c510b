"""Whether the actuals make sense beside the plan and the inventory: findings of the family WP4xx, one kind a file."""

from __future__ import annotations

import datetime as dt

from waveplan.domain.actuals import Actuals
from waveplan.domain.findings import Finding
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.tracking.agreeing import check_agreeing, check_missing
from waveplan.tracking.dating import check_dates
from waveplan.tracking.naming import check_names
from waveplan.tracking.reasons import check_reasons
from waveplan.tracking.records import Records
from waveplan.tracking.standing import standing_of
from waveplan.tracking.surveys import check_surveys
from waveplan.tracking.turning_out import promised_so_far, turned_out

__all__ = ["judge", "promised_so_far", "standing_of", "turned_out"]


def judge(actuals: Actuals, plan: Plan, inventory: Inventory | None, as_of: dt.date) -> list[Finding]:
    """Everything there is to say about the actuals on a day, in the order of the codes.

    Without an inventory, names of teams and items are taken as they are.
    """
    records = Records(actuals, plan, inventory, as_of)
    return [
        *check_names(records),
        *check_dates(records),
        *check_agreeing(records),
        *check_missing(records),
        *check_reasons(records),
        *check_surveys(records),
    ]
