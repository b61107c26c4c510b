"""Which change to try next."""

from __future__ import annotations

from waveplan.engine.compiling.compiled import inner
from waveplan.engine.search import layout as at
from waveplan.engine.search.kernel.booking import exchangeable, fits, fits_for
from waveplan.engine.search.kernel.chance import draw, pick
from waveplan.engine.search.kernel.changes import list_lot, list_wave
from waveplan.engine.search.kernel.sequence import held_after, held_before
from waveplan.engine.search.kernel.values import may_use, stretched

_TURN = 12  # how far a run of waves that turns may reach
_LOOKED = 32  # lots of a wave, at most, that are looked at for one to change places with


@inner
def target(a, s, lot):  # type: ignore[no-untyped-def]
    """Where a lot might go: near something it is tied to, mostly; else near where it is, or anywhere in its stream."""
    first = a[a[at.STREAM_PTR] + a[a[at.LOT_STREAM] + lot]]
    end = a[a[at.STREAM_PTR] + a[a[at.LOT_STREAM] + lot] + 1]
    ties = a[a[at.TIE_PTR] + lot + 1] - a[a[at.TIE_PTR] + lot]
    here = s[s[at.POS] + lot]
    near = here
    if ties > 0 and draw(s) < 0.7:
        near = s[s[at.POS] + a[a[at.TIE] + 2 * (a[a[at.TIE_PTR] + lot] + pick(s, ties))]]
        if near >= 0:
            near += first - a[a[at.STREAM_PTR] + a[a[at.STREAM_OF] + near]]
        reach = 2 if draw(s) < 0.8 else 6
    else:
        reach = 3 if draw(s) < 0.5 else 0
    to = first + pick(s, end - first) if near < 0 or reach == 0 else near + pick(s, 2 * reach + 1) - reach
    if to < first or to >= end or to == here or not may_use(a, lot, to):
        return at.NOWHERE
    return to


@inner
def member(a, s, position):  # type: ignore[no-untyped-def]
    """Any lot of a wave."""
    return s[s[at.MEMBERS] + position * a[at.LOTS] + pick(s, s[s[at.HELD] + position])]


@inner
def partner(a, s, lot, to, allowance):  # type: ignore[no-untyped-def]
    """A lot of a wave with which another one may change places: both have room, the goal worsens by no more than that.

    Waves that are full in several amounts leave few lots of a size to change with, so a lot is looked for rather than
    drawn: from any of them on, the first that will do.
    """
    here, held, row = s[s[at.POS] + lot], s[s[at.HELD] + to], s[at.MEMBERS] + to * a[at.LOTS]
    counts, first = a[at.GOAL] == at.COEXISTENCE, pick(s, held)
    if counts:
        allowance -= stretched(a, s, lot, to, at.NOWHERE, 0)
    for step in range(min(held, _LOOKED)):
        other = s[row + (first + step) % held]
        if may_use(a, other, here) and exchangeable(a, s, lot, to, other, here):  # noqa: SIM102 - compiled as written
            if not counts or stretched(a, s, other, here, lot, a[a[at.DAY] + to]) <= allowance:
                return other
    return at.NOWHERE


@inner
def one_or_two(a, s, lot, to, strict, allowance):  # type: ignore[no-untyped-def]
    """A lot goes there, or changes places with one that is there; 0 when neither has room."""
    here, crowded = s[s[at.POS] + lot], s[s[at.HELD] + to] > 0
    room = not strict or fits(a, s, lot, to)
    if room and (not crowded or draw(s) < 0.5):
        return list_lot(s, at.NONE, lot, to)
    if not crowded:
        return 0
    if strict and here >= 0:
        other = partner(a, s, lot, to, allowance)
        return 0 if other < 0 else list_lot(s, list_lot(s, at.NONE, lot, to), other, here)
    other = member(a, s, to)
    if here >= 0 and not may_use(a, other, here):
        return 0
    return list_lot(s, list_lot(s, at.NONE, lot, to), other, here)


@inner
def three(a, s, lot, to, strict):  # type: ignore[no-untyped-def]
    """A lot pushes another one on, which finds room elsewhere, or pushes a third one back to where the first was."""
    here = s[s[at.POS] + lot]
    if s[s[at.HELD] + to] == 0 or here < 0:
        return 0
    other = member(a, s, to)
    on = target(a, s, other)
    if on < 0 or on == here or (strict and not fits_for(a, s, lot, other, to)):
        return 0
    n = list_lot(s, list_lot(s, at.NONE, lot, to), other, on)
    if s[s[at.HELD] + on] == 0 or (fits(a, s, other, on) and draw(s) < 0.5):
        return n
    third = member(a, s, on)
    if strict and not (fits_for(a, s, other, third, on) and fits_for(a, s, third, lot, here)):
        return 0
    return list_lot(s, n, third, here)


@inner
def exchange(a, s, here, to):  # type: ignore[no-untyped-def]
    """Two waves change places, or one goes to a free slot."""
    return list_wave(a, s, list_wave(a, s, at.NONE, here, to), to, here)


@inner
def turn(a, s, here, to):  # type: ignore[no-untyped-def]
    """A wave goes to another one's place, and the waves between move up by one."""
    if s[s[at.HELD] + to] == 0 or abs(to - here) > _TURN:
        return 0
    n, each = list_wave(a, s, at.NONE, here, to), to
    while each != here:
        following = held_before(a, s, each) if to > here else held_after(a, s, each)
        n = list_wave(a, s, n, each, following)
        each = following
    return n


@inner
def whole_waves(a, s, lot, to):  # type: ignore[no-untyped-def]
    """A change of whole waves, from a lot's wave and a place that it might go to."""
    here = s[s[at.POS] + lot]
    if here < 0:
        return 0
    return exchange(a, s, here, to) if draw(s) < 0.5 else turn(a, s, here, to)


@inner
def busy(a, s):  # type: ignore[no-untyped-def]
    """Whether some position holds many lots: then whole waves are dear to move."""
    for position in range(a[at.POSITIONS]):  # noqa: SIM110 - no generators when compiled
        if s[s[at.HELD] + position] > 2:
            return True
    return False
