"""Use cases of several plans: scenarios of one inventory solved side by side, finished plans compared."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO

from waveplan.domain.figures import Compared, Comparison, PlanStatus
from waveplan.domain.findings import Finding, has_errors
from waveplan.executors import in_order, stop_here
from waveplan.usecases.solve import located, solve_checked
from waveplan.usecases.validate import Validation, validated

if TYPE_CHECKING:
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan
    from waveplan.domain.solve_record import InventoryFile
    from waveplan.planning.options import Outcome, SolveOptions, Watching


@dataclass(frozen=True, slots=True)
class ScenarioCase:
    """One scenario: its inventory with all that there is to say about it."""

    id: str
    name: str | None
    validation: Validation


@dataclass(frozen=True, slots=True)
class Scenarios:
    """A file of scenarios. `findings` are those of the file itself and of the inventory at `inventory`, as read."""

    scenarios: tuple[ScenarioCase, ...]
    findings: tuple[Finding, ...]
    inventory: str | None = None

    @property
    def has_errors(self) -> bool:
        """Whether nothing can be solved: the file, or the inventory under all scenarios, cannot be read."""
        return has_errors(self.findings)

    @property
    def language(self) -> str | None:
        """The language of the programme, where one scenario tells it."""
        inventories = (each.validation.inventory for each in self.scenarios)
        return next((inventory.programme.language for inventory in inventories if inventory is not None), None)


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """A scenario's plan, checked, or why there is none."""

    scenario: ScenarioCase
    column: Compared
    plan: Plan | None = None
    interrupted: bool = False
    started_from: str | None = None  # another scenario, whose plan keeps these rules too and was better

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Why there is no plan, or what the search has to say of it."""
        return self.column.findings


_AGAIN = 0.3  # of the time, for a scenario that starts anew from the plan of another one

OnScenario = Callable[[ScenarioCase, int], None]
"""Told of each scenario as it starts, or with an executor as its turn to be waited for comes, with its number."""


def load_scenarios(source: str, *, max_bytes: int | None = None, stdin: BinaryIO | None = None) -> Scenarios:
    """Read a file of scenarios (`-`: a stream) and everything it names, and validate each scenario.

    Raises UnreadableInputError when there is no such file; everything else that is wrong is in the findings.
    """
    from waveplan.loading import load_scenarios as read

    limit: dict[str, Any] = {} if max_bytes is None else {"max_bytes": max_bytes}
    loaded = read(source, stdin=stdin, **limit)
    scenarios = (ScenarioCase(each.id, each.name, validated(each.loaded)) for each in loaded.scenarios)
    return Scenarios(tuple(scenarios), loaded.findings, loaded.inventory)


def solve_scenarios(
    scenarios: Scenarios,
    *,
    options: SolveOptions | None = None,
    executor: Executor | None = None,
    on_scenario: OnScenario | None = None,
    watching: Watching | None = None,
) -> Iterator[ScenarioResult]:
    """Solve, check and measure each scenario, in the order of the file; one that fails never hides the others.

    Any executor does the work, of threads, of processes or of other machines; without one the scenarios are solved one
    after the other, with progress. A stop ends the search of the one that runs, keeping its best plan, and
    leaves out those that have not begun. Raises ValueError when the file itself has errors.
    """
    from waveplan.planning.options import Watching

    if scenarios.has_errors:
        raise ValueError("a file of scenarios with errors cannot be solved")
    watching = watching or Watching()
    stop = watching.stop
    runs = _in_turn(options, watching) if executor is None else _spread(scenarios, options, executor, stop)
    results: list[ScenarioResult] = []
    for number, scenario in enumerate(scenarios.scenarios, 1):
        if scenario.validation.has_errors:
            results.append(_without(scenario, "findings", scenario.validation.findings))
        elif executor is None and stop.is_set():
            results.append(_without(scenario, "interrupted"))
        else:
            if on_scenario is not None:
                on_scenario(scenario, number)
            outcome = runs(scenario)
            results.append(_without(scenario, "interrupted") if outcome is None else _result(scenario, outcome))
    for result in results:
        yield result if stop.is_set() else no_worse_than_others(result, results, options, stop)


def no_worse_than_others(
    result: ScenarioResult, results: Sequence[ScenarioResult], options: SolveOptions | None, stop: threading.Event
) -> ScenarioResult:
    """The same, or a solve from another scenario's plan, where that keeps these rules too and is better."""
    from waveplan.planning.options import Watching

    if result.column.status not in ("planned", "unknown") or result.interrupted:
        return result
    own = worth_of(result.plan, result.scenario)
    others = ((worth_of(each.plan, result.scenario), each) for each in results if each is not result)
    known = [(worth, number, each) for number, (worth, each) in enumerate(others) if worth is not None]
    best = min(known, default=None)
    if best is None or (own is not None and best[0] >= own):
        return result
    inventory, files = _work(result.scenario)
    watching = Watching(stop=stop)
    outcome = solve_checked(
        inventory, files=files, options=_a_part_of(options), baseline=best[2].plan, watching=watching
    )
    again = _result(result.scenario, outcome)
    reached = worth_of(again.plan, result.scenario)
    if reached is None or (own is not None and reached >= own):
        return result
    return replace(again, started_from=best[2].scenario.id)


