"""Certificates against every plan there is: none that passes claims too much, whatever its proof says.

`WAVEPLAN_SEEDS=5000` tries more problems.
"""

from __future__ import annotations

import copy
import json
import random
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from support import judged_problems
from support.judged_problems import every_assignment, keeps_every_rule
from support.packings import packing_problem
from support.seeds import count, few_at_once
from support.small_problems import Enumeration, few_a_wave, small_problem

from waveplan.certificates import BoundClaim, CertificateError, verify
from waveplan.certificates.prices import budget_names, verify_prices
from waveplan.certificates.supposing import suppose
from waveplan.certifying import claim_for, claim_of_none
from waveplan.engine.goals.measures import measure
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs.bounds.workload import prices_until
from waveplan.engine.proofs.packing import ProofLimits, fewest_waves

SEEDS = count(120)
FORGERIES = 12


def passes(problem: PlanningProblem, claim: BoundClaim) -> bool:
    try:
        verify(problem, claim)
    except CertificateError:
        return False
    return True


def forged(claim: BoundClaim, rng: random.Random) -> Iterator[BoundClaim]:
    """The claim with something changed somewhere in its proof, or with a higher bound."""
    yield replace(claim, bound=claim.bound + 1)
    for _ in range(FORGERIES):
        proof = copy.deepcopy(dict(claim.proof))
        _change(proof, rng)
        yield replace(claim, bound=claim.bound + rng.choice([0, 1, 7]), proof=proof)


def _change(value: Any, rng: random.Random) -> None:
    """Change one entry of nested lists and mappings."""
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    if not keys:
        return
    key = rng.choice(keys)
    inner = value[key]
    if isinstance(inner, dict | list) and inner and rng.random() < 0.9:
        _change(inner, rng)
    elif isinstance(inner, int):
        value[key] = rng.choice([0, 1, 2 * inner, inner + 1, max(0, inner - 1)])
    elif isinstance(value, list) and rng.random() < 0.5:
        value.append(copy.deepcopy(inner))
    else:
        value[key] = rng.choice([None, "no such thing", [], {}, -1])


# --- coexistence ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 4, slow_in=3))
def test_no_plan_coexists_for_less_than_certified(seed: int) -> None:
    rng = random.Random(seed)
    problem = (few_a_wave if seed % 3 == 0 else small_problem)(rng)
    best = Enumeration(problem).least()
    if best is None:
        return
    claim = claim_for(problem, "coexistence", Fraction(best + 1), {})
    assert claim is None or claim.bound <= best
    assert not passes(problem, BoundClaim("coexistence", Fraction(best + 1), {}, {"kind": "recount"}))
    for each in [] if claim is None else forged(claim, rng):
        assert each.bound <= best or not passes(problem, each), json.dumps(each.written())


def test_most_of_coexistence_is_certified_by_rows_alone_and_all_by_a_recount() -> None:
    rows = all_of_it = drawn = 0
    for seed in range(60):
        problem = (few_a_wave if seed % 3 == 0 else small_problem)(random.Random(seed))
        best = Enumeration(problem).least()
        if not best:
            continue
        drawn += 1
        claim = claim_for(problem, "coexistence", Fraction(best), {})
        all_of_it += claim is not None and claim.bound == best
        rows += claim is not None and claim.kind == "spreading"
    assert drawn >= 30
    assert rows > drawn // 4
    assert all_of_it > drawn * 3 // 4


# --- finish and waves ----------------------------------------------------------------------------------------------


def loaded(rng: random.Random) -> PlanningProblem:
    """A problem with weeks of teams, and points of criticality."""
    problem = judged_problems.with_weeks(judged_problems.small_problem(rng), rng)
    return replace(problem, points=tuple(rng.randint(0, 4) for _ in problem.lots))


def least(problem: PlanningProblem, goal: str) -> Fraction | None:
    plans = (each for each in every_assignment(problem) if keeps_every_rule(problem, each))
    return min((measure(problem, plan, goal) for plan in plans), default=None)


@pytest.mark.parametrize("goal", ["finish", "waves", "coexistence", "peak_load", "criticality_risk"])
@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 4, slow_in=3))
def test_no_plan_is_better_than_certified(seed: int, goal: str) -> None:
    rng = random.Random(seed)
    problem = loaded(rng)
    best = least(problem, goal)
    if best is None:
        return
    assert claim_of_none(problem) is None
    claim = claim_for(problem, goal, best + 1, {})
    assert claim is None or claim.bound <= best
    for each in [] if claim is None else forged(claim, rng):
        assert each.bound <= best or not passes(problem, each), json.dumps(each.written())


def test_much_of_peak_load_and_criticality_is_certified() -> None:
    shares: dict[str, list[Fraction]] = {"peak_load": [], "criticality_risk": []}
    for seed in range(60):
        problem = loaded(random.Random(seed))
        for goal, found in shares.items():
            best = least(problem, goal)
            if best:
                claim = claim_for(problem, goal, best, {})
                assert claim is not None
                assert passes(problem, claim)
                assert not passes(problem, replace(claim, bound=best + 1))
                found.append(claim.bound / best)
    for found in shares.values():
        assert len(found) >= 10
        assert sum(found) > len(found) * Fraction(2, 5), float(sum(found) / len(found))


