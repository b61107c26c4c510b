"""Sweeps with ever higher limits, until one finds an assignment that is accepted or reaches the best value known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from waveplan.engine.proofs.exact.board import ExactBoard
from waveplan.engine.proofs.exact.limits import ProofWatch
from waveplan.engine.proofs.exact.look_ahead import outlook
from waveplan.engine.proofs.exact.prices import Prices, no_prices, priced
from waveplan.engine.proofs.exact.pricing import good_prices
from waveplan.engine.proofs.exact.sweep import Sweep, Sweeper
from waveplan.engine.proofs.exact.tracing import assignments
from waveplan.engine.running.halting import flag_of

Judge = Callable[[Mapping[int, int]], bool]
Known = Callable[[], int | None]
_FIRST_STEP = 0.04  # of the bound: how far beyond it the first sweep looks
_FEW_TRIALS = 1_000_000  # after a sweep that was over at once, the next one looks twice as far
_MOST_JUDGED = 60
_WITHOUT = 20_000_000  # lots tried without prices first
_STEPS = 24  # of looking for prices
_PRICING = 0.3  # of the time: what has been used when looking for prices ends


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
    """One proof on one board; with prices that are looked for on the same one with a small core, if there is one."""

    def __init__(
        self,
        board: ExactBoard,
        small: ExactBoard | None,
        watch: ProofWatch,
        tell: Callable[[int], None],
        accepts: Judge | None,
    ) -> None:
        self._board = board
        self._small = small
        self._pricings = [self._without, *([] if small is None else [self._with])]
        self._watch = watch
        self._tell = tell
        self._accepts = accepts
        self._bound = 0
        self._refused: set[tuple[tuple[int, int], ...]] = set()

    def run(self, best: Known) -> Exact:
        """Raise the bound until it meets the best value, or an accepted assignment.

        No sweep looks beyond the best value that is known when it begins: a few per cent too far take ten times longer.
        """
        if not self._watch.going():
            return Exact(0, None, complete=False)
        highest = self._lowest(best, self._highest() + 1)
        sweeper = self._sweeper(highest)
        step = max(1, int(self._bound * _FIRST_STEP))
        while sweeper is not None and self._bound < (highest := self._lowest(best, highest)):
            sweep = sweeper.sweep(min(highest, self._bound + step))
            if not sweep.complete:
                self._raise(min(sweep.bound, highest))
                sweeper = self._sweeper(highest)
                continue
            answer = self._judged(sweep)
            if answer is not None:
                return answer
            self._raise(sweep.limit)
            if sweep.trials < _FEW_TRIALS:
                step *= 2
        return Exact(self._bound, None, complete=sweeper is not None)

    def _sweeper(self, known: int) -> Sweeper | None:
        """What sweeps with the next prices: with none first, in so many trials; None at the end."""
        if not self._pricings or not self._watch.going():
            return None
        prices, most = self._pricings.pop(0)(known)
        seen = outlook(self._board, prices, self._watch.going)
        if seen is None:
            return None
        until = None if most is None else self._watch.trials + most

        def going(tried: int) -> bool:
            return self._watch.going(tried) and (until is None or self._watch.trials <= until)

        sweeper = Sweeper(self._board, seen, going, flag_of(self._watch.stop))
        self._raise(min(sweeper.least(), known))
        return sweeper

    def _without(self, known: int) -> tuple[Prices, int | None]:
        return no_prices(self._board), None if self._small is None else _WITHOUT

    def _with(self, known: int) -> tuple[Prices, int | None]:
        assert self._small is not None

        def going() -> bool:
            return self._watch.going() and not self._watch.past(_PRICING)

        return priced(self._board, good_prices(self._small, known, _STEPS, going)), None

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
