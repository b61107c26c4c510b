"""Why not there? For every hard rule that can keep a lot out of a slot, the explanation names that rule.

Each case that breaks one rule only is turned round: one of its lots is moved to where the plan is valid, and then asked
why it is not where the case had it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.cases import RuleCase, rule_cases

from waveplan.checking import check, restate
from waveplan.checking.trials import Trials, moved
from waveplan.domain.catalogue import PLAN_RULES
from waveplan.domain.explanations import Obstacle
from waveplan.domain.plan import Plan
from waveplan.domain.plan_lots import PlanLot

# Rules that no slot can break or keep by itself: about what the plan file says, or the same in every slot.
NEVER_OF_A_SLOT = {
    "WP301": "an item is planned once wherever it is",
    "WP302": "lots are made by ties",
    "WP303": "a slot of the calendar exists",
    "WP338": "retirements follow from the waves",
    "WP339": "residency is about targets",
    "WP340": "a lot keeps to its stream",
}
ONLY_TOO_LATE = {"WP309", "WP335", "WP336", "WP337", "WP345"}
CASES = tuple(rule_cases())


def kept_away(code: str) -> Iterator[tuple[bool, tuple[Obstacle, ...]]]:
    """For valid plans made of a rule's cases: whether the lot stands later than asked for, and what keeps it away."""
    for case in CASES:
        if case.code == code and set(case.expect) == {code} and not case.stated:
            plan = case.plan()
            for lot in plan.lots:
                yield from _turned_round(case, plan, lot)


def _turned_round(case: RuleCase, plan: Plan, lot: PlanLot) -> Iterator[tuple[bool, tuple[Obstacle, ...]]]:
    trials = Trials(plan, case.inventory, lot)
    asked = next((slot for slot in trials.slots if any(_holds(plan, trials.wave_id(slot), lot))), None)
    for slot in trials.slots if asked else ():
        good = moved(plan, lot, trials.wave_id(slot), slot)
        if slot is not asked and not check(restate(good, case.inventory), case.inventory).findings:
            assert asked is not None
            yield slot.order > asked.order, Trials(good, case.inventory, lot).at(asked).obstacles


def _holds(plan: Plan, wave_id: str, lot: PlanLot) -> Iterator[bool]:
    return (lot.id in wave.lots for wave in plan.waves if wave.id == wave_id)


@pytest.mark.parametrize("code", [code for code in PLAN_RULES if code not in NEVER_OF_A_SLOT])
def test_the_rule_that_keeps_a_lot_away_is_named(code: str) -> None:
    wanted_later = code not in ONLY_TOO_LATE
    found = next((obstacles for later, obstacles in kept_away(code) if later is wanted_later), None)
    assert found is not None, "no case can be turned round"
    assert found[0].finding.code == code, [obstacle.finding.code for obstacle in found]
