"""Planning an inventory, and why it has no plan; every plan has passed the independent check."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from waveplan.domain.findings import Finding, has_errors
from waveplan.errors import InternalError
from waveplan.usecases.validate import Validation, errors_of, with_places

if TYPE_CHECKING:
    from waveplan.domain.diagnosis import Clash, Diagnosis, InventoryEdit, WayOut
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan
    from waveplan.domain.solve_record import InventoryFile
    from waveplan.domain.standing import Done
    from waveplan.loading import SourceMap
    from waveplan.planning.options import Outcome, SolveOptions, Watching


def solve(
    validation: Validation,
    *,
    options: SolveOptions | None = None,
    baseline: Plan | None = None,
    watching: Watching | None = None,
    allow_unplanned: bool = False,
) -> Outcome:
    """Plan a validated inventory; the plan has passed the independent check.

    With `allow_unplanned`, lots that cannot be planned
    beside more critical ones are left out, and listed in the plan with reasons. Raises ValueError when the inventory
    has errors (with `allow_unplanned`, when it could not be read) and InternalError when the check refuses the plan.
    """
    inventory = validation.inventory
    if inventory is None or (validation.has_errors and not allow_unplanned):
        raise ValueError("an inventory with errors cannot be planned")

    def planned(in_part: bool) -> Outcome:
        way = _solve_in_part if in_part else solve_checked
        files = validation.loaded.files
        return way(inventory, files=files, options=options, baseline=baseline, watching=watching)

    outcome = planned(in_part=validation.has_errors)
    if allow_unplanned and not validation.has_errors and outcome.plan is None and not outcome.interrupted:
        outcome = planned(in_part=True)
    return located(outcome, validation)


def _solve_in_part(
    inventory: Inventory,
    *,
    files: tuple[InventoryFile, ...] = (),
    options: SolveOptions | None = None,
    baseline: Plan | None = None,
    watching: Watching | None = None,
) -> Outcome:
    """Plan what can be planned, the most critical lots first, and list the others."""
    from waveplan import planning
    from waveplan.planning.diagnosis import Judges, most_planned
    from waveplan.planning.options import Outcome, SolveOptions, Watching

    chosen, watching = options or SolveOptions(), watching or Watching()
    parting = most_planned(inventory, Judges(errors_of, _broken_by), options=chosen, watching=watching)
    if parting is None:
        return Outcome("infeasible", findings=errors_of(inventory))
    outcome = planning.solve(
        inventory,
        options=chosen,
        baseline=baseline,
        files=files,
        watching=watching,
        left_out=parting.items,
    )
    if outcome.plan is None:
        return outcome
    plan = parting.listed(outcome.plan)
    refuse_wrong(plan, inventory, allow_unplanned=True)
    return replace(outcome, plan=plan)


def solve_checked(
    inventory: Inventory,
    *,
    files: tuple[InventoryFile, ...] = (),
    options: SolveOptions | None = None,
    baseline: Plan | None = None,
    watching: Watching | None = None,
) -> Outcome:
    """Plan an inventory without errors; the plan has passed the independent check, the findings have no places yet.

    Raises InternalError when the check refuses the plan.
    """
    from waveplan import planning

    def judge(plan: Plan, look: Callable[[], None]) -> bool:
        from waveplan.checking import check as check_plan

        return not has_errors(check_plan(plan, inventory, between=look).findings)

    outcome = planning.solve(inventory, options=options, baseline=baseline, files=files, watching=watching, judge=judge)
    if outcome.plan is not None and not outcome.checked:
        refuse_wrong(outcome.plan, inventory)
    return outcome


def diagnose(
    validation: Validation,
    *,
    options: SolveOptions | None = None,
    watching: Watching | None = None,
) -> Diagnosis | None:
    """Why an inventory has no plan: facts that clash, each with its place, and checked ways out, cheapest first.

    None when the inventory could not be read, or when what is wrong is not a matter of facts that could give.
    """
    from waveplan.planning.diagnosis import Judges
    from waveplan.planning.diagnosis import diagnose as find
    from waveplan.planning.options import SolveOptions, Watching

    if validation.inventory is None:
        return None
    sources = validation.loaded.sources
    found = find(
        validation.inventory,
        Judges(errors=errors_of, findings=_broken_by),
        options=options or SolveOptions(),
        stands=lambda path: sources.written(path) is not None,
        watching=watching or Watching(),
    )
    return None if found is None else _placed(found, sources)


def _broken_by(plan: Plan, inventory: Inventory) -> tuple[Finding, ...]:
    from waveplan.checking import check as check_plan

    return check_plan(plan, inventory).findings


def _placed(found: Diagnosis, sources: SourceMap) -> Diagnosis:
    """The same, each fact and each edit with its place, paths as the text has them."""

    def ways(given: Iterable[WayOut]) -> tuple[WayOut, ...]:
        return tuple(replace(way, edits=tuple(_in_text(edit, sources) for edit in way.edits)) for way in given)

    def placed(clash: Clash) -> Clash:
        facts = tuple(replace(fact, location=sources.locate(fact.path)) for fact in clash.facts)
        return replace(clash, facts=facts, ways_out=ways(clash.ways_out))

    return replace(found, clashes=tuple(map(placed, found.clashes)), ways_out=ways(found.ways_out))


def _in_text(edit: InventoryEdit, sources: SourceMap) -> InventoryEdit:
    path = sources.written(edit.path)
    if path is None:  # a new key of something that is there
        path = (*(sources.written(edit.path[:-1]) or edit.path[:-1]), edit.path[-1])
    return replace(edit, path=path, location=sources.locate(path), spoken=sources.spoken(path))


def located(outcome: Outcome, validation: Validation) -> Outcome:
    """The same outcome, each finding with its place in the inventory's files."""
    return replace(outcome, findings=with_places(outcome.findings, validation.loaded))


def refuse_wrong(
    plan: Plan, inventory: Inventory, done: Done | None = None, *, allow_unplanned: bool = False
) -> tuple[Finding, ...]:
    """Raise InternalError when the check refuses a plan; violations of what is `done` are returned."""
    from waveplan.checking import check as check_plan
    from waveplan.domain.standing import NOTHING_DONE

    result = check_plan(plan, inventory, allow_unplanned=allow_unplanned, done=done or NOTHING_DONE)
    wrong = [finding for finding in result.findings if finding.severity == "error"]
    if wrong:
        shown = "; ".join(f"{finding.code} {finding.message}" for finding in wrong[:5])
        raise InternalError(f"the plan that was found does not pass its check ({len(wrong)} findings): {shown}")
    return result.past
