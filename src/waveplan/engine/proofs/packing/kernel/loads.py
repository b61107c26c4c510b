"""The load of one wave: filled with what fits, emptied again from the last lot that can be left out."""

from __future__ import annotations

from waveplan.engine.compiling.compiled import inner
from waveplan.engine.proofs.packing.kernel import layout as at


@inner
def may(info, lots, lot, step):  # type: ignore[no-untyped-def]
    """Whether a lot may be in a wave, by its windows and by what comes before it."""
    return lots[lot, at.FIRST] <= step and lots[lot, at.AMOUNT + info[at.BOUNDS] + info[at.SUMS] + step - 1] > 0


@inner
def fits(info, lots, links, work, lot, without):  # type: ignore[no-untyped-def]
    """Whether a lot can join the load, when a lot of it (or none, -1) makes room."""
    for k in range(info[at.SUMS]):
        room = work[at.ROOM, k]
        if without >= 0:
            room += lots[without, at.AMOUNT + k]
        if lots[lot, at.AMOUNT + k] > room:
            return False
    if info[at.PLAIN]:
        return True
    for index in range(links[info[at.APART] + lot], links[info[at.APART] + lot + 1]):
        if work[at.TAKEN, links[index]] == 2 and links[index] != without:
            return False
    union, need = -1, 0
    for index in range(links[info[at.TOUCH] + lot], links[info[at.TOUCH] + lot + 1]):
        element = links[index]
        if links[info[at.UNION_OF] + element] != union:
            union, need = links[info[at.UNION_OF] + element], 0
        if work[at.TOUCHED, element] == 0:
            need += links[info[at.WEIGHT] + element]
            if need > work[at.ROOM, info[at.SUMS] + union]:
                return False
    return True


@inner
def _book(info, lots, links, work, lot, sign):  # type: ignore[no-untyped-def]
    """Put a lot into the load (1) or take it out (-1)."""
    work[at.TAKEN, lot] = 2 if sign > 0 else 0
    for k in range(info[at.SUMS]):
        work[at.ROOM, k] -= sign * lots[lot, at.AMOUNT + k]
    if info[at.PLAIN]:
        return
    for index in range(links[info[at.TOUCH] + lot], links[info[at.TOUCH] + lot + 1]):
        element = links[index]
        before = work[at.TOUCHED, element]
        work[at.TOUCHED, element] = before + sign
        if before + sign == 0 or before == 0:
            work[at.ROOM, info[at.SUMS] + links[info[at.UNION_OF] + element]] -= sign * links[info[at.WEIGHT] + element]


@inner
def _release(info, lots, links, work, lot, sign):  # type: ignore[no-untyped-def]
    """Lots that wait for this one in the same wave: one wait less, or again one more; those freed join the queue."""
    for index in range(links[info[at.AFTER] + lot], links[info[at.AFTER] + lot + 1]):
        if links[index] & 1:  # strictly later
            continue
        after = links[index] >> 1
        work[at.NEEDS, after] -= sign
        if sign > 0 and work[at.NEEDS, after] == 0 and may(info, lots, after, work[at.NOW, at.STEP]):
            work[at.QUEUE, work[at.NOW, at.COUNT]] = after
            work[at.NOW, at.COUNT] += 1


@inner
def _always_fits(info, lots, work, lot, start):  # type: ignore[no-untyped-def]
    """Whether a lot that is skipped would fit whatever else may still come: then skipping it is pointless."""
    reach = at.AMOUNT + info[at.BOUNDS]
    for k in range(info[at.SUMS]):
        spare = work[at.ROOM, k] - lots[lot, at.AMOUNT + k]
        for index in range(start, work[at.NOW, at.COUNT]):
            spare -= lots[work[at.QUEUE, index], reach + k]
            if spare < 0:
                return False
    return True


@inner
def fill(info, lots, links, work, place):  # type: ignore[no-untyped-def]
    """Add every lot of the queue that fits, from one place on; false when one that is due doesn't."""
    step = work[at.NOW, at.STEP]
    while place < work[at.NOW, at.COUNT]:
        lot = work[at.QUEUE, place]
        work[at.NOW, at.TRIED] += 1
        if fits(info, lots, links, work, lot, -1):
            work[at.PICKED, work[at.NOW, at.PICKS]] = place
            work[at.LENGTH, work[at.NOW, at.PICKS]] = work[at.NOW, at.COUNT]
            work[at.NOW, at.PICKS] += 1
            work[at.NOW, at.WORTHS] += lots[lot, at.WORTH]
            work[at.NOW, at.CODES] ^= lots[lot, at.CODE]
            _book(info, lots, links, work, lot, 1)
            _release(info, lots, links, work, lot, 1)
        elif lots[lot, at.LAST] <= step:
            return False
        place += 1
    return True


@inner
def back(info, lots, links, work):  # type: ignore[no-untyped-def]
    """Leave out the last lot that can be left out; the place after it, or -1 when there is none."""
    while work[at.NOW, at.PICKS] > 0:
        work[at.NOW, at.PICKS] -= 1
        place = work[at.PICKED, work[at.NOW, at.PICKS]]
        lot = work[at.QUEUE, place]
        _release(info, lots, links, work, lot, -1)
        _book(info, lots, links, work, lot, -1)
        work[at.NOW, at.COUNT] = work[at.LENGTH, work[at.NOW, at.PICKS]]
        work[at.NOW, at.WORTHS] -= lots[lot, at.WORTH]
        work[at.NOW, at.CODES] ^= lots[lot, at.CODE]
        if lots[lot, at.LAST] <= work[at.NOW, at.STEP]:
            continue
        if not (info[at.PLAIN] and _always_fits(info, lots, work, lot, place + 1)):
            return place + 1
    return -1


@inner
def sound(info, lots, links, sets, work):  # type: ignore[no-untyped-def]
    """Whether a load is worth a node: full, without a lot that a waiting one dominates, nothing due left out."""
    due, leading = work[at.NOW, at.DUE], work[at.NOW, at.LEADING]
    for index in range(work[at.NOW, at.PICKS]):
        lot = work[at.QUEUE, work[at.PICKED, index]]
        due -= lots[lot, at.LAST] <= work[at.NOW, at.STEP]
        if links[info[at.AFTER] + lot + 1] > links[info[at.AFTER] + lot]:
            leading = 0
    if due > 0 or (info[at.EVEN] and leading > 0):
        return False
    for index in range(work[at.NOW, at.COUNT]):
        lot = work[at.QUEUE, index]
        if work[at.TAKEN, lot]:
            continue
        if fits(info, lots, links, work, lot, -1):
            return False
        for place in range(work[at.NOW, at.PICKS] if sets.shape[0] else 0):
            other = work[at.QUEUE, work[at.PICKED, place]]
            if (sets[lot, other >> 6] >> (other & 63)) & 1 and fits(info, lots, links, work, lot, other):
                return False
    return True
