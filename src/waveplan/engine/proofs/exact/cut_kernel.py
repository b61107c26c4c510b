"""Compiled search for the least cuts: how little a boundary cuts, whatever of the lots beyond the core has moved.

Arrays are those of `exact.kernel`, and with L lots beyond the core, of which the first `joint` are told apart:

- loose [L]: bits beyond the core, what comes before others before them
- ties [L × B]: weight of the ties from each of these to each lot
- before [L]: set of lots that come before or with it, of those that are decided before it
- leans [places × L]: by how much the price of having moved is higher than at the place before (see `exact.prices`)
- pull [L + 1 × 2 × L]: what a lot costs if it has not moved and if it has, by depth: ties to others, and its price
- loads [2·DEPTHS × W]: packed load that has moved, by depth; from DEPTHS on what is still to be decided brings
- track [4 × L + 2]: by depth: what has moved, its cut, how many of the two ways were tried, least cut from there on;
  at the end of the first the set of the least cut

A cut counts prices too: so it may be below nothing.
"""

from __future__ import annotations

from waveplan.engine.compiling.compiled import compiled, inner
from waveplan.engine.proofs.exact.set_kernel import FAR, under

DEPTHS = 64
_MOVED, _CUT, _TRIED, _LEAST = 0, 1, 2, 3  # of a track
_MOST_TRIED = 4_000  # lots in one cell at one place: then what is open counts as far as it is known


@inner
def enter(cell, lots, ties, amounts, pull, loads):  # type: ignore[no-untyped-def]
    """Nothing beyond the core is decided: pulls of the core, and its load."""
    for word in range(amounts.shape[1]):
        loads[0, word] = 0
    for lot in range(lots):
        if (cell >> lot) & 1:
            for word in range(amounts.shape[1]):
                loads[0, word] += amounts[lot, word]
    least = 0
    for index in range(ties.shape[0]):
        pull[0, 0, index] = 0
        pull[0, 1, index] = 0
        for lot in range(lots):
            pull[0, 1 - ((cell >> lot) & 1), index] += ties[index, lot]
        least += min(pull[0, 0, index], pull[0, 1, index])
    return least


@inner
def lean(leans, pull):  # type: ignore[no-untyped-def]
    """From the prices of one place to those of the next; returns how much that changes of the least there is."""
    more = 0
    for index in range(leans.shape[0]):
        before = min(pull[0, 0, index], pull[0, 1, index])
        pull[0, 1, index] += leans[index]
        more += min(pull[0, 0, index], pull[0, 1, index]) - before
    return more


@inner
def decide(depth, moves, loose, ties, amounts, pull, loads, track):  # type: ignore[no-untyped-def]
    """One more lot has moved, or has not; returns the least cut from there on."""
    lot = loose[depth]
    cut = track[_CUT, depth] + pull[depth, 1 if moves else 0, depth]
    least = cut
    for index in range(depth + 1, ties.shape[0]):
        for side in range(2):
            pull[depth + 1, side, index] = pull[depth, side, index]
        pull[depth + 1, 0 if moves else 1, index] += ties[index, lot]
        least += min(pull[depth + 1, 0, index], pull[depth + 1, 1, index])
    for word in range(amounts.shape[1]):
        loads[depth + 1, word] = loads[depth, word]
        if moves:
            loads[depth + 1, word] += amounts[lot, word]
    track[_MOVED, depth + 1] = track[_MOVED, depth] | ((1 << lot) if moves else 0)
    track[_CUT, depth + 1] = cut
    track[_TRIED, depth + 1] = 0
    track[_LEAST, depth + 1] = least
    return least


@inner
def may_stand(depth, guard, window, loads):  # type: ignore[no-untyped-def]
    """Whether the load can still come to lie between floor and ceiling."""
    if not under(loads[depth], guard, window, 0):
        return False
    words = guard.shape[0]
    for word in range(words):
        most = loads[depth, word] + loads[DEPTHS + depth, word]
        if ((most - window[words + word]) & guard[word]) != guard[word]:
            return False
    return True


@inner
def may_be(depth, moves, loose, before, bound, track):  # type: ignore[no-untyped-def]
    """Whether a lot may have moved, or may not have, by then and beside what has."""
    if moves:
        return (bound[0] >> loose[depth]) & 1 == 1 and before[depth] & ~track[_MOVED, depth] == 0
    return (bound[1] >> loose[depth]) & 1 == 0


@inner
def least_cut(joint, window, bound, loose, ties, before, amounts, pull, loads, track):  # type: ignore[no-untyped-def]
    """The least cut at one place with one cell of the core: depth first, the side of more ties first.

    Of lots that are not told apart only the side of more ties counts.
    """
    guard = amounts[amounts.shape[0] - 1]
    best, depth, tried = FAR, 0, 0
    track[_TRIED, 0] = 0
    while depth >= 0:
        way = track[_TRIED, depth]
        if way == 2 or track[_LEAST, depth] >= best or (way == 0 and not may_stand(depth, guard, window, loads)):
            depth -= 1
            continue
        if depth == joint:
            best = track[_LEAST, depth]
            track[_MOVED, track.shape[1] - 1] = track[_MOVED, depth]
            depth -= 1
            continue
        if tried == _MOST_TRIED:
            for open_at in range(depth + 1):
                if track[_TRIED, open_at] < 2:
                    best = min(best, track[_LEAST, open_at])
            return best
        tried += 1
        track[_TRIED, depth] = way + 1
        moves = (way == 0) == (pull[depth, 0, depth] >= pull[depth, 1, depth])
        if not may_be(depth, moves, loose, before, bound, track):
            continue
        if decide(depth, moves, loose, ties, amounts, pull, loads, track) < best:
            depth += 1
    return best


@compiled
def least_cuts(  # type: ignore[no-untyped-def]
    table, first, last, joint, loose, ties, before, leans, amounts, windows, bounds, pull, loads, track,
):  # fmt: skip
    """For each boundary and core: the least cut of any moved set that may stand there.

    The table holds the cut inside the core, or FAR for what can't be; it is written over.
    """
    core, lots = table.shape[1] - 1, amounts.shape[0] - 1 - loose.shape[0]
    for cell in range(first, last):
        if table[0, cell] >= FAR:
            continue
        least = enter(cell, lots, ties, amounts, pull, loads)
        for place in range(table.shape[0]):
            least += lean(leans[place], pull)
            inside = table[place, cell]
            table[place, cell] = FAR
            if cell & ~bounds[place, 0] == 0 and bounds[place, 1] & core & ~cell == 0:
                track[_MOVED, 0], track[_CUT, 0], track[_LEAST, 0] = cell, inside, inside + least
                table[place, cell] = least_cut(
                    joint, windows[place], bounds[place], loose, ties, before, amounts, pull, loads, track
                )


@compiled
def least_side(  # type: ignore[no-untyped-def]
    cell, place, joint, loose, ties, before, leans, amounts, windows, bounds, pull, loads, track,
):  # fmt: skip
    """The moved set of the least cut at one place with one cell of the core; the cell itself where there is none."""
    lots = amounts.shape[0] - 1 - loose.shape[0]
    least = enter(cell, lots, ties, amounts, pull, loads)
    for earlier in range(place + 1):
        least += lean(leans[earlier], pull)
    end = track.shape[1] - 1
    track[_MOVED, 0], track[_CUT, 0], track[_LEAST, 0], track[_MOVED, end] = cell, 0, least, cell
    least_cut(joint, windows[place], bounds[place], loose, ties, before, amounts, pull, loads, track)
    return track[_MOVED, end]
