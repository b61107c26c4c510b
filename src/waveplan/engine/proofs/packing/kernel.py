"""Compiled branch, bound and remember: wave after wave, best first at every depth in turn.

A node is the set of lots in the first waves. It is opened by trying full waves: loads to which no waiting lot can be
added and in which no waiting lot could take the place of a lesser one. A set seen before, after as few waves, is not
opened again. After Sewell and Jacobson (2012) and Morrison, Sewell and Jacobson (2014), here for several limits at
once, each its own in every wave.

Arrays, all int64, for N lots (numbered in the order they are tried), K sums, B ≥ K limits with the transformed ones
after the sums, U unions and S waves. Amounts are in whole units of each limit; waves are counted from 1. By name
[shape]:

- info [NUMBERS]: numbers about the search, and where each table begins in links
- lots [N × AMOUNT + B + K + S]: WORTH (2 ** 20 is a full wave), FIRST and LAST wave, CODE (62 random bits), B amounts,
  then K amounts with followers, then by wave whether the lot may be in it
- links [flat]: ragged tables by lot: followers (lot · 2 + strictly), lots apart, elements; then by element: union,
  weight
- order [N]: lots by their last wave
- sets [N × words, or 0 × 1]: bits: lots whose place a lot could take at no loss
- rooms [S × K + U]: what each wave has room for
- prefix [S + 1 × B]: room of all waves up to each
- nodes [any × SET + words]: a node by row: VALUE, PARENT, DEPTH (waves), heap links, HASH, STATE, then its lots as
  bits; row 0 is empty
- table [2 ** k]: hash table of nodes with open addressing: -1 is free
- roots [S + 1]: by depth: the top of its heap, -1 if there is none
- work [ROWS × any]: scratch for one node: see the rows below
- trials [one number]: how many lots and nodes may be tried in this call
- halt [1]: 0 until the work is to end
"""

from __future__ import annotations

from waveplan.engine.compiling.compiled import compiled, inner

# numbers about the whole search
LOTS, SUMS, UNIONS, BOUNDS, WORDS, STEPS = 0, 1, 2, 3, 4, 5
EVEN, PLAIN = 6, 7  # whether all waves are alike; whether sums tell all that is needed to see that a lot fits
AFTER, APART, TOUCH, UNION_OF, WEIGHT = 8, 9, 10, 11, 12  # where each table begins in `links`
MOST, REACH, NODES, TURN, FOUND, CUT, TRIALS = 13, 14, 15, 16, 17, 18, 19
NUMBERS = 20
# columns of a lot: amounts after these, then how much of each limit its followers in one wave may take with it, then
# the waves that it may be in
WORTH, FIRST, LAST, CODE, AMOUNT = 0, 1, 2, 3, 4
# columns of a node, the words of its set after them
VALUE, PARENT, DEPTH, CHILD, NEXT, HASH, STATE, SET = 0, 1, 2, 3, 4, 5, 6, 7
WAITING, OPENED, CUT_SHORT, BEATEN = 0, 1, 2, 3  # states of a node
# rows of scratch
TAKEN, NEEDS, QUEUE, PICKED, LENGTH, LEFT, TOUCHED, ROOM, TOTAL, NOW = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9
ROWS = 10
# what stands in the row NOW: about the node, and about the load that is being filled
REMAIN, DUE, LEADING, STEP, COUNT, PICKS, WORTHS, CODES, TRIED, CHILDREN = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9
COLUMNS = 10
# how a piece of work ended
GOES_ON, FULL, SOLVED, EMPTY, GIVEN_UP = 0, 1, 2, 3, 4
_GROWTH = 8  # how many times more loads and trials a node may have when it comes again
_MOST_REACH = 1 << 22  # trials of one node: about a second, for which no event can stop it


