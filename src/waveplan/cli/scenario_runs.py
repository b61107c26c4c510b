"""What `waveplan scenarios` does: read, solve one scenario after the other, write the plans, show the table."""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from waveplan.cli import exit_codes
from waveplan.cli.comparing import show_comparison
from waveplan.cli.findings import show_beside
from waveplan.cli.inventories import max_bytes
from waveplan.cli.options import SearchOptions
from waveplan.cli.output_files import prepare_folder, write_whole
from waveplan.cli.session import Session
from waveplan.cli.streams import standard_input
from waveplan.cli.watching import displayed, watched
from waveplan.domain.figures import Comparison, PlanStatus
from waveplan.domain.findings import Finding
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.domain.solve_record import InventoryFile
from waveplan.errors import UsageError
from waveplan.usecases.scenarios import ScenarioCase, ScenarioResult, Scenarios, load_scenarios, solve_scenarios

if TYPE_CHECKING:
    from waveplan.cli.requests import ScenariosRequest
    from waveplan.executors import Shard, Where
    from waveplan.planning.options import SolveOptions

CODES: dict[PlanStatus, int] = {
    "planned": exit_codes.CLEAN,
    "findings": exit_codes.FINDINGS,
    "infeasible": exit_codes.INFEASIBLE,
    "unknown": exit_codes.NO_PLAN,
    "interrupted": exit_codes.INTERRUPTED,
}


def run(request: ScenariosRequest, session: Session) -> int:
    """Solve all scenarios of a file and show them; returns the exit code."""
    where, shard = request.spread.where(), request.spread.share()
    options = _options(request)
    if shard is not None and request.output is not None:
        raise UsageError("--shard writes its share to standard output; `waveplan merge -o` writes the plans")
    scenarios = load_scenarios(request.file, max_bytes=max_bytes(request.max_size), stdin=standard_input())
    if scenarios.language is not None:
        session = session.speaking(scenarios.language)
    _refuse_output(request, scenarios)
    show_beside(session, scenarios.findings)
    _tell_findings(session, ((each, _told(each.validation.findings, session)) for each in scenarios.scenarios))
    if scenarios.has_errors:
        return exit_codes.FINDINGS
    work = {} if shard is None else _work_of(scenarios, options)
    if shard is not None:
        scenarios = replace(scenarios, scenarios=tuple(shard.share(scenarios.scenarios)))
    results = _solved(scenarios, options, where, session)
    if shard is not None:
        return _hand_over_share(results, work, shard, session)
    for each in results:
        if each.started_from is not None:
            values = {"id": each.scenario.id, "other": each.started_from}
            session.note(session.say("Scenario {id} starts from the plan of {other}: it keeps its rules too", **values))
    _tell_findings(session, ((each.scenario, each.findings) for each in results if each.column.status != "findings"))
    _hand_over(results, request, session)
    show_comparison(Comparison(tuple(each.column for each in results)), session, as_json=request.as_json)
    if any(each.interrupted for each in results):
        session.tell(session.say("Interrupted: these are the best plans found so far."))
        return exit_codes.INTERRUPTED
    return max(CODES[each.column.status] for each in results)


def _options(request: ScenariosRequest) -> SolveOptions:
    """Where they are solved side by side, each has one thread unless more are asked for."""
    spread = request.spread
    side_by_side = spread.workers is not None or spread.dask is not None
    threads = 1 if request.threads is None and side_by_side else request.threads
    return SearchOptions(request.seed, threads, request.reproducible).options(request.time_limit)


def _work_of(scenarios: Scenarios, options: SolveOptions) -> dict[str, str]:
    """What all shares have in common: every scenario's whole inventory, and how they are solved."""
    from waveplan.usecases.shares import fingerprint

    inventories = [(each.id, each.validation.inventory) for each in scenarios.scenarios]
    texts = [f"{name} {'' if inventory is None else inventory.model_dump_json()}" for name, inventory in inventories]
    return {"work": fingerprint([*texts, repr(options)])}


def _hand_over_share(results: Iterable[ScenarioResult], work: Mapping[str, str], shard: Shard, session: Session) -> int:
    from waveplan.usecases.scenario_results import SolvedScenario
    from waveplan.usecases.shares import ShareFile, share_text

    found = tuple(SolvedScenario(each.column, each.plan, each.interrupted) for each in results)
    session.result(share_text(ShareFile("scenarios", work, shard, found)))
    return exit_codes.INTERRUPTED if any(each.interrupted for each in found) else exit_codes.CLEAN


