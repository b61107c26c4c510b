"""The sequence of a stream's waves: who is where, gaps, weeks, numbers and the limits of stages."""

from __future__ import annotations

from waveplan.engine.compiling.compiled import inner
from waveplan.engine.search import layout as at
from waveplan.engine.search.kernel.booking import excess, wake


@inner
def leave(a, s, lot, position):  # type: ignore[no-untyped-def]
    """Take a lot off a position's list."""
    row = s[at.MEMBERS] + position * a[at.LOTS]
    left = s[s[at.HELD] + position] - 1
    last, seat = s[row + left], s[s[at.SEAT] + lot]
    s[row + seat] = last
    s[s[at.SEAT] + last] = seat
    s[s[at.HELD] + position] = left
    s[s[at.HELD_POINTS] + position] -= a[a[at.POINTS] + lot]
    s[at.PLACED] -= 1


@inner
def enter(a, s, lot, position):  # type: ignore[no-untyped-def]
    """Put a lot on a position's list."""
    held = s[s[at.HELD] + position]
    s[s[at.MEMBERS] + position * a[at.LOTS] + held] = lot
    s[s[at.SEAT] + lot] = held
    s[s[at.HELD] + position] = held + 1
    s[s[at.HELD_POINTS] + position] += a[a[at.POINTS] + lot]
    s[at.PLACED] += 1


@inner
def place_change(a, s, n, sign):  # type: ignore[no-untyped-def]
    """Take the lots of a change off where they were and put them where they go; `OUT` is back again."""
    old, new = s[at.CHANGE_FROM] if sign > 0 else s[at.CHANGE_TO], s[at.CHANGE_TO] if sign > 0 else s[at.CHANGE_FROM]
    for index in range(n):
        if s[old + index] >= 0:
            leave(a, s, s[s[at.CHANGE_LOT] + index], s[old + index])
    for index in range(n):
        if s[new + index] >= 0:
            enter(a, s, s[s[at.CHANGE_LOT] + index], s[new + index])


@inner
def held_before(a, s, position):  # type: ignore[no-untyped-def]
    """The stream's wave before a position; -1 without one."""
    first = a[a[at.STREAM_PTR] + a[a[at.STREAM_OF] + position]]
    each = position - 1
    while each >= first and s[s[at.HELD] + each] == 0:
        each -= 1
    return each if each >= first else -1


@inner
def held_after(a, s, position):  # type: ignore[no-untyped-def]
    """The stream's wave after a position; -1 without one."""
    end = a[a[at.STREAM_PTR] + a[a[at.STREAM_OF] + position] + 1]
    each = position + 1
    while each < end and s[s[at.HELD] + each] == 0:
        each += 1
    return each if each < end else -1


@inner
def spaced(a, s, position):  # type: ignore[no-untyped-def]
    """Whether a wave keeps the one gap of its stream and its week; what comes after it is looked at too."""
    stage = a[a[at.STREAM_OF] + position] * a[at.STAGES]
    gap, day = a[a[at.STAGE_GAP] + stage], a[a[at.DAY] + position]
    before, after = held_before(a, s, position), held_after(a, s, position)
    done = a[a[at.DONE] + position]
    if before >= 0 and day - a[a[at.DAY] + before] < gap and done * a[a[at.DONE] + before] == 0:
        return False
    if after >= 0 and a[a[at.DAY] + after] - day < gap and done * a[a[at.DONE] + after] == 0:
        return False
    in_week, week = 1, a[a[at.WEEK] + position]
    while before >= 0 and a[a[at.WEEK] + before] == week:
        in_week += 1
        before = held_before(a, s, before)
    while after >= 0 and a[a[at.WEEK] + after] == week:
        done *= a[a[at.DONE] + after]
        in_week += 1
        after = held_after(a, s, after)
    return done > 0 or in_week <= a[a[at.STAGE_WEEK] + stage]


@inner
def set_stage(a, s, position, stage):  # type: ignore[no-untyped-def]
    """Give a wave the limits of its stage; `stage` counts over all streams."""
    penalty, resources, stages = 0, a[at.RESOURCES], a[at.STAGES]
    for index in range(resources):
        cell, room = position * resources + index, a[a[at.CAPACITY] + stage * resources + index]
        load, old = s[s[at.LOAD] + cell], s[s[at.ROOM] + cell]
        if room != old:
            divisor = a[a[at.RESOURCE_DIVISOR] + index]
            penalty += excess(load - room, divisor) - excess(load - old, divisor)
            s[s[at.ROOM] + cell] = room
    for union in range(a[at.UNIONS]):
        if a[a[at.UNION_STREAM] + union] == stage // stages:
            cell, room = union * a[at.POSITIONS] + position, a[a[at.UNION_LIMIT] + union * stages + stage % stages]
            load, old = s[s[at.UNION_LOAD] + cell], s[s[at.UNION_ROOM] + cell]
            if room != old:
                divisor = a[a[at.UNION_DIVISOR] + union]
                penalty += excess(load - room, divisor) - excess(load - old, divisor)
                s[s[at.UNION_ROOM] + cell] = room
    s[at.PENALTY] += penalty


