"""One stream's fewest waves: searches from both ends, between what is proven and what is found."""

from __future__ import annotations

import threading

from waveplan.engine.proofs.packing.board import PackingBoard
from waveplan.engine.proofs.packing.greedy import Packing, horizon, packed
from waveplan.engine.proofs.packing.relaxation import Loads
from waveplan.engine.proofs.packing.search import PackingSearch
from waveplan.engine.proofs.packing.side import flat

_ENDS = (False, True)  # whether the search begins at the last wave
_FIRST_PIECE, _MOST_PIECE = 20_000, 300_000  # trials between two looks at the clock: a tenth of a second at most


class StreamPacking:
    """No packing has fewer than `lower` waves; `packing` is the best one found, with `upper` waves."""

    def __init__(self, loads: Loads) -> None:
        self._board = PackingBoard(loads)
        self._sides = {backward: flat(self._board, backward) for backward in _ENDS}
        self._searches: dict[tuple[int, bool], PackingSearch] = {}
        self.trials = 0
        self.packing: Packing | None = packed(self._board)
        self.upper = horizon(self._board) + 1 if self.packing is None else len(self.packing)
        self.lower = 1
        self._raise(self._at_least())

    @property
    def loads(self) -> list[tuple[int, ...]]:
        """The best packing in the problem's own lots."""
        lots = self._board.loads.lots
        return [tuple(sorted(own for lot in load for own in lots[lot])) for load in self.packing or ()]

    @property
    def possible(self) -> bool:
        """Whether there may be a packing at all."""
        return self.packing is not None or self.lower < self.upper

    @property
    def proven(self) -> bool:
        """Whether the best packing has the fewest waves."""
        return self.packing is not None and self.lower >= self.upper

    @property
    def over(self) -> bool:
        """Whether nothing is left to try: it is proven, or memory is full."""
        return self.lower >= self.upper or not self._open()

    def advance(self, halt: threading.Event) -> int:
        """Try a piece more, or until it is halted; how many trials it took."""
        search = min(self._open(), key=lambda each: (each.trials, each.waves, each.backward))
        tried = search.advance(min(_MOST_PIECE, max(_FIRST_PIECE, search.trials)), halt)
        self.trials += tried
        if search.packing is not None:
            self._keep(search.packing)
        if search.impossible:
            self._raise(search.waves + 1)
        return tried

    def _open(self) -> list[PackingSearch]:
        """Searches for the fewest waves that may do, and for one less than the best known, each from both ends."""
        targets = sorted({self.lower, self.upper - 1} if self.packing is not None else {self.lower})
        keys = [(waves, backward) for waves in targets for backward in _ENDS]
        self._searches = {key: self._searches.get(key) or self._search(*key) for key in keys}
        return [search for search in self._searches.values() if search.open]

    def _search(self, waves: int, backward: bool) -> PackingSearch:
        windows = self._board.windows(waves)
        assert windows is not None  # the bound is above what is plainly too few
        return PackingSearch(self._sides[backward], windows)

    def _at_least(self) -> int:
        """Where to begin to look for a number of waves that is not plainly too few."""
        windows = self._board.windows(self.upper)
        return 1 if windows is None else max(int(windows.first.max()), self._board.by_sums(self.upper))

    def _raise(self, lower: int) -> None:
        while lower < self.upper and self._board.windows(lower) is None:
            lower += 1
        self.lower = lower

    def _keep(self, packing: Packing) -> None:
        if self._board.even:
            packing = tuple(load for load in packing if load)
        if len(packing) < self.upper:
            self.packing, self.upper = packing, len(packing)
