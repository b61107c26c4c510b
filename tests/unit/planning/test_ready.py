"""Plans are stated and judged while the search goes on, so that who stops it waits for neither."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import islice

import pytest
from support.command_client import GUARD
from support.small_transitions import small_transition

from waveplan.checking import check
from waveplan.domain.findings import has_errors
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.engine.looking import Look
from waveplan.engine.optimising import Optimised
from waveplan.planning import Outcome, Progress, SolveOptions, Watching, ready, solve, solving
from waveplan.planning.ready import Ready
from waveplan.review import review

OPTIONS = SolveOptions(deterministic_limit=2.0, workers=1)
FOUND = [Optimised("assigned", {0: number}) for number in range(3)]


@cache
def drawn() -> tuple[Inventory, ...]:
    """Three inventories that have a plan, and a goal that is worked on once there is one."""
    made = (small_transition(random.Random(seed)) for seed in range(400))
    return tuple(islice((each for each in made if not has_errors(review(each)) and works_on_a_goal(each)), 3))


def works_on_a_goal(inventory: Inventory) -> bool:
    goals = list[str | None]()
    outcome = solve(inventory, options=OPTIONS, watching=Watching(lambda progress: goals.append(progress.goal)))
    return outcome.plan is not None and any(goals)


@cache
def stated() -> Outcome:
    return solve(drawn()[0], options=OPTIONS)


def until(said: threading.Event) -> None:
    assert said.wait(GUARD), "it never came"


def waited_for(made: Ready) -> Outcome:
    for _ in range(GUARD * 100):
        if made.outcome is not None:
            return made.outcome
        time.sleep(0.01)
    raise AssertionError("nothing was got ready")


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """However little it takes, a plan is got ready, and as often as may be."""
    monkeypatch.setattr(ready, "PROMPT", -1.0)
    monkeypatch.setattr(solving, "PROMPT", -1.0)
    monkeypatch.setattr(ready, "_SHARE", 1.0)
    yield


def kept(plan: Plan, look: Look) -> bool:
    return True


@pytest.mark.usefixtures("always")
def test_the_last_plan_that_was_judged_well_is_ready() -> None:
    given, refused = iter(FOUND), threading.Event()
    good = replace(stated(), interrupted=True)

    def found() -> Optimised | None:
        return next(given, None)

    def state(each: Optimised) -> Outcome | None:
        assert each.assignment is not None
        if each.assignment[0] == 2:
            refused.set()
        return (good, stated(), None)[each.assignment[0]]

    judged = list[bool]()

    def judge(plan: Plan, look: Look) -> bool:
        judged.append(not judged)
        return judged[-1]

    with Ready(found, state, judge) as made:
        until(refused)
    assert judged == [True, False]
    assert made.outcome == replace(good, checked=True)


@pytest.mark.usefixtures("always")
def test_the_same_plan_is_not_stated_twice_and_work_ends_with_the_block() -> None:
    seen, ended = list[Optimised](), threading.Event()

    def state(each: Optimised) -> Outcome | None:
        seen.append(each)
        return stated()

    def judge(plan: Plan, look: Look) -> bool:
        ended.wait(GUARD)
        look()  # raises, as nobody waits any more
        raise AssertionError("it goes on")

    with Ready(lambda: FOUND[0], state, kept) as made:
        waited_for(made)
        time.sleep(0.35)  # for looks that come to nothing
    assert len(seen) == 1
    with Ready(lambda: FOUND[1], state, judge) as late:
        while len(seen) < 2:
            time.sleep(0.01)
    ended.set()
    late._thread.join(GUARD)
    assert late.outcome is None


def test_where_it_takes_little_the_best_is_stated_after_the_stop() -> None:
    judged = threading.Event()

    def judge(plan: Plan, look: Look) -> bool:
        judged.set()
        return True

    with Ready(lambda: FOUND[0], lambda _: stated(), judge) as made:
        until(judged)
    made._thread.join(GUARD)
    assert made.outcome is None


def test_what_fails_there_is_left_to_who_states_the_best() -> None:
    def state(each: Optimised) -> Outcome | None:
        raise ZeroDivisionError

    with Ready(lambda: FOUND[0], state, kept) as made:
        made._thread.join(GUARD)
    assert not made._thread.is_alive()
    assert made.outcome is None


@pytest.mark.usefixtures("always")
@pytest.mark.parametrize("number", range(3))
def test_after_a_stop_the_plan_that_was_ready_comes_out(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    inventory = drawn()[number]
    made, stop, judged = list[Ready](), threading.Event(), list[Plan]()

    class Kept(Ready):
        def __enter__(self) -> Ready:
            made.append(self)
            return super().__enter__()

    def tell(progress: Progress) -> None:
        if progress.goal is not None and not stop.is_set():
            waited_for(made[0])
            stop.set()

    def judge(plan: Plan, look: Look) -> bool:
        judged.append(plan)
        return not has_errors(check(plan, inventory, between=look).findings)

    monkeypatch.setattr(solving, "Ready", Kept)
    outcome = solve(inventory, options=OPTIONS, watching=Watching(tell, stop), judge=judge)
    assert (outcome.status, outcome.interrupted, outcome.checked) == ("planned", True, True)
    assert outcome.plan is not None
    assert outcome.plan in judged
    assert outcome.plan.solve.interrupted
    assert not check(outcome.plan, inventory).findings
    assert [each.goal for each in outcome.plan.solve.goals] == [each.goal for each in inventory.objective.goals]


@pytest.mark.usefixtures("always")
def test_without_a_stop_what_was_ready_does_not_count() -> None:
    outcome = solve(drawn()[0], options=OPTIONS, judge=kept)
    assert not outcome.checked
    assert outcome.plan is not None
    assert (outcome.plan.waves, outcome.plan.lots) == (stated().plan.waves, stated().plan.lots)
