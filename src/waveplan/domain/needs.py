"""People that are needed day by day, as a plan states them: days in a row on which nothing changes are one line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import NamedTuple

from waveplan.domain.plan_loads import PeopleNeed

_ONE_DAY = dt.timedelta(days=1)


class DayNeed(NamedTuple):
    """People needed on one day, those that there are (None: no limit), and what needs them."""

    needed: int
    offered: int | None
    causes: Collection[str]


def by_spans(days: Mapping[dt.date, DayNeed]) -> list[PeopleNeed]:
    """Needs by day, in order, as few lines as say the same."""
    found: list[PeopleNeed] = []
    for day, need in sorted(days.items()):
        causes = sorted(need.causes)
        last = found[-1] if found else None
        if last and (last.last + _ONE_DAY, last.needed, last.offered, last.causes) == (day, *need[:2], causes):
            found[-1] = last.model_copy(update={"last": day})
        else:
            found.append(PeopleNeed(first=day, last=day, needed=need.needed, offered=need.offered, causes=causes))
    return found
