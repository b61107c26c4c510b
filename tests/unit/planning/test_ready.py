"""Plans are stated and judged while the search goes on, so that who stops it waits for neither."""

from __future__ import annotations

import random
import threading
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
from waveplan.engine.optimising import Optimised
from waveplan.engine.running.looking import Look
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

    made = Ready(found, state, judge)
    made.begin()
    until(refused)
    assert made.end(stopped=True) == replace(good, checked=True)
    assert judged == [True, False]


@pytest.mark.usefixtures("always")
def test_the_same_plan_is_not_stated_twice() -> None:
    seen, asked = list[Optimised](), list[None]()
    looked = threading.Event()

    def found() -> Optimised:
        asked.append(None)
        if len(asked) == 4:
            looked.set()
        return FOUND[0]

    def state(each: Optimised) -> Outcome:
        seen.append(each)
        return stated()

    made = Ready(found, state, kept)
    made.begin()
    until(looked)
    assert made.end(stopped=True) is not None
    assert len(seen) == 1


@pytest.mark.usefixtures("always")
@pytest.mark.parametrize("stopped", [True, False])
def test_what_is_being_got_ready_is_waited_for_after_a_stop_and_left_else(stopped: bool) -> None:
    begun, over, said = threading.Event(), threading.Event(), list[str]()

    def judge(plan: Plan, look: Look) -> bool:
        begun.set()
        until(over)
        look()
        said.append("judged")
        return True

    made = Ready(lambda: FOUND[0], lambda _: stated(), judge)
    made.begin()
    until(begun)
    if stopped:
        threading.Timer(0.05, over.set).start()
        assert made.end(stopped=True) == replace(stated(), checked=True)
    else:
        assert made.end(stopped=False) is None
        over.set()
        made._thread.join(GUARD)
        assert not said, "nobody waits any more"


def test_where_it_takes_little_the_best_is_stated_after_the_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "PROMPT", float("inf"))
    judged = threading.Event()

    def judge(plan: Plan, look: Look) -> bool:
        judged.set()
        return True

    made = Ready(lambda: FOUND[0], lambda _: stated(), judge)
    made.begin()
    until(judged)
    assert made.end(stopped=True) is None


def test_what_fails_there_is_left_to_who_states_the_best() -> None:
    def state(each: Optimised) -> Outcome | None:
        raise ZeroDivisionError

    made = Ready(lambda: FOUND[0], state, kept)
    made.begin()
    made._thread.join(GUARD)
    assert not made._thread.is_alive()
    assert made.end(stopped=True) is None


@pytest.mark.usefixtures("always")
@pytest.mark.parametrize("number", range(3))
def test_after_a_stop_the_plan_that_was_ready_comes_out(number: int) -> None:
    inventory = drawn()[number]
    begun, stop, judged = threading.Event(), threading.Event(), list[Plan]()

    def tell(progress: Progress) -> None:
        if progress.goal is not None and not stop.is_set():
            until(begun)
            stop.set()

    def judge(plan: Plan, look: Look) -> bool:
        judged.append(plan)
        begun.set()
        return not has_errors(check(plan, inventory, between=look).findings)

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
