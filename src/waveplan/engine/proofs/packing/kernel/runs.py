"""What Python calls: open nodes, and enter nodes into a larger table."""

from __future__ import annotations

from waveplan.engine.compiling.compiled import compiled, inner
from waveplan.engine.proofs.packing.kernel import layout as at
from waveplan.engine.proofs.packing.kernel.heaps import meld, pop
from waveplan.engine.proofs.packing.kernel.loads import back, fill, sound
from waveplan.engine.proofs.packing.kernel.nodes import hopeless, keep, line_up, unpack

_GROWTH = 8  # how many times more loads and trials a node may have when it comes again
_MOST_REACH = 1 << 22  # trials of one node: about a second, for which no event can stop it


@inner
def _open(info, lots, links, order, sets, rooms, prefix, nodes, table, roots, work, node, halt):  # type: ignore[no-untyped-def]
    """Give a node its children, at most so many; true when one of them holds every lot."""
    unpack(info, links, order, nodes, work, node)
    step = nodes[node, at.DEPTH] + 1
    line_up(info, lots, links, rooms, work, step)
    while work[at.NOW, at.COUNT] == 0 and step < info[at.STEPS]:  # nothing may come yet: an empty wave
        step += 1
        line_up(info, lots, links, rooms, work, step)
    nodes[node, at.STATE] = at.OPENED
    if work[at.NOW, at.COUNT] == 0 or hopeless(info, lots, prefix, work, step - 1):
        return False
    work[at.NOW, at.WORTHS] = nodes[node, at.VALUE]
    work[at.NOW, at.CODES] = nodes[node, at.HASH]
    place, solved = 0, False
    while place >= 0 and not solved:
        if fill(info, lots, links, work, place) and sound(info, lots, links, sets, work):
            solved = keep(info, lots, prefix, nodes, table, roots, work, node)
        place = back(info, lots, links, work)
        much = work[at.NOW, at.CHILDREN] >= info[at.MOST] or work[at.NOW, at.TRIED] >= info[at.REACH] or halt[0] != 0
        if place >= 0 and (much or info[at.NODES] >= nodes.shape[0]):
            nodes[node, at.STATE] = at.CUT_SHORT
            info[at.CUT] += 1
            break
    info[at.TRIALS] += work[at.NOW, at.TRIED]
    return solved


@inner
def _again(info, nodes, roots):  # type: ignore[no-untyped-def]
    """Put back what was cut short, to be opened further; false when that has been done as far as it goes."""
    if info[at.REACH] >= _MOST_REACH:
        return False
    info[at.CUT] = 0
    info[at.MOST] *= _GROWTH
    info[at.REACH] = min(_MOST_REACH, info[at.REACH] * _GROWTH)
    for node in range(info[at.NODES]):
        if nodes[node, at.STATE] == at.CUT_SHORT:
            nodes[node, at.STATE] = at.WAITING
            nodes[node, at.CHILD] = -1
            nodes[node, at.NEXT] = -1
            depth = nodes[node, at.DEPTH]
            roots[depth] = meld(nodes, roots[depth], node)
    return True


@compiled
def explore(info, lots, links, order, sets, rooms, prefix, nodes, table, roots, work, trials, halt):  # type: ignore[no-untyped-def]
    """Open nodes, the best at each depth in turn, for so many trials; when all are open, those cut short again.

    Returns GOES_ON (the trials are used up, or it was halted), FULL (`nodes` and `table` must grow), SOLVED
    (`info[FOUND]` holds every lot), EMPTY (proven: so few waves are too few) or GIVEN_UP (what was cut short is as far
    open as it may be).
    """
    end = info[at.TRIALS] + trials
    while info[at.TRIALS] < end and halt[0] == 0:
        depth, looked = info[at.TURN], 0
        while looked < info[at.STEPS] and roots[depth] < 0:
            depth = depth + 1 if depth + 1 < info[at.STEPS] else 0
            looked += 1
        if roots[depth] < 0:
            if info[at.CUT] == 0:
                return at.EMPTY
            if not _again(info, nodes, roots):
                return at.GIVEN_UP
            continue
        if info[at.NODES] >= nodes.shape[0]:
            return at.FULL
        node = roots[depth]
        roots[depth] = pop(nodes, node)
        info[at.TURN] = depth + 1 if depth + 1 < info[at.STEPS] else 0
        info[at.TRIALS] += 1
        if nodes[node, at.STATE] == at.WAITING and _open(
            info, lots, links, order, sets, rooms, prefix, nodes, table, roots, work, node, halt
        ):
            return at.SOLVED
    return at.GOES_ON


@compiled
def index(nodes, table, count):  # type: ignore[no-untyped-def]
    """Enter nodes into a new table, the youngest first: of one set, it came after the fewest waves."""
    mask = table.shape[0] - 1
    for node in range(count - 1, 0, -1):
        if nodes[node, at.STATE] != at.BEATEN:
            slot = (nodes[node, at.HASH] ^ (nodes[node, at.HASH] >> 29)) & mask
            while table[slot] >= 0:
                slot = (slot + 1) & mask
            table[slot] = node
