"""One run of CP-SAT: in a thread of its own, watched, and stopped when asked to."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ortools.sat.python import cp_model

Status = Literal["optimal", "feasible", "infeasible", "unknown"]
_STATUS: dict[int, Status] = {
    int(cp_model.OPTIMAL): "optimal",
    int(cp_model.FEASIBLE): "feasible",
    int(cp_model.INFEASIBLE): "infeasible",
}
_GLANCE = 0.1  # seconds between two looks at a running search
Solved = Callable[[tuple[int, ...]], None]  # hears of the values of all variables by index


@dataclass(frozen=True, slots=True)
class RunLimits:
    """When a run ends: wall-clock seconds or deterministic time, whichever is given."""

    seconds: float | None
    deterministic: float | None
    workers: int
    seed: int
    interleave: bool
    presolve: bool = True
    fix_hints: bool = False  # only complete what is hinted
    linearization: int = 1  # how much of the model is in its linear relaxation


@dataclass(frozen=True, slots=True)
class Run:
    """What a run found: values of all variables by index, objective and proven bound in the objective's integers."""

    status: Status
    values: tuple[int, ...]
    objective: int | None
    bound: int | None
    deterministic_time: float

    @property
    def has_plan(self) -> bool:
        """Whether it found a solution."""
        return self.status in {"optimal", "feasible"}


class _Watcher(cp_model.CpSolverSolutionCallback):
    def __init__(self, solved: Solved | None) -> None:
        super().__init__()
        self._solved = solved
        self.objective: float | None = None
        self.bound: float | None = None

    def on_solution_callback(self) -> None:
        self.objective = self.objective_value
        self.bound = self.best_objective_bound
        if self._solved is not None:
            self._solved(tuple(self.response_proto.solution))

    def on_bound(self, bound: float) -> None:
        self.bound = bound


def run(
    model: cp_model.CpModel,
    limits: RunLimits,
    stop: threading.Event,
    glance: Callable[[int | None, int | None], None],
    solved: Solved | None = None,
) -> Run:
    """Solve a model. `glance` is called about ten times a second, here, with the objective and bound so far.

    `solved` hears of each solution at once, in a thread of the solver's.

    Raises what the solver or `glance` failed with, once the search has ended.
    """
    solver = cp_model.CpSolver()
    _set(solver, limits)
    watcher = _Watcher(solved)
    solver.best_bound_callback = watcher.on_bound
    ended: list[int] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            ended.append(int(solver.solve(model, watcher)))
        except BaseException as error:  # noqa: BLE001 - carried over to the calling thread
            failed.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(_GLANCE)
            if stop.is_set():
                solver.stop_search()
            glance(_down(watcher.objective), _up(watcher.bound))
    except BaseException:  # the search must not outlive who waits for it: the process would abort as it ends
        solver.stop_search()
        thread.join()
        raise
    if failed:
        raise failed[0]
    return _result(solver, ended[0], has_objective=model.has_objective())


def _set(solver: cp_model.CpSolver, limits: RunLimits) -> None:
    parameters = solver.parameters
    if limits.seconds is not None:
        parameters.max_time_in_seconds = max(limits.seconds, 0.01)
    if limits.deterministic is not None:
        parameters.max_deterministic_time = max(limits.deterministic, 0.001)
    parameters.num_workers = limits.workers
    parameters.random_seed = limits.seed
    parameters.interleave_search = limits.interleave
    parameters.cp_model_presolve = limits.presolve
    # 9.15 loses solutions in this step of presolve, and then proves optima that are none (its issue 5274 is of the
    # kind); small inventories held against all their plans showed it here, and only with this step on.
    parameters.presolve_inclusion_work_limit = 0
    # 9.15 can abort the whole process in presolve after it has substituted variables (`VarToConstraints(var).empty()`),
    # with no error to catch; without that step the models of the examples are proven in the same time, more or less.
    parameters.presolve_substitution_level = 0
    parameters.fix_variables_to_their_hinted_value = limits.fix_hints
    parameters.linearization_level = limits.linearization
    parameters.catch_sigint_signal = False


def _result(solver: cp_model.CpSolver, code: int, has_objective: bool) -> Run:
    status = _STATUS.get(code, "unknown")
    if code == int(cp_model.MODEL_INVALID):
        raise RuntimeError(f"OR-Tools refuses the model: {solver.solution_info()}")
    response = solver.response_proto
    found = status in {"optimal", "feasible"}
    return Run(
        status=status,
        values=tuple(response.solution) if found else (),
        objective=_down(solver.objective_value) if found and has_objective else None,
        bound=_up(solver.best_objective_bound) if has_objective and status != "infeasible" else None,
        deterministic_time=response.deterministic_time,
    )


def _down(value: float | None) -> int | None:
    return None if value is None or not math.isfinite(value) else round(value)


def _up(bound: float | None) -> int | None:
    """The least whole number that the objective can have, given a bound in floating point."""
    return None if bound is None or not math.isfinite(bound) else math.ceil(bound - 1e-6 * max(1.0, abs(bound) * 1e-6))
