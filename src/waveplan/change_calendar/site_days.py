"""Working days and public holidays of sites."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from waveplan.change_calendar import working_days as places
from waveplan.change_calendar.spans import ONE_DAY
from waveplan.domain.inventory import Inventory
from waveplan.domain.sites import Site


class SiteDays:
    """What days are at the sites of an inventory."""

    def __init__(self, inventory: Inventory) -> None:
        self._sites = {site.id: site for site in inventory.sites}

    def holiday(self, site: str, day: dt.date, language: str | None = None) -> str | None:
        """Name of the public holiday at a site on a day, or none."""
        place = self._sites[site]
        return places.holiday_name(place.country, place.subdivision, day, language)

    def is_working_day(self, sites: Iterable[str], day: dt.date) -> bool:
        """Whether a day is neither weekend nor public holiday at any of the sites; without sites, not a weekend."""
        found = [self._sites[site] for site in sites]
        if not found:
            return places.is_working_day(None, None, day)
        return all(places.is_working_day(site.country, site.subdivision, day) for site in found)

    def working_day_on_or_before(self, sites: Iterable[str], day: dt.date) -> dt.date:
        """The last day, not after the given one, that is a working day at all the sites."""
        ids = tuple(sites)
        while not self.is_working_day(ids, day):
            day -= ONE_DAY
        return day

    def working_day_on_or_after(self, sites: Iterable[str], day: dt.date) -> dt.date:
        """The first day, not before the given one, that is a working day at all the sites."""
        ids = tuple(sites)
        while not self.is_working_day(ids, day):
            day += ONE_DAY
        return day

    def working_day_after(self, sites: Iterable[str], day: dt.date, count: int = 1) -> dt.date:
        """The count-th working day of all the sites after a day; the day itself for a count of 0."""
        ids = tuple(sites)
        for _ in range(count):
            day += ONE_DAY
            while not self.is_working_day(ids, day):
                day += ONE_DAY
        return day

    def exit_day(self, site: Site, last_day: dt.date) -> dt.date:
        """When a site is empty, erased and proven so: its decommission (working) days after the last day in use."""
        return self.working_day_after((site.id,), last_day, site.decommission_days)

    def last_use_for_exit(self, site: Site, exit_day: dt.date) -> dt.date:
        """The last day on which a site may be in use so that it is empty and proven so on or before a day."""
        day = exit_day
        for _ in range(site.decommission_days):
            day = self.working_day_on_or_before((site.id,), day) - ONE_DAY
        return day
