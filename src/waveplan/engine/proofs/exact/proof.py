"""Sweeps with ever higher limits, until one finds an assignment that is accepted or reaches the best value known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from waveplan.engine.halting import flag_of
from waveplan.engine.proofs.exact.board import ExactBoard
from waveplan.engine.proofs.exact.limits import ProofWatch
from waveplan.engine.proofs.exact.look_ahead import outlook
from waveplan.engine.proofs.exact.sweep import Sweep, Sweeper
from waveplan.engine.proofs.exact.tracing import assignments

Judge = Callable[[Mapping[int, int]], bool]
Known = Callable[[], int | None]
_FIRST_STEP = 0.04  # of the bound: how far beyond it the first sweep looks
_FEW_TRIALS = 1_000_000  # after a sweep that was over at once, the next one looks twice as far
_MOST_JUDGED = 60


@dataclass(frozen=True, slots=True)
class Exact:
    """Coexistence × weight scale: no plan is under the bound; an assignment has just that value.

    Complete: nothing is left open. Then, without an assignment, nothing under the bound exists, and the bound is the
    best value that was known (or none was known, and nothing exists at all).
    """

    bound: int
    assignment: dict[int, int] | None
    complete: bool


class Proof:
    """One proof on one board."""

    def __init__(
        self, board: ExactBoard, watch: ProofWatch, tell: Callable[[int], None], accepts: Judge | None
    ) -> None:
        self._board = board
        self._watch = watch
        self._tell = tell
        self._accepts = accepts
        self._bound = 0
        self._refused: set[tuple[tuple[int, int], ...]] = set()

    def run(self, best: Known) -> Exact:
        """Raise the bound until it meets the best value, or an accepted assignment.

        No sweep looks beyond the best value that is known when it begins: a few per cent too far take ten times longer.
        """
        ahead = outlook(self._board, self._watch.going)
        if ahead is None:
            return Exact(0, None, complete=False)
        highest = self._lowest(best, self._highest() + 1)
        sweeper = Sweeper(self._board, ahead, self._watch.going, flag_of(self._watch.stop))
        self._raise(min(sweeper.least(), highest))
        step = max(1, int(self._bound * _FIRST_STEP))
        while self._bound < (highest := self._lowest(best, highest)):
            sweep = sweeper.sweep(min(highest, self._bound + step))
            if not sweep.complete:
                self._raise(sweep.bound)
                return Exact(self._bound, None, complete=False)
            answer = self._judged(sweep)
            if answer is not None:
                return answer
            self._raise(sweep.limit)
            if sweep.trials < _FEW_TRIALS:
                step *= 2
        return Exact(self._bound, None, complete=True)

    def _judged(self, sweep: Sweep) -> Exact | None:
        """The first assignment that is accepted; each that is refused raises the bound."""
        for value, assignment in assignments(self._board, sweep):
            self._raise(value)
            key = tuple(assignment.items())
            if key in self._refused:
                continue
            if self._accepts is None or self._accepts(assignment):
                return Exact(value, assignment, complete=True)
            self._refused.add(key)
            if len(self._refused) >= _MOST_JUDGED or not self._watch.going():
                return Exact(value, None, complete=False)
        return None

    def _raise(self, bound: int) -> None:
        if bound > self._bound:
            self._bound = bound
            self._tell(bound)

    @staticmethod
    def _lowest(best: Known, highest: int) -> int:
        known = best()
        return highest if known is None else min(known, highest)

    def _highest(self) -> int:
        """Every tie cut all the time."""
        return sum(self._board.days) * int(self._board.near[:, -1, 0].sum())
