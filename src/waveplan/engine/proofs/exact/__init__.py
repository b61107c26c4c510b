"""Coexistence of small problems proven exactly: dynamic programming over the set of lots moved so far.

The weight of the ties between moved and unmoved lots, times the days to the next position, is what coexistence costs;
so the least cost for each moved set, position after position, leads to the optimum. A look-ahead that solves the same
problem on the lots that matter most leaves out nearly all sets.

Wave limits, stages, gaps between waves, ordinals, waves in a week, a held number of waves, order, lots kept apart,
unions (those of a stage only when there is one), and sums of all that has moved are carried exactly. Only in part:
budgets over several positions (each position's own share), gaps between lots, work in windows (pairs of lots, and each
link's own data). Not at all: hypercare, gates, downtime. So the value is a bound; an assignment that reaches it is
optimal when it keeps every rule, which is for others to judge.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs.exact.limits import ProofLimits, ProofWatch
from waveplan.engine.proofs.exact.proof import Exact, Judge, Known, Proof

__all__ = ["Exact", "Judge", "ProofLimits", "prove_coexistence", "warm_up"]

_MOST_LOTS = 40
_PRICED = 20  # lots up to which prices are not worth the time
_SMALL_CORE = 13  # while they are looked for
_FINE = 64  # parts of a unit of weight, so that prices can be whole numbers
_MOST_FINE = 1 << 50  # of all weights over all days


def prove_coexistence(
    problem: PlanningProblem,
    allowed: Sequence[Sequence[int]],
    most_waves: int | None,
    best: Known,
    limits: ProofLimits,
    stop: threading.Event,
    tell: Callable[[int], None],
    accepts: Judge | None = None,
) -> Exact | None:
    """Bound coexistence, or prove it optimal; None when the problem is too large for that.

    Values are coexistence × weight scale. `allowed` and `most_waves` narrow positions and waves to what earlier goals
    hold. `best` tells the value of the best plan known by then: only what is better is looked for. `tell` hears each
    better bound. `accepts` judges an assignment by every rule; those it refuses are passed over. Without it the first
    is the answer.
    """
    if not problem.lots or len(problem.lots) > _MOST_LOTS:
        return None
    from waveplan.engine.proofs.exact.board import board_of

    parts = _parts(problem)
    finer = replace(problem, ties=tuple(replace(tie, weight=tie.weight * parts) for tie in problem.ties))
    board = board_of(finer, allowed, most_waves)
    if board is None:
        return None
    small = board_of(finer, allowed, most_waves, _SMALL_CORE) if len(problem.lots) > _PRICED else None

    told = 0

    def known() -> int | None:
        value = best()
        return None if value is None else value * parts

    def hear(bound: int) -> None:
        nonlocal told
        whole = -(-bound // parts)
        if whole > told:
            told = whole
            tell(whole)

    proof = Proof(board, small, ProofWatch(limits, stop), hear, accepts)
    found = proof.run(known)
    return replace(found, bound=-(-found.bound // parts))


def _parts(problem: PlanningProblem) -> int:
    """Into how many parts weights may be split."""
    days = [place.day for place in problem.positions]
    most = sum(tie.weight for tie in problem.ties) * (max(days, default=0) - min(days, default=0))
    return _FINE if most * _FINE <= _MOST_FINE else 1


def warm_up() -> None:
    """Compile (or load from the cache) all that the method needs, with prices and without, on a problem of two lots."""
    from waveplan.engine.compiling.smallest import SMALLEST
    from waveplan.engine.proofs.exact.board import board_of
    from waveplan.engine.proofs.exact.pricing import good_prices

    few = ProofLimits(seconds=None, trials=1_000)
    prove_coexistence(SMALLEST, SMALLEST.allowed, None, lambda: None, few, threading.Event(), lambda _: None)
    board = board_of(SMALLEST, SMALLEST.allowed, None)
    assert board is not None  # two lots are not too many
    good_prices(board, known=1, steps=1, going=lambda: True)
