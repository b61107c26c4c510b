"""The independent check: whether a plan is valid, worked out from the inventory by code of its own.

It shares with the planner only the domain and the calendar. Both are given an inventory whose validation found no
errors; a plan may hold anything that its file format allows: what is wrong with it is a finding, never an exception.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from waveplan.checking.belonging import check_origin
from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import HardRule, Search
from waveplan.checking.past import of_the_past
from waveplan.checking.refreshing import stated_anew
from waveplan.checking.registry import RULES, STRUCTURE
from waveplan.checking.restating import restate
from waveplan.checking.rules.stated_certificates import check_stated_certificates
from waveplan.checking.rules.stated_figures import check_stated_facts, check_stated_figures
from waveplan.checking.rules.stated_proofs import check_stated_proofs
from waveplan.checking.unplanned import unplanned_lots
from waveplan.domain.commitments import ExternalMilestone
from waveplan.domain.findings import Finding
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Metrics, Plan
from waveplan.domain.solve_record import InventoryFile
from waveplan.domain.standing import NOTHING_DONE, Done

__all__ = ["RULES", "STRUCTURE", "CheckResult", "HardRule", "check", "left_out_of", "restate", "stated_anew"]


def left_out_of(plan: Plan, inventory: Inventory) -> frozenset[str]:
    """Items of the lots that a plan lists as unplanned, where it may leave them out."""
    return unplanned_lots(plan, inventory).items


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What the check found, in the order of the rules' codes, and the goals' values as the check works them out.

    `past` is what is wrong about waves that are done: warnings, as nothing can mend it.
    """

    findings: tuple[Finding, ...]
    metrics: Metrics
    past: tuple[Finding, ...] = ()


def check(
    plan: Plan,
    inventory: Inventory,
    *,
    allow_unplanned: bool = False,
    files: Sequence[InventoryFile] = (),
    done: Done = NOTHING_DONE,
    promised: Sequence[ExternalMilestone] = (),
    house: Sequence[Search] = (),
    between: Callable[[], None] = lambda: None,
) -> CheckResult:
    """Judge a plan against its inventory: a finding for each violated rule, one for stated figures, all metrics.

    With `allow_unplanned`, lots that the plan lists as unplanned may be in no wave, if nothing that is planned has to
    wait for them. What is `done` is a fact: it stands in the slots that it had, and what it violates is told apart.
    While items, lots or slots are wrong, stated figures are not compared: they differ for that reason alone. Facts
    that plan and inventory both state, and what the plan says of its proofs, always are; so is where it came from,
    with the `files` of the inventory. External milestones may be stated as they were `promised`, too.
    What rules of the `house` say comes after what those of the format do. Whoever may no longer need the answer says
    so by raising something when called `between` two rules.
    """
    rules: tuple[Search, ...] = (*RULES.values(), *house)
    facts = Facts(plan, inventory, allow_unplanned=allow_unplanned, done=done, promised=promised)
    past, findings = of_the_past(_searched(rules, facts, between), facts, facts.retiring)
    between()
    whole = not any(finding.code in STRUCTURE for finding in findings)
    stated = [
        *(check_stated_figures(facts) if whole else ()),
        *check_stated_facts(facts, with_ties=whole),
        *check_stated_proofs(facts),
        *check_stated_certificates(facts),
        *check_origin(plan, files),
    ]
    return CheckResult((*findings, *stated), facts.goals.as_metrics(), past)


def _searched(rules: Sequence[Search], facts: Facts, between: Callable[[], None]) -> Iterator[Finding]:
    for rule in rules:
        between()
        yield from rule(facts)
