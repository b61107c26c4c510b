"""Compiled moves: what one costs is what it touches, not the whole plan.

Simulated annealing over moves of one lot and swaps of two, always inside the rules: a trial that breaks one is taken
back at once. Opening and closing a wave renumbers its stream and checks cadence, ordinals and the limits of stages.
"""

from __future__ import annotations

import numpy as np

from waveplan.planning.search.compiled import compiled, inner

_WHOLE_WAVES = 0.01  # how often a trial moves a whole wave
_ROOM = 1.0 / 9007199254740992.0  # 2⁻⁵³


@inner
def draw(state):  # type: ignore[no-untyped-def]
    """A random number in [0, 1): xorshift64* (Vigna 2016), so that a seed gives the same search everywhere."""
    x = state[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    state[0] = x
    return ((x * np.uint64(2685821657736338717)) >> np.uint64(11)) * _ROOM


@inner
def pick(state, count):  # type: ignore[no-untyped-def]
    """A random whole number below a count."""
    return int(draw(state) * count)


@inner
def change_of(a, pos, lot, to, other):  # type: ignore[no-untyped-def]
    """What coexistence changes by when a lot goes to a position; the tie to `other` is left out."""
    here, there = a.day[pos[lot]], a.day[to]
    change = 0
    for index in range(a.tie_ptr[lot], a.tie_ptr[lot + 1]):
        near = a.tie_lot[index]
        if near != other:
            day = a.day[pos[near]]
            change += a.tie_weight[index] * (abs(there - day) - abs(here - day))
    return change


@inner
def ordered(a, pos, lot):  # type: ignore[no-untyped-def]
    """Whether every order and every apart of a lot holds where it now is."""
    mine = pos[lot]
    for index in range(a.before_ptr[lot], a.before_ptr[lot + 1]):
        k = a.before[index]
        its = pos[a.first[k]]
        if a.rank[mine] < a.earliest[k, its]:
            return False
        if a.same_wave[k] and a.rank[mine] == a.rank[its] and mine != its:
            return False
    for index in range(a.after_ptr[lot], a.after_ptr[lot + 1]):
        k = a.after[index]
        its = pos[a.second[k]]
        if a.rank[its] < a.earliest[k, mine]:
            return False
        if a.same_wave[k] and a.rank[mine] == a.rank[its] and mine != its:
            return False
    for index in range(a.apart_ptr[lot], a.apart_ptr[lot + 1]):  # noqa: SIM110 - compiled code has no generators
        if pos[a.apart[index]] == mine:
            return False
    return True


@inner
def charge(a, s, lot, position, sign):  # type: ignore[no-untyped-def]
    """Book a lot's amounts into (1) or out of (-1) a position; false when a row goes over its limit."""
    places = a.day.shape[0]
    fine = True
    for index in range(a.lot_pool_ptr[lot], a.lot_pool_ptr[lot + 1]):
        cell = a.lot_pool[index] * places + position
        amount = sign * a.lot_amount[index]
        for entry in range(a.charge_ptr[cell], a.charge_ptr[cell + 1]):
            row = a.charge_row[entry]
            s.used[row] += amount * a.charge_weight[entry]
            if sign > 0 and s.used[row] > s.limit[row]:
                fine = False
    for index in range(a.touch_ptr[lot], a.touch_ptr[lot + 1]):
        element = a.touch[index]
        row = a.union_row[a.element_union[element], position]
        before = s.touching[element, position]
        s.touching[element, position] = before + sign
        if before == 0 or before + sign == 0:
            s.used[row] += sign * a.element_weight[element]
        if sign > 0 and s.used[row] > s.limit[row]:
            fine = False
    return fine


@inner
def renumber(a, s, stream):  # type: ignore[no-untyped-def]
    """Number a stream's waves anew and set the limits of their stages; false when cadence, ordinals or limits break."""
    ordinal, last, stage, in_week, week = 0, -1, 0, 0, -1
    for position in range(a.stream_ptr[stream], a.stream_ptr[stream + 1]):
        if s.held[position] == 0:
            continue
        ordinal += 1
        while ordinal > a.stage_end[stream, stage]:
            stage += 1
        if last >= 0 and a.day[position] - a.day[last] < a.stage_gap[stream, stage]:
            return False
        in_week = in_week + 1 if a.week[position] == week else 1
        week = a.week[position]
        if in_week > a.stage_week[stream, stage]:
            return False
        s.ordinal[position] = ordinal
        last = position
        for resource in range(a.staged_row.shape[0]):
            if a.staged_stream[resource] == stream:
                row = a.staged_row[resource, position]
                s.limit[row] = a.staged_limit[resource, stage]
                if s.used[row] > s.limit[row]:
                    return False
    for lot in range(a.ordinal_needed.shape[0]):
        needed = a.ordinal_needed[lot]
        if needed > 1 and a.lot_stream[lot] == stream and s.ordinal[s.pos[lot]] < needed:
            return False
    return True


@inner
def place(s, lot, position):  # type: ignore[no-untyped-def]
    """Write down where a lot is."""
    old = s.pos[lot]
    last = s.members[old, s.held[old] - 1]
    s.members[old, s.seat[lot]] = last
    s.seat[last] = s.seat[lot]
    s.held[old] -= 1
    s.members[position, s.held[position]] = lot
    s.seat[lot] = s.held[position]
    s.held[position] += 1
    s.pos[lot] = position


@inner
def try_move(a, s, lot, to):  # type: ignore[no-untyped-def]
    """Move a lot; false, and everything as before, when a rule forbids it."""
    source = s.pos[lot]
    opens, closes = s.held[to] == 0, s.held[source] == 1
    if opens and not closes and s.waves[0] >= a.most_waves:
        return False
    if not opens and a.ordinal_needed[lot] > 1 and s.ordinal[to] < a.ordinal_needed[lot]:
        return False
    s.pos[lot] = to
    fine = ordered(a, s.pos, lot)
    s.pos[lot] = source
    if not fine:
        return False
    charge(a, s, lot, source, -1)
    fine = charge(a, s, lot, to, 1)
    if fine and not opens and not closes:
        place(s, lot, to)
        return True
    if fine:
        place(s, lot, to)
        if renumber(a, s, a.stream[to]):
            s.waves[0] += int(opens) - int(closes)
            return True
        place(s, lot, source)
    charge(a, s, lot, to, -1)
    charge(a, s, lot, source, 1)
    if opens or closes:
        renumber(a, s, a.stream[to])
    return False


@inner
def try_swap(a, s, one, other):  # type: ignore[no-untyped-def]
    """Swap two lots; false, and everything as before, when a rule forbids it."""
    p, q = s.pos[one], s.pos[other]
    if a.ordinal_needed[one] > s.ordinal[q] or a.ordinal_needed[other] > s.ordinal[p]:
        return False
    s.pos[one], s.pos[other] = q, p
    fine = ordered(a, s.pos, one) and ordered(a, s.pos, other)
    s.pos[one], s.pos[other] = p, q
    if not fine:
        return False
    charge(a, s, one, p, -1)
    charge(a, s, other, q, -1)
    fine = charge(a, s, one, q, 1)
    fine = charge(a, s, other, p, 1) and fine
    if fine:
        seat_one, seat_other = s.seat[one], s.seat[other]
        s.members[p, seat_one], s.members[q, seat_other] = other, one
        s.seat[one], s.seat[other] = seat_other, seat_one
        s.pos[one], s.pos[other] = q, p
        return True
    charge(a, s, one, q, -1)
    charge(a, s, other, p, -1)
    charge(a, s, one, p, 1)
    charge(a, s, other, q, 1)
    return False


@inner
def carry_over(s, p, q, count_p, count_q):  # type: ignore[no-untyped-def]
    """Write the lots in the first part of the buffer into q and the others into p."""
    for index in range(count_p):
        s.members[q, index] = s.buffer[index]
        s.pos[s.buffer[index]] = q
        s.seat[s.buffer[index]] = index
    for index in range(count_q):
        s.members[p, index] = s.buffer[count_p + index]
        s.pos[s.buffer[count_p + index]] = p
        s.seat[s.buffer[count_p + index]] = index
    s.held[p], s.held[q] = count_q, count_p


@inner
def book_over(a, s, p, q, count_p, count_q):  # type: ignore[no-untyped-def]
    """Book the buffer's first part from p into q and the others from q into p; false when a row goes over its limit."""
    for index in range(count_p):
        charge(a, s, s.buffer[index], p, -1)
    for index in range(count_p, count_p + count_q):
        charge(a, s, s.buffer[index], q, -1)
    fine = True
    for index in range(count_p):
        fine = charge(a, s, s.buffer[index], q, 1) and fine
    for index in range(count_p, count_p + count_q):
        fine = charge(a, s, s.buffer[index], p, 1) and fine
    return fine


@inner
def exchange(a, s, p, q, heat):  # type: ignore[no-untyped-def]
    """Let two waves change places, or move one into a free slot, if chance and rules allow; else leave all as it is."""
    count_p, count_q = s.held[p], s.held[q]
    s.buffer[:count_p] = s.members[p, :count_p]
    s.buffer[count_p : count_p + count_q] = s.members[q, :count_q]
    total = count_p + count_q
    for index in range(total):
        if not a.allowed[s.buffer[index], q if index < count_p else p]:
            return
    change = 0
    for index in range(total):
        to = q if index < count_p else p
        change += change_of(a, s.pos, s.buffer[index], to, -1)
        s.pos[s.buffer[index]] = to
    fine = change <= 0 or draw(s.random) < np.exp(-change / heat)
    for index in range(total):
        fine = fine and ordered(a, s.pos, s.buffer[index])
    for index in range(total):
        s.pos[s.buffer[index]] = p if index < count_p else q
    if not fine:
        return
    fine = book_over(a, s, p, q, count_p, count_q)
    carry_over(s, p, q, count_p, count_q)
    if fine and renumber(a, s, a.stream[p]):
        s.value[0] += change
        return
    book_over(a, s, q, p, count_p, count_q)
    carry_over(s, q, p, count_p, count_q)
    renumber(a, s, a.stream[p])


@inner
def note_best(s):  # type: ignore[no-untyped-def]
    """Keep the plan if it is the best so far."""
    if s.value[0] < s.best_value[0]:
        s.best_value[0] = s.value[0]
        s.best[:] = s.pos


@inner
def propose(a, s, lot):  # type: ignore[no-untyped-def]
    """Where a lot might go: near something it is tied to, mostly; else anywhere it may."""
    ties = a.tie_ptr[lot + 1] - a.tie_ptr[lot]
    places = a.day.shape[0]
    if ties > 0 and draw(s.random) < 0.7:
        near = s.pos[a.tie_lot[a.tie_ptr[lot] + pick(s.random, ties)]]
        near += a.stream_ptr[a.lot_stream[lot]] - a.stream_ptr[a.stream[near]]
        spread = 2 if draw(s.random) < 0.8 else 6
        to = near + pick(s.random, 2 * spread + 1) - spread
    elif draw(s.random) < 0.5:
        to = s.pos[lot] + pick(s.random, 7) - 3
    else:
        to = pick(s.random, places)
    if to < 0 or to >= places or not a.allowed[lot, to]:
        return -1
    return to


@compiled
def begin(a, s):  # type: ignore[no-untyped-def]
    """Book every lot where it is; rows that are over their limit at the start are kept from getting worse."""
    for lot in range(s.pos.shape[0]):
        position = s.pos[lot]
        s.members[position, s.held[position]] = lot
        s.seat[lot] = s.held[position]
        s.held[position] += 1
        charge(a, s, lot, position, 1)
    for row in range(s.used.shape[0]):
        s.limit[row] = max(s.limit[row], s.used[row])
    for position in range(s.held.shape[0]):
        s.waves[0] += int(s.held[position] > 0)
    fine = True
    for stream in range(a.stream_ptr.shape[0] - 1):
        fine = renumber(a, s, stream) and fine
    for lot in range(s.pos.shape[0]):
        fine = ordered(a, s.pos, lot) and fine
        for index in range(a.tie_ptr[lot], a.tie_ptr[lot + 1]):
            if a.tie_lot[index] > lot:
                s.value[0] += a.tie_weight[index] * abs(a.day[s.pos[lot]] - a.day[s.pos[a.tie_lot[index]]])
    s.best_value[0] = s.value[0]
    s.best[:] = s.pos
    return fine


@compiled
def typical_change(a, s, samples):  # type: ignore[no-untyped-def]
    """Mean size of what a proposed move would change: the scale of temperatures."""
    total, count = 0.0, 0
    for _ in range(samples):
        lot = pick(s.random, s.pos.shape[0])
        to = propose(a, s, lot)
        if to >= 0 and to != s.pos[lot]:
            total += abs(change_of(a, s.pos, lot, to, -1))
            count += 1
    return total / max(1, count)


@compiled
def anneal(a, s, trials, hot, cold):  # type: ignore[no-untyped-def]
    """Try so many changes while the temperature falls from hot to cold; `s.best` keeps the best plan seen."""
    lots = s.pos.shape[0]
    cooling = (cold / hot) ** (1.0 / max(1, trials // 256))
    heat = hot
    for trial in range(trials):
        if trial % 256 == 0 and trial:
            heat *= cooling
        lot = pick(s.random, lots)
        to = propose(a, s, lot)
        if to < 0 or to == s.pos[lot]:
            continue
        if draw(s.random) < _WHOLE_WAVES:
            exchange(a, s, s.pos[lot], to, heat)
            note_best(s)
            continue
        swap = s.held[to] > 0 and draw(s.random) < 0.6
        if swap:
            other = s.members[to, pick(s.random, s.held[to])]
            source = s.pos[lot]
            if not a.allowed[other, source]:
                continue
            change = change_of(a, s.pos, lot, to, other) + change_of(a, s.pos, other, source, lot)
        else:
            other = -1
            change = change_of(a, s.pos, lot, to, -1)
        if change > 0 and draw(s.random) >= np.exp(-change / heat):
            continue
        done = try_swap(a, s, lot, other) if swap else try_move(a, s, lot, to)
        if done:
            s.value[0] += change
            note_best(s)
    return heat
