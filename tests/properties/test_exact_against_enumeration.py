"""The exact proof against every assignment there is: never a bound too high, never a better one missed.

Each problem is looked at with a core of all lots, and with one so small that the look-ahead has to guess the rest.
`WAVEPLAN_SEEDS=5000` tries more problems.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping

import numpy as np
import pytest
from support.judged_problems import coexistence, every_assignment, keeps_every_rule, small_problem
from support.seeds import count, few_at_once

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs import exact
from waveplan.engine.proofs.exact import Exact, Judge, ProofLimits, board, prove_coexistence
from waveplan.engine.proofs.exact import proof as proofs
from waveplan.engine.proofs.exact.look_ahead import outlook
from waveplan.engine.proofs.exact.prices import AskedPrices, Prices, no_prices, priced
from waveplan.engine.proofs.exact.sweep import Sweeper

SEEDS = count(250)
PRICED_SEEDS = count(2000)
ONCE_WRONG = [38, 54, 156, 192]  # nothing is limited in them: what lots may still be asked for was never worked out
SIZES = [(16, 18), (2, 2), (1, 0)]  # lots in the core; lots beyond it that the least cuts tell apart


PRICES = [(99, 0, 3), (1, 0, 12), (1, 1 << 40, 3)]  # lots without prices; trials without first; steps to good ones


@pytest.fixture(
    params=[*((size, PRICES[0]) for size in SIZES), *((size, prices) for size in SIZES[1:] for prices in PRICES[1:])],
    ids=["whole core", "small core", "one lot", "small core, prices", "small core, late prices", "one lot, prices",
         "one lot, late prices"],
)  # fmt: skip
def _sizes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    (core, beyond), (unpriced, without, steps) = request.param
    monkeypatch.setattr(board, "_MOST_CORE", core)
    monkeypatch.setattr(board, "_MOST_BEYOND", beyond)
    monkeypatch.setattr(exact, "_PRICED", unpriced)
    monkeypatch.setattr(exact, "_SMALL_CORE", core)
    monkeypatch.setattr(proofs, "_WITHOUT", without)
    monkeypatch.setattr(proofs, "_STEPS", steps)


def proof(
    problem: PlanningProblem, *, waves: int | None = None, best: int | None = None, accepts: Judge | None = None
) -> Exact | None:
    """A proof without limits; what is told of bounds has to rise, and to end at the bound."""
    heard: list[int] = []
    stop = threading.Event()
    found = prove_coexistence(problem, problem.allowed, waves, lambda: best, ProofLimits(), stop, heard.append, accepts)
    assert heard == sorted(set(heard))
    assert found is None or not heard or heard[-1] == found.bound
    return found


def drawn(rng: random.Random) -> tuple[PlanningProblem, int | None, list[dict[int, int]], int | None]:
    """A problem of single waves, sums and sequence, the most waves, all assignments that keep that, the best value."""
    problem = small_problem(rng, everything=False)
    waves = rng.choice([None, 2, 3])
    valid = [each for each in every_assignment(problem) if keeps_every_rule(problem, each)]
    held = [each for each in valid if waves is None or len(set(each.values())) <= waves]
    return problem, waves, held, min((coexistence(problem, each) for each in held), default=None)


def judged(problem: PlanningProblem) -> Judge:
    def accepts(assignment: Mapping[int, int]) -> bool:
        return keeps_every_rule(problem, assignment)

    return accepts


def drawn_prices(flat: board.ExactBoard, rng: random.Random) -> Prices:
    """Any prices, most of them bad ones."""
    room = [[rng.choice([0, 0, 1, 7, 50]) for _ in flat.takes] for _ in flat.order]
    back = [[rng.choice([0, 0, 1, 7, 50]) for _ in flat.lots] for _ in flat.order]
    places = len(flat.order)
    return priced(
        flat, AskedPrices(np.array(room, float).reshape(places, -1), np.array(back, float).reshape(places, -1))
    )


def swept(problem: PlanningProblem, waves: int | None, best: int, rng: random.Random | None = None) -> int | None:
    """What one sweep finds that looks no further than just beyond the best."""
    flat = board.board_of(problem, problem.allowed, waves)
    assert flat is not None
    seen = outlook(flat, no_prices(flat) if rng is None else drawn_prices(flat, rng), lambda: True)
    assert seen is not None
    return Sweeper(flat, seen, lambda _: True, np.zeros(1, np.int64)).sweep(best + 1).found


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 5, slow_in=4))
@pytest.mark.usefixtures("_sizes")
def test_no_bound_is_above_the_best_and_a_judged_proof_meets_it(seed: int) -> None:
    problem = small_problem(random.Random(seed))
    values = [coexistence(problem, each) for each in every_assignment(problem) if keeps_every_rule(problem, each)]
    best = min(values, default=None)
    plain = proof(problem)
    if plain is None:
        assert best is None
        return
    assert best is None or plain.bound <= best
    if plain.assignment is not None:
        assert coexistence(problem, plain.assignment) == plain.bound
    found = proof(problem, accepts=judged(problem))
    assert found is not None
    if found.complete:
        assert (found.assignment is None) == (best is None)
    if found.assignment is not None:
        assert keeps_every_rule(problem, found.assignment)
        assert found.bound == coexistence(problem, found.assignment) == best


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 5, slow_in=4))
@pytest.mark.usefixtures("_sizes")
def test_what_single_waves_sums_and_sequence_ask_for_is_carried_exactly(seed: int) -> None:
    problem, waves, held, best = drawn(random.Random(seed))
    found = proof(problem, waves=waves)
    if best is None:
        assert found is None or found.assignment is None
        return
    assert found is not None
    assert found.complete
    assert found.assignment in held
    assert found.bound == best
    assert proof(problem, waves=waves, best=best) == Exact(best, None, complete=True)
    assert swept(problem, waves, best) == best  # without any help from tracing, which looks at every step again


@pytest.mark.parametrize("seed", [*ONCE_WRONG, *few_at_once(range(PRICED_SEEDS), 20, slow_in=4)])
def test_whatever_is_asked_a_sweep_finds_the_best(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(seed)
    problem, waves, _, best = drawn(rng)
    if best is None:
        return
    for core, beyond in SIZES[1:]:
        monkeypatch.setattr(board, "_MOST_CORE", core)
        monkeypatch.setattr(board, "_MOST_BEYOND", beyond)
        for _ in range(8):
            assert swept(problem, waves, best, rng) == best