@inner
def _meld(nodes, one, other):  # type: ignore[no-untyped-def]
    """Join two pairing heaps; the more valuable node is on top, of equals the older."""
    if one < 0:
        return other
    if other < 0:
        return one
    mine, its = nodes[one, VALUE], nodes[other, VALUE]
    if its > mine or (its == mine and other < one):
        one, other = other, one
    nodes[other, NEXT] = nodes[one, CHILD]
    nodes[one, CHILD] = other
    return one


@inner
def _pop(nodes, top):  # type: ignore[no-untyped-def]
    """What is left of a heap without its top."""
    pairs = -1
    node = nodes[top, CHILD]
    while node >= 0:
        second = nodes[node, NEXT]
        if second < 0:
            nodes[node, NEXT] = pairs
            pairs = node
            break
        after = nodes[second, NEXT]
        nodes[node, NEXT] = -1
        nodes[second, NEXT] = -1
        joined = _meld(nodes, node, second)
        nodes[joined, NEXT] = pairs
        pairs = joined
        node = after
    rest = -1
    while pairs >= 0:
        after = nodes[pairs, NEXT]
        nodes[pairs, NEXT] = -1
        rest = _meld(nodes, rest, pairs)
        pairs = after
    return rest


@inner
def _may(info, lots, lot, step):  # type: ignore[no-untyped-def]
    """Whether a lot may be in a wave, by its windows and by what comes before it."""
    return lots[lot, FIRST] <= step and lots[lot, AMOUNT + info[BOUNDS] + info[SUMS] + step - 1] > 0


@inner
def _fits(info, lots, links, work, lot, without):  # type: ignore[no-untyped-def]
    """Whether a lot can join the load, when a lot of it (or none, -1) makes room."""
    for k in range(info[SUMS]):
        room = work[ROOM, k]
        if without >= 0:
            room += lots[without, AMOUNT + k]
        if lots[lot, AMOUNT + k] > room:
            return False
    if info[PLAIN]:
        return True
    for index in range(links[info[APART] + lot], links[info[APART] + lot + 1]):
        if work[TAKEN, links[index]] == 2 and links[index] != without:
            return False
    union, need = -1, 0
    for index in range(links[info[TOUCH] + lot], links[info[TOUCH] + lot + 1]):
        element = links[index]
        if links[info[UNION_OF] + element] != union:
            union, need = links[info[UNION_OF] + element], 0
        if work[TOUCHED, element] == 0:
            need += links[info[WEIGHT] + element]
            if need > work[ROOM, info[SUMS] + union]:
                return False
    return True


@inner
def _book(info, lots, links, work, lot, sign):  # type: ignore[no-untyped-def]
    """Put a lot into the load (1) or take it out (-1)."""
    work[TAKEN, lot] = 2 if sign > 0 else 0
    for k in range(info[SUMS]):
        work[ROOM, k] -= sign * lots[lot, AMOUNT + k]
    if info[PLAIN]:
        return
    for index in range(links[info[TOUCH] + lot], links[info[TOUCH] + lot + 1]):
        element = links[index]
        before = work[TOUCHED, element]
        work[TOUCHED, element] = before + sign
        if before + sign == 0 or before == 0:
            work[ROOM, info[SUMS] + links[info[UNION_OF] + element]] -= sign * links[info[WEIGHT] + element]


@inner
def _release(info, lots, links, work, lot, sign):  # type: ignore[no-untyped-def]
    """Lots that wait for this one in the same wave: one wait less, or again one more; those freed join the queue."""
    for index in range(links[info[AFTER] + lot], links[info[AFTER] + lot + 1]):
        if links[index] & 1:  # strictly later
            continue
        after = links[index] >> 1
        work[NEEDS, after] -= sign
        if sign > 0 and work[NEEDS, after] == 0 and _may(info, lots, after, work[NOW, STEP]):
            work[QUEUE, work[NOW, COUNT]] = after
            work[NOW, COUNT] += 1


