"""A board as flat arrays for compiled code, seen from its beginning or from its end."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from waveplan.engine.proofs.packing.board import Ints, PackingBoard, Table, WaveWindows
from waveplan.engine.proofs.packing.kernel import layout as at

_MOST_COMPARED = 600  # lots; of more, none is looked for that could take another's place
_WORTH = 1 << 20  # of a full wave
_FEW = 0.02  # waves: what a node loses for each lot, so that large lots go first (Morrison, Sewell, Jacobson 2014)


@dataclass(frozen=True)
class Flat:
    """What does not change while a packing is looked for; lots are numbered in the order they are tried."""

    board: PackingBoard
    backward: bool
    lots: Ints  # by number: the board's lot
    links: Ints
    sets: Ints  # by lot, as bits: lots whose place it could take with advantage
    columns: Ints  # by lot: as the kernel wants them, first and last wave left open
    info: Ints

    def arrays(self, windows: WaveWindows) -> tuple[Ints, Ints, Ints, Ints, Ints]:
        """Numbers, columns, rooms, rooms summed up, and lots by their last wave, for so many waves."""
        rooms, unions = self.board.rooms(windows.waves)
        first, last = windows.first[self.lots], windows.last[self.lots]
        if self.backward:
            rooms, unions = rooms[::-1], unions[::-1]
            first, last = windows.waves + 1 - last, windows.waves + 1 - first
        may = self.board.may(windows.waves)[self.lots]
        columns = np.concatenate([self.columns, may[:, ::-1] if self.backward else may], 1)
        columns[:, at.FIRST], columns[:, at.LAST] = first, last
        info = self.info.copy()
        info[at.STEPS] = windows.waves
        sums = info[at.SUMS]
        prefix = np.concatenate([np.zeros((1, rooms.shape[1]), np.int64), np.cumsum(rooms, 0)])
        order = np.argsort(last, kind="stable").astype(np.int64)
        return info, columns, np.ascontiguousarray(np.concatenate([rooms[:, :sums], unions], 1)), prefix, order


def flat(board: PackingBoard, backward: bool) -> Flat:
    """Flatten a board for one direction."""
    after, strictly = (board.after.T, board.strictly.T) if backward else (board.after, board.strictly)
    shares = _shares(board)
    weight = shares + after @ shares
    lots = np.lexsort((np.arange(board.size), -weight)).astype(np.int64)
    after, strictly = after[np.ix_(lots, lots)], strictly[np.ix_(lots, lots)]
    info = np.zeros(at.NUMBERS, np.int64)
    sums, bounds = len(board.loads.resources), board.amounts.shape[1]
    info[at.LOTS], info[at.SUMS], info[at.BOUNDS] = board.size, sums, bounds
    info[at.UNIONS], info[at.WORDS] = len(board.loads.unions), -(-board.size // 64)
    info[at.EVEN] = board.even
    info[at.PLAIN] = not board.loads.unions and not board.loads.apart
    columns = np.zeros((board.size, at.AMOUNT + bounds + sums), np.int64)
    amounts = board.amounts[lots]
    columns[:, at.AMOUNT : at.AMOUNT + bounds] = amounts
    columns[:, at.AMOUNT + bounds :] = amounts[:, :sums] + (after & ~strictly).astype(np.int64) @ amounts[:, :sums]
    columns[:, at.WORTH] = (_WORTH * (shares[lots] - _FEW)).astype(np.int64)
    codes = random.Random(1)
    columns[:, at.CODE] = [codes.getrandbits(62) for _ in range(board.size)]
    links = _links(board, lots, backward, info)
    sets = _sets(board, lots, amounts[:, :sums], after, strictly, backward)
    return Flat(board, backward, lots, links, sets, columns, info)


def _shares(board: PackingBoard) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """By lot: what it takes of a wave, over all limits."""
    sums = len(board.loads.resources)
    if not sums:
        return np.full(board.size, 1.0 / max(1, board.size))
    rooms = np.maximum(1, board.rooms(len(board.loads.stages))[0][-1, :sums])
    return np.asarray((board.amounts[:, :sums] / rooms).max(1))


def _links(board: PackingBoard, lots: Ints, backward: bool, info: Ints) -> Ints:
    """Ragged tables end to end: followers, lots kept apart, what unions count; `info` tells where each begins."""
    place = {int(lot): number for number, lot in enumerate(lots)}
    after: list[list[int]] = [[] for _ in lots]
    for first, second, strict in board.loads.orders:
        ends = (second, first) if backward else (first, second)
        after[place[ends[0]]].append(place[ends[1]] << 1 | int(strict))
    apart: list[list[int]] = [[] for _ in lots]
    for one, other in board.loads.apart:
        apart[place[one]].append(place[other])
        apart[place[other]].append(place[one])
    touch: list[list[int]] = [[] for _ in lots]
    union_of: list[int] = []
    weights: list[int] = []
    for number, union in enumerate(board.loads.unions):
        for lot, elements in enumerate(union.touched):
            touch[place[lot]] += [len(weights) + element for element in elements]
        weights += union.weights
        union_of += [number] * len(union.weights)
    links: list[int] = []
    for entry, table in ((at.AFTER, after), (at.APART, apart), (at.TOUCH, touch)):
        info[entry] = len(links)
        links += _ragged(table, len(links))
    for entry, values in ((at.UNION_OF, union_of), (at.WEIGHT, weights)):
        info[entry] = len(links)
        links += values
    return np.array(links, np.int64)


def _ragged(rows: Sequence[Iterable[int]], base: int) -> list[int]:
    begin, values = [base + len(rows) + 1], list[int]()
    for row in rows:
        values += sorted(row)
        begin.append(base + len(rows) + 1 + len(values))
    return [*begin, *values]


def _sets(board: PackingBoard, lots: Ints, amounts: Ints, after: Table, strictly: Table, backward: bool) -> Ints:
    """By lot: which others it could replace in an earlier wave, they taking its own place: never a loss.

    It takes no less of any limit, and whatever waits for the other waits for it too (Jackson 1956, Scholl and Klein
    1997). Of equals, the one that is tried first replaces the others.
    """
    size = board.size
    if size > _MOST_COMPARED:
        return np.zeros((0, 1), np.int64)
    better = (amounts[:, None, :] >= amounts[None, :, :]).all(2)
    for table in (after, strictly):
        missing = table.astype(np.int64) @ (~table).astype(np.int64).T  # other × lot: followers that the lot hasn't
        better &= missing.T == 0
    if backward:
        better &= board.earliest[lots][:, None] >= board.earliest[lots][None, :]
    if board.timed:  # the other takes the lot's place, whichever that is, if it is later than its own
        may = board.may(len(board.loads.stages))[lots]
        may = may[:, ::-1] if backward else may
        from_first = np.maximum.accumulate(may, 1)  # by lot: its first wave and all after it
        better &= may.astype(np.int64) @ (from_first & ~may).astype(np.int64).T == 0
    better &= _covers(board, lots)
    equal = better & better.T
    better &= ~equal | (np.arange(size)[:, None] < np.arange(size)[None, :])
    np.fill_diagonal(better, val=False)
    words = np.zeros((size, -(-size // 64) * 64), np.uint8)
    words[:, :size] = better
    return np.packbits(words, axis=1, bitorder="little").view(np.int64)


def _covers(board: PackingBoard, lots: Ints) -> Table:
    """Lot × other: whether all that the other touches or is kept apart from, the lot is as well."""
    size = board.size
    covers = np.ones((size, size), np.bool_)
    for union in board.loads.unions:
        touched = np.zeros((size, len(union.weights)), np.int64)
        for lot, elements in enumerate(union.touched):
            touched[lot, list(elements)] = 1
        touched = touched[lots]
        covers &= (touched @ (1 - touched).T).T == 0
    if board.loads.apart:
        apart = np.zeros((size, size), np.int64)
        for one, other in board.loads.apart:
            apart[one, other] = apart[other, one] = 1
        apart = apart[np.ix_(lots, lots)]
        alone = 1 - apart
        missing = apart @ alone.T - apart * np.diag(alone)[None, :]  # the pair itself is no hindrance
        covers &= missing.T == 0
    return covers
