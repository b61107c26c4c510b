"""WP335: a site that closes is empty, erased and proven so by its exit date."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.wording import finding
from waveplan.domain.findings import Finding

CODE = "WP335"
_AFTER_HYPERCARE = (
    "{site} is empty on {day}, after its exit date {exit_by}: hypercare of {wave} lasts until {last}, "
    "then come {days} working days of decommissioning"
)
_AFTER_RETIREMENT = (
    "{site} is empty on {day}, after its exit date {exit_by}: {item} is retired on {last}, "
    "then come {days} working days of decommissioning"
)


def check_site_exit(facts: Facts) -> Iterator[Finding]:
    """Decommissioning, after the last hypercare and retirement there, ends on or before `exit_by`."""
    for site in facts.inventory.sites:
        day = facts.dates.ends.get(site.id)
        if site.exit_by is None or day is None or day <= site.exit_by:
            continue
        last, item = facts.dates.last_use(site.id)
        wave = facts.wave_of.get(item)
        yield finding(
            CODE,
            _AFTER_HYPERCARE if wave else _AFTER_RETIREMENT,
            {
                "site": site.id,
                "day": day.isoformat(),
                "exit_by": site.exit_by.isoformat(),
                "last": last.isoformat(),
                "wave": wave.name if wave else "",
                "item": item,
                "days": site.decommission_days,
            },
            subjects=(site.id, item, *([wave.id] if wave else [])),
            path=wave.path if wave else ("milestones",),
            hint="move the last lots that leave {site} to earlier waves",
            hint_values={"site": site.id},
        )