@inner
def _always_fits(info, lots, work, lot, start):  # type: ignore[no-untyped-def]
    """Whether a lot that is skipped would fit whatever else may still come: then skipping it is pointless."""
    reach = AMOUNT + info[BOUNDS]
    for k in range(info[SUMS]):
        spare = work[ROOM, k] - lots[lot, AMOUNT + k]
        for index in range(start, work[NOW, COUNT]):
            spare -= lots[work[QUEUE, index], reach + k]
            if spare < 0:
                return False
    return True


@inner
def _fill(info, lots, links, work, place):  # type: ignore[no-untyped-def]
    """Add every lot of the queue that fits, from one place on; false when one that is due doesn't."""
    step = work[NOW, STEP]
    while place < work[NOW, COUNT]:
        lot = work[QUEUE, place]
        work[NOW, TRIED] += 1
        if _fits(info, lots, links, work, lot, -1):
            work[PICKED, work[NOW, PICKS]] = place
            work[LENGTH, work[NOW, PICKS]] = work[NOW, COUNT]
            work[NOW, PICKS] += 1
            work[NOW, WORTHS] += lots[lot, WORTH]
            work[NOW, CODES] ^= lots[lot, CODE]
            _book(info, lots, links, work, lot, 1)
            _release(info, lots, links, work, lot, 1)
        elif lots[lot, LAST] <= step:
            return False
        place += 1
    return True


@inner
def _back(info, lots, links, work):  # type: ignore[no-untyped-def]
    """Leave out the last lot that can be left out; the place after it, or -1 when there is none."""
    while work[NOW, PICKS] > 0:
        work[NOW, PICKS] -= 1
        place = work[PICKED, work[NOW, PICKS]]
        lot = work[QUEUE, place]
        _release(info, lots, links, work, lot, -1)
        _book(info, lots, links, work, lot, -1)
        work[NOW, COUNT] = work[LENGTH, work[NOW, PICKS]]
        work[NOW, WORTHS] -= lots[lot, WORTH]
        work[NOW, CODES] ^= lots[lot, CODE]
        if lots[lot, LAST] <= work[NOW, STEP]:
            continue
        if not (info[PLAIN] and _always_fits(info, lots, work, lot, place + 1)):
            return place + 1
    return -1


@inner
def _sound(info, lots, links, sets, work):  # type: ignore[no-untyped-def]
    """Whether a load is worth a node: full, without a lot that a waiting one dominates, nothing due left out."""
    due, leading = work[NOW, DUE], work[NOW, LEADING]
    for index in range(work[NOW, PICKS]):
        lot = work[QUEUE, work[PICKED, index]]
        due -= lots[lot, LAST] <= work[NOW, STEP]
        if links[info[AFTER] + lot + 1] > links[info[AFTER] + lot]:
            leading = 0
    if due > 0 or (info[EVEN] and leading > 0):
        return False
    for index in range(work[NOW, COUNT]):
        lot = work[QUEUE, index]
        if work[TAKEN, lot]:
            continue
        if _fits(info, lots, links, work, lot, -1):
            return False
        for place in range(work[NOW, PICKS] if sets.shape[0] else 0):
            other = work[QUEUE, work[PICKED, place]]
            if (sets[lot, other >> 6] >> (other & 63)) & 1 and _fits(info, lots, links, work, lot, other):
                return False
    return True


@inner
def _hopeless(info, lots, prefix, work, depth):  # type: ignore[no-untyped-def]
    """Whether what is left cannot fit before it is due, by sums in every limit and transformed limit."""
    for k in range(info[BOUNDS]):
        work[TOTAL, k] = 0
    for index in range(work[NOW, REMAIN]):
        lot = work[LEFT, index]
        if work[TAKEN, lot]:
            continue
        last = lots[lot, LAST]
        if last <= depth:
            return True
        for k in range(info[BOUNDS]):
            total = work[TOTAL, k] + lots[lot, AMOUNT + k]
            work[TOTAL, k] = total
            if total > prefix[last, k] - prefix[depth, k]:
                return True
    return False


