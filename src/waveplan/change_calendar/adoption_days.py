"""On which days people are told, taught and asked around a cutover, and on which the team that does it works."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from fractions import Fraction

from waveplan.change_calendar.site_days import SiteDays
from waveplan.change_calendar.spans import ONE_DAY, Days, monday_of
from waveplan.change_calendar.team_days import A_YEAR, TeamDays
from waveplan.domain.adoption import Adoption
from waveplan.domain.inventory import Inventory

Spread = Mapping[dt.date, Fraction]  # by day or Monday: shares that add up to 1


class AdoptionDays(SiteDays, TeamDays):
    """Days of entries of adoption, for users of some sites."""

    def __init__(self, inventory: Inventory) -> None:
        SiteDays.__init__(self, inventory)
        TeamDays.__init__(self, inventory)
        self._adoption: dict[tuple[str, dt.date, tuple[str, ...]], Days] = {}

    def adoption_days(self, entry: Adoption, cutover: dt.date, sites: Iterable[str]) -> Days:
        """From the first to the last of its working days for users of some sites: days that are worked at all of them.

        What comes before the cutover begins on a day that gives way to an earlier one, what comes after on one that
        gives way to a later one, when it is not worked at one of the sites.
        """
        places = self.one_of_each_place(sites)
        key = (entry.id, cutover, places)
        if key not in self._adoption:
            first = self._first_day(entry, cutover, places)
            self._adoption[key] = Days(first, self.working_day_after(places, first, entry.days - 1))
        return self._adoption[key]

    def _first_day(self, entry: Adoption, cutover: dt.date, places: tuple[str, ...]) -> dt.date:
        work = self.work_days(places)
        if entry.is_before:
            return work.on_or_before(
                work.before(cutover - ONE_DAY * (entry.days_before or 0), entry.working_days_before or 0)
            )
        if entry.working_days_after:
            return work.after(cutover, entry.working_days_after)
        return work.on_or_after(cutover + ONE_DAY * (entry.days_after or 0))

    def adoption_weeks(self, entry: Adoption, days: Days) -> Mapping[dt.date, Fraction]:
        """The shares of `adoption_shares` by Monday."""
        found: dict[dt.date, Fraction] = {}
        for day, share in self.adoption_shares(entry, days).items():
            monday = monday_of(day)
            found[monday] = found[monday] + share if monday in found else share
        return found

    def adoption_shares(self, entry: Adoption, days: Days) -> Spread:
        """How the effort of its team falls on days: on those of its days on which some of the team is there.

        With none of these it is done before: on the last day on which it is there, of the year that leads up to them.
        There are no shares when there is no such day either.
        """
        assert entry.team is not None
        shares = self.effort_shares(entry.team, days)
        if shares:
            return shares
        earlier = self.last_present_day(entry.team, Days(days.first - A_YEAR, days.first))
        return {} if earlier is None else {earlier: Fraction(1)}