@inner
def renumber(a, s, stream):  # type: ignore[no-untyped-def]
    """Number a stream's waves anew and give them their stages' limits; false when gaps or weeks break."""
    ordinal, last, stage, in_week, week = 0, -1, stream * a[at.STAGES], 0, 0
    fine = True
    for position in range(a[a[at.STREAM_PTR] + stream], a[a[at.STREAM_PTR] + stream + 1]):
        if s[s[at.HELD] + position] == 0:
            continue
        ordinal += 1
        while ordinal > a[a[at.STAGE_END] + stage]:
            stage += 1
        done = a[a[at.DONE] + position]
        close = last >= 0 and a[a[at.DAY] + position] - a[a[at.DAY] + last] < a[a[at.STAGE_GAP] + stage]
        if close and done * a[a[at.DONE] + last] == 0:
            fine = False
        in_week = in_week + 1 if last >= 0 and a[a[at.WEEK] + position] == week else 1
        week = a[a[at.WEEK] + position]
        if in_week > a[a[at.STAGE_WEEK] + stage] and done == 0:
            fine = False
        s[s[at.ORDINAL] + position] = ordinal
        last = position
        set_stage(a, s, position, stage)
    return fine


@inner
def risk(a, s):  # type: ignore[no-untyped-def]
    """Criticality risk, if it matters: the points of each wave by its number."""
    total = 0
    for position in range(a[at.POSITIONS] if a[at.RISKY] else 0):
        if s[s[at.HELD] + position] > 0:
            total += s[s[at.HELD_POINTS] + position] * a[a[at.SHARE] + s[s[at.ORDINAL] + position] - 1]
    return total


@inner
def ready(a, s, stream):  # type: ignore[no-untyped-def]
    """Whether every lot of a stream is in a wave that comes no sooner than its ordinal."""
    for lot in range(a[at.LOTS]):
        needed = a[a[at.NEEDED] + lot]
        if needed > 1 and a[a[at.LOT_STREAM] + lot] == stream:
            position = s[s[at.POS] + lot]
            if position >= 0 and s[s[at.ORDINAL] + position] < needed:
                return False
    return True


@inner
def note_opening(a, s, position):  # type: ignore[no-untyped-def]
    """Keep count of a wave that a change has opened or closed; whether it has."""
    is_open, was_open = s[s[at.HELD] + position] > 0, s[s[at.ORDINAL] + position] > 0
    if is_open == was_open:
        return False
    sign = at.IN if is_open else at.OUT
    s[s[at.ORDINAL] + position] = int(is_open)
    s[at.WAVES] += sign
    wake(a, s, position, sign)
    return True


@inner
def settle(a, s, n):  # type: ignore[no-untyped-def]
    """Renumber what a change has opened or closed; false when the sequence of waves breaks a rule."""
    changed = False
    for index in range(2 * n):
        column = at.CHANGE_TO if index < n else at.CHANGE_FROM
        position = s[s[column] + index % n]
        if position >= 0:
            changed = note_opening(a, s, position) or changed
    fine = s[at.WAVES] <= a[at.MOST_WAVES] or not changed
    renumbered = -1
    for index in range(2 * n if changed else 0):
        column = at.CHANGE_TO if index < n else at.CHANGE_FROM
        position = s[s[column] + index % n]
        stream = a[a[at.STREAM_OF] + position] if position >= 0 else -1
        if stream < 0 or stream == renumbered:
            continue
        if a[a[at.PLAIN] + stream]:
            fine = fine and (s[s[at.HELD] + position] == 0 or spaced(a, s, position))
        else:
            fine = renumber(a, s, stream) and fine
            fine = fine and ready(a, s, stream)
            renumbered = stream
    for index in range(n):
        lot, to = s[s[at.CHANGE_LOT] + index], s[s[at.CHANGE_TO] + index]
        if to >= 0 and a[a[at.NEEDED] + lot] > s[s[at.ORDINAL] + to]:
            fine = False
    return fine
