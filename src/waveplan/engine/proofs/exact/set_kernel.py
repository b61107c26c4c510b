"""Compiled parts about one moved set: its cut, its load, what it touches. Arrays are those of `exact.kernel`."""

from __future__ import annotations

from waveplan.engine.compiling.compiled import inner

FAR = 1 << 60
"""No way from here."""


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
def priced(ask, moved):  # type: ignore[no-untyped-def]
    """What a moved set is asked for by its prices."""
    total, lot, rest = 0, 0, moved
    while rest:
        if rest & 1:
            total += ask[lot]
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
