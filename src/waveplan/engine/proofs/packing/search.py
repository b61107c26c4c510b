"""One search: whether so many waves are enough, from one end."""

from __future__ import annotations

import threading

import numpy as np

from waveplan.engine.compiling.warming import warming
from waveplan.engine.proofs.packing.board import WaveWindows
from waveplan.engine.proofs.packing.kernel import layout as at
from waveplan.engine.proofs.packing.kernel import runs
from waveplan.engine.proofs.packing.side import Flat
from waveplan.engine.running.halting import flag_of

Packing = tuple[tuple[int, ...], ...]  # the board's lots, wave by wave
_FIRST_NODES = 1 << 12
_MOST_NUMBERS = 1 << 23  # in the table of nodes: 64 MB; up to four searches go on side by side
_FEW_LOADS, _FEW_TRIALS = 4, 400  # of a node, when it comes for the first time


class PackingSearch:
    """A search that goes on piece by piece. `open` while neither a packing nor a proof is found."""

    def __init__(self, flat: Flat, windows: WaveWindows) -> None:
        self._flat = flat
        self.waves = windows.waves
        self.backward = flat.backward
        self.open = True
        self.impossible = False
        self.packing: Packing | None = None
        self._info, self._lots, self._rooms, self._prefix, self._order = flat.arrays(windows)
        self._info[at.MOST], self._info[at.REACH] = _FEW_LOADS, _FEW_TRIALS + 4 * len(self._lots)
        elements = sum(len(union.weights) for union in flat.board.loads.unions)
        columns = max(
            len(self._lots) + 1, elements, self._prefix.shape[1], self._rooms.shape[1], at.COLUMNS, self.waves
        )
        self._work = np.zeros((at.ROWS, columns), np.int64)
        self._roots = np.full(self.waves + 1, -1, np.int64)
        self._nodes = np.zeros((_FIRST_NODES, at.SET + self._info[at.WORDS]), np.int64)
        self._table = np.full(4 * _FIRST_NODES, -1, np.int64)  # never more than half full
        self._info[at.NODES] = 1  # nothing is packed yet
        self._nodes[0, [at.PARENT, at.CHILD, at.NEXT]] = -1
        self._roots[0] = 0

    @property
    def trials(self) -> int:
        """How much has been tried so far."""
        return int(self._info[at.TRIALS])

    def advance(self, trials: int, halt: threading.Event) -> int:
        """Try so much more once it is compiled, or until it is halted; how much it was."""
        return self.explore(trials, halt) if warming("packing").wait(halt) else 0

    def explore(self, trials: int, halt: threading.Event) -> int:
        """Try so much more, or until it is halted; how much it was."""
        before, end, flag = self.trials, self.trials + trials, flag_of(halt)
        while self.open and self.trials < end and not halt.is_set():
            ended = runs.explore(
                self._info,
                self._lots,
                self._flat.links,
                self._order,
                self._flat.sets,
                self._rooms,
                self._prefix,
                self._nodes,
                self._table,
                self._roots,
                self._work,
                end - self.trials,
                flag,
            )
            if ended == at.FULL:
                self.open = self.grow()
            elif ended != at.GOES_ON:
                self.open = False
                self.impossible = ended == at.EMPTY
                self.packing = self._found() if ended == at.SOLVED else None
        return self.trials - before

    def grow(self) -> bool:
        """Make room for twice as many nodes; whether memory allows it."""
        rows, columns = self._nodes.shape
        rows *= 2
        if rows * columns > _MOST_NUMBERS:
            return False
        nodes = np.zeros((rows, columns), np.int64)
        nodes[: len(self._nodes)] = self._nodes
        self._nodes = nodes
        self._table = np.full(1 << (4 * rows - 1).bit_length(), -1, np.int64)
        runs.index(self._nodes, self._table, int(self._info[at.NODES]))
        return True

    def _found(self) -> Packing:
        """The loads on the way to the node that holds every lot, from the first wave on."""
        loads: list[tuple[int, ...]] = []
        node = int(self._info[at.FOUND])
        while (parent := int(self._nodes[node, at.PARENT])) >= 0:
            new = self._nodes[node, at.SET :] & ~self._nodes[parent, at.SET :]
            bits = np.unpackbits(new.view(np.uint8), bitorder="little")[: len(self._lots)]
            loads.append(tuple(sorted(int(self._flat.lots[number]) for number in np.flatnonzero(bits))))
            skipped = self._nodes[node, at.DEPTH] - self._nodes[parent, at.DEPTH] - 1
            loads += [()] * int(skipped)
            node = parent
        if self.backward:  # no wave may come earlier than it was meant to
            return ((),) * (self.waves - len(loads)) + tuple(loads)
        return tuple(reversed(loads))
