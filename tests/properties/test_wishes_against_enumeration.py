"""Why a lot cannot be somewhere: facts that clash with a wish, held against every plan there is.

All other facts set aside, no plan keeps them with the lot there; and for each of them left out there is one that does.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from support.plans import every_plan
from support.seeds import count, few_at_once
from support.small_inventories import Draw

from waveplan.checking import check
from waveplan.domain.diagnosis import Clash
from waveplan.domain.findings import Path, has_errors
from waveplan.domain.inventory import Inventory
from waveplan.domain.objective import Goal
from waveplan.planning import solve
from waveplan.planning.diagnosis.edits import edited
from waveplan.planning.diagnosis.facts import facts_of
from waveplan.planning.diagnosis.families.lead import lead_times
from waveplan.planning.diagnosis.trials import Judges
from waveplan.planning.diagnosis.wishes import clashes_with
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.options import SolveOptions, Watching
from waveplan.review import review
from waveplan.usecases.validate import errors_of

SEEDS = count(60)
MOST_PLANS = 2_000
OPTIONS = SolveOptions(deterministic_limit=20.0, workers=1)
JUDGES = Judges(errors_of, lambda plan, inventory: check(plan, inventory).findings)


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 5, slow_in=4))
def test_each_fact_that_clashes_with_a_wish_is_needed_for_that_and_no_plan_keeps_them_all(seed: int) -> None:
    rng = random.Random(seed)
    inventory = Inventory.model_validate(Draw(rng).inventory())
    if has_errors(review(inventory)) or not (facts := PlanningFacts(inventory)).slots:
        return
    item = str(rng.choice(list(rng.choice(facts.lots).items)).id)
    slots = sorted({str(slot.id) for slot in facts.slots})
    for slot in rng.sample(slots, min(3, len(slots))):
        for clash in clashes_with(inventory, item, [slot], JUDGES, options=OPTIONS, watching=Watching()):
            core = [fact.path for fact in clash.facts]
            assert core
            assert not (clash.proven and _possible(inventory, core, item, slot)), (slot, core)
            if not _possible(inventory, (), item, slot):
                continue  # what sets all facts aside at once stands in its own way: nothing is needed for that
            for path in core if clash.minimal else ():
                left = [each for each in core if each != path]
                assert _possible(inventory, left, item, slot), (slot, core, path)


def _possible(inventory: Inventory, core: Sequence[Path], item: str, slot: str) -> bool:
    """Whether some plan that keeps only those facts has the item there: all are tried, else it is asked of a solve."""
    facts = [*facts_of(inventory), *lead_times(inventory)]
    loosened = edited(inventory, [edit for fact in facts if fact.path not in core for edit in fact.relaxed])
    found = every_plan(loosened, MOST_PLANS)
    if found is not None:
        there = (plan for placed, plan in found if placed[item] == slot)
        return any(not check(plan, loosened).findings for plan in there)
    lot = next(lot for lot in PlanningFacts(loosened).lots if any(each.id == item for each in lot.items))
    facts_there = PlanningFacts(loosened)
    waves = {facts_there.wave_id(place) for place in facts_there.positions}
    pins = {str(lot.id): frozenset(wave for wave in waves if wave.rpartition("/")[2] == slot)}
    outcome = solve(loosened, options=replace(OPTIONS, pins=pins, goals=(Goal(goal="waves"),)))
    assert outcome.status != "unknown"
    return outcome.plan is not None and not check(outcome.plan, loosened).findings


def test_a_clash_is_told_as_proven_and_minimal_where_each_is_needed() -> None:
    inventory = Inventory.model_validate(ORDER_AGAINST_DATES)
    (clash,) = _clashes(inventory, "late", "2026-02-07-weekend")
    assert (clash.proven, clash.minimal) == (True, True)
    assert {fact.kind for fact in clash.facts} == {"order", "not_before"}


def test_what_keeps_the_first_weekend_free_is_the_start_and_the_wave_before_and_no_team() -> None:
    """Without preparation the team's work would have no day to fall on: that is nobody's fault."""
    inventory = Inventory.model_validate(FIRST_WEEKEND)
    (clash,) = _clashes(inventory, "shop", "2026-02-07-weekend")
    assert (clash.proven, clash.minimal) == (True, True)
    assert {fact.kind for fact in clash.facts} == {"earliest_wave", "start"}


def _clashes(inventory: Inventory, item: str, slot: str) -> Sequence[Clash]:
    return clashes_with(inventory, item, [slot], JUDGES, options=OPTIONS, watching=Watching())


ORDER_AGAINST_DATES = {
    "waveplan": 1,
    "programme": {"name": "Wish", "start": "2026-01-05", "deadline": "2026-06-26"},
    "applications": [
        {"id": "early", "not_before": "2026-02-08"},
        {"id": "late", "depends_on": [{"app": "early", "order": "provider_first"}], "not_after": "2026-04-30"},
    ],
    "calendar": {"windows": [{"id": "weekend", "days": ["sat"], "from": "20:00", "hours": 30}]},
}

FIRST_WEEKEND = {
    "waveplan": 1,
    "programme": {"name": "Wish", "start": "2026-01-05", "deadline": "2026-06-26"},
    "teams": [{"id": "admins", "person_days_per_week": 50}],
    "applications": [
        {"id": "shop", "criticality": "critical", "effort": {"admins": 4}},
        {"id": "wiki", "criticality": "low", "effort": {"admins": 2}},
    ],
    "calendar": {"windows": [{"id": "weekend", "days": ["sat"], "from": "20:00", "hours": 30}]},
    "policy": {"preparation_days": 28, "earliest_wave_by_criticality": {"critical": 2}},
}