@inner
def _remember(info, nodes, table, work, parent, depth, code):  # type: ignore[no-untyped-def]
    """A new node for the set that is now taken, or -1 if it is known after as few waves."""
    words, node = info[WORDS], info[NODES]
    for word in range(words):
        nodes[node, SET + word] = 0
    for lot in range(info[LOTS]):
        if work[TAKEN, lot]:
            nodes[node, SET + (lot >> 6)] |= 1 << (lot & 63)
    mask = table.shape[0] - 1
    slot = (code ^ (code >> 29)) & mask
    while table[slot] >= 0:
        known = table[slot]
        if nodes[known, HASH] == code:
            same = True
            for word in range(words):
                if nodes[known, SET + word] != nodes[node, SET + word]:
                    same = False
                    break
            if same:
                if nodes[known, DEPTH] <= depth:
                    return -1
                nodes[known, STATE] = BEATEN
                break
        slot = (slot + 1) & mask
    table[slot] = node
    nodes[node, PARENT] = parent
    nodes[node, DEPTH] = depth
    nodes[node, HASH] = code
    nodes[node, STATE] = WAITING
    info[NODES] = node + 1
    return node


@inner
def _unpack(info, links, order, nodes, work, node):  # type: ignore[no-untyped-def]
    """Scratch for one node: what is taken, what each lot still waits for, what is left in order of its last wave."""
    for lot in range(info[LOTS]):
        work[TAKEN, lot] = (nodes[node, SET + (lot >> 6)] >> (lot & 63)) & 1
        work[NEEDS, lot] = 0
    if not info[PLAIN]:
        work[TOUCHED, :] = 0
    left = 0
    for index in range(info[LOTS]):
        lot = order[index]
        if work[TAKEN, lot] == 0:
            work[LEFT, left] = lot
            left += 1
            for entry in range(links[info[AFTER] + lot], links[info[AFTER] + lot + 1]):
                work[NEEDS, links[entry] >> 1] += 1
    work[NOW, REMAIN] = left


@inner
def _line_up(info, lots, links, rooms, work, step):  # type: ignore[no-untyped-def]
    """The lots that can begin a wave, in their own order; also how many are due, and how many have followers."""
    for k in range(info[SUMS] + info[UNIONS]):
        work[ROOM, k] = rooms[step - 1, k]
    for entry in range(COLUMNS):
        if entry != REMAIN:
            work[NOW, entry] = 0
    work[NOW, STEP] = step
    for lot in range(info[LOTS]):
        if work[TAKEN, lot]:
            continue
        work[NOW, DUE] += lots[lot, LAST] <= step
        work[NOW, LEADING] += links[info[AFTER] + lot + 1] > links[info[AFTER] + lot]
        if work[NEEDS, lot] == 0 and _may(info, lots, lot, step) and _fits(info, lots, links, work, lot, -1):
            work[QUEUE, work[NOW, COUNT]] = lot
            work[NOW, COUNT] += 1


@inner
def _keep(info, lots, prefix, nodes, table, roots, work, parent):  # type: ignore[no-untyped-def]
    """Make the load a node, if what it leaves is not hopeless and its set is new; true when it leaves nothing."""
    step = work[NOW, STEP]
    if _hopeless(info, lots, prefix, work, step):
        return False
    child = _remember(info, nodes, table, work, parent, step, work[NOW, CODES])
    if child < 0:
        return False
    work[NOW, CHILDREN] += 1
    nodes[child, VALUE] = work[NOW, WORTHS]
    if work[NOW, PICKS] == work[NOW, REMAIN]:
        info[FOUND] = child
        return True
    nodes[child, CHILD] = -1
    nodes[child, NEXT] = -1
    roots[step] = _meld(nodes, roots[step], child)
    return False


