"""Hypercare and gates, looked at wave by wave: waves in hypercare at once, hypercare before the next gate."""

from __future__ import annotations

from waveplan.engine.compiling.compiled import inner
from waveplan.engine.search import layout as at
from waveplan.engine.search.kernel.sequence import held_after, held_before


@inner
def span(a, s, position):  # type: ignore[no-untyped-def]
    """Work out the first and last hypercare day of a wave from its lots."""
    first, last, places = -at.NO_DAY, at.NO_DAY, a[at.POSITIONS]
    row = s[at.MEMBERS] + position * a[at.LOTS]
    for index in range(s[s[at.HELD] + position]):
        cell = a[a[at.CARE] + s[row + index]] * places + position
        first = min(first, a[a[at.CARE_FIRST] + cell])
        last = max(last, a[a[at.CARE_LAST] + cell])
    s[s[at.FIRST_CARE] + position] = first
    s[s[at.LAST_CARE] + position] = last


@inner
def neighbours(a, s, position, first, last):  # type: ignore[no-untyped-def]
    """Waves of some positions whose hypercare has a day in common with that of a position, itself included."""
    found, begin, end = 0, s[s[at.FIRST_CARE] + position], s[s[at.LAST_CARE] + position]
    for each in range(first, last):
        if s[s[at.HELD] + each] > 0 and s[s[at.FIRST_CARE] + each] <= end and s[s[at.LAST_CARE] + each] >= begin:
            found += 1
    return found


@inner
def few_at_once(a, s, position):  # type: ignore[no-untyped-def]
    """Whether on no day of a wave's hypercare too many waves of its stream are in hypercare, but for those done."""
    stream = a[a[at.STREAM_OF] + position]
    first, last = a[a[at.STREAM_PTR] + stream], a[a[at.STREAM_PTR] + stream + 1]
    if neighbours(a, s, position, first, last) <= a[a[at.AT_ONCE] + stream]:
        return True
    for day in range(s[s[at.FIRST_CARE] + position], s[s[at.LAST_CARE] + position] + 1):
        waves, done = 0, 0
        for each in range(first, last):
            if s[s[at.HELD] + each] > 0 and s[s[at.FIRST_CARE] + each] <= day <= s[s[at.LAST_CARE] + each]:
                waves += 1
                done += a[a[at.DONE] + each]
        if waves > max(a[a[at.AT_ONCE] + stream], done):
            return False
    return True


@inner
def calendars(a, s, position):  # type: ignore[no-untyped-def]
    """The calendars of a wave's lots, as bits."""
    mask, row = 0, s[at.MEMBERS] + position * a[at.LOTS]
    for index in range(s[s[at.HELD] + position]):
        mask |= a[a[at.GROUPS] + s[row + index]]
    return mask


@inner
def gate_day(a, mask, gate):  # type: ignore[no-untyped-def]
    """When a gate falls: the first of its days, going back, that no calendar of the wave bars once enough are free."""
    left = a[gate + 1]
    for back in range(a[gate + 2]):
        day = gate + 3 + 2 * back
        if a[day] & mask == 0:
            left -= 1
        if left <= 0 and a[day + 1] != at.NEVER and a[day + 1] & mask == 0:
            return a[gate] - back
    return at.NO_DAY


@inner
def last_deciding(a, s, position):  # type: ignore[no-untyped-def]
    """The day of a wave's last deciding gate; never before any hypercare ends when it has none."""
    first, last = a[a[at.DECIDING_PTR] + position], a[a[at.DECIDING_PTR] + position + 1]
    if first == last:
        return -at.NO_DAY
    mask, latest = calendars(a, s, position), at.NO_DAY
    for index in range(first, last):
        latest = max(latest, gate_day(a, mask, a[at.GATE] + a[a[at.DECIDING] + index]))
    return latest


@inner
def over_before(a, s, earlier, later):  # type: ignore[no-untyped-def]
    """Whether one wave's hypercare is over before the next one's last deciding gate."""
    if earlier < 0 or later < 0 or a[a[at.DONE] + earlier] * a[a[at.DONE] + later] > 0:
        return True
    return s[s[at.LAST_CARE] + earlier] < last_deciding(a, s, later)


@inner
def gates_in_time(a, s, position):  # type: ignore[no-untyped-def]
    """Whether no gate of a wave falls before the programme's start."""
    mask = calendars(a, s, position)
    for index in range(a[a[at.EARLY_PTR] + position], a[a[at.EARLY_PTR] + position + 1]):
        if gate_day(a, mask, a[at.GATE] + a[a[at.EARLY] + index]) < 0:
            return False
    return True


@inner
def cared_for(a, s, position):  # type: ignore[no-untyped-def]
    """Whether hypercare and gates hold around a position; `span` must be right for it."""
    stream = a[a[at.STREAM_OF] + position]
    is_open = s[s[at.HELD] + position] > 0
    if is_open and not (few_at_once(a, s, position) and gates_in_time(a, s, position)):
        return False
    if a[a[at.NEXT_GATE] + stream]:
        before, after = held_before(a, s, position), held_after(a, s, position)
        if not is_open:
            return over_before(a, s, before, after)
        return over_before(a, s, before, position) and over_before(a, s, position, after)
    return True
