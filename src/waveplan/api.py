"""The use cases behind the command line, for programs: nothing here prints, exits or reads the clock.

Each import stands where it is needed, so that a check never loads the solver.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, BinaryIO

from waveplan.domain.findings import Finding, has_errors
from waveplan.errors import InternalError, UnreadableInputError

if TYPE_CHECKING:
    from waveplan.checking import CheckResult
    from waveplan.dependency_graph import DependencyGraph, Impact
    from waveplan.domain.compliance import Compliance
    from waveplan.domain.diagnosis import Clash, Diagnosis, InventoryEdit, WayOut
    from waveplan.domain.differences import PlanDifference
    from waveplan.domain.history import History
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.json_schema import Document
    from waveplan.domain.plan import InventoryFile, Plan
    from waveplan.domain.standing import Done
    from waveplan.loading import LoadedActuals, LoadedInventory, LoadedPlan, SourceMap
    from waveplan.lot_cuts import LotCuts
    from waveplan.lots import Lots
    from waveplan.planning.options import OnProgress, Outcome, SolveOptions
    from waveplan.review import Context
    from waveplan.workload import Per, Workload


@dataclass(frozen=True, slots=True)
class Validation:
    """An inventory and everything there is to say about it, each finding with its place, in reading order."""

    loaded: LoadedInventory
    findings: tuple[Finding, ...]

    @property
    def inventory(self) -> Inventory | None:
        """The inventory, unless errors kept it from being read."""
        return self.loaded.inventory

    @property
    def has_errors(self) -> bool:
        """Whether it cannot be planned as it stands."""
        return has_errors(self.findings)


def load(source: str, *, max_bytes: int | None = None, stdin: BinaryIO | None = None) -> LoadedInventory:
    """Read an inventory from a file, a folder or (`-`) a stream.

    Raises UnreadableInputError when there is nothing to read; everything else is in its findings.
    """
    from waveplan.loading import load_inventory

    _refuse_nameless(source)
    limit: dict[str, Any] = {} if max_bytes is None else {"max_bytes": max_bytes}
    return load_inventory(source, stdin=stdin, **limit)


def _refuse_nameless(source: str) -> None:
    if not source:
        raise UnreadableInputError("the name of a file is empty")


def validate(
    source: str,
    *,
    ignore: Collection[str] = (),
    warn_as_error: bool = False,
    max_bytes: int | None = None,
    stdin: BinaryIO | None = None,
    foresee: bool = False,
) -> Validation:
    """Read an inventory and say everything about it: what cannot be read, what cannot be planned, what is unwise.

    With `foresee`, also what is plain before any search: a lot without a slot, demand above all capacity; a solve finds
    that out itself. Left out is what the inventory's own `ignore` accepts, and the codes in `ignore`. Raises
    UnreadableInputError when there is nothing to read.
    """
    loaded = load(source, max_bytes=max_bytes, stdin=stdin)
    return validated(loaded, ignore=ignore, warn_as_error=warn_as_error, foresee=foresee)


def validated(
    loaded: LoadedInventory, *, ignore: Collection[str] = (), warn_as_error: bool = False, foresee: bool = False
) -> Validation:
    """Everything there is to say about an inventory that was read."""
    from waveplan.domain.collector import collector_at_rest
    from waveplan.review import FORESEEN, REVIEWED, Context, review_of

    judged = REVIEWED | FORESEEN if foresee else REVIEWED
    if loaded.inventory is None:
        return Validation(loaded, _settled(loaded.findings, loaded, ignore, warn_as_error, judged))
    context = Context(loaded.inventory)
    with collector_at_rest():
        found = review_of(context)
        if foresee:
            found = (*found, *_foreseen(context, found))
    return Validation(loaded, _settled((*loaded.findings, *found), loaded, ignore, warn_as_error, judged))


_ABOUT_NO_LOT = frozenset({"WP108", "WP113", "WP114", "WP133"})  # errors in spite of which lots can be worked out


def _foreseen(context: Context, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What no search can mend, as far as it can be worked out beside the errors there are."""
    from waveplan.planning.foresight import foreseen
    from waveplan.review import Context, review

    if has_errors(found):
        named = {name for finding in found if finding.severity == "error" for name in finding.subjects}
        lots = [lot for lot in context.lots if lot.id in named or not named.isdisjoint(item.id for item in lot.items)]
        left_out = {str(item.id) for lot in lots for item in lot.items}
        left = review(context.inventory, left_out) if left_out else found
        if any(each.severity == "error" and each.code not in _ABOUT_NO_LOT for each in left):
            return ()
        context = Context(context.inventory, left_out)
        # What is left out would make waves of its own: how many there can be is not known.
        return tuple(each for each in foreseen(context.lots, context.calendar) if each.code != "WP221")
    return foreseen(context.lots, context.calendar)


