"""Compiled code ends when it is halted, after a bounded number of steps, and what it says then is still true."""

from __future__ import annotations

import threading
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from support.packings import packing_problem

from waveplan.engine.compiling.smallest import SMALLEST, START
from waveplan.engine.goals.state import GoalState
from waveplan.engine.problem import PlanningProblem, WeightedTie
from waveplan.engine.problem.limits import Budget, Pool
from waveplan.engine.proofs.bounds.workload import workload_bound
from waveplan.engine.proofs.exact import ProofLimits, prove_coexistence
from waveplan.engine.proofs.packing import fewest_waves
from waveplan.engine.proofs.packing.board import PackingBoard
from waveplan.engine.proofs.packing.relaxation import parts_of
from waveplan.engine.proofs.packing.rooms import WaveRooms
from waveplan.engine.proofs.packing.search import PackingSearch
from waveplan.engine.proofs.packing.side import flat
from waveplan.engine.proofs.proving import CoexistenceProof, pack_finish, pack_waves
from waveplan.engine.running.clock import Allotment
from waveplan.engine.running.halting import Halt, flag_of, halted_after
from waveplan.engine.running.looking import Look, StoppedError
from waveplan.engine.search.ground import SearchGround
from waveplan.engine.search.held import HeldGoals
from waveplan.engine.search.limits import Meter, SearchLimits
from waveplan.engine.search.starts import orders, repaired

HALTED = np.ones(1, np.int64)
NEVER = np.zeros(1, np.int64)


def halted() -> Halt:
    stop = Halt()
    stop.set()
    return stop


def packing_search(lots: int = 60) -> PackingSearch:
    problem = packing_problem([200 + 37 * lot % 280 for lot in range(lots)], 1000, [])
    (loads,) = parts_of(problem, problem.allowed, 0, WaveRooms(problem, problem.allowed))
    assert loads is not None
    board = PackingBoard(loads)
    windows = board.windows(22)
    assert windows is not None
    return PackingSearch(flat(board, False), windows)


def test_a_flag_tells_of_its_event() -> None:
    stop = Halt()
    flag = flag_of(stop)
    assert flag.tolist() == [0]
    stop.set()
    assert flag.tolist() == [1]
    stop.clear()
    assert flag.tolist() == [0]
    assert flag_of(threading.Event()).tolist() == [0]
    plain = threading.Event()
    plain.set()
    assert flag_of(plain).tolist() == [1]


def test_a_stop_reaches_what_is_halted_after_some_time() -> None:
    stop = threading.Event()
    with halted_after(stop, None) as halt:
        assert not halt.is_set()
        stop.set()
        assert halt.wait(60.0)
    with halted_after(stop, 1_000.0) as halt:
        assert halt.is_set(), "it was asked for before"
    with halted_after(Halt(), 0.0) as halt:
        assert halt.wait(60.0), "the time is over"
    own = Halt()
    with halted_after(own, None) as halt:
        assert halt is own


def test_a_halted_packing_search_opens_nothing_and_proves_nothing() -> None:
    search = packing_search()
    assert search.advance(1_000_000, halted()) == 0
    assert search.open
    assert not search.impossible
    assert search.advance(500, Halt()) >= 500


def test_a_node_that_is_cut_short_by_a_halt_is_opened_further_later() -> None:
    """Seen from within a call: the kernel itself, halted from the beginning, leaves its tables as they were."""
    from waveplan.engine.proofs.packing.kernel import layout as at
    from waveplan.engine.proofs.packing.kernel import runs

    search = packing_search()
    arrays = (search._info, search._lots, search._flat.links, search._order, search._flat.sets, search._rooms)
    more = (search._prefix, search._nodes, search._table, search._roots, search._work)
    before = search._info.copy()
    assert runs.explore(*arrays, *more, 1_000_000, HALTED) == at.GOES_ON
    assert search._info.tolist() == before.tolist()
    assert runs.explore(*arrays, *more, 2_000, NEVER) in {at.GOES_ON, at.FULL, at.SOLVED}
    assert search._info[at.TRIALS] > 0


def test_a_halted_annealing_makes_few_changes() -> None:
    ground = SearchGround(SMALLEST, HeldGoals({}), "coexistence")
    state, other = ground.begun(START, 1), ground.begun(START, 1)
    assert state is not None
    assert other is not None
    ground.anneal(state, 10**12, 10.0, 1.0, HALTED)  # would take days
    ground.anneal(other, 255, 10.0, 1.0, NEVER)
    assert state.tolist() == other.tolist(), "it looks every 256 trials"


def test_a_repair_that_is_halted_finds_nothing() -> None:
    ground = SearchGround(SMALLEST, HeldGoals({"coexistence": -1}), None)  # type: ignore[arg-type]
    meter = Meter(SearchLimits(None, None, 1, 0), halted())
    assert repaired(ground, START, next(orders(SMALLEST)), 1, meter) in (None, START)


def web(lots: int) -> PlanningProblem:
    """Lots of one size, each tied to all others, three to a wave."""
    problem = packing_problem([300] * lots, 1000, [])
    ties = tuple(WeightedTie(one, other, 1 + (one * other) % 5) for other in range(lots) for one in range(other))
    return replace(problem, ties=ties)


def test_a_halted_exact_proof_leaves_all_open() -> None:
    problem = web(9)
    found = prove_coexistence(problem, problem.allowed, None, None, ProofLimits(), halted(), lambda _: None)
    assert found is not None
    assert not found.complete
    assert found.assignment is None


def test_packing_that_is_halted_before_anything_is_known_tells_nothing() -> None:
    problem = packing_problem([200 + 37 * lot % 280 for lot in range(60)], 1000, [])
    row = Budget("WP324", "week", ((0, 0, 1),), 10_000)
    problem = replace(problem, pools=(Pool("team", {0: 1}),), budgets=(row,))
    with pytest.raises(StoppedError):
        fewest_waves(problem, problem.allowed, ProofLimits(), halted(), lambda *_: None)
    forever = Allotment(None, None)
    assert pack_waves(problem, {}, forever, halted(), lambda *_: None) == GoalState()
    best = GoalState(bound=Fraction(3))
    found = pack_finish(problem, {}, best, forever, halted(), lambda _: True, lambda *_: None)
    assert found.plan is None


def test_a_proof_beside_the_search_ends_when_its_time_is_over() -> None:
    problem = web(12)
    start = {lot: lot // 3 for lot in range(12)}
    proof = CoexistenceProof(problem, {}, start, lambda _: True, lambda: None)
    proof.begin(Allotment(0.0, None))
    assert proof._thread is not None
    proof._thread.join(120.0)
    assert not proof._thread.is_alive()
    assert proof.bound >= 0


def test_a_bound_by_work_tells_what_it_had_time_for() -> None:
    assert workload_bound(SMALLEST, Look(lambda: True)) == 0
