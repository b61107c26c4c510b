"""Nodes: taken apart into scratch, and made of a load, if what it leaves may still fit and its set is new."""

from __future__ import annotations

from waveplan.engine.compiling.compiled import inner
from waveplan.engine.proofs.packing.kernel import layout as at
from waveplan.engine.proofs.packing.kernel.heaps import meld
from waveplan.engine.proofs.packing.kernel.loads import fits, may


@inner
def unpack(info, links, order, nodes, work, node):  # type: ignore[no-untyped-def]
    """Scratch for one node: what is taken, what each lot still waits for, what is left in order of its last wave."""
    for lot in range(info[at.LOTS]):
        work[at.TAKEN, lot] = (nodes[node, at.SET + (lot >> 6)] >> (lot & 63)) & 1
        work[at.NEEDS, lot] = 0
    if not info[at.PLAIN]:
        work[at.TOUCHED, :] = 0
    left = 0
    for index in range(info[at.LOTS]):
        lot = order[index]
        if work[at.TAKEN, lot] == 0:
            work[at.LEFT, left] = lot
            left += 1
            for entry in range(links[info[at.AFTER] + lot], links[info[at.AFTER] + lot + 1]):
                work[at.NEEDS, links[entry] >> 1] += 1
    work[at.NOW, at.REMAIN] = left


@inner
def line_up(info, lots, links, rooms, work, step):  # type: ignore[no-untyped-def]
    """The lots that can begin a wave, in their own order; also how many are due, and how many have followers."""
    for k in range(info[at.SUMS] + info[at.UNIONS]):
        work[at.ROOM, k] = rooms[step - 1, k]
    for entry in range(at.COLUMNS):
        if entry != at.REMAIN:
            work[at.NOW, entry] = 0
    work[at.NOW, at.STEP] = step
    for lot in range(info[at.LOTS]):
        if work[at.TAKEN, lot]:
            continue
        work[at.NOW, at.DUE] += lots[lot, at.LAST] <= step
        work[at.NOW, at.LEADING] += links[info[at.AFTER] + lot + 1] > links[info[at.AFTER] + lot]
        if work[at.NEEDS, lot] == 0 and may(info, lots, lot, step) and fits(info, lots, links, work, lot, -1):
            work[at.QUEUE, work[at.NOW, at.COUNT]] = lot
            work[at.NOW, at.COUNT] += 1


@inner
def hopeless(info, lots, prefix, work, depth):  # type: ignore[no-untyped-def]
    """Whether what is left cannot fit before it is due, by sums in every limit and transformed limit."""
    for k in range(info[at.BOUNDS]):
        work[at.TOTAL, k] = 0
    for index in range(work[at.NOW, at.REMAIN]):
        lot = work[at.LEFT, index]
        if work[at.TAKEN, lot]:
            continue
        last = lots[lot, at.LAST]
        if last <= depth:
            return True
        for k in range(info[at.BOUNDS]):
            total = work[at.TOTAL, k] + lots[lot, at.AMOUNT + k]
            work[at.TOTAL, k] = total
            if total > prefix[last, k] - prefix[depth, k]:
                return True
    return False


@inner
def _remember(info, nodes, table, work, parent, depth, code):  # type: ignore[no-untyped-def]
    """A new node for the set that is now taken, or -1 if it is known after as few waves."""
    words, node = info[at.WORDS], info[at.NODES]
    for word in range(words):
        nodes[node, at.SET + word] = 0
    for lot in range(info[at.LOTS]):
        if work[at.TAKEN, lot]:
            nodes[node, at.SET + (lot >> 6)] |= 1 << (lot & 63)
    mask = table.shape[0] - 1
    slot = (code ^ (code >> 29)) & mask
    while table[slot] >= 0:
        known = table[slot]
        if nodes[known, at.HASH] == code:
            same = True
            for word in range(words):
                if nodes[known, at.SET + word] != nodes[node, at.SET + word]:
                    same = False
                    break
            if same:
                if nodes[known, at.DEPTH] <= depth:
                    return -1
                nodes[known, at.STATE] = at.BEATEN
                break
        slot = (slot + 1) & mask
    table[slot] = node
    nodes[node, at.PARENT] = parent
    nodes[node, at.DEPTH] = depth
    nodes[node, at.HASH] = code
    nodes[node, at.STATE] = at.WAITING
    info[at.NODES] = node + 1
    return node


@inner
def keep(info, lots, prefix, nodes, table, roots, work, parent):  # type: ignore[no-untyped-def]
    """Make the load a node, if what it leaves is not hopeless and its set is new; true when it leaves nothing."""
    step = work[at.NOW, at.STEP]
    if hopeless(info, lots, prefix, work, step):
        return False
    child = _remember(info, nodes, table, work, parent, step, work[at.NOW, at.CODES])
    if child < 0:
        return False
    work[at.NOW, at.CHILDREN] += 1
    nodes[child, at.VALUE] = work[at.NOW, at.WORTHS]
    if work[at.NOW, at.PICKS] == work[at.NOW, at.REMAIN]:
        info[at.FOUND] = child
        return True
    nodes[child, at.CHILD] = -1
    nodes[child, at.NEXT] = -1
    roots[step] = meld(nodes, roots[step], child)
    return False