@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 4, slow_in=3))
def test_what_is_held_before_is_part_of_the_claim(seed: int) -> None:
    problem = judged_problems.small_problem(random.Random(seed))
    plans = [each for each in every_assignment(problem) if keeps_every_rule(problem, each)]
    if not plans:
        return
    finish = min(measure(problem, plan, "finish") for plan in plans)
    good = [plan for plan in plans if measure(problem, plan, "finish") <= finish]
    for goal in ("waves", "coexistence"):
        best = min(measure(problem, plan, goal) for plan in good)
        claim = claim_for(problem, goal, best + 1, {"finish": finish})
        assert claim is None or claim.bound <= best


def test_most_of_finish_and_waves_is_certified() -> None:
    drawn, met = 0, {"finish": 0, "waves": 0}
    for seed in range(60):
        problem = judged_problems.small_problem(random.Random(seed))
        for goal in met:
            best = least(problem, goal)
            if best:
                drawn += goal == "finish"
                claim = claim_for(problem, goal, best, {})
                met[goal] += claim is not None and claim.bound == best
    assert drawn >= 25
    assert met["finish"] > drawn * 2 // 3
    assert met["waves"] > 35


def priced(problem: PlanningProblem, finish: Fraction, prices: Mapping[str, int]) -> bool:
    """Whether prices show that no plan ends by a day."""
    supposed = suppose(problem, finish, None)
    if supposed.impossible:
        return False
    try:
        verify_prices(supposed, {"prices": dict(prices)})
    except CertificateError:
        return False
    return True


def test_no_prices_rule_out_a_plan_and_good_ones_rule_out_days_before_the_first() -> None:
    ruled_out = 0
    for seed in range(80):
        rng = random.Random(seed)
        problem = judged_problems.small_problem(rng)
        best = least(problem, "finish")
        if best is None or not problem.budgets:
            continue
        names = list(budget_names(problem))
        tries = [{name: rng.choice([0, 1, 5]) for name in names} for _ in range(5)]
        tries += [{name: 1} for name in names]
        for day in (int(best) - 1, int(best)):
            found = (prices for prices in prices_until(problem, day))
            tries += [{names[each]: price for each, price in prices.items()} for prices in found]
        assert not any(priced(problem, best, prices) for prices in tries), seed
        ruled_out += any(priced(problem, best - 1, prices) for prices in tries)
    assert ruled_out > 3, ruled_out


def test_a_tree_of_cases_proves_what_its_leaves_do_and_no_more() -> None:
    rng = random.Random(11)
    sizes = [rng.randint(10, 60) for _ in range(10)]
    pairs = [(first, second) for first in range(10) for second in range(first + 1, 10)]
    problem = packing_problem(sizes, 100, [pair for pair in pairs if rng.random() < 0.15])
    found = fewest_waves(problem, problem.allowed, ProofLimits(), threading.Event(), lambda *_: None)
    assert found is not None
    assert found.proven
    claim = claim_for(problem, "waves", Fraction(found.bound), {})
    assert claim is not None
    assert claim.bound == found.bound
    tree = claim.proof["streams"][0]["tree"]
    assert tree is not None
    assert passes(problem, claim)
    for way in (("early",), ("late",), ("early", "late"), ("late", "early")):
        proof = copy.deepcopy(dict(claim.proof))
        inner = proof["streams"][0]["tree"]
        for step in way[:-1]:
            inner = inner[step]
        if inner is not None and inner[way[-1]] is not None:
            inner[way[-1]] = None  # as if nothing more had to be told apart
            assert not passes(problem, replace(claim, proof=proof))


def test_where_there_is_no_plan_that_is_certified_now_and_then() -> None:
    none = certified = 0
    for seed in range(150):
        problem = judged_problems.small_problem(random.Random(seed))
        narrow = replace(problem, allowed=tuple(each[: 1 + seed % 2] for each in problem.allowed))
        if least(narrow, "waves") is None:
            none += 1
            claim = claim_of_none(narrow)
            certified += claim is not None
    assert none > 20
    assert certified > none // 2, (none, certified)


def test_what_is_no_proof_is_refused_without_a_fall() -> None:
    problem = judged_problems.small_problem(random.Random(3))
    assert least(problem, "waves") is not None
    rng = random.Random(3)
    junk: list[Any] = [None, 3, "x", [], {}, {"kind": 3}, {"kind": "spreading"}, {"kind": "packing", "streams": [3]}]
    junk += [{"kind": "prices", "prices": {"x": 1}}, {"kind": "spreading", "scale": 0, "rows": []}]
    for proof in junk:
        for goal in ("coexistence", "finish", "waves", "peak_load", None, 3):
            data = {"goal": goal, "bound": rng.choice(["99999", "1e9", "1/0"]), "held": {}, "proof": proof}
            with pytest.raises(CertificateError):
                verify(problem, BoundClaim.read(data))
