"""Compiled parts of the exact proof: the look-ahead, and the waves that can follow a moved set.

A *moved set* is a whole number with one bit a lot; the first bits are the *core*, the lots that the look-ahead tells
apart. Loads are packed: several resources in one word, each with a guard bit above it, so that one subtraction
compares them all (`room - load` keeps every guard bit exactly when nothing is exceeded).

Arrays, with B lots (bits), C = 2 ** core, T turns and one place for each position in order of its day. All are int64
but those of packed loads, which are uint64, W words a load (see `exact.packing`). Weights are those of ties, in parts
of which `PlanningProblem.weight_scale` make 1; a *value* is weight × days, in the same parts. By name [shape]:

- amounts [B + 1 × W]: packed load of each lot, in whole units of each resource; last row: the guard bits
- near [B × ⌈B ÷ 8⌉ + 1 × 256]: weight of a lot's ties to each set of eight lots; in the last chunk, entry 0, to all
- windows [places × 2·W]: most (ceiling) and least (floor) packed load that has moved after a place
- bounds [places × 2]: sets: lots that may have moved after a place, lots that must have
- table, cuts [places × C; C]: least cut (weight) of any moved set with this core; FAR if there is none
- ahead [T × C]: least value of all days from a turn on; FAR if there is no way; here, there: one row of it
- after [C]: least of there over all sets that hold a set
- span [2·W], bound [2]: of a place: ceiling after it and floor before it; sets: lots that may have moved after it,
  lots of the core that must have before it
- row [3·W]: of a turn: room of its wave, then least and most packed load moved after it
- turn [2 + unions]: of a turn: set of candidates, set that must have moved after it, limit of each union in its units
- by_lot [B × 3]: at a place, sets: lots before or with a lot, lots strictly before it, lots never in its wave
- touch, weigh [unions × B; unions × 64]: set of elements that a lot touches; what an element counts, in the union's
  units
- order [B]: lots, in the order in which they are tried
- states, values [n]: moved sets, and the least value each was reached at
- keys, kept [2 ** k]: the same as a hash table with open addressing: -1 is a free key
- note [4]: COUNT, STEPS and MOST
- days [one number]: whole days from a place to the next
- limit [one number]: value from which on nothing is of interest
- after, fits, stands, load, tracks, loads [C, C, C, W, 6 × 64, 128 × W]: scratch; nothing in it is kept
"""

from __future__ import annotations

import numpy as np

from waveplan.engine.compiled import compiled, inner

FAR = 1 << 60
"""No way from here."""
COUNT, STEPS, MOST = 0, 1, 2  # of a note: entries in the table, lots tried so far, most to try for one set
SUMS = 64  # row of loads from which on the sums of what is still to be tried stand
_SPREAD = 0x9E3779B97F4A7C15  # 2⁶⁴ ÷ golden ratio (Knuth)


@inner
def tied(near, lot, moved):  # type: ignore[no-untyped-def]
    """Weight of a lot's ties into a set; looked up eight lots at a time."""
    total = 0
    for chunk in range(near.shape[1] - 1):
        total += near[lot, chunk, (moved >> (8 * chunk)) & 255]
    return total


@inner
def cut_of(near, moved):  # type: ignore[no-untyped-def]
    """Weight of the ties between a set and the rest."""
    total, lot, rest = 0, 0, moved
    while rest:
        if rest & 1:
            total += near[lot, near.shape[1] - 1, 0] - tied(near, lot, moved)
        rest >>= 1
        lot += 1
    return total


@inner
def under(load, guard, row, first):  # type: ignore[no-untyped-def]
    """Whether a packed load keeps to the limits that begin at a place of a row."""
    for word in range(load.shape[0]):  # noqa: SIM110 - compiled code has no generators
        if ((row[first + word] - load[word]) & guard[word]) != guard[word]:
            return False
    return True


@inner
def over(load, guard, row, first):  # type: ignore[no-untyped-def]
    """Whether a packed load reaches all the floors (less the guard bits) that begin at a place of a row."""
    for word in range(load.shape[0]):  # noqa: SIM110
        if ((load[word] - row[first + word]) & guard[word]) != guard[word]:
            return False
    return True


