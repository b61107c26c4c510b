"""Dates that follow from the waves: retirements, site exits, contracts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property

from waveplan.checking.placement import Placement
from waveplan.checking.remaining import Remains, what_remains
from waveplan.checking.retiring import Retiring
from waveplan.domain.commitments import Contract
from waveplan.domain.sites import Site


class ResultDates:
    """When what is retired may go, when sites are empty, and what must be out by a contract's end."""

    def __init__(self, placement: Placement, retiring: Retiring) -> None:
        self._placement = placement
        self._retiring = retiring
        self._calendar = placement.calendar

    @cached_property
    def _last_uses(self) -> dict[str, tuple[dt.date, str]]:
        """Last day on which each source site is in use, and by what: an item in hypercare, or retired."""
        last: dict[str, tuple[dt.date, str]] = {}
        sites: dict[str, tuple[str, ...]] = {
            name: self._placement.items[name].source_sites for name in self._placement.last_day_of
        }
        sites |= {name: each.sites for name, each in self._retiring.all.items()}
        for name, day in {**self._placement.last_day_of, **self._retiring.days}.items():
            for site in sites[name]:
                last[site] = max(last.get(site, (day, name)), (day, name))
        return last

    @cached_property
    def ends(self) -> dict[str, dt.date]:
        """When what is planned and what is retired on each source site is over and proven so, whatever else stays."""
        return {
            site.id: self._calendar.exit_day(site, self._last_uses[site.id][0])
            for site in self._placement.inventory.sites
            if site.id in self._last_uses and site.id in self._emptied
        }

    @property
    def exits(self) -> dict[str, dt.date]:
        """When each of those sites on which nothing stays is empty."""
        return {site: day for site, day in self.ends.items() if site not in self.stays}

    @cached_property
    def stays(self) -> dict[str, Remains]:
        """What stays on each site that would otherwise be empty one day."""
        remains = what_remains(self._placement.items)
        return {site: remains[site] for site in sorted(self._emptied) if site in remains}

    @cached_property
    def _emptied(self) -> set[str]:
        """Sites that something leaves and that have no services, or that must close."""
        left = {site for item in self._placement.last_day_of for site in self._sites_left(item)}
        left -= {str(item.service_site) for item in self._placement.items if item.service_site is not None}
        return left | {site.id for site in self._placement.inventory.sites if _closes(site)}

    def _sites_left(self, item: str) -> set[str]:
        """Sites where servers stood at first; what a later step leaves was only a place on the way."""
        return {move.origin for move in self._placement.items[item].moves if move.origin == move.server.site}

    def last_use(self, site: str) -> tuple[dt.date, str]:
        """Last day on which a source site is in use, and the item that is in hypercare or retired on it."""
        return self._last_uses[site]

    def contract_days(self) -> Iterator[tuple[Contract, dict[str, dt.date]]]:
        """Contracts, and when each item that must be out by their end is: its last hypercare day, its retirement."""
        days = {**self._placement.last_day_of, **self._retiring.days}
        for contract in self._placement.inventory.contracts:
            yield (
                contract,
                {str(i.id): days[i.id] for i in self._placement.items.select(contract.match) if i.id in days},
            )


def _closes(site: Site) -> bool:
    return site.exit_by is not None or site.decommission_days > 0
