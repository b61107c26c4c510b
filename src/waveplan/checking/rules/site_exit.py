"""WP335: a site that closes is empty, erased and proven so by its exit date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import violation
from waveplan.domain.findings import Finding
from waveplan.domain.sites import Site

_AFTER_HYPERCARE = (
    "{site} is empty on {day}, after its exit date {exit_by}: hypercare of {wave} lasts until {last}, "
    "then come {days} working days of decommissioning"
)
_AFTER_RETIREMENT = (
    "{site} is empty on {day}, after its exit date {exit_by}: {item} is retired on {last}, "
    "then come {days} working days of decommissioning"
)


@hard_rule("WP335", "dates")
def check_site_exit(facts: Facts) -> Iterator[Finding]:
    """Decommissioning, after the last hypercare and retirement there, ends on or before `exit_by`."""
    for site in facts.inventory.sites:
        day = facts.dates.ends.get(site.id)
        if site.exit_by is None or day is None or day <= site.exit_by:
            continue
        last, item = facts.dates.last_use(site.id)
        yield _late(facts, site, site.exit_by, last, item)
        if item in facts.done:
            yield from _late_beside_the_past(facts, site, site.exit_by)


def _late_beside_the_past(facts: Facts, site: Site, exit_by: dt.date) -> Iterator[Finding]:
    """What is late there too, behind something done that is later still."""
    there = (item for item in facts.items.planned if site.id in item.source_sites and item.id in facts.lot_of)
    days = ((facts.last_day_of[item.id], str(item.id)) for item in there if item.id not in facts.done)
    last = max(days, default=None)
    if last is not None and facts.calendar.exit_day(site, last[0]) > exit_by:
        yield _late(facts, site, exit_by, *last)


def _late(facts: Facts, site: Site, exit_by: dt.date, last: dt.date, item: str) -> Finding:
    wave = facts.wave_of.get(item)
    return violation(
        _AFTER_HYPERCARE if wave else _AFTER_RETIREMENT,
        {
            "site": site.id,
            "day": facts.calendar.exit_day(site, last).isoformat(),
            "exit_by": exit_by.isoformat(),
            "last": last.isoformat(),
            "wave": wave.name if wave else "",
            "item": item,
            "days": site.decommission_days,
        },
        subjects=(site.id, item, *((wave.id,) if wave else facts.wave_awaited_by(item))),
        path=wave.path if wave else ("milestones",),
        hint="move the last lots that leave {site} to earlier waves",
    )