@inner
def within(lots, turn, touch, weigh):  # type: ignore[no-untyped-def]
    """Whether what the lots of a wave touch, each thing once, keeps to every limit on it."""
    for union in range(touch.shape[0]):
        touched, lot, rest = 0, 0, lots
        while rest:
            if rest & 1:
                touched |= touch[union, lot]
            rest >>= 1
            lot += 1
        total, element = 0, 0
        while touched:
            if touched & 1:
                total += weigh[union, element]
            touched >>= 1
            element += 1
        if total > turn[2 + union]:
            return False
    return True


@inner
def then(cut, days, following):  # type: ignore[no-untyped-def]
    """What a cut costs over some days, and what follows."""
    return FAR if cut >= FAR or following >= FAR else cut * days + following


@compiled
def look_ahead(  # type: ignore[no-untyped-def]
    ahead, here, skip, use, cuts, days, row, turn, span, bound, by_lot, amounts, touch, weigh, after, fits, stands,
    load,
):  # fmt: skip
    """Fill in a turn: for each core, the least that all days from here on can cost, by the core's own limits.

    Only of those that reach the floor before the turn, or may grow to it with the lots beyond, and that are under the
    ceiling after it: the others stand nowhere between.
    """
    size = ahead.shape[1]
    words, guard = amounts.shape[1], amounts[amounts.shape[0] - 1]
    mine = turn[0] & (size - 1)
    for lots in range(size):
        after[lots] = then(cuts[lots], days, ahead[use, lots])
        fits[lots] = False
        for word in range(words):
            load[word] = 0
        fine, lot, rest = True, 0, lots
        while rest:
            if rest & 1:
                fine = fine and (lots & (by_lot[lot, 1] | by_lot[lot, 2])) == 0
                for word in range(words):
                    load[word] += amounts[lot, word]
            rest >>= 1
            lot += 1
        stands[lots] = under(load, guard, span, 0) and over(load, guard, span, words)
        stands[lots] = stands[lots] and lots & ~bound[0] == 0 and bound[1] & ~lots == 0
        fine = fine and lots & ~mine == 0 and lots != 0
        fits[lots] = fine and under(load, guard, row, 0) and within(lots, turn, touch, weigh)
    for moved in range(size):
        ahead[here, moved] = FAR
        if not stands[moved]:
            continue
        best = min(after[moved], then(cuts[moved], days, ahead[skip, moved]))
        rest = mine & ~moved
        lots = rest
        while lots:
            if fits[lots] and after[moved | lots] < best:
                best = after[moved | lots]
            lots = (lots - 1) & rest
        ahead[here, moved] = best


@inner
def put(keys, kept, note, key, value):  # type: ignore[no-untyped-def]
    """Keep the least value of a moved set."""
    mask = np.uint64(keys.shape[0] - 1)
    spread = np.uint64(key) * np.uint64(_SPREAD)
    place = (spread ^ (spread >> np.uint64(29))) & mask
    while keys[place] != -1 and keys[place] != key:
        place = (place + np.uint64(1)) & mask
    if keys[place] == -1:
        keys[place] = key
        kept[place] = value
        note[COUNT] += 1
    elif value < kept[place]:
        kept[place] = value


@compiled
def pour(old, values, keys, kept, note):  # type: ignore[no-untyped-def]
    """Put all entries of a table into another."""
    for index in range(old.shape[0]):
        if old[index] != -1:
            put(keys, kept, note, old[index], values[index])


@compiled
def wait(states, values, keys, kept, note, near, days, ahead, limit):  # type: ignore[no-untyped-def]
    """Go on without a wave: what has moved is the same, its cut counts for the days."""
    core = ahead.shape[0] - 1
    for index in range(states.shape[0]):
        value = values[index] + days * cut_of(near, states[index])
        if value + ahead[states[index] & core] < limit:
            put(keys, kept, note, states[index], value)


