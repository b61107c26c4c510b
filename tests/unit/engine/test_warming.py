"""Parts of the engine compiled beforehand: nothing of them is left to compile when they are at work."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.judged_problems import every_assignment, keeps_every_rule, small_problem

from waveplan.engine import compiled, warming
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs import packing
from waveplan.engine.proofs.bounds.spreading import BoundLimits, coexistence_bound
from waveplan.engine.proofs.bounds.spreading import kernel as spreading
from waveplan.engine.proofs.exact import ProofLimits, cut_kernel, prove_coexistence
from waveplan.engine.proofs.exact import kernel as exact
from waveplan.engine.proofs.packing import kernel as packed
from waveplan.engine.search import Search, SearchLimits
from waveplan.engine.search.kernel import runs

HEARD = BoundLimits(None, 0.01)
TRIED = ProofLimits(None, 10_000)


def never(_: Any, __: Any = None) -> None:
    """Nobody listens."""


def bound(problem: PlanningProblem) -> None:
    coexistence_bound(problem, problem.allowed, HEARD, threading.Event(), never)


def prove(problem: PlanningProblem) -> None:
    prove_coexistence(problem, problem.allowed, None, lambda: None, TRIED, threading.Event(), never)


def pack(problem: PlanningProblem) -> None:
    packing.fewest_waves(problem, problem.allowed, TRIED, threading.Event(), never)


def search(problem: PlanningProblem) -> None:
    plan = next((each for each in every_assignment(problem) if keeps_every_rule(problem, each)), None)
    if plan is not None:
        limits = SearchLimits(seconds=None, deterministic=1e-6, threads=1, seed=1)
        Search(problem, {}, threading.Event()).improve("coexistence", plan, limits, never, lambda _: False)


AT_WORK: dict[str, tuple[Callable[[PlanningProblem], None], list[Any]]] = {
    "search": (search, [runs.begin, runs.insert, runs.anneal]),
    "packing": (pack, [packed.explore, packed.index]),
    "spreading": (bound, [spreading.advance]),
    "exact": (
        prove,
        [exact.look_ahead, exact.pour, exact.wait, exact.move, cut_kernel.least_cuts, cut_kernel.least_side],
    ),
}


@pytest.mark.parametrize("part", warming.PARTS)
def test_what_is_at_work_was_compiled_beforehand(part: str) -> None:
    work, functions = AT_WORK[part]
    assert warming.warming(part).wait()
    assert all(function.signatures for function in functions), "compiled beforehand"
    before = [list(function.signatures) for function in functions]
    for seed in range(40):
        work(small_problem(random.Random(seed)))
    assert [list(function.signatures) for function in functions] == before


def test_every_part_that_is_compiled_for_solving_has_its_turn() -> None:
    assert set(AT_WORK) == set(warming.PARTS)


def test_a_part_is_compiled_once() -> None:
    assert warming.warming("packing") is warming.warming("packing")


def test_whoever_waits_hears_of_a_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    forever, stop = threading.Event(), threading.Event()
    monkeypatch.setattr(warming, "_warm", lambda _: forever.wait())
    begun = warming.Warming("search")
    stop.set()
    assert not begun.wait(stop)
    assert not begun.ready
    forever.set()
    assert begun.wait()


def test_what_compiling_failed_with_is_raised_where_it_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_: str) -> None:
        raise ValueError("no compiler")

    monkeypatch.setattr(warming, "_warm", failing)
    with pytest.raises(ValueError, match="no compiler"):
        warming.Warming("search").wait()


@pytest.mark.skipif(compiled.kept_mark("exact") is None, reason="nothing can be kept here")
def test_a_process_of_its_own_leaves_a_mark_of_its_part() -> None:
    mark = compiled.kept_mark("exact")
    assert mark is not None
    subprocess.run([sys.executable, "-m", "waveplan.engine.warming", "exact"], check=True, cwd=Path.cwd())
    assert mark.exists()
    assert mark.name.startswith("exact-")
