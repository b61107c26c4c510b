"""Whether some lots fit the turns until a day: one stream's packing into so many waves, searched from both ends."""

from __future__ import annotations

import threading

from waveplan.engine.proofs.packing.board import PackingBoard
from waveplan.engine.proofs.packing.greedy import Packing, packed
from waveplan.engine.proofs.packing.relaxation import Loads
from waveplan.engine.proofs.packing.search import PackingSearch
from waveplan.engine.proofs.packing.side import flat

_ENDS = (False, True)  # whether the search begins at the last turn
_FIRST_PIECE, _MOST_PIECE = 20_000, 300_000  # trials between two looks at the clock: a tenth of a second at most


class Fitting:
    """It goes on piece by piece, until a packing is found, or it is proven that there is none."""

    def __init__(self, loads: Loads) -> None:
        self._board = PackingBoard(loads)
        self._turns = len(loads.stages)
        self._windows = self._board.windows(self._turns)
        self.impossible = self._windows is None
        self._searches: list[PackingSearch] | None = None
        self._tried_at_once = False
        self.packing: Packing | None = None
        self.trials = 0

    @property
    def open(self) -> bool:
        """Whether it is unknown, and there is something left to try."""
        if self.impossible or self.packing is not None:
            return False
        return self._searches is None or any(search.open for search in self._searches)

    @property
    def loads(self) -> list[tuple[int, ...]]:
        """The packing in the problem's own lots, turn by turn."""
        lots = self._board.loads.lots
        return [tuple(sorted(own for lot in load for own in lots[lot])) for load in self.packing or ()]

    def at_once(self) -> None:
        """Look for a packing without a search."""
        if not self._tried_at_once and not self.impossible:
            self._tried_at_once = True
            found = packed(self._board)
            self.packing = None if found is None or len(found) > self._turns else found

    def advance(self, halt: threading.Event) -> int:
        """Try a piece more, or until it is halted; how many trials it took."""
        self.at_once()
        if not self.open:
            return 0
        assert self._windows is not None
        if self._searches is None:
            self._searches = [PackingSearch(flat(self._board, end), self._windows) for end in _ENDS]
        search = min((each for each in self._searches if each.open), key=lambda each: each.trials)
        tried = search.advance(min(_MOST_PIECE, max(_FIRST_PIECE, search.trials)), halt)
        self.trials += tried
        self.packing, self.impossible = search.packing, search.impossible
        if not self.open:
            self._searches = []  # their tables may be large
        return tried
