"""Whether a plan is valid for an inventory, and actuals beside them; the solver has no part in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, BinaryIO

from waveplan.domain.findings import Finding
from waveplan.usecases.validate import load, refuse_nameless, settled, still_wrong

if TYPE_CHECKING:
    from waveplan.checking import CheckResult
    from waveplan.domain.commitments import ExternalMilestone
    from waveplan.domain.history import History
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan
    from waveplan.house import HouseRule
    from waveplan.loading import LoadedActuals, LoadedInventory, LoadedPlan


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

    refuse_nameless(source)
    return read(source, stdin=stdin)


def load_actuals(source: str, *, max_bytes: int | None = None, stdin: BinaryIO | None = None) -> LoadedActuals:
    """Read a file of actuals. Raises UnreadableInputError when there is nothing to read."""
    from waveplan.loading import load_actuals as read

    refuse_nameless(source)
    limit: dict[str, Any] = {} if max_bytes is None else {"max_bytes": max_bytes}
    return read(source, stdin=stdin, **limit)


_UNRECORDED = "WP404"
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
    house: Sequence[HouseRule] = (),
) -> Verdict:
    """Decide independently of the solver whether a plan file is valid for an inventory, and the actuals beside them.

    With `allow_unplanned`, lots that the plan lists as unplanned may be missing from its waves. Actuals are looked at
    on the day `as_of`, which goes with them. Rules of the `house` look at the same facts as those of the format. Raises
    UnreadableInputError when one of the files cannot be read at all.
    """
    return check_loaded(
        load_plan(plan, stdin=stdin),
        load(inventory, max_bytes=max_bytes, stdin=stdin),
        None if actuals is None else load_actuals(actuals, stdin=stdin),
        as_of=as_of,
        ignore=ignore,
        warn_as_error=warn_as_error,
        allow_unplanned=allow_unplanned,
        house=house,
    )


def check_loaded(
    loaded_plan: LoadedPlan,
    loaded: LoadedInventory,
    loaded_actuals: LoadedActuals | None = None,
    *,
    as_of: dt.date | None = None,
    ignore: Collection[str] = (),
    warn_as_error: bool = False,
    allow_unplanned: bool = False,
    house: Sequence[HouseRule] = (),
) -> Verdict:
    """The same for a plan, an inventory and actuals that were read."""
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
        turned_out = _turned_out(loaded.inventory, history, loaded_plan.plan)
        result = check_plan(
            loaded_plan.plan,
            turned_out,
            allow_unplanned=allow_unplanned,
            files=loaded.files,
            done=done,
            promised=_promised(loaded.inventory, history),
            house=house,
        )
        findings += [
            finding.at(loaded_plan.sources.locate(finding.path))
            if finding.document == "plan" and finding.location is None
            else finding
            for finding in (*result.findings, *result.past)
        ]
    told = settled(findings, loaded, ignore, warn_as_error)
    return Verdict(loaded_plan, loaded, told, result, loaded_actuals)


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


def _turned_out(inventory: Inventory, history: History | None, plan: Plan) -> Inventory:
    """The inventory with what the actuals say of milestones, acceptances and surveys."""
    if history is None:
        return inventory
    from waveplan.tracking import turned_out

    return turned_out(inventory, history, plan)


def _promised(inventory: Inventory, history: History | None) -> Sequence[ExternalMilestone]:
    """External milestones as plans may state them: as they were promised, then or later."""
    if history is None:
        return inventory.external_milestones
    from waveplan.tracking import promised_so_far

    return promised_so_far(inventory, history)


def unrecorded(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Past waves of which nothing is recorded: before it is known how they ended nothing can be planned on them."""
    return tuple(replace(finding, severity="error") for finding in findings if finding.code == _UNRECORDED)


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


def house_rules(files: Sequence[str] = ()) -> tuple[HouseRule, ...]:
    """Rules of installed packages and of files, which are run. Raises UnreadableInputError and UsageError."""
    from importlib.metadata import entry_points

    if not files and not entry_points(group="waveplan.rules"):
        return ()
    from waveplan.house import collect_rules

    return collect_rules(files)


def said_by_house(plan: Plan, inventory: Inventory, rules: Sequence[HouseRule]) -> tuple[Finding, ...]:
    """What each rule says of a plan that the check has accepted; lots that it lists as unplanned may be missing."""
    if not rules:
        return ()
    from waveplan.checking.facts import Facts

    facts = Facts(plan, inventory, allow_unplanned=True)
    return tuple(finding for rule in rules for finding in rule(facts))
