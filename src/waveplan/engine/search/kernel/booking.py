"""Amounts: what waves hold, what their lots touch together, budgets over several positions.

What goes over a limit is counted as a penalty, in thousandths of the limit, and nothing is forbidden here: a search
among valid plans refuses any change that adds to the penalty, one that looks for a first plan makes it smaller.
"""

from __future__ import annotations

from waveplan.engine.compiling.compiled import inner
from waveplan.engine.search import layout as at

UNPLACED = 3_000  # the penalty of a lot that is nowhere: as much as three limits doubled


@inner
def excess(over, divisor):  # type: ignore[no-untyped-def]
    """The penalty for so much over a limit; 0 only within it."""
    return 0 if over <= 0 else 1 + over // divisor


@inner
def fits(a, s, lot, position):  # type: ignore[no-untyped-def]
    """Whether the amounts of a wave leave room for one more lot."""
    resources = a[at.RESOURCES]
    load, room, amount = (
        s[at.LOAD] + position * resources,
        s[at.ROOM] + position * resources,
        a[at.AMOUNT] + lot * resources,
    )
    for index in range(resources):
        if a[amount + index] and s[load + index] + a[amount + index] > s[room + index]:
            return False
    return True


@inner
def fits_for(a, s, lot, other, position):  # type: ignore[no-untyped-def]
    """Whether a lot finds room in a wave when another one leaves it."""
    resources = a[at.RESOURCES]
    load, room = s[at.LOAD] + position * resources, s[at.ROOM] + position * resources
    amount, freed = a[at.AMOUNT] + lot * resources, a[at.AMOUNT] + other * resources
    for index in range(resources):
        more = a[amount + index] - a[freed + index]
        if more > 0 and s[load + index] + more > s[room + index]:
            return False
    return True


@inner
def exchangeable(a, s, lot, position, other, place):  # type: ignore[no-untyped-def]
    """Whether a lot finds room in a position, and another one, that leaves it, in the place that is left for it."""
    resources, load, room = a[at.RESOURCES], s[at.LOAD], s[at.ROOM]
    mine, its, there, here = a[at.AMOUNT] + lot * resources, a[at.AMOUNT] + other * resources, position, place
    for index in range(resources):
        more = a[mine + index] - a[its + index]
        cell = (there if more > 0 else here) * resources + index
        if more and s[load + cell] + abs(more) > s[room + cell]:
            return False
    return True


@inner
def book_pools(a, s, owner, position, sign):  # type: ignore[no-untyped-def]
    """Book what a lot, or a prelude (numbered after the lots), brings to budgets into (1) or out of (-1) a position."""
    penalty, places = 0, a[at.POSITIONS]
    for index in range(a[a[at.POOL_PTR] + owner], a[a[at.POOL_PTR] + owner + 1]):
        cell = a[at.CHARGE_PTR] + a[a[at.POOL] + 2 * index] * places + position
        units = sign * a[a[at.POOL] + 2 * index + 1]
        for entry in range(a[cell], a[cell + 1]):
            row = a[a[at.CHARGE] + 2 * entry]
            more = units * a[a[at.CHARGE] + 2 * entry + 1]
            if s[s[at.AWAKE] + row] > 0:
                over, divisor = s[s[at.USED] + row] - a[a[at.LIMIT] + row], a[a[at.LIMIT_DIVISOR] + row]
                penalty += excess(over + more, divisor) - excess(over, divisor)
            s[s[at.USED] + row] += more
    s[at.PENALTY] += penalty


@inner
def book(a, s, lot, position, sign):  # type: ignore[no-untyped-def]
    """Book a lot's amounts into (1) or out of (-1) a position."""
    penalty, resources, places = 0, a[at.RESOURCES], a[at.POSITIONS]
    load, room, amount = (
        s[at.LOAD] + position * resources,
        s[at.ROOM] + position * resources,
        a[at.AMOUNT] + lot * resources,
    )
    for index in range(resources):
        more = sign * a[amount + index]
        if more:
            over, divisor = s[load + index] - s[room + index], a[a[at.RESOURCE_DIVISOR] + index]
            penalty += excess(over + more, divisor) - excess(over, divisor)
            s[load + index] += more
    for index in range(a[a[at.TOUCH_PTR] + lot], a[a[at.TOUCH_PTR] + lot + 1]):
        element = a[a[at.TOUCH] + index]
        union = a[a[at.ELEMENT_UNION] + element]
        place = a[a[at.UNION_PLACE] + union * places + position]
        if place < 0:
            continue
        cell = s[at.TOUCHING] + element * places + place
        before = s[cell]
        s[cell] = before + sign
        if before == 0 or before + sign == 0:
            row = union * places + place
            over, divisor = s[s[at.UNION_LOAD] + row] - s[s[at.UNION_ROOM] + row], a[a[at.UNION_DIVISOR] + union]
            more = sign * a[a[at.ELEMENT_WEIGHT] + element]
            penalty += excess(over + more, divisor) - excess(over, divisor)
            s[s[at.UNION_LOAD] + row] += more
    s[at.PENALTY] += penalty
    book_pools(a, s, lot, position, sign)


@inner
def book_change(a, s, n, sign):  # type: ignore[no-untyped-def]
    """Book a change (1), or take it back (-1)."""
    for index in range(n):
        lot, origin, to = s[s[at.CHANGE_LOT] + index], s[s[at.CHANGE_FROM] + index], s[s[at.CHANGE_TO] + index]
        if origin >= 0:
            book(a, s, lot, origin, -sign)
        else:
            s[at.PENALTY] -= sign * UNPLACED
        if to >= 0:
            book(a, s, lot, to, sign)
        else:
            s[at.PENALTY] += sign * UNPLACED


@inner
def wake(a, s, position, sign):  # type: ignore[no-untyped-def]
    """A wave opens (1) or closes (-1): budgets that hold only while some wave stands there begin or cease to count."""
    for index in range(a[a[at.WAKES_PTR] + position], a[a[at.WAKES_PTR] + position + 1]):
        row = a[a[at.WAKES] + index]
        cost = excess(s[s[at.USED] + row] - a[a[at.LIMIT] + row], a[a[at.LIMIT_DIVISOR] + row])
        before = s[s[at.AWAKE] + row]
        s[s[at.AWAKE] + row] = before + sign
        if before == 0:
            s[at.PENALTY] += cost
        elif before + sign == 0:
            s[at.PENALTY] -= cost
