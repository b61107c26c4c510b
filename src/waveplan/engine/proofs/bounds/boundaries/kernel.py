"""Compiled least cuts of one boundary: exactly, lot by lot with few open at a time, and by annealing.

A boundary parts the lots that have moved by some day from those that have not. What it costs: weights of the ties that
it cuts, and a price for each lot that has moved. Arrays, with L lots and E ties of open lots:

- lots [5 × L + 1]: by step the lot; begins of its entries in `near` and in `closing`; its size; by lot: 0 if it surely
  has not moved, 1 if it surely has, else 2
- near [3 × E]: by step: place among the open lots, weight of the tie, or which of the two comes first
- closing: places of open lots that are not needed any more, the last first
- price [L]: by lot
- costs [2 × states]: least cost by open lots that have moved and by volume that has
- ways: by closing, state and volume: whether the least cost is that of the lot having moved
"""

from __future__ import annotations

import math

from waveplan.engine.compiling.compiled import compiled, inner

LOT, NEAR, CLOSING, SIZE, SURE = 0, 1, 2, 3, 4  # of `lots`
PLACE, WEIGHT, KIND = 0, 1, 2  # of `near`
TIED, OPEN_FIRST, OPEN_LAST = 0, 1, 2  # kinds: tied; the open lot is never later; it is never earlier
EITHER = 2  # a lot that may have moved or not
FAR = 1 << 60  # no such set


@inner
def open_lot(lots, near, price, step, open_lots, old, new, least, most, before, after):  # type: ignore[no-untyped-def]
    """One more lot is open: each state twice, without it and with it."""
    lot, size, wide = lots[LOT, step], lots[SIZE, step], most + 1
    for state in range(1 << open_lots):
        stays, moves = 0, price[lot]
        may_stay, may_move = lots[SURE, lot] != 1, lots[SURE, lot] != 0
        for index in range(lots[NEAR, step], lots[NEAR, step + 1]):
            moved = (state >> near[PLACE, index]) & 1
            if near[KIND, index] == TIED:
                stays += near[WEIGHT, index] * moved
                moves += near[WEIGHT, index] * (1 - moved)
            elif near[KIND, index] == OPEN_FIRST:
                may_move = may_move and moved == 1
            else:
                may_stay = may_stay and moved == 0
        without, with_it = state * wide, (state | (1 << open_lots)) * wide
        for volume in range(wide):
            new[without + volume] = FAR
            new[with_it + volume] = FAR
        for volume in range(max(0, least - after - size), min(most, before) + 1):
            cost = old[state * wide + volume]
            if cost < FAR:
                if may_stay:
                    new[without + volume] = cost + stays
                if may_move and volume + size <= most:
                    new[with_it + volume + size] = cost + moves


@inner
def close_lot(place, open_lots, old, new, wide, ways, begin):  # type: ignore[no-untyped-def]
    """An open lot is not needed any more: of its two ways the better one."""
    low = (1 << place) - 1
    for state in range(1 << (open_lots - 1)):
        without = (((state >> place) << (place + 1)) | (state & low)) * wide
        with_it = without + (1 << place) * wide
        for volume in range(wide):
            moves = old[with_it + volume] < old[without + volume]
            new[state * wide + volume] = old[with_it + volume] if moves else old[without + volume]
            ways[begin + state * wide + volume] = moves


@inner
def trace(lots, closing, ways, begin, volume, most, moved):  # type: ignore[no-untyped-def]
    """Which lots have moved in the least cut, followed back from its volume."""
    state, open_lots, wide = 0, 0, most + 1
    for step in range(moved.shape[0] - 1, -1, -1):
        for index in range(lots[CLOSING, step + 1] - 1, lots[CLOSING, step] - 1, -1):
            begin -= (1 << open_lots) * wide
            place = closing[index]
            way = int(ways[begin + state * wide + volume])
            state = ((state >> place) << (place + 1)) | (state & ((1 << place) - 1)) | (way << place)
            open_lots += 1
        open_lots -= 1
        way = (state >> open_lots) & 1
        moved[lots[LOT, step]] = way
        volume -= way * lots[SIZE, step]
        state &= ~(1 << open_lots)


