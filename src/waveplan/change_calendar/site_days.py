"""Working days and public holidays of sites."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property

from waveplan.change_calendar import working_days as places
from waveplan.change_calendar.spans import ONE_DAY
from waveplan.change_calendar.work_days import Place, WorkDays, work_days
from waveplan.domain.inventory import Inventory
from waveplan.domain.sites import Site


class SiteDays:
    """What days are at the sites of an inventory."""

    def __init__(self, inventory: Inventory) -> None:
        self._sites = {site.id: site for site in inventory.sites}
        self._work: dict[tuple[str, ...], WorkDays] = {}

    def holiday(self, site: str, day: dt.date, language: str | None = None) -> str | None:
        """Name of the public holiday at a site on a day, or none."""
        place = self._sites[site]
        return places.holiday_name(place.country, place.subdivision, day, language)

    def work_days(self, sites: Iterable[str]) -> WorkDays:
        """The working days of sites: neither weekend nor public holiday at any; without sites, not a weekend."""
        ids = tuple(sites)
        found = self._work.get(ids)
        if found is None:
            found = self._work[ids] = work_days(frozenset(map(self._place, ids)))
        return found

    def is_working_day(self, sites: Iterable[str], day: dt.date) -> bool:
        """Whether a day is one of these."""
        return self.work_days(sites).works(day)

    def working_day_on_or_before(self, sites: Iterable[str], day: dt.date) -> dt.date:
        """The last day, not after the given one, that is a working day at all the sites."""
        return self.work_days(sites).on_or_before(day)

    def working_day_on_or_after(self, sites: Iterable[str], day: dt.date) -> dt.date:
        """The first day, not before the given one, that is a working day at all the sites."""
        return self.work_days(sites).on_or_after(day)

    def working_day_after(self, sites: Iterable[str], day: dt.date, count: int = 1) -> dt.date:
        """The count-th working day of all the sites after a day; the day itself for a count of 0."""
        return self.work_days(sites).after(day, count)

    def exit_day(self, site: Site, last_day: dt.date) -> dt.date:
        """When a site is empty, erased and proven so: its decommission (working) days after the last day in use."""
        return self.working_day_after((site.id,), last_day, site.decommission_days)

    def last_use_for_exit(self, site: Site, exit_day: dt.date) -> dt.date:
        """The last day on which a site may be in use so that it is empty and proven so on or before a day."""
        if not site.decommission_days:
            return exit_day
        return self.work_days((site.id,)).on_or_before(exit_day, site.decommission_days) - ONE_DAY

    def one_of_each_place(self, sites: Iterable[str]) -> tuple[str, ...]:
        """What tells working days of some sites apart: the first site there is of each of their countries and parts.

        Sites of one country so have one answer, whichever they are.
        """
        return tuple(sorted({self._first_there[self._place(name)] for name in sites}))

    @cached_property
    def _first_there(self) -> Mapping[Place, str]:
        found: dict[Place, str] = {}
        for name in self._sites:
            found.setdefault(self._place(name), name)
        return found

    def _place(self, site: str) -> Place:
        return self._sites[site].country, self._sites[site].subdivision
