"""The independent check: whether a plan is valid, worked out from the inventory by code of its own.

It shares with the planner only the domain and the calendar. Both are given an inventory whose validation found no
errors; a plan may hold anything that its file format allows: what is wrong with it is a finding, never an exception.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from waveplan.checking.facts import Facts
from waveplan.checking.origin import check_origin
from waveplan.checking.registry import RULES, STRUCTURE, Rule
from waveplan.checking.restating import restate
from waveplan.checking.rules.stated_figures import check_stated_facts, check_stated_figures
from waveplan.checking.rules.stated_proofs import check_stated_proofs
from waveplan.checking.unplanned import unplanned_lots
from waveplan.domain.findings import Finding
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import InventoryFile, Metrics, Plan

__all__ = ["RULES", "CheckResult", "Rule", "check", "left_out_of", "restate"]


def left_out_of(plan: Plan, inventory: Inventory) -> frozenset[str]:
    """Items of the lots that a plan lists as unplanned, where it may leave them out."""
    return unplanned_lots(plan, inventory).items


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What the check found, in the order of the rules' codes, and the goals' values as the check works them out."""

    findings: tuple[Finding, ...]
    metrics: Metrics


def check(
    plan: Plan, inventory: Inventory, *, allow_unplanned: bool = False, files: Sequence[InventoryFile] = ()
) -> CheckResult:
    """Judge a plan against its inventory: a finding for each violated rule, one for stated figures, all metrics.

    With `allow_unplanned`, lots that the plan lists as unplanned may be in no wave, if nothing that is planned has to
    wait for them. While items, lots or slots are wrong, stated figures are not compared: they differ for that reason
    alone. Facts that plan and inventory both state, and what the plan says of its proofs, always
    are; so is where it came from, with the `files` of the inventory.
    """
    facts = Facts(plan, inventory, allow_unplanned=allow_unplanned)
    findings = [finding for rule in RULES.values() for finding in rule(facts)]
    whole = not any(finding.code in STRUCTURE for finding in findings)
    if whole:
        findings.extend(check_stated_figures(facts))
    findings.extend(check_stated_facts(facts, with_ties=whole))
    findings.extend(check_stated_proofs(facts))
    findings.extend(check_origin(plan, files))
    return CheckResult(tuple(findings), facts.goals.as_metrics())
