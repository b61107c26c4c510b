"""The fewest waves against everything there is: never a bound too high, never a packing missed or broken.

`WAVEPLAN_SEEDS=5000` tries more problems.
"""

from __future__ import annotations

import random
import threading

import pytest
from support.judged_problems import (
    every_assignment,
    in_windows,
    keeps_every_rule,
    small_problem,
    with_care,
    with_groups,
)
from support.packings import fewest, random_packing
from support.seeds import count, few_at_once

from waveplan.engine.goals.measures import measure
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs.packing import (
    Earliest,
    Ears,
    Fewest,
    ProofLimits,
    as_assignment,
    board,
    columns,
    earliest_finish,
    fewest_waves,
    fitting,
    search,
    sequence,
    stream,
)

SEEDS = count(250)


def solved(problem: PlanningProblem) -> Fewest | None:
    """Without limits; what is told has to get better each time, and to end at what is found."""
    heard: list[tuple[int, int | None]] = []
    found = fewest_waves(
        problem, problem.allowed, ProofLimits(), threading.Event(), lambda bound, value: heard.append((bound, value))
    )
    assert len(heard) == len(set(heard))
    assert [bound for bound, _ in heard] == sorted(bound for bound, _ in heard)
    values = [value for _, value in heard if value is not None]
    assert values == sorted(values, reverse=True)
    if found is not None:
        assert heard[-1] == (found.bound, None if found.loads is None else len(found.loads))
    return found


def finished(problem: PlanningProblem, known: int | None = None) -> tuple[Earliest, list[tuple[int, int | None]]]:
    """The earliest finish without limits, and what was told on the way."""
    heard: list[tuple[int, int | None]] = []
    found = earliest_finish(
        problem,
        problem.allowed,
        0,
        known,
        ProofLimits(),
        threading.Event(),
        Ears(lambda bound, value: heard.append((bound, value)), lambda plan: keeps_every_rule(problem, plan)),
    )
    assert [bound for bound, _ in heard] == sorted(bound for bound, _ in heard)
    if found.plan is not None:
        assert keeps_every_rule(problem, found.plan)
        assert measure(problem, found.plan, "finish") == found.value
    return found, heard


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 5, slow_in=3))
@pytest.mark.usefixtures("_groups")
def test_no_plan_finishes_before_the_bound(seed: int) -> None:
    problem = with_care(drawn(seed), random.Random(seed))
    plans = [each for each in every_assignment(problem) if keeps_every_rule(problem, each)]
    ends = [int(measure(problem, plan, "finish")) for plan in plans]
    if not ends:
        return
    for known in (None, max(ends), min(ends)):
        found, _ = finished(problem, known)
        assert found.bound <= min(ends)
        assert found.value is None or min(ends) <= found.value
        assert found.value is None or known is None or found.value < known


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 5, slow_in=3))
@pytest.mark.usefixtures("_ways")
def test_where_waves_are_all_there_is_the_last_slot_is_exact(seed: int) -> None:
    problem = random_packing(random.Random(seed))
    least = fewest(problem)
    if least is None or len(problem.streams[0].stages) > 1 or problem.streams[0].earliest_wave:
        return
    found, heard = finished(problem)
    assert found.bound == found.value == 7 * (least - 1) + 3
    assert heard[-1] == (found.bound, found.value)


def drawn(seed: int) -> PlanningProblem:
    """Rules of every kind; in two of three, also orders between groups, and lots that keep to windows of their own."""
    rng = random.Random(seed)
    problem = small_problem(rng)
    return problem if seed % 3 == 0 else in_windows(with_groups(problem, rng), rng)


@pytest.fixture(params=["pairs", "barriers"])
def _groups(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "barriers":
        monkeypatch.setattr(sequence, "_MOST_PAIRS", 0)


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 5, slow_in=3))
@pytest.mark.usefixtures("_groups")
def test_no_plan_has_fewer_waves_under_rules_of_every_kind(seed: int) -> None:
    problem = drawn(seed)
    plans = [each for each in every_assignment(problem) if keeps_every_rule(problem, each)]
    least = min((len(set(plan.values())) for plan in plans), default=None)
    found = solved(problem)
    if found is None:
        assert least is None
    else:
        assert least is None or found.bound <= least


@pytest.fixture(params=["as they come", "from the front", "from the back", "cut short", "unseen"])
def _ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a first packing: from one end only; one load of a node at a time, in tables that grow; or all searched.

    "Unseen" are bounds that tell without a search that there are too few waves.
    """
    if request.param == "as they come":
        return
    monkeypatch.setattr(stream, "packed", lambda _: None)
    monkeypatch.setattr(fitting, "packed", lambda _: None)
    if request.param == "cut short":
        monkeypatch.setattr(search, "_FIRST_NODES", 1)
        monkeypatch.setattr(search, "_FEW_LOADS", 1)
    elif request.param == "unseen":
        monkeypatch.setattr(board, "_overfull", lambda *_: False)
        monkeypatch.setattr(columns, "_KEPT", 0)
    else:
        monkeypatch.setattr(stream, "_ENDS", (request.param == "from the back",))
        monkeypatch.setattr(fitting, "_ENDS", (request.param == "from the back",))


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 5, slow_in=3))
@pytest.mark.usefixtures("_ways")
def test_a_packing_has_the_fewest_waves(seed: int) -> None:
    problem = random_packing(random.Random(seed))
    least = fewest(problem, some_empty=True)
    found = solved(problem)
    if found is None or least is None:
        assert found is None
        assert least is None
        return
    assert found.proven
    assert found.loads is not None
    assert found.bound == least == len(found.loads)
    assert sorted(lot for load in found.loads for lot in load) == list(range(len(problem.lots)))
    if all(found.loads):
        assignment = as_assignment(problem, problem.allowed, found.loads)
        assert assignment is not None
        assert len(set(assignment.values())) == len(found.loads)
        assert keeps_every_rule(problem, assignment)
        assert least == fewest(problem)
