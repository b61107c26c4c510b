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
- ahead [T × C]: least value of all days from a turn on; FAR if there is no way; here: one row of it
- come, cost [core + 1 × C]: by how many lots of the core are decided, in the order in which they are tried: the least
  of the following row over all sets that the others may still add to a set; the same with the least cuts until then,
  less the offer
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
- asks [2 × B]: what is asked of each lot that has moved before a place, and after it (see `exact.prices`)
- offer, pledge [one number]: of a turn: the most that its wave is worth, by what is asked before it and after it
- note [4]: COUNT, STEPS and MOST
- days [one number]: whole days from a place to the next
- limit [one number]: value from which on nothing is of interest
- after, fits, stands, load, tracks, among, pulls, loads: scratch; nothing in it is kept
  [C, C, C, W; the others are those of `exact.wave_kernel`]
"""

from __future__ import annotations

import numpy as np

from waveplan.engine.compiling.compiled import compiled, inner
from waveplan.engine.proofs.exact.set_kernel import FAR, cut_of, over, priced, then, under, within
from waveplan.engine.proofs.exact.wave_kernel import (
    CHOSEN,
    CUTS,
    LEVEL,
    NEXT,
    PAID,
    WAITING,
    begin,
    can_reach,
    decide,
    fits,
    gather,
    least,
)

COUNT, STEPS, MOST = 0, 1, 2  # of a note: entries in the table, lots tried so far, most to try for one set
_SPREAD = 0x9E3779B97F4A7C15  # 2⁶⁴ ÷ golden ratio (Knuth)


@compiled
def look_ahead(  # type: ignore[no-untyped-def]
    ahead, here, skip, use, cuts, days, offer, row, turn, span, bound, by_lot, amounts, touch, weigh, after, fits,
    stands, load,
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
        if after[lots] < FAR:
            after[lots] -= offer
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
def wait(states, values, keys, kept, note, near, days, ahead, ask, limit):  # type: ignore[no-untyped-def]
    """Go on without a wave: what has moved is the same, its cut counts for the days."""
    core = ahead.shape[0] - 1
    for index in range(states.shape[0]):
        value = values[index] + days * cut_of(near, states[index])
        if value + ahead[states[index] & core] + priced(ask, states[index]) < limit:
            put(keys, kept, note, states[index], value)


@compiled
def move(  # type: ignore[no-untyped-def]
    first, states, values, keys, kept, note, near, days, here, come, cost, asks, pledge, limit, row, turn, by_lot,
    weights, amounts, order, touch, weigh, tracks, among, pulls, loads, halt,
):  # fmt: skip
    """Every wave that can follow each moved set: lots are added one by one, in a given order, while limits hold.

    Returns how far it came: less than all when the table has to grow, or enough lots were tried for one call; -1
    when one set alone has too many waves, or it was halted. `row` holds what a wave has room for, then the least and
    the most that may have moved after it.
    """
    core, last = here.shape[0] - 1, come.shape[0] - 1
    full = keys.shape[0] // 10 * 6
    began = note[STEPS]
    for index in range(first, states.shape[0]):
        if note[COUNT] > full or note[STEPS] - began > note[MOST] // 64:
            return index
        moved, value = states[index], values[index]
        now, later = value + priced(asks[0], moved), value + priced(asks[1], moved)
        if now + here[moved & core] >= limit:
            continue
        count, forced = gather(moved, core, turn, by_lot, order, tracks)
        if count < 0:
            continue
        begin(moved, count, near, days, asks[1], weights, amounts, order, tracks, among, pulls, loads)
        depth, started = 0, note[STEPS]
        while depth >= 0:
            at = tracks[NEXT, depth]
            level, cell = tracks[LEVEL, at], tracks[CHOSEN, depth] & core
            if at == count or later + come[level, cell] + least(depth, days, pledge, tracks) >= limit:
                depth -= 1
                continue
            if now + cost[level, cell] >= limit or not can_reach(depth, at, row, amounts, loads):
                depth -= 1
                continue
            lot = tracks[WAITING, at]
            tracks[NEXT, depth] = count if (turn[1] >> lot) & 1 else at + 1  # what must be in it is not passed over
            note[STEPS] += 1
            if note[STEPS] - started > note[MOST] or halt[0] != 0:
                return -1
            decide(depth, at, count, near, tracks, among, pulls)
            level, cell = tracks[LEVEL, at + 1], (tracks[CHOSEN, depth] | (1 << lot)) & core
            if now + max(here[cell], cost[level, cell]) >= limit:
                continue
            if later + come[level, cell] + least(depth + 1, days, pledge, tracks) >= limit:
                continue
            if not fits(depth, lot, moved, row, turn, by_lot, amounts, touch, weigh, tracks, loads):
                continue
            depth += 1
            tracks[NEXT, depth] = at + 1
            total = days * tracks[CUTS, depth]
            if at < forced or later + tracks[PAID, depth] + total + come[last, cell] >= limit:
                continue
            if over(loads[depth], amounts[amounts.shape[0] - 1], row, amounts.shape[1]):
                if note[COUNT] > full + full // 4:
                    return index
                put(keys, kept, note, tracks[CHOSEN, depth], value + total)
    return states.shape[0]