def _settled(
    findings: Collection[Finding],
    loaded: LoadedInventory,
    ignore: Collection[str],
    warn_as_error: bool,
    judged: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Findings less what is accepted, each with its place, in reading order."""
    accepted = loaded.inventory.ignore if loaded.inventory is not None else ()
    if accepted or ignore or warn_as_error:
        from waveplan.review import apply_ignores

        findings = apply_ignores(findings, accepted, ignore, warn_as_error, judged)
    return tuple(sorted(_located(findings, loaded), key=lambda finding: finding.sort_key))


def lots(inventory: Inventory) -> Lots:
    """What must cut over together, and why."""
    from waveplan.domain.items import Items
    from waveplan.lots import form_lots

    return form_lots(Items(inventory))


def suggest_cuts(lots: Lots) -> list[LotCuts]:
    """For each lot that is over a limit of lots, or of every wave: the cheapest ties to relax, and what it becomes."""
    from waveplan.lot_cuts import suggest_cuts as suggest

    return suggest(lots)


def graph(inventory: Inventory) -> DependencyGraph:
    """Who depends on whom."""
    from waveplan.dependency_graph import DependencyGraph
    from waveplan.domain.items import Items

    return DependencyGraph(Items(inventory))


def impact(inventory: Inventory, subject: str) -> Impact:
    """Everything that an application, service, server, site, team or link touches.

    Raises UsageError when nothing has that id.
    """
    from waveplan.dependency_graph import DependencyGraph
    from waveplan.dependency_graph import impact as find_impact
    from waveplan.domain.items import Items
    from waveplan.lots import form_lots

    items = Items(inventory)
    lot_of = {str(item.id): str(lot.id) for lot in form_lots(items) for item in lot.items}
    return find_impact(DependencyGraph(items), subject, lot_of)


def solve(
    validation: Validation,
    *,
    options: SolveOptions | None = None,
    baseline: Plan | None = None,
    on_progress: OnProgress | None = None,
    stop: threading.Event | None = None,
    allow_unplanned: bool = False,
) -> Outcome:
    """Plan a validated inventory; the plan has passed the independent check.

    Setting `stop` ends the search, keeping the best plan so far. With `allow_unplanned`, lots that cannot be planned
    beside more critical ones are left out, and listed in the plan with reasons. Raises ValueError when the inventory
    has errors (with `allow_unplanned`, when it could not be read) and InternalError when the check refuses the plan.
    """
    inventory = validation.inventory
    if inventory is None or (validation.has_errors and not allow_unplanned):
        raise ValueError("an inventory with errors cannot be planned")
    asked: dict[str, Any] = {"files": validation.loaded.files, "options": options, "baseline": baseline}
    asked |= {"on_progress": on_progress, "stop": stop}
    outcome = (_solve_in_part if validation.has_errors else solve_checked)(inventory, **asked)
    if allow_unplanned and not validation.has_errors and outcome.plan is None and not outcome.interrupted:
        outcome = _solve_in_part(inventory, **asked)
    return located(outcome, validation)


def _solve_in_part(
    inventory: Inventory,
    *,
    files: tuple[InventoryFile, ...] = (),
    options: SolveOptions | None = None,
    baseline: Plan | None = None,
    on_progress: OnProgress | None = None,
    stop: threading.Event | None = None,
) -> Outcome:
    """Plan what can be planned, the most critical lots first, and list the others."""
    from waveplan import planning
    from waveplan.planning.diagnosis import Judges, most_planned
    from waveplan.planning.options import Outcome, SolveOptions

    chosen, halt = options or SolveOptions(), stop or threading.Event()
    judges = Judges(errors=errors_of, accepts=_accepts)
    parting = most_planned(inventory, judges, options=chosen, on_progress=on_progress or (lambda _: None), stop=halt)
    if parting is None:
        return Outcome("infeasible", findings=errors_of(inventory))
    outcome = planning.solve(
        inventory,
        options=chosen,
        baseline=baseline,
        files=files,
        on_progress=on_progress,
        stop=halt,
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
    on_progress: OnProgress | None = None,
    stop: threading.Event | None = None,
) -> Outcome:
    """Plan an inventory without errors; the plan has passed the independent check, the findings have no places yet.

    Raises InternalError when the check refuses the plan.
    """
    from waveplan import planning
    from waveplan.planning.options import SolveOptions

    outcome = planning.solve(
        inventory,
        options=options or SolveOptions(),
        baseline=baseline,
        files=files,
        on_progress=on_progress,
        stop=stop or threading.Event(),
    )
    if outcome.plan is not None:
        refuse_wrong(outcome.plan, inventory)
    return outcome


def diagnose(
    validation: Validation,
    *,
    options: SolveOptions | None = None,
    on_progress: OnProgress | None = None,
    stop: threading.Event | None = None,
) -> Diagnosis | None:
    """Why an inventory has no plan: facts that clash, each with its place, and checked ways out, cheapest first.

    None when the inventory could not be read, or when what is wrong is not a matter of facts that could give.
    """
    from waveplan.planning.diagnosis import Judges
    from waveplan.planning.diagnosis import diagnose as find
    from waveplan.planning.options import SolveOptions

    if validation.inventory is None:
        return None
    sources = validation.loaded.sources
    found = find(
        validation.inventory,
        Judges(errors=errors_of, accepts=_accepts),
        options=options or SolveOptions(),
        stands=lambda path: sources.written(path) is not None,
        on_progress=on_progress or (lambda _: None),
        stop=stop or threading.Event(),
    )
    return None if found is None else _placed(found, sources)


def errors_of(inventory: Inventory, left_out: Collection[str] = ()) -> tuple[Finding, ...]:
    """What keeps an inventory that could be read from being planned, less what it accepts itself.

    Items of `left_out` are treated as if it did not have them.
    """
    from waveplan.review import REVIEWED, apply_ignores, review

    found: Collection[Finding] = [finding for finding in review(inventory, left_out) if finding.severity == "error"]
    if inventory.ignore:
        found = apply_ignores(found, inventory.ignore, (), False, REVIEWED)
    return tuple(finding for finding in found if finding.severity == "error")


def _accepts(plan: Plan, inventory: Inventory) -> bool:
    from waveplan.checking import check as check_plan

    return not has_errors(check_plan(plan, inventory).findings)


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
    return replace(outcome, findings=_located(outcome.findings, validation.loaded))


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


def _located(findings: Iterable[Finding], loaded: LoadedInventory) -> tuple[Finding, ...]:
    return tuple(
        finding if finding.location is not None else finding.at(loaded.sources.locate(finding.path))
        for finding in findings
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the independent check says of a plan; `result` is None when plan or inventory could not be read."""

    loaded_plan: LoadedPlan
    loaded: LoadedInventory
    findings: tuple[Finding, ...]
    result: CheckResult | None = None
    loaded_actuals: LoadedActuals | None = None


def load_plan(source: str, *, stdin: BinaryIO | None = None) -> LoadedPlan:
    """Read a plan file. Raises UnreadableInputError when there is nothing to read."""
    from waveplan.loading import load_plan as read

    _refuse_nameless(source)
    return read(source, stdin=stdin)


def load_actuals(source: str, *, max_bytes: int | None = None, stdin: BinaryIO | None = None) -> LoadedActuals:
    """Read a file of actuals. Raises UnreadableInputError when there is nothing to read."""
    from waveplan.loading import load_actuals as read

    _refuse_nameless(source)
    limit: dict[str, Any] = {} if max_bytes is None else {"max_bytes": max_bytes}
    return read(source, stdin=stdin, **limit)


_SAID_OF_THE_PLAN = frozenset({"WP133"})  # residency: the plan rule WP339 says it with the wave


def check(
    plan: str,
    inventory: str,
    *,
    actuals: str | None = None,
    as_of: dt.date | None = None,
    ignore: Collection[str] = (),
    warn_as_error: bool = False,
    max_bytes: int | None = None,
    stdin: BinaryIO | None = None,
    allow_unplanned: bool = False,
) -> Verdict:
    """Decide independently of the solver whether a plan file is valid for an inventory, and the actuals beside them.

    With `allow_unplanned`, lots that the plan lists as unplanned may be missing from its waves. Actuals are looked at
    on the day `as_of`, which goes with them. Raises UnreadableInputError when one of the files cannot be read at all.
    """
    loaded_plan = load_plan(plan, stdin=stdin)
    loaded = load(inventory, max_bytes=max_bytes, stdin=stdin)
    loaded_actuals = None if actuals is None else load_actuals(actuals, stdin=stdin)
    findings = [*loaded_plan.findings, *loaded.findings]
    if loaded_actuals is not None:
        findings += judged(loaded_actuals, loaded_plan.plan, loaded.inventory, as_of)
    result = None
    strange = foreign(loaded_plan, loaded.inventory)
    if strange:
        findings = [*loaded_plan.findings, *loaded.findings, *strange]
    elif loaded_plan.plan is not None and loaded.inventory is not None:
        from waveplan.checking import check as check_plan
        from waveplan.checking import left_out_of
        from waveplan.domain.standing import NOTHING_DONE, done_of
        from waveplan.review import review

        # No plan is valid for an inventory that is not; warnings are `validate`'s to give.
        left_out = left_out_of(loaded_plan.plan, loaded.inventory) if allow_unplanned else frozenset[str]()
        history = _history(loaded_actuals, loaded_plan.plan, as_of)
        done = NOTHING_DONE if history is None else done_of(history, loaded_plan.plan)
        errors = (finding for finding in review(loaded.inventory, left_out) if finding.severity == "error")
        wrong = still_wrong(errors, loaded.inventory, done, left_out)
        findings += [finding for finding in wrong if finding.code not in _SAID_OF_THE_PLAN]
        turned_out = _turned_out(loaded.inventory, history)
        result = check_plan(
            loaded_plan.plan,
            turned_out,
            allow_unplanned=allow_unplanned,
            files=loaded.files,
            done=done,
            promised=loaded.inventory.external_milestones,
        )
        findings += [
            finding.at(loaded_plan.sources.locate(finding.path)) if finding.document == "plan" else finding
            for finding in (*result.findings, *result.past)
        ]
    settled = _settled(findings, loaded, ignore, warn_as_error)
    return Verdict(loaded_plan, loaded, settled, result, loaded_actuals)


def foreign(loaded: LoadedPlan, inventory: Inventory | None) -> tuple[Finding, ...]:
    """The finding that a plan is another programme's than an inventory: then there is nothing else to say."""
    from waveplan.checking.belonging import of_another_programme

    if loaded.plan is None or inventory is None:
        return ()
    found = of_another_programme(loaded.plan, inventory)
    return () if found is None else (found.at(loaded.sources.locate(found.path)),)


def foreign_to(before: Plan, after: Plan) -> Finding | None:
    """The finding that two plans are of two programmes, which nothing could move between."""
    from waveplan.checking.belonging import of_two_programmes

    return of_two_programmes(before, after)


def _history(loaded: LoadedActuals | None, plan: Plan, as_of: dt.date | None) -> History | None:
    from waveplan.domain.history import History

    return None if loaded is None or loaded.actuals is None else History(loaded.actuals, plan, as_of)


def _turned_out(inventory: Inventory, history: History | None) -> Inventory:
    """The inventory with what the actuals say of milestones and acceptances."""
    if history is None:
        return inventory
    from waveplan.tracking import turned_out

    return turned_out(inventory, history)


def still_wrong(
    errors: Iterable[Finding], inventory: Inventory, done: Done, left_out: Collection[str] = ()
) -> list[Finding]:
    """Errors of an inventory less those that are about what is done: that need not be planned any more."""
    found = list(errors)
    if not found or not done.waves:
        return found
    from waveplan.review import review

    without = review(inventory, frozenset(left_out) | frozenset(done.waves))
    left = {(finding.code, finding.path): finding for finding in without if finding.severity == "error"}
    kept = [finding for finding in found if (finding.code, finding.path) in left]
    told, codes = {(each.code, each.path) for each in kept}, {finding.code for finding in found}
    return [*kept, *(each for key, each in left.items() if key not in told and each.code in codes)]


def judged(
    loaded: LoadedActuals, plan: Plan | None, inventory: Inventory | None, as_of: dt.date | None
) -> list[Finding]:
    """Everything there is to say about actuals that were read, on a day, each finding with its place.

    Without a plan only what reading found; without an inventory, teams and items are not looked up. Raises ValueError
    without a day.
    """
    if as_of is None:
        raise ValueError("actuals are looked at on a day")
    if loaded.actuals is None or plan is None:
        return list(loaded.findings)
    from waveplan.tracking import judge

    found = judge(loaded.actuals, plan, inventory, as_of)
    return [*loaded.findings, *(finding.at(loaded.sources.locate(finding.path)) for finding in found)]


def workload(plan: Plan, *, per: Per = "month", team: str | None = None) -> Workload:
    """The common workload plan: person-days by organisation, team and month or week, load against capacity."""
    from waveplan.workload import workload as add_up

    return add_up(plan, per, team)


def compliance(inventory: Inventory, plan: Plan) -> Compliance:
    """Where personal data stand before and after, what is purged and acknowledged, what runs out of support."""
    from waveplan.assessment.compliance import compliance as assess

    return assess(inventory, plan)


def diff(before: Plan, after: Plan) -> PlanDifference:
    """What moved from one plan to another: lots, waves, gates, milestones, loads, goals."""
    from waveplan.assessment.differing import plan_difference

    return plan_difference(before, after)


def schema(document: Document, *, part: bool = False) -> str:
    """The JSON Schema of one of the files (with `part`, of one file of an inventory that is a folder), as text."""
    from pathlib import Path

    name = f"{document}-part" if part and document == "inventory" else document
    return (Path(__file__).parent / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
