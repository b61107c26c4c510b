"""One sweep over the turns: every moved set that can still lead to less than a limit, with its least value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from waveplan.engine.proofs.exact.board import ExactBoard, Ints
from waveplan.engine.proofs.exact.look_ahead import Outlook

_SMALLEST = 1 << 12


class MovedSets:
    """A table of moved sets that grows; compiled code writes it."""

    def __init__(self) -> None:
        self.keys = np.full(_SMALLEST, -1, np.int64)
        self.values = np.zeros(_SMALLEST, np.int64)
        self.note = np.zeros(4, np.int64)

    def grow(self, least: int = 0) -> None:
        """Make room: twice as much, or for so many more."""
        from waveplan.engine.proofs.exact.kernel import COUNT, pour

        size = 2 * len(self.keys)
        while size < 2 * (self.note[COUNT] + least):
            size *= 2
        keys, values = np.full(size, -1, np.int64), np.zeros(size, np.int64)
        old = self.keys, self.values
        self.keys, self.values = keys, values
        self.note[COUNT] = 0
        pour(*old, keys, values, self.note)

    def entries(self) -> tuple[Ints, Ints]:
        """Sets and values, by set."""
        taken = self.keys != -1
        keys, values = self.keys[taken], self.values[taken]
        order = np.argsort(keys)
        return keys[order], values[order]


def first_sets() -> MovedSets:
    """Nothing has moved, at no cost."""
    sets = MovedSets()
    _put(sets, 0, 0)
    return sets


def _put(sets: MovedSets, moved: int, value: int) -> None:
    from waveplan.engine.proofs.exact.kernel import pour

    pour(np.array([moved]), np.array([value]), sets.keys, sets.values, sets.note)


MOST_TRIALS = 300_000_000  # lots tried for one moved set
_MOST_SETS = 24_000_000  # kept at once


def _least_above(row: Ints, bits: Sequence[int]) -> Ints:
    """For each set of the core: the least over all sets that add some of the bits from each place of them on to it."""
    least = np.empty((len(bits) + 1, len(row)), np.int64)
    least[-1] = row
    for level in range(len(bits) - 1, -1, -1):
        without, mine = (each.reshape(-1, 2, 1 << bits[level]) for each in (least[level + 1], least[level]))
        np.minimum(without[:, 0], without[:, 1], out=mine[:, 0])
        mine[:, 1] = without[:, 1]
    return least


@dataclass
class Sweep:
    """What a sweep found. `found`: the least value of a whole assignment, if that is under the limit."""

    limit: int
    bound: int  # nothing is better
    complete: bool = False
    found: int | None = None
    trials: int = 0
    layers: dict[int, tuple[Ints, Ints]] = field(default_factory=dict)  # by turn: moved sets and their values


class Sweeper:
    """Runs sweeps over one board."""

    def __init__(self, board: ExactBoard, seen: Outlook, going: Callable[[int], bool], halt: Ints) -> None:
        from waveplan.engine.proofs.exact.wave_kernel import SUMS, TRACKS

        self._board = board
        self._ahead, self._cuts, self._prices = seen.ahead, seen.cuts, seen.prices
        self._going = going  # told how many lots were tried since it was last asked
        self._halt = halt
        self._core = (1 << board.core) - 1
        self._tracks = np.zeros((TRACKS, SUMS + 1), np.int64)
        self._among, self._pulls = np.zeros((SUMS, SUMS), np.int64), np.zeros((2, SUMS + 1, SUMS), np.int64)
        self._loads = np.zeros((2 * SUMS + 1, board.amounts.shape[1]), np.uint64)

    def least(self) -> int:
        """The bound before any sweep."""
        return int(self._ahead[0, 0])

    def sweep(self, limit: int) -> Sweep:
        """Turn after turn, from nothing moved to everything."""
        found = Sweep(limit, self.least())
        waiting = {0: first_sets()}
        kept = 0
        for number in range(len(self._board.turns) - 1):
            if number not in waiting:
                continue
            states, values = waiting.pop(number).entries()
            found.layers[number] = states, values
            kept += len(states)
            if kept > _MOST_SETS or not self._turn(number, states, values, waiting, found):
                found.bound = self._open(number, states, values, waiting, limit)
                return found
        final = waiting.get(len(self._board.turns) - 1)
        if final is not None:
            states, values = final.entries()
            whole = values[states == self._board.everything]
            found.found = int(whole.min()) if len(whole) else None
        found.complete = True
        found.bound = limit if found.found is None else found.found
        return found

    def _turn(self, number: int, states: Ints, values: Ints, waiting: dict[int, MovedSets], found: Sweep) -> bool:
        from waveplan.engine.proofs.exact.kernel import COUNT, wait

        board, turn = self._board, self._board.turns[number]
        days, near = board.days[turn.place], board.near
        free = board.waiting[number] & ~states == 0
        if free.any():
            target = waiting.setdefault(turn.skip, MovedSets())
            if 2 * (target.note[COUNT] + len(states)) > len(target.keys):
                target.grow(len(states))
            ahead = self._ahead[turn.skip]
            ask = self._prices.asks[turn.place + 1]
            wait(
                states[free], values[free], target.keys, target.values, target.note, near, days, ahead, ask, found.limit
            )
        return not turn.may_use or self._waves(number, states, values, waiting, found)

    def _waves(self, number: int, states: Ints, values: Ints, waiting: dict[int, MovedSets], found: Sweep) -> bool:
        from waveplan.engine.proofs.exact.kernel import MOST, STEPS, move

        board, turn = self._board, self._board.turns[number]
        target = waiting.setdefault(turn.use, MovedSets())
        target.note[MOST] = MOST_TRIALS
        come, cost = self._decided(number)
        done = 0
        while done < len(states):
            tried = int(target.note[STEPS])
            done = move(
                done,
                states,
                values,
                target.keys,
                target.values,
                target.note,
                board.near,
                board.days[turn.place],
                self._ahead[number],
                come,
                cost,
                self._prices.asks[turn.place : turn.place + 2],
                self._prices.pledges[number],
                found.limit,
                board.rows[number],
                board.masks[number],
                board.by_lot[turn.place],
                board.weights,
                board.amounts,
                board.trial,
                board.touch,
                board.weigh,
                self._tracks,
                self._among,
                self._pulls,
                self._loads,
                self._halt,
            )
            tried = int(target.note[STEPS]) - tried
            found.trials += tried
            if done < 0 or not self._going(tried) or len(target.keys) > 4 * _MOST_SETS:
                return False
            if 10 * target.note[0] > 5 * len(target.keys):
                target.grow()
        return True

    def _decided(self, number: int) -> tuple[Ints, Ints]:
        """By how many lots of the core are decided: the least that comes after the wave, and with the cuts before."""
        from waveplan.engine.proofs.exact.set_kernel import FAR

        board, turn = self._board, self._board.turns[number]
        bits = [int(bit) for bit in board.trial if bit < board.core]
        there, cuts = self._ahead[turn.use], self._cuts[turn.place]
        known = (there < FAR) & (cuts < FAR)
        cost = np.where(known, cuts * board.days[turn.place] + there - self._prices.offers[number], FAR)
        return _least_above(there, bits), _least_above(cost, bits)

    def _open(self, number: int, states: Ints, values: Ints, waiting: dict[int, MovedSets], limit: int) -> int:
        """The least that anything still open could come to."""
        least = [limit, self._least_of(number, states, values)]
        least += [self._least_of(turn, *sets.entries()) for turn, sets in waiting.items()]
        return max(self.least(), min(least))

    def _least_of(self, number: int, states: Ints, values: Ints) -> int:
        if not len(states):
            return int(np.iinfo(np.int64).max)
        asked = self._prices.asks[self._board.turns[number].place]
        due = sum(int(asked[bit]) * (states >> bit & 1) for bit in np.flatnonzero(asked).tolist())
        return int((values + self._ahead[number][states & self._core] + due).min())
