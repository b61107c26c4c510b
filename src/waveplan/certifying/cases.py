"""Looks for a tree of cases that shows that lots do not fit into so many waves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from waveplan.certificates.loads import StreamLoads, WaveSum, by_name
from waveplan.certificates.windows import LotWindows, WaveBoard

_CUTS = 2  # of each sum: those that ask for most waves
_MOST_SIZES = 40
_DEPTH = 60
_WORK = 1_000_000  # cases × the square of lots


class CasesGivenUpError(Exception):
    """So many cases were not enough."""


def refuted(
    loads: StreamLoads, waves: int, names: tuple[str, ...], cases: int, over: Callable[[], bool] = lambda: False
) -> dict[str, Any] | None:
    """The cuts and the tree, in as many cases at most, fewer where lots are many; None when none was found."""
    cuts = [(name, small) for name, row in by_name(loads).items() for small in _telling(row)]
    known = by_name(loads)
    board = WaveBoard(loads, (*loads.sums, *(known[name].cut(small) for name, small in cuts)), waves)
    search = _CaseSearch(board, loads, names, max(1, min(cases, _WORK // max(1, len(loads.lots)) ** 2)), over)
    try:
        tree = search.tree(board.start(), 0)
    except CasesGivenUpError:
        return None
    return {"cuts": [list(cut) for cut in cuts], "tree": tree}


def _telling(row: WaveSum) -> list[int]:
    """Where to cut a sum so that it asks for more waves than as it is."""
    most = max(row.limits)
    sizes = sorted({amount for amount in row.amounts if amount and 2 * amount <= most})
    tried = [*sizes[:: max(1, len(sizes) // _MOST_SIZES)], *([most // 2] if most > 1 else [])]
    worth = {small: sum(row.cut(small).amounts) for small in tried if small}
    best = sorted(worth, key=lambda small: (-worth[small], small))
    return sorted(small for small in best[:_CUTS] if worth[small] > sum(row.amounts))


class _CaseSearch:
    def __init__(
        self, board: WaveBoard, loads: StreamLoads, names: tuple[str, ...], cases: int, over: Callable[[], bool]
    ) -> None:
        self._board, self._loads, self._names, self._left, self._over = board, loads, names, cases, over
        most = [max(1, *row.limits) for row in loads.sums]
        self._size = [
            max((row.amounts[lot] / room for row, room in zip(loads.sums, most, strict=True)), default=0.0)
            for lot in range(len(loads.lots))
        ]

    def tree(self, windows: LotWindows, depth: int) -> dict[str, Any] | None:
        """The tree below a case. Raises CasesGivenUpError when it would be too large."""
        self._left -= 1
        if self._left < 0 or depth > _DEPTH or self._over():
            raise CasesGivenUpError
        if self._board.refutes(windows):
            return None
        lot = self._undecided(windows)
        until = (windows.first[lot] + windows.last[lot]) // 2
        early, late = _copy(windows), _copy(windows)
        early.last[lot], late.first[lot] = until, until + 1
        return {
            "lot": self._names[self._loads.lots[lot]],
            "until": until,
            "early": self.tree(early, depth + 1),
            "late": self.tree(late, depth + 1),
        }

    def _undecided(self, windows: LotWindows) -> int:
        """The lot whose place tells most: large, with much before and after it, and few waves to choose from."""
        open_lots = [lot for lot in range(len(self._loads.lots)) if windows.first[lot] < windows.last[lot]]
        if not open_lots:
            raise CasesGivenUpError  # every lot has its wave, and nothing the verifier knows speaks against it
        ties = [len(self._loads.before[lot]) + len(self._loads.after[lot]) for lot in open_lots]
        return min(
            zip(open_lots, ties, strict=True),
            key=lambda each: (
                -self._size[each[0]] * (1 + each[1]) / (windows.last[each[0]] - windows.first[each[0]]),
                each[0],
            ),
        )[0]


def _copy(windows: LotWindows) -> LotWindows:
    return LotWindows(list(windows.first), list(windows.last))