def _told(findings: Iterable[Finding], session: Session) -> tuple[Finding, ...]:
    """Errors; with --verbose warnings too."""
    return tuple(finding for finding in findings if session.verbose or finding.severity == "error")


def _tell_findings(session: Session, told: Iterable[tuple[ScenarioCase, tuple[Finding, ...]]]) -> None:
    """What is said of several scenarios in the same words at the same place is said once."""
    bearers: dict[tuple[object, ...], tuple[Finding, list[str]]] = {}
    for scenario, findings in told:
        for finding in findings:
            bearers.setdefault(finding.sort_key, (finding, []))[1].append(scenario.id)
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding, names in bearers.values():
        groups.setdefault(tuple(names), []).append(finding)
    for group, together in groups.items():
        session.tell(session.say("In scenario {names}:", names=list(group)))
        show_beside(session, together)


def _refuse_output(request: ScenariosRequest, scenarios: Scenarios) -> None:
    """Before any work: a folder that cannot be written, or whose files would be read as the inventory's."""
    if request.output is None:
        return
    if scenarios.inventory is not None:
        output, inventory = Path(request.output).resolve(), Path(scenarios.inventory).resolve()
        if inventory.is_dir() and inventory in (output, *output.parents):
            raise UsageError("{name} lies in the inventory's folder: name a folder outside of it", name=request.output)
    prepare_folder(request.output)


def _solved(scenarios: Scenarios, options: SolveOptions, where: Where, session: Session) -> list[ScenarioResult]:
    """Each in its turn: said which one runs; in this process, its progress on a display of its own."""
    from waveplan.executors import opened
    from waveplan.planning.options import Watching

    count, watches = len(scenarios.scenarios), []
    with opened(where) as executor, watched(session, silent=True) as watching, ExitStack() as shown:

        def begin(scenario: ScenarioCase, number: int) -> None:
            shown.close()
            values = {"id": scenario.id, "number": number, "count": count}
            session.note(session.say("Scenario {id} ({number} of {count})", **values))
            if executor is None:
                watches.append(shown.enter_context(displayed(session, watching.stop)))

        # each scenario has its limit for itself: it counts from its own beginning
        tell = Watching().tell if session.quiet else lambda progress: watches[-1].show(progress)
        watching = Watching(tell, watching.stop)
        on_scenario = None if session.quiet else begin
        return list(
            solve_scenarios(scenarios, options=options, executor=executor, on_scenario=on_scenario, watching=watching)
        )


def _hand_over(results: Iterable[ScenarioResult], request: ScenariosRequest, session: Session) -> None:
    """Write each plan, and the inventory that it is of: what `check`, `replan` and `report` go on with."""
    if request.output is None:
        return
    from waveplan.export.plan_yaml import dump_plan
    from waveplan.export.tree_yaml import dump_tree

    for result in results:
        if result.plan is not None:
            name = result.scenario.id
            plan, inventory = (str(Path(request.output) / f"{name}.{kind}.yaml") for kind in ("plan", "inventory"))
            whole = dump_tree(_in_order(result.scenario))
            write_whole(plan, dump_plan(_of_one_file(result.plan, inventory, whole)))
            write_whole(inventory, whole)
            session.note(session.say("Written: {file}", file=plan))
            command = f"waveplan check {shlex.quote(plan)} {shlex.quote(inventory)}"
            session.note(session.say("Next: {command}", command=command))


def _of_one_file(plan: Plan, name: str, text: str) -> Plan:
    """The plan as one of the inventory that is written beside it, which holds what the overlays changed."""
    file = InventoryFile(file=Path(name).name, sha256=hashlib.sha256(text.encode()).hexdigest())
    return plan.model_copy(update={"inventory": [file]})


def _in_order(scenario: ScenarioCase) -> dict[str, Any]:
    """A scenario's whole inventory as it was read, its sections in the order of the format."""
    root = scenario.validation.loaded.sources.root
    return {key: root[key] for key in Inventory.model_fields if key in root} if isinstance(root, dict) else {}
