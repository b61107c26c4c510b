"""Parts of the engine compiled beforehand: nothing of them is left to compile when they are at work."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.judged_problems import every_assignment, keeps_every_rule, small_problem

from waveplan.engine.compiling import compiled, warming
from waveplan.engine.compiling.smallest import row_of
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs import packing
from waveplan.engine.proofs.bounds.boundaries import boundaries_bound
from waveplan.engine.proofs.bounds.boundaries import kernel as boundaries
from waveplan.engine.proofs.bounds.spreading import BoundLimits, coexistence_bound
from waveplan.engine.proofs.bounds.spreading import kernel as spreading
from waveplan.engine.proofs.exact import ProofLimits, cut_kernel, prove_coexistence
from waveplan.engine.proofs.exact import kernel as exact
from waveplan.engine.proofs.packing.kernel import runs as packed
from waveplan.engine.search import Search, SearchLimits
from waveplan.engine.search.kernel import runs
from waveplan.engine.simulation import playing, stepping
from waveplan.engine.simulation.kernel import play as play_kernel
from waveplan.engine.simulation.kernel import stepping as step_kernel
from waveplan.engine.simulation.problem import RiskProblem, RiskUnit
from waveplan.engine.simulation.pulling import earliest

HEARD = BoundLimits(None, 0.01)
TRIED = ProofLimits(None, 10_000)


def never(_: Any, __: Any = None) -> None:
    """Nobody listens."""


def bound(_: PlanningProblem) -> None:
    problem = row_of(30)
    coexistence_bound(problem, problem.allowed, HEARD, threading.Event(), never)


def cut(problem: PlanningProblem) -> None:
    ties = {(tie.first, tie.second): tie.weight for tie in problem.ties if tie.first < tie.second and tie.weight > 0}
    boundaries_bound(problem, problem.allowed, ties, HEARD, threading.Event(), never)


def prove(problem: PlanningProblem) -> None:
    prove_coexistence(problem, problem.allowed, None, lambda: None, TRIED, threading.Event(), never)


def pack(problem: PlanningProblem) -> None:
    packing.fewest_waves(problem, problem.allowed, TRIED, threading.Event(), never)


def search(problem: PlanningProblem) -> None:
    plan = next((each for each in every_assignment(problem) if keeps_every_rule(problem, each)), None)
    if plan is not None:
        limits = SearchLimits(seconds=None, deterministic=1e-6, threads=1, seed=1)
        Search(problem, {}, threading.Event()).improve("coexistence", plan, limits, never, lambda _: False)


def risks_of(problem: PlanningProblem) -> RiskProblem | None:
    """A plan of a problem whose waves often slip; None where it has no plan."""
    plan = next((each for each in every_assignment(problem) if keeps_every_rule(problem, each)), None)
    if plan is None:
        return None
    days = {place.index: place.day for place in problem.positions}
    waves = {home: tuple(lot for lot in plan if plan[lot] == home) for home in plan.values()}
    gates, half = {place: day - 1 for place, day in days.items()}, 2**31  # of 2**32
    units = [
        RiskUnit(held, home, gates, days, 0, no_chance=half, back_chance=half) for home, held in sorted(waves.items())
    ]
    return RiskProblem(problem, tuple(units), (0,) * len(days), ())


def play(problem: PlanningProblem) -> None:
    risks = risks_of(problem)
    scene = None if risks is None else playing.scene_of(risks, risks.dimensions)
    if risks is not None and scene is not None:
        numbers = np.random.default_rng(1).integers(0, 2**32, (20, scene.draws), dtype=np.int64)
        playing.play_histories(scene, numbers, np.arange(20))
        earliest(risks)


def step(problem: PlanningProblem) -> None:
    risks = risks_of(problem)
    if risks is not None:
        footing = stepping.Footing.of(risks, stepping.ground_of(risks))
        numbers = np.zeros(risks.dimensions, np.int64)
        history = stepping.SteppedHistory(footing, numbers, 0, -1, {}, {})
        slip = history.next_slip()
        assert slip is not None
        history.pushed(slip)
        history.overloads()


AT_WORK: dict[str, tuple[Callable[[PlanningProblem], None], list[Any]]] = {
    "search": (search, [runs.begin, runs.insert, runs.anneal]),
    "packing": (pack, [packed.explore, packed.index]),
    "spreading": (bound, [spreading.advance, spreading.rows_by_lot]),
    "boundaries": (cut, [boundaries.least_cut, boundaries.anneal]),
    "histories": (play, [runs.begin, play_kernel.play, play_kernel.pull_forward]),
    "steps": (
        step,
        [step_kernel.take_up, step_kernel.until_slip, step_kernel.next_place, step_kernel.overloads],
    ),
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


def test_every_part_and_all_that_python_calls_of_it_has_its_turn() -> None:
    assert set(AT_WORK) == set(warming.PARTS)
    engine = Path(warming.__file__).parents[1]
    sources = [path.read_text(encoding="utf-8") for path in engine.rglob("*.py")]
    called = {name for text in sources for name in re.findall(r"^@compiled\ndef (\w+)", text, re.MULTILINE)}
    assert {function.__name__ for _, functions in AT_WORK.values() for function in functions} == called


def test_a_part_is_compiled_once() -> None:
    assert warming.warming("packing") is warming.warming("packing")


def test_whoever_waits_hears_of_a_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    forever, stop = threading.Event(), threading.Event()
    monkeypatch.setattr(warming, "_warm", lambda *_: forever.wait())
    begun = warming.Warming("search")
    stop.set()
    assert not begun.wait(stop)
    assert not begun.ready
    forever.set()
    assert begun.wait()


def test_what_is_compiled_later_waits_even_for_what_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    begun, go_on = [], threading.Event()

    def compiling(part: str) -> None:
        begun.append(part)
        if part == "spreading":
            go_on.wait()
            raise ValueError("no compiler")

    monkeypatch.setattr(compiled, "kept_mark", lambda part: tmp_path / part)
    monkeypatch.setattr(warming, "_in_a_process_of_its_own", compiling)
    first = warming.Warming("spreading")
    second = warming.Warming("exact", [first])
    assert not second.wait(until=0.0)
    assert begun == ["spreading"]
    go_on.set()
    assert second.wait()
    assert begun == ["spreading", "exact"]


def test_what_compiling_failed_with_is_raised_where_it_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: Any) -> None:
        raise ValueError("no compiler")

    monkeypatch.setattr(warming, "_warm", failing)
    with pytest.raises(ValueError, match="no compiler"):
        warming.Warming("search").wait()


@pytest.mark.skipif(compiled.kept_mark("exact") is None, reason="nothing can be kept here")
def test_a_process_of_its_own_leaves_a_mark_of_its_part() -> None:
    mark = compiled.kept_mark("exact")
    assert mark is not None
    subprocess.run([sys.executable, "-m", "waveplan.engine.compiling.warming", "exact"], check=True, cwd=Path.cwd())
    assert mark.exists()
    assert mark.name.startswith("exact-")
