"""Every rule that limits an amount says by whom it is used: the holders' figures add up to what is used, always."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

import pytest
from support.cases import RuleCase, rule_cases
from support.plans import every_plan
from support.seeds import count
from support.small_batches import small_batches
from support.small_inventories import small_inventory
from support.small_retirements import small_retirements
from support.small_transitions import small_transition
from support.small_zones import small_zones

from waveplan.checking import check
from waveplan.domain.excess import Excess, Holder, sharing
from waveplan.domain.findings import Finding, has_errors
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.review import review

SEEDS = count(8)
LIMIT_AN_AMOUNT = {
    *("WP317", "WP318", "WP319", "WP321", "WP324", "WP326", "WP327", "WP328", "WP329", "WP330", "WP331", "WP349"),
    "WP352",
    "WP357",
}
DRAWS = {
    "plain": small_inventory,
    "transition": small_transition,
    "zones": small_zones,
    "retirements": small_retirements,
    "batches": small_batches,
}
CASES = tuple(case for case in rule_cases() if case.expect)


def adds_up(finding: Finding, plan: Plan) -> bool:
    """Whether a finding has an excess; if so, it is sound."""
    over = finding.excess
    assert (over is not None) == (finding.code in LIMIT_AN_AMOUNT) == ("used" in finding.values), finding.code
    if over is None:
        return False
    assert over.used > over.limit
    taken = sum((Fraction(holder.amount) for holder in over.holders), Fraction(0))
    assert taken == Fraction(over.used), finding.message
    assert abs(Fraction(str(finding.values["used"])) - Fraction(over.used)) <= Fraction(1, 200)
    lots = {lot.id: wave.id for wave in plan.waves for lot in wave.lots for lot in plan.lots if lot.id in wave.lots}
    for holder in over.holders:
        assert holder.amount > 0
        assert set(holder.lots) <= set(lots)
        assert holder.name in {*lots.values(), *finding.subjects} or finding.code == "WP324"
    assert list(over.holders) == sorted(over.holders, key=lambda each: (-each.amount, each.name, each.lots))
    return True


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}: {case.name}")
def test_what_the_holders_of_a_case_take_is_what_is_used(case: RuleCase) -> None:
    plan = case.plan()
    for finding in check(plan, case.inventory).findings:
        adds_up(finding, plan)


def test_every_rule_that_limits_an_amount_names_holders_in_some_case() -> None:
    findings = (each for case in CASES for each in check(case.plan(), case.inventory).findings)
    named = {each.code for each in findings if each.excess is not None}
    assert named == LIMIT_AN_AMOUNT


@pytest.mark.parametrize("kind", sorted(DRAWS))
def test_what_the_holders_of_drawn_plans_take_is_what_is_used(kind: str) -> None:
    seen = [
        finding.code
        for seed in range(SEEDS)
        for plan, inventory in _plans(DRAWS[kind](random.Random(seed)), seed)
        for finding in check(plan, inventory).findings
        if adds_up(finding, plan)
    ]
    assert len(seen) > 10
    assert len(set(seen)) > 1


def _plans(inventory: Inventory, seed: int) -> Iterator[tuple[Plan, Inventory]]:
    plans = None if has_errors(review(inventory)) else every_plan(inventory, 700)
    for _, plan in random.Random(seed).sample(plans, min(12, len(plans))) if plans else ():
        yield plan, inventory


def excess_in(code: str, case: str) -> Excess:
    found = next(each for each in CASES if (each.code, each.name) == (code, case))
    over = next(each.excess for each in check(found.plan(), found.inventory).findings if each.code == code)
    assert over is not None
    return over


def by_lot(over: Excess) -> dict[tuple[str, ...], object]:
    return {tuple(name.partition("-")[0] for name in holder.lots): holder.amount for holder in over.holders}


def test_only_what_the_selector_matches_is_counted_of_a_lot() -> None:
    """Each of the lots has one such partition; the first one has two other servers beside it."""
    assert by_lot(excess_in("WP321", "three AS/400 partitions")) == {("erp",): 1, ("mrp",): 1, ("wms",): 1}


def test_what_has_left_a_site_is_not_held_there() -> None:
    """When crm comes, erp's step that frees its room is a week away: both are there."""
    assert by_lot(excess_in("WP330", "it arrives a week before room is made")) == {("erp/lift",): 8, ("crm",): 8}


def test_what_several_lots_share_is_held_by_them_together() -> None:
    held = [("w1", "a", {"north": 1, "south": 1}), ("w1", "b", {"north": 1}), ("w2", "c", {"east": 2})]
    assert list(sharing(held)) == [
        Holder("w1", ("a", "b"), 1, together=True),
        Holder("w1", ("a",), 1),
        Holder("w2", ("c",), 2),
    ]
