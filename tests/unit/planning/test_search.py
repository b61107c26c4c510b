"""The search keeps its books, keeps every rule, and keeps what is held."""

from __future__ import annotations

import random
import threading
from dataclasses import replace

import numpy as np
import pytest
from support.small_inventories import small_inventory

from waveplan.domain.findings import has_errors
from waveplan.engine.compiling.smallest import SMALLEST, START
from waveplan.engine.goals.measures import measure
from waveplan.engine.problem import PlanningProblem, WeightedTie
from waveplan.engine.problem.rhythm import GateDay, GateRule
from waveplan.engine.search import Search, SearchLimits
from waveplan.engine.search import layout as at
from waveplan.engine.search.ground import SearchGround
from waveplan.engine.search.held import HeldGoals
from waveplan.engine.search.state import assignment_of
from waveplan.engine.search.tables import Ints
from waveplan.planning import SolveOptions, solve
from waveplan.planning.building.problem_builder import build_problem
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.review import review

NEVER = np.zeros(1, np.int64)  # a flag that is never set
LIMITS = SearchLimits(seconds=None, deterministic=0.02, threads=1, seed=3)
NUMBERS = (at.WAVES, at.VALUE, at.MOVED, at.RISK, at.PENALTY, at.PLACED)
TABLES = (
    (at.HELD, at.HELD_POINTS),
    (at.HELD_POINTS, at.ORDINAL),
    (at.LOAD, at.ROOM),
    (at.TOUCHING, at.UNION_ROOM),
    (at.USED, at.AWAKE),
)
CARE = (at.FIRST_CARE, at.MEMBERS)  # kept only where a rule looks at it


def solved(seed: int) -> tuple[PlanningProblem, dict[int, int]] | None:
    """A small problem with a plan that the engine found, as positions of lots; None when it has none."""
    inventory = small_inventory(random.Random(seed))
    if has_errors(review(inventory)):
        return None
    plan = solve(inventory, options=SolveOptions(deterministic_limit=5, workers=1)).plan
    if plan is None or not plan.waves:
        return None
    facts = PlanningFacts(inventory)
    wave_of = {lot: wave.id for wave in plan.waves for lot in wave.lots}
    position_of = {facts.wave_id(position): position.index for position in facts.positions}
    problem = build_problem(facts).problem
    return problem, {n: position_of[wave_of[lot]] for n, lot in enumerate(problem.lots)}


def books(ground: SearchGround, state: Ints) -> list[list[int]]:
    """All that is carried from change to change."""
    kept = (*TABLES, CARE) if ground.arrays[at.DEEP] else TABLES
    tables = [state[state[first] : state[end]].tolist() for first, end in kept]
    ordinals = state[state[at.ORDINAL] : state[at.FIRST_CARE]]
    tables.append((ordinals if ground.arrays[at.RISKY] else ordinals > 0).tolist())
    return [[int(state[number]) for number in NUMBERS], *tables]


@pytest.mark.parametrize("goal", ["coexistence", "criticality_risk"])
@pytest.mark.parametrize("seed", range(40))
def test_the_books_are_right_after_thousands_of_moves(seed: int, goal: str) -> None:
    found = solved(seed)
    if found is None:
        return
    problem, start = found
    ground = SearchGround(problem, HeldGoals(), goal)
    state = ground.begun(start, 7)
    assert state is not None, "the engine's own plan breaks a rule that the search carries"
    ground.anneal(state, 3_000, 5 * ground.unit, 0.1 * ground.unit, NEVER)
    placed = assignment_of(state, at.POS)
    again = ground.begun(placed, 7)
    assert again is not None, "a rule broke on the way"
    assert books(ground, state) == books(ground, again)
    assert state[at.PENALTY] == 0
    assert state[at.VALUE] == measure(problem, placed, "coexistence") * problem.weight_scale
    assert goal != "criticality_risk" or state[at.RISK] == measure(problem, placed, goal) * at.RISK_SCALE


