"""A stop is heard in every phase: at whichever look it comes, a solve ends there, with a checked plan or with none."""

from __future__ import annotations

import random
import threading
from fractions import Fraction

import pytest
from support.small_transitions import small_transition

from waveplan.checking import check
from waveplan.domain.findings import has_errors
from waveplan.domain.inventory import Inventory
from waveplan.domain.objective import Goal
from waveplan.engine.goals.measures import measure
from waveplan.engine.goals.state import GoalState
from waveplan.engine.model import watched
from waveplan.engine.model.modelling import ModelOptions
from waveplan.engine.running.clock import Clock
from waveplan.engine.running.looking import Look, StoppedError
from waveplan.engine.running.options import EngineOptions
from waveplan.engine.whole_model import MOST_IN_MODEL, WholeModel
from waveplan.planning import SolveOptions, solve
from waveplan.planning.afterwards import seconds_afterwards
from waveplan.planning.building.problem_builder import build_problem
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.foresight.precheck import precheck
from waveplan.planning.options import Progress, Watching
from waveplan.review import review

OPTIONS = SolveOptions(deterministic_limit=2.0, workers=1)


class StopAt(threading.Event):
    """A stop that is asked for at the n-th look at it."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.looks, self.number = 0, number

    def is_set(self) -> bool:
        self.looks += 1
        if self.looks >= self.number:
            self.set()
        return super().is_set()


def drawn() -> Inventory:
    for seed in range(40):
        inventory = small_transition(random.Random(seed))
        if not has_errors(review(inventory)) and solve(inventory, options=OPTIONS).plan is not None:
            return inventory
    raise AssertionError("none of the drawn transitions has a plan")


def test_a_stop_at_any_look_ends_a_solve_with_a_checked_plan_or_none() -> None:
    inventory = drawn()
    seen = set()
    for number in (1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233):
        stop = StopAt(number)
        outcome = solve(inventory, options=OPTIONS, watching=Watching(stop=stop))
        seen.add(outcome.status)
        if stop.looks < number:  # the solve came to its own end before that
            break
        assert outcome.interrupted
        assert outcome.status in {"planned", "unknown"}, "a stop proves nothing"
        assert outcome.plan is None or not check(outcome.plan, inventory).findings
    assert seen == {"planned", "unknown"}


PHASES = ("forming the lots", "reading the calendar", "forming the problem")


@pytest.mark.parametrize("phase", PHASES)
def test_a_stop_asked_for_as_a_phase_begins_is_heard_in_it(phase: str) -> None:
    stop, told = threading.Event(), list[str]()

    def tell(progress: Progress) -> None:
        told.append(progress.phase)
        if progress.phase == phase:
            stop.set()

    outcome = solve(drawn(), options=OPTIONS, watching=Watching(tell, stop))
    assert outcome.interrupted
    assert outcome.status == "unknown"
    assert told[-1] == phase, "nothing begins after it"


def stopped_after(looks: int) -> Look:
    left = [looks]

    def over() -> bool:
        left[0] -= 1
        return left[0] < 0

    return Look(over)


def test_building_a_problem_ends_at_whichever_look_it_is_stopped() -> None:
    inventory = drawn()
    looks = 0
    while True:
        try:
            built = build_problem(PlanningFacts(inventory), look=stopped_after(looks))
        except StoppedError:
            looks += 1
            continue
        break
    assert looks >= 5
    whole = build_problem(PlanningFacts(inventory)).problem
    assert (built.problem.allowed, built.problem.budgets) == (whole.allowed, whole.budgets)


def test_what_is_plain_of_a_problem_is_said_only_when_nothing_ends_it() -> None:
    built = build_problem(PlanningFacts(drawn()))
    assert precheck(built) == ()
    with pytest.raises(StoppedError):
        precheck(built, stopped_after(0))


def test_looks_come_first_and_now_and_then() -> None:
    taken = list[int]()
    with pytest.raises(StoppedError):
        for number in stopped_after(2).each(range(1_000)):
            taken.append(number)
    assert taken == list(range(128))
    assert list(Look().each("abc")) == ["a", "b", "c"]


def test_a_clock_counts_from_when_the_command_began_and_keeps_time_for_what_follows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [100.0]
    monkeypatch.setattr("waveplan.engine.running.clock.time.monotonic", lambda: now[0])
    clock = Clock(EngineOptions(50.0), began=96.0)
    assert clock.left().seconds == 46
    for _ in range(2):  # who keeps it twice keeps it once
        clock.reserve(6.0)  # less a fifth of a second that a limit may be passed by
        assert clock.left().seconds == pytest.approx(40.2)
    now[0] = 140.3
    assert clock.exhausted
    assert clock.seconds == 50, "what was asked for stays what is told"


def test_little_is_kept_where_little_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waveplan.engine.running.clock.time.monotonic", lambda: 100.0)
    clock = Clock(EngineOptions(10.0), began=91.0)
    clock.reserve(6.0)
    assert clock.left().seconds == pytest.approx(0.4)  # of the one second that is left
    clock.keep(0.5)
    assert clock.left().seconds == pytest.approx(0.2)
    timeless = Clock(EngineOptions(deterministic_limit=3))
    timeless.reserve(6.0)
    timeless.keep(0.5)
    assert timeless.left().deterministic == 3


def test_what_is_kept_for_what_follows_grows_with_how_slow_the_run_has_been() -> None:
    quick = seconds_afterwards(1.5, 1.7, 2.2)
    assert quick > 1.7, "what follows takes longer than forming the lots"
    assert seconds_afterwards(15.0, 17.0, 22.0) == pytest.approx(10 * quick)
    few = seconds_afterwards(1.50, 1.52, 1.7)
    assert few < 0.5, "where lots are few most of the time was the interpreter's"
    assert seconds_afterwards(0.0, 0.1, 5.0) == 5.0, "where the inventory was read before, only planning tells"


GOALS = ("finish", "waves", "coexistence", "peak_load", "criticality_risk")


@pytest.mark.parametrize("goal", GOALS)
def test_time_that_is_over_while_a_goal_is_to_be_held_ends_the_model_and_nothing_else(
    goal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watched, "_EVERY", 1)
    problem = build_problem(PlanningFacts(drawn())).problem
    clock, stop = Clock(EngineOptions(deterministic_limit=5.0)), threading.Event()
    model = WholeModel(problem, {}, ModelOptions(1, 0, reproducible=True), clock, stop, lambda *_: None)

    def asked(of: str) -> GoalState:
        return model.better(of, clock.left(), GoalState(), MOST_IN_MODEL, lambda: False)

    found = asked("moved_lots")
    assert found.plan is not None
    clock.spend(10.0)
    model.hold(goal, measure(problem, found.plan, goal), Fraction(0))
    assert model.is_too_large(MOST_IN_MODEL)
    assert asked("finish") == GoalState(), "what does not hold it is asked nothing any more"


@pytest.mark.parametrize("limit", [0.001, 0.003, 0.01, 0.03, 0.1, 0.3])
def test_time_that_is_over_anywhere_costs_no_plan(limit: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched, "_EVERY", 1)
    inventory = drawn()
    goals = tuple(Goal.model_validate({"goal": goal}) for goal in GOALS)
    options = SolveOptions(deterministic_limit=limit, workers=1, goals=goals)
    outcome = solve(inventory, options=options)
    assert outcome.status == "planned", "its first plan is constructed"
    assert outcome.plan is not None
    assert not check(outcome.plan, inventory).findings
