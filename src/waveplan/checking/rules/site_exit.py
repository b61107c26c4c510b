"""WP335: a site that closes is empty, erased and proven so by its exit date."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.wording import finding
from waveplan.domain.findings import Finding

CODE = "WP335"


def check_site_exit(facts: Facts) -> Iterator[Finding]:
    """Decommissioning, after the last hypercare and retirement there, ends on or before `exit_by`."""
    for site in facts.inventory.sites:
        day = facts.dates.exits.get(site.id)
        if site.exit_by is None or day is None or day <= site.exit_by:
            continue
        last, cause, path = facts.dates.last_use(site.id)
        yield finding(
            CODE,
            "{site} is empty on {day}, after its exit date {exit_by}: last in use on {last} ({cause}), "
            "then {days} working days of decommissioning",
            {
                "site": site.id,
                "day": day.isoformat(),
                "exit_by": site.exit_by.isoformat(),
                "last": last.isoformat(),
                "cause": cause,
                "days": site.decommission_days,
            },
            subjects=(site.id, cause),
            path=path,
            hint="move the last lots that leave {site} to earlier waves",
            hint_values={"site": site.id},
        )