@inner
def _open(info, lots, links, order, sets, rooms, prefix, nodes, table, roots, work, node, halt):  # type: ignore[no-untyped-def]
    """Give a node its children, at most so many; true when one of them holds every lot."""
    _unpack(info, links, order, nodes, work, node)
    step = nodes[node, DEPTH] + 1
    _line_up(info, lots, links, rooms, work, step)
    while work[NOW, COUNT] == 0 and step < info[STEPS]:  # nothing may come yet: an empty wave
        step += 1
        _line_up(info, lots, links, rooms, work, step)
    nodes[node, STATE] = OPENED
    if work[NOW, COUNT] == 0 or _hopeless(info, lots, prefix, work, step - 1):
        return False
    work[NOW, WORTHS] = nodes[node, VALUE]
    work[NOW, CODES] = nodes[node, HASH]
    place, solved = 0, False
    while place >= 0 and not solved:
        if _fill(info, lots, links, work, place) and _sound(info, lots, links, sets, work):
            solved = _keep(info, lots, prefix, nodes, table, roots, work, node)
        place = _back(info, lots, links, work)
        much = work[NOW, CHILDREN] >= info[MOST] or work[NOW, TRIED] >= info[REACH] or halt[0] != 0
        if place >= 0 and (much or info[NODES] >= nodes.shape[0]):
            nodes[node, STATE] = CUT_SHORT
            info[CUT] += 1
            break
    info[TRIALS] += work[NOW, TRIED]
    return solved


@inner
def _again(info, nodes, roots):  # type: ignore[no-untyped-def]
    """Put back what was cut short, to be opened further; false when that has been done as far as it goes."""
    if info[REACH] >= _MOST_REACH:
        return False
    info[CUT] = 0
    info[MOST] *= _GROWTH
    info[REACH] = min(_MOST_REACH, info[REACH] * _GROWTH)
    for node in range(info[NODES]):
        if nodes[node, STATE] == CUT_SHORT:
            nodes[node, STATE] = WAITING
            nodes[node, CHILD] = -1
            nodes[node, NEXT] = -1
            depth = nodes[node, DEPTH]
            roots[depth] = _meld(nodes, roots[depth], node)
    return True


@compiled
def explore(info, lots, links, order, sets, rooms, prefix, nodes, table, roots, work, trials, halt):  # type: ignore[no-untyped-def]
    """Open nodes, the best at each depth in turn, for so many trials; when all are open, those cut short again.

    Returns GOES_ON (the trials are used up, or it was halted), FULL (`nodes` and `table` must grow), SOLVED
    (`info[FOUND]` holds every lot), EMPTY (proven: so few waves are too few) or GIVEN_UP (what was cut short is as far
    open as it may be).
    """
    end = info[TRIALS] + trials
    while info[TRIALS] < end and halt[0] == 0:
        depth, looked = info[TURN], 0
        while looked < info[STEPS] and roots[depth] < 0:
            depth = depth + 1 if depth + 1 < info[STEPS] else 0
            looked += 1
        if roots[depth] < 0:
            if info[CUT] == 0:
                return EMPTY
            if not _again(info, nodes, roots):
                return GIVEN_UP
            continue
        if info[NODES] >= nodes.shape[0]:
            return FULL
        node = roots[depth]
        roots[depth] = _pop(nodes, node)
        info[TURN] = depth + 1 if depth + 1 < info[STEPS] else 0
        info[TRIALS] += 1
        if nodes[node, STATE] == WAITING and _open(
            info, lots, links, order, sets, rooms, prefix, nodes, table, roots, work, node, halt
        ):
            return SOLVED
    return GOES_ON


@compiled
def index(nodes, table, count):  # type: ignore[no-untyped-def]
    """Enter nodes into a new table, the youngest first: of one set, it came after the fewest waves."""
    mask = table.shape[0] - 1
    for node in range(count - 1, 0, -1):
        if nodes[node, STATE] != BEATEN:
            slot = (nodes[node, HASH] ^ (nodes[node, HASH] >> 29)) & mask
            while table[slot] >= 0:
                slot = (slot + 1) & mask
            table[slot] = node