@compiled
def move(  # type: ignore[no-untyped-def]
    first, states, values, keys, kept, note, near, days, here, there, after, limit, row, turn, by_lot, amounts, order,
    touch, weigh, tracks, loads, halt,
):  # fmt: skip
    """Every wave that can follow each moved set: lots are added one by one, in a given order, while limits hold.

    Returns how far it came: less than all when the table has to grow, or enough lots were tried for one call; -1
    when one set alone has too many waves, or it was halted. `row` holds what a wave has room for, then the least and
    the most that may have moved after it. A lot that was passed over stays unmoved: its ties to what has moved are
    cut for sure.
    """
    core, words = here.shape[0] - 1, amounts.shape[1]
    guard = amounts[amounts.shape[0] - 1]
    waiting, chosen, cuts, following, staying, sure = tracks[0], tracks[1], tracks[2], tracks[3], tracks[4], tracks[5]
    full = keys.shape[0] // 10 * 6
    began = note[STEPS]
    for index in range(first, states.shape[0]):
        if note[COUNT] > full or note[STEPS] - began > note[MOST] // 64:
            return index
        moved, value = states[index], values[index]
        if value + here[moved & core] >= limit:
            continue
        count, forced, missing, settled = 0, -1, turn[1] & ~moved, -1
        staying[0] = ((1 << order.shape[0]) - 1) & ~moved
        for lot in order:
            if (turn[0] >> lot) & 1 and not (moved >> lot) & 1 and by_lot[lot, 1] & ~moved == 0:
                waiting[count] = lot
                if (core >> lot) & 1:
                    settled = count
                staying[0] ^= 1 << lot
                if (turn[1] >> lot) & 1:
                    forced = count
                    missing ^= 1 << lot
                count += 1
        if missing != 0:
            continue
        for word in range(words):
            loads[SUMS + count, word] = 0
            loads[0, word] = 0
            for lot in range(order.shape[0]):
                if (moved >> lot) & 1:
                    loads[0, word] += amounts[lot, word]
            for back in range(count - 1, -1, -1):
                loads[SUMS + back, word] = loads[SUMS + back + 1, word] + amounts[waiting[back], word]
        depth, chosen[0], cuts[0], following[0], sure[0] = 0, moved, cut_of(near, moved), 0, 0
        for lot in range(order.shape[0]):
            if (staying[0] >> lot) & 1:
                sure[0] += tied(near, lot, moved)
        started = note[STEPS]
        while depth >= 0:
            at = following[depth]
            to_come = there if at > settled else after  # once no lot of the core is left, its part is what it is
            reach = at < count and value + days * sure[depth] + to_come[chosen[depth] & core] < limit
            for word in range(words):
                if ((loads[depth, word] + loads[SUMS + at, word] - row[words + word]) & guard[word]) != guard[word]:
                    reach = False
            if not reach:
                depth -= 1
                continue
            lot = waiting[at]
            following[depth] = count if (turn[1] >> lot) & 1 else at + 1
            note[STEPS] += 1
            if note[STEPS] - started > note[MOST] or halt[0] != 0:
                return -1
            have = chosen[depth]
            more = have | (1 << lot)
            clash = (by_lot[lot, 0] & ~have) | (by_lot[lot, 2] & (have ^ moved))
            staying[depth + 1], sure[depth + 1] = staying[depth], sure[depth] + tied(near, lot, staying[depth])
            staying[depth] |= 1 << lot
            sure[depth] += tied(near, lot, have)
            to_come = there if at >= settled else after
            if clash != 0 or value + max(here[more & core], days * sure[depth + 1] + to_come[more & core]) >= limit:
                continue
            fine = True
            for word in range(words):
                loads[depth + 1, word] = loads[depth, word] + amounts[lot, word]
                if ((row[word] + loads[0, word] - loads[depth + 1, word]) & guard[word]) != guard[word]:
                    fine = False
            if not fine or not under(loads[depth + 1], guard, row, 2 * words):
                continue
            if not within(more ^ moved, turn, touch, weigh):
                continue
            cuts[depth + 1] = cuts[depth] + near[lot, near.shape[1] - 1, 0] - 2 * tied(near, lot, have)
            depth += 1
            chosen[depth], following[depth] = more, at + 1
            total = value + days * cuts[depth]
            if at >= forced and total + there[more & core] < limit and over(loads[depth], guard, row, words):
                if note[COUNT] > full + full // 4:
                    return index
                put(keys, kept, note, more, total)
    return states.shape[0]