@compiled
def least_cut(lots, near, closing, price, costs, ways, ends, moved, halt):  # type: ignore[no-untyped-def]
    """The least cost of a set whose volume lies between two ends; `FAR` if there is none, -`FAR` if halted."""
    count, least, most = moved.shape[0], ends[0], ends[1]
    old, new = costs[0], costs[1]
    for volume in range(most + 1):
        old[volume] = FAR
    old[0] = 0
    open_lots, begin, before, after = 0, 0, 0, 0
    for step in range(count):
        after += lots[SIZE, step]
    for step in range(count):
        if halt[0] != 0:
            return -FAR
        after -= lots[SIZE, step]
        open_lot(lots, near, price, step, open_lots, old, new, least, most, before, after)
        before += lots[SIZE, step]
        open_lots += 1
        old, new = new, old
        for index in range(lots[CLOSING, step], lots[CLOSING, step + 1]):
            close_lot(closing[index], open_lots, old, new, most + 1, ways, begin)
            open_lots -= 1
            begin += (1 << open_lots) * (most + 1)
            old, new = new, old
    best = least
    for volume in range(least, most + 1):
        if old[volume] < old[best]:
            best = volume
    if old[best] < FAR:
        trace(lots, closing, ways, begin, best, most, moved)
    return old[best]


@inner
def drawn(state):  # type: ignore[no-untyped-def]
    """The next of a row of numbers by chance (xorshift; Marsaglia 2003)."""
    number = state[0]
    number ^= (number << 13) & 0x7FFFFFFFFFFFFFFF
    number ^= number >> 7
    number ^= (number << 17) & 0x7FFFFFFFFFFFFFFF
    state[0] = number
    return number


@inner
def breaks_order(orders, moved):  # type: ignore[no-untyped-def]
    """Whether something has moved before what must not be later."""
    broken = False
    for index in range(orders.shape[0]):
        broken = broken or (moved[orders[index, 1]] == 1 and moved[orders[index, 0]] == 0)
    return broken


@compiled
def anneal(weights, orders, sizes, sure, price, ends, heat, chance, moved, best):  # type: ignore[no-untyped-def]
    """A cheap set near the one that has moved: one lot changes sides, or two change places. Its cost."""
    count, least, most, trials = moved.shape[0], ends[0], ends[1], ends[2]
    cost, volume = 0.0, 0
    for lot in range(count):
        volume += sizes[lot] * moved[lot]
        cost += price[lot] * moved[lot]
        for other in range(lot):
            if moved[lot] != moved[other]:
                cost += weights[lot, other]
        best[lot] = moved[lot]
    lowest = cost
    for trial in range(trials):
        one = drawn(chance) % count
        other = drawn(chance) % count if drawn(chance) % 3 > 0 else one
        if sure[one] != EITHER or sure[other] != EITHER or (one != other and moved[one] == moved[other]):
            continue
        after = volume + sizes[one] * (1 - 2 * moved[one])
        if one != other:
            after += sizes[other] * (1 - 2 * moved[other])
        if after < least or after > most:
            continue
        change = price[one] * (1 - 2 * moved[one])
        if one != other:
            change += price[other] * (1 - 2 * moved[other]) + 2.0 * weights[one, other]
        for near in range(count):
            change += weights[one, near] * (1.0 if moved[near] == moved[one] else -1.0)
            if one != other:
                change += weights[other, near] * (1.0 if moved[near] == moved[other] else -1.0)
        # a lot is no tie of its own: the diagonal is 0
        warmth = heat * (1.0 - trial / trials) + 1e-9
        if change > 0.0 and (drawn(chance) % 1_000_003) / 1_000_003.0 >= math.exp(-change / warmth):
            continue
        moved[one] = 1 - moved[one]
        if one != other:
            moved[other] = 1 - moved[other]
        if breaks_order(orders, moved):
            moved[one] = 1 - moved[one]
            if one != other:
                moved[other] = 1 - moved[other]
            continue
        volume, cost = after, cost + change
        if cost < lowest - 1e-9:
            lowest = cost
            for lot in range(count):
                best[lot] = moved[lot]
    return lowest
