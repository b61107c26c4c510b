"""The engine against every plan there is: no valid plan is missed, none is better than what is called optimal.

Which plans are valid is the checker's word, so this holds the two apart implementations of every hard rule equal too.
`WAVEPLAN_SEEDS=500` tries more inventories.
"""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from support.enumeration import lacks_people_to_retire, valid_datings
from support.plans import every_plan, value_of
from support.seeds import count, few_at_once
from support.small_adoption import small_adoption
from support.small_batches import small_batches
from support.small_gaps import small_gaps
from support.small_inventories import small_inventory
from support.small_links import small_links
from support.small_retirements import small_retirements
from support.small_transitions import small_transition
from support.small_zones import small_zones
from support.solver import search_accepts, solver_accepts

from waveplan.checking import check
from waveplan.domain.findings import has_errors
from waveplan.domain.inventory import Inventory
from waveplan.planning import SolveOptions, solve
from waveplan.review import review

SEEDS = count(60)
MOST_PLANS = 700
OPTIONS = SolveOptions(deterministic_limit=30.0, workers=1)


DRAWS = {
    "plain": small_inventory,
    "transition": small_transition,
    "zones": small_zones,
    "gaps": small_gaps,
    "retirements": small_retirements,
    "batches": small_batches,
    "links": small_links,
    "adoption": small_adoption,
}


def drawn(kind: str, seed: int) -> Inventory:
    return DRAWS[kind](random.Random(seed))


ONCE_WRONG = Path(__file__).parent / "once_wrong"  # a lost optimum, a slot that only another stream could not use
NARROW = {
    "zones",
    "gaps",
    "batches",
    "links",
    "adoption",
}  # draws of one family of rules: a twelfth of the seeds shows enough of it


def draws(*, step: int = 1) -> pytest.MarkDecorator:
    """A test of all draws, each with its seeds."""
    cases = [(seed, kind) for kind in DRAWS if kind not in NARROW for seed in range(0, SEEDS, step)]
    cases += [(seed, kind) for kind in DRAWS if kind in NARROW for seed in range(0, -(-SEEDS // 12), step)]
    return pytest.mark.parametrize(("seed", "kind"), few_at_once(cases, 7, slow_in=5))


@draws()
def test_nothing_valid_is_missed_and_nothing_better_exists(seed: int, kind: str) -> None:
    nothing_is_missed(drawn(kind, seed))


@pytest.mark.parametrize("name", sorted(file.stem for file in ONCE_WRONG.glob("*.yaml")))
def test_what_once_was_wrong_is_right(name: str) -> None:
    text = (ONCE_WRONG / f"{name}.yaml").read_text(encoding="utf-8")
    nothing_is_missed(Inventory.model_validate(yaml.load(text, Loader=yaml.CBaseLoader)))


def nothing_is_missed(inventory: Inventory) -> None:
    """No valid plan is missed, and none is better than the one that is called optimal."""
    plans = None if has_errors(review(inventory)) else every_plan(inventory, MOST_PLANS)
    if plans is None:
        return
    goal = inventory.objective.goals[0].goal
    valid = [each for _, plan in plans for each in valid_datings(plan, inventory, goal)]
    outcome = solve(inventory, options=OPTIONS)
    assert (outcome.status == "planned") == bool(valid), f"{len(valid)} of {len(plans)} plans are valid"
    if outcome.plan is None:
        assert outcome.status == "infeasible"
        return
    assert not check(outcome.plan, inventory).findings
    best = min(value_of(plan, goal, inventory) for plan in valid)
    record = outcome.plan.solve.goals[0]
    assert record.bound is not None
    assert round(record.bound, 4) <= best
    assert record.status == "optimal"
    assert abs(value_of(outcome.plan, goal, inventory) - best) <= Decimal("0.0001")


@draws(step=4)
def test_solver_and_checker_judge_single_plans_alike(seed: int, kind: str) -> None:
    inventory = drawn(kind, seed)
    plans = None if has_errors(review(inventory)) else every_plan(inventory, MOST_PLANS)
    for placed, plan in random.Random(seed).sample(plans, min(6, len(plans))) if plans else ():
        findings = check(plan, inventory).findings
        if any(lacks_people_to_retire(finding) for finding in findings):
            continue  # another day may do
        codes = sorted({finding.code for finding in findings})
        assert solver_accepts(inventory, placed) == (not codes), (placed, codes)


@draws()
def test_search_and_checker_judge_single_plans_alike(seed: int, kind: str) -> None:
    inventory = drawn(kind, seed)
    plans = None if has_errors(review(inventory)) else every_plan(inventory, MOST_PLANS)
    for placed, plan in random.Random(seed).sample(plans, min(40, len(plans))) if plans else ():
        findings = check(plan, inventory).findings
        if any(lacks_people_to_retire(finding) for finding in findings):
            continue  # another day may do
        codes = sorted({finding.code for finding in findings})
        assert search_accepts(inventory, placed) == (not codes), (placed, codes)