def worth_of(plan: Plan | None, scenario: ScenarioCase) -> tuple[Decimal, ...] | None:
    """What a plan reaches of a scenario's goals, in their order; None when it is not valid there."""
    from waveplan.checking import check
    from waveplan.domain.catalogue import STATED

    if plan is None:
        return None
    inventory, _ = _work(scenario)
    judged = check(plan, inventory)
    if any(finding.severity == "error" and finding.code not in STATED for finding in judged.findings):
        return None
    names = (goal.goal for goal in inventory.objective.goals if goal.goal != "moved_lots")
    return tuple(Decimal(getattr(judged.metrics, name)) for name in names)


def _a_part_of(options: SolveOptions | None) -> SolveOptions:
    """Less time: what is started from is good already."""
    from waveplan.planning.options import SolveOptions

    chosen = options or SolveOptions()
    seconds, units = chosen.time_limit, chosen.deterministic_limit
    return replace(
        chosen,
        time_limit=None if seconds is None else seconds * _AGAIN,
        deterministic_limit=None if units is None else units * _AGAIN,
    )


_Run = Callable[[ScenarioCase], "Outcome | None"]
_Work = tuple["Inventory", "tuple[InventoryFile, ...]"]


def _in_turn(options: SolveOptions | None, watching: Watching) -> _Run:
    def run(scenario: ScenarioCase) -> Outcome:
        inventory, files = _work(scenario)
        return solve_checked(inventory, files=files, options=options, watching=watching)

    return run


def _spread(scenarios: Scenarios, options: SolveOptions | None, executor: Executor, stop: threading.Event) -> _Run:
    """All on an executor; None for one that was not begun when all was stopped."""
    works = [_work(each) for each in scenarios.scenarios if not each.validation.has_errors]
    outcomes = in_order(executor, _solved_elsewhere, options, works, stop)
    return lambda _: next(outcomes, None)


def _solved_elsewhere(options: SolveOptions | None, work: _Work) -> Outcome:
    """What an executor runs: it takes and gives plain data only."""
    from waveplan.planning.options import Watching

    inventory, files = work
    return solve_checked(inventory, files=files, options=options, watching=Watching(stop=stop_here()))


def _work(scenario: ScenarioCase) -> tuple[Inventory, tuple[InventoryFile, ...]]:
    inventory = scenario.validation.inventory
    assert inventory is not None  # one without errors was read
    return inventory, scenario.validation.loaded.files


def _without(scenario: ScenarioCase, status: PlanStatus, findings: Sequence[Finding] = ()) -> ScenarioResult:
    return ScenarioResult(scenario, Compared(scenario.id, scenario.name, status, findings=tuple(findings)))


def _result(scenario: ScenarioCase, outcome: Outcome) -> ScenarioResult:
    outcome = located(outcome, scenario.validation)
    if outcome.plan is None:
        status: PlanStatus = "interrupted" if outcome.interrupted else outcome.status
        return replace(_without(scenario, status, outcome.findings), interrupted=outcome.interrupted)
    from waveplan.assessment import inventory_figures, plan_figures

    inventory, _ = _work(scenario)
    figures = plan_figures(outcome.plan), inventory_figures(outcome.plan, inventory)
    column = Compared(scenario.id, scenario.name, "planned", *figures, findings=outcome.findings)
    return ScenarioResult(scenario, column, outcome.plan, outcome.interrupted)


def compare(plans: Iterable[tuple[str, Plan]]) -> Comparison:
    """Finished plans side by side, each under its name, by what the plans themselves say."""
    from waveplan.assessment import plan_figures

    return Comparison(tuple(Compared(name, None, "planned", plan_figures(plan)) for name, plan in plans))
