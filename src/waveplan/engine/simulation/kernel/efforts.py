"""What teams offer and what is left of it: whether the effort of a preparation fits, that of earlier tries included."""

from __future__ import annotations

from waveplan.engine.compiling.compiled import inner
from waveplan.engine.search import layout as at
from waveplan.engine.simulation import layout as by

_ROUNDING = 1000  # millionths of a person-day: what rounding may add up to


@inner
def active_until(x, event, today):  # type: ignore[no-untyped-def]
    """The last day of an event as far as it is known: NEVER for one that goes on, LONG_AGO before it has struck."""
    if x[x[by.STRUCK] + event] > today:
        return by.LONG_AGO
    over = x[x[by.OVER] + event]
    return over if over < today else by.NEVER


@inner
def share_on(r, x, team, day, today):  # type: ignore[no-untyped-def]
    """The share of a team that events leave on a day."""
    least = by.WHOLE
    for event in range(r[by.EVENTS]):
        if x[x[by.STRUCK] + event] <= day and day <= active_until(x, event, today):
            for effect in range(r[r[by.EFFECT_PTR] + event], r[r[by.EFFECT_PTR] + event + 1]):
                if r[r[by.KIND] + effect] == by.TEAM and r[r[by.OF] + effect] == team:
                    least = min(least, r[r[by.VALUE] + effect])
    return least


@inner
def is_hit(r, x, team, today):  # type: ignore[no-untyped-def]
    """Whether an event has ever taken people from a team."""
    for event in range(r[by.EVENTS]):
        if x[x[by.STRUCK] + event] <= today:
            for effect in range(r[r[by.EFFECT_PTR] + event], r[r[by.EFFECT_PTR] + event + 1]):
                if r[r[by.KIND] + effect] == by.TEAM and r[r[by.OF] + effect] == team:
                    return True
    return False


@inner
def week_offer(r, x, team, monday, today):  # type: ignore[no-untyped-def]
    """What a team offers in the week of a Monday, as events leave it."""
    total = 0
    for day in range(max(0, monday), min(r[by.DAYS], monday + 7)):
        whole = r[r[by.OFFER_DAY] + team * r[by.DAYS] + day]
        if whole:
            total += whole * share_on(r, x, team, day, today) // by.WHOLE
    return total


@inner
def offered(r, x, row, today):  # type: ignore[no-untyped-def]
    """What a team offers in a week, as events leave it."""
    team = r[r[by.ROW_TEAM] + row]
    if not is_hit(r, x, team, today):
        return r[r[by.ROW_OFFER] + row]
    return week_offer(r, x, team, r[r[by.ROW_MONDAY] + row], today)


@inner
def preparing_from(a, r, unit, place):  # type: ignore[no-untyped-def]
    """The first day of a unit's preparation for a place."""
    return a[a[at.DAY] + place] - r[r[by.PREPARATION] + unit]


@inner
def row_of(r, team, monday):  # type: ignore[no-untyped-def]
    """The row of a team's week; NOTHING for one in which no plan could give it work."""
    for row in range(r[by.ROWS]):
        if r[r[by.ROW_MONDAY] + row] == monday and r[r[by.ROW_TEAM] + row] == team:
            return row
    return by.NOTHING


@inner
def is_charged(r, unit, place, row):  # type: ignore[no-untyped-def]
    """Whether a unit is planned to take something of a week in a place."""
    cell = unit * r[by.PLACES] + place
    for entry in range(r[r[by.CHARGE_PTR] + cell], r[r[by.CHARGE_PTR] + cell + 1]):
        if r[r[by.CHARGE] + 2 * entry] == row:
            return True
    return False


@inner
def works_in(r, team, first, last):  # type: ignore[no-untyped-def]
    """Whether a team offers something on one of some days."""
    for day in range(max(0, first), min(r[by.DAYS], last + 1)):  # noqa: SIM110 - no generators when compiled
        if r[r[by.OFFER_DAY] + team * r[by.DAYS] + day]:
            return True
    return False


@inner
def left_before(a, r, x, unit, place, team, today):  # type: ignore[no-untyped-def]
    """What a team had left in the weeks since a unit was first prepared in vain, before those of its place."""
    since, begins = x[x[by.SINCE] + unit], preparing_from(a, r, unit, place)
    if since >= begins or r[by.ROWS] == 0:
        return 0
    total, monday = 0, since - (since - r[r[by.ROW_MONDAY]]) % 7
    if not works_in(r, team, since, monday + 6):  # a preparation that begins at a weekend begins on Monday
        monday += 7
    while monday < begins:
        row = row_of(r, team, monday)
        if row < 0:
            total += week_offer(r, x, team, monday, today)
        elif not is_charged(r, unit, place, row):
            total += max(0, offered(r, x, row, today) - x[x[by.LOAD] + row])
        monday += 7
    return total


@inner
def short_of_days(a, r, x, unit, place, today):  # type: ignore[no-untyped-def]
    """Whether a unit's effort does not fit what its teams have left in the weeks of its preparations."""
    cell = unit * r[by.PLACES] + place
    first, last = r[r[by.CHARGE_PTR] + cell], r[r[by.CHARGE_PTR] + cell + 1]
    for team in range(r[by.TEAMS]):
        share = x[x[by.SHARE] + unit * r[by.TEAMS] + team] if r[by.ANY_EFFORT] else by.WHOLE
        if share <= by.WHOLE and not is_hit(r, x, team, today):
            continue
        needed, left = 0, 0
        for entry in range(first, last):
            row, planned = r[r[by.CHARGE] + 2 * entry], r[r[by.CHARGE] + 2 * entry + 1]
            if r[r[by.ROW_TEAM] + row] == team:
                needed += planned * share // by.WHOLE
                left += max(0, offered(r, x, row, today) - x[x[by.LOAD] + row] + planned)
        if needed > left + _ROUNDING + left_before(a, r, x, unit, place, team, today):
            return True
    return False


@inner
def foresee(a, r, x, unit, place, today):  # type: ignore[no-untyped-def]
    """Settle what a unit that goes takes of its weeks: of what is beyond the plan, what was not done before."""
    if r[by.ANY_EFFORT] == 0:
        return
    first = unit * r[by.PLACES] + place
    for team in range(r[by.TEAMS]):
        cell = unit * r[by.TEAMS] + team
        share = x[x[by.SHARE] + cell]
        if share > by.WHOLE and x[x[by.SINCE] + unit] != by.NEVER:
            planned = 0
            for entry in range(r[r[by.CHARGE_PTR] + first], r[r[by.CHARGE_PTR] + first + 1]):
                if r[r[by.ROW_TEAM] + r[r[by.CHARGE] + 2 * entry]] == team:
                    planned += r[r[by.CHARGE] + 2 * entry + 1]
            if planned > 0:
                done = left_before(a, r, x, unit, place, team, today)
                share = max(by.WHOLE, share - done * by.WHOLE // planned)
        x[x[by.WEIGHED] + cell] = share


@inner
def in_vain(a, r, x, unit, place, phase):  # type: ignore[no-untyped-def]
    """Note that a preparation has led to nothing: it is gone on with, but after a rollback all is prepared again."""
    if phase == by.RESULT:
        x[x[by.SINCE] + unit] = by.NEVER
    else:
        x[x[by.SINCE] + unit] = min(x[x[by.SINCE] + unit], preparing_from(a, r, unit, place))