@pytest.mark.parametrize("seed", range(0, 40, 4))
def test_what_is_held_stays_held(seed: int) -> None:
    found = solved(seed)
    if found is None:
        return
    problem, start = found
    held = {goal: measure(problem, start, goal) for goal in ("finish", "waves", "peak_load", "criticality_risk")}
    search = Search(problem, held, threading.Event())
    better = search.improve("coexistence", start, LIMITS, lambda *_: None, lambda _: False)
    assert better is not None
    assert measure(problem, better, "coexistence") <= measure(problem, start, "coexistence")
    for goal, most in held.items():
        assert measure(problem, better, goal) <= most


@pytest.mark.parametrize("seed", range(0, 40, 2))
def test_a_first_plan_is_constructed_or_mended(seed: int) -> None:
    found = solved(seed)
    if found is None:
        return
    problem, start = found
    search = Search(problem, {}, threading.Event())
    plan = search.first_plan({}, replace(LIMITS, deterministic=2.0))
    assert plan is not None, f"{start} is one"
    assert search.accepts(plan)


def test_a_plan_over_a_limit_is_mended() -> None:
    limited = replace(SMALLEST, ties=(WeightedTie(0, 1, 1),))
    search = Search(limited, {"waves": measure(limited, {0: 0, 1: 0}, "waves")}, threading.Event())
    assert not search.accepts(START)
    plan = search.first_plan(START, LIMITS)
    assert plan is not None
    assert plan[0] == plan[1]


def test_two_lots_that_are_tied_end_in_one_wave() -> None:
    search = Search(SMALLEST, {}, threading.Event())
    better = search.improve("coexistence", START, LIMITS, lambda *_: None, lambda _: False)
    assert better is not None
    assert better[0] == better[1]


@pytest.mark.parametrize(("calendars", "accepted"), [((0, 1), True), ((0, 70), False), ((70, 0), True)])
def test_a_gate_goes_back_over_days_that_its_wave_has_off(calendars: tuple[int, int], accepted: bool) -> None:
    """Calendar 70 is beyond the bits of a mask; it has the days off between the first hypercare and the gate."""
    off = tuple(GateDay(frozenset({70}), frozenset({70})) for _ in range(5, 1, -1))
    rules = replace(
        SMALLEST.streams[0],
        before_next_gate=True,
        gate_groups=dict(enumerate((number,) for number in calendars)),
        deciding_gates={0: (GateRule(-2, ()),), 1: (GateRule(5, (*off, GateDay(frozenset(), frozenset()))),)},
    )
    search = Search(replace(SMALLEST, streams=(rules,)), {}, threading.Event())
    assert search.accepts(START) is accepted


def test_what_goes_wrong_in_a_thread_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MemoryError("no room")

    monkeypatch.setattr(SearchGround, "anneal", fail)
    with pytest.raises(MemoryError, match="no room"):
        Search(SMALLEST, {}, threading.Event()).improve("coexistence", START, LIMITS, lambda *_: None, lambda _: False)


def test_orders_of_lots_name_each_lot_once() -> None:
    from waveplan.engine.search.starts import orders

    ring = tuple(WeightedTie(n, (n + 1) % 400, 1) for n in range(0, 400, 1) if n % 100 != 99)
    many = replace(
        SMALLEST,
        lots=tuple(f"lot{n}" for n in range(400)),
        lot_stream=(0,) * 400,
        allowed=((0, 1),) * 400,
        hypercare=SMALLEST.hypercare[:1] * 400,
        points=(1,) * 400,
        ties=ring,
    )
    found = list(orders(many))
    assert len(found) == 7
    for order in found:
        assert sorted(order.tolist()) == list(range(400))
    spectral = np.argsort(found[1])
    stretched = [abs(int(spectral[tie.first]) - int(spectral[tie.second])) for tie in ring]
    assert max(stretched) == 1, "along a path, neighbours stand side by side"
