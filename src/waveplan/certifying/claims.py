"""A claim for a bound: the proofs that the verifier knows are looked for, the simplest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from waveplan.certificates import BoundClaim, CertificateError, verify
from waveplan.certificates.chains import most_waves
from waveplan.certificates.loads import loads_of
from waveplan.certificates.ordinals import risk_proven
from waveplan.certificates.peaks import peak_proven
from waveplan.certificates.prices import budget_names
from waveplan.certificates.recounting import MOST_LOTS
from waveplan.certificates.spreading import SpreadingRows
from waveplan.certificates.supposing import Rooms, Supposed, rooms_of
from waveplan.certificates.verifying import supposed_by
from waveplan.certifying.cases import refuted
from waveplan.certifying.rows import RowSearch
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs.bounds.peak import peak_prices
from waveplan.engine.proofs.bounds.workload import prices_until

CERTIFIABLE = frozenset({"finish", "waves", "coexistence", "peak_load", "criticality_risk"})
"""Goals that some kind of certificate is about."""
_ROUNDS = 40  # of looking for rows
_CASES = 400  # of one tree: more are not looked for
_TRIED = 40  # lower bounds of finish, where the one that is stated does not pass


@dataclass(frozen=True, slots=True)
class _Wanted:
    problem: PlanningProblem
    held: Mapping[str, Fraction]
    over: Callable[[], bool]  # whether time is over
    rooms: Rooms

    def supposed(self, claim: BoundClaim) -> Supposed:
        """What a plan that disproves a claim would be like."""
        return supposed_by(self.problem, claim, self.rooms)

    def holds(self, claim: BoundClaim) -> bool:
        """Whether the verifier takes it."""
        try:
            verify(self.problem, claim, self.rooms)
        except CertificateError:
            return False
        return True


def claim_for(
    problem: PlanningProblem,
    goal: str,
    bound: Fraction,
    held: Mapping[str, Fraction],
    over: Callable[[], bool] = lambda: False,
) -> BoundClaim | None:
    """The highest claim up to a bound whose proof passes the verifier; None when there is none, or time is over."""
    wanted = _Wanted(problem, held, over, rooms_of(problem))
    ways = {
        "finish": _finish,
        "waves": _waves,
        "coexistence": _coexistence,
        "peak_load": _peak_load,
        "criticality_risk": _criticality_risk,
    }
    if bound <= 0:
        return BoundClaim(goal, Fraction(0), held, {"kind": "nothing"})
    if goal not in CERTIFIABLE:
        return None
    claims = ways[goal](wanted, bound)
    return max((claim for claim in claims if wanted.holds(claim)), key=lambda claim: claim.bound, default=None)


def claim_of_none(problem: PlanningProblem, over: Callable[[], bool] = lambda: False) -> BoundClaim | None:
    """A claim that there is no plan at all, whose proof passes the verifier."""
    wanted = _Wanted(problem, {}, over, rooms_of(problem))
    claims = _impossible(wanted, BoundClaim(None, Fraction(0)), _CASES)
    return next((claim for claim in claims if wanted.holds(claim)), None)


# --- finish --------------------------------------------------------------------------------------------------------


def _finish(wanted: _Wanted, bound: Fraction) -> Iterator[BoundClaim]:
    return _highest(
        wanted, bound, lambda tried, cases: _impossible(wanted, BoundClaim("finish", tried, wanted.held), cases)
    )


def _highest(
    wanted: _Wanted, bound: Fraction, claims: Callable[[Fraction, int], Iterator[BoundClaim]]
) -> Iterator[BoundClaim]:
    """For the bound itself; else for the highest of lower ones, the half between what passes and what does not."""
    passed, failed = Fraction(0), bound + 1
    tried, cases = bound, _CASES
    for _ in range(_TRIED):
        found = next((claim for claim in claims(tried, cases) if wanted.holds(claim)), None)
        if found is not None:
            yield found
            passed = tried
        else:
            failed = tried
        if failed - passed <= 1 or wanted.over():
            return
        tried, cases = Fraction((passed + failed) // 2), 1


def _impossible(wanted: _Wanted, claim: BoundClaim, cases: int) -> Iterator[BoundClaim]:
    """Claims with every kind of proof that a supposition has no plan."""
    supposed = wanted.supposed(claim)
    if supposed.impossible:
        yield replace(claim, proof={"kind": "narrowing"})
        return
    yield from (replace(claim, proof=proof) for proof in _priced(supposed, claim))
    for stream, rules in enumerate(wanted.problem.streams):
        if stream in wanted.problem.lot_stream and not wanted.over():
            proof = refuted(
                loads_of(supposed, stream), most_waves(supposed, stream), wanted.problem.lots, cases, wanted.over
            )
            if proof is not None:
                yield replace(claim, proof={"kind": "packing", "stream": rules.name, **proof})


def _priced(supposed: Supposed, claim: BoundClaim) -> Iterator[dict[str, Any]]:
    names = {number: name for name, number in budget_names(supposed.problem).items()}
    shared: dict[tuple[int, ...], tuple[int, ...]] = {}
    allowed = tuple(shared.setdefault(tuple(each), tuple(each)) for each in supposed.allowed)
    ends = (
        care[place][1]
        for care, positions in zip(supposed.problem.hypercare, allowed, strict=True)
        for place in positions
    )
    day = int(claim.bound) - 1 if claim.goal == "finish" else max(ends, default=0)
    for prices in prices_until(replace(supposed.problem, allowed=allowed), day):
        if prices:
            yield {"kind": "prices", "prices": {names[number]: price for number, price in sorted(prices.items())}}


# --- waves ---------------------------------------------------------------------------------------------------------


def _waves(wanted: _Wanted, bound: Fraction) -> Iterator[BoundClaim]:
    """Of one stream, as for finish; of several, each by itself, as far as one wave less can be shown to be too few."""
    if len(set(wanted.problem.lot_stream)) == 1:
        return _highest(wanted, bound, lambda tried, cases: _of_one_stream(wanted, tried, cases))
    return _of_streams(wanted, bound)


def _of_one_stream(wanted: _Wanted, bound: Fraction, cases: int) -> Iterator[BoundClaim]:
    claim, stream = BoundClaim("waves", bound, wanted.held), wanted.problem.lot_stream[0]
    supposed = wanted.supposed(claim)
    if supposed.impossible:
        yield replace(claim, proof={"kind": "narrowing"})
        return
    proof = refuted(loads_of(supposed, stream), int(bound) - 1, wanted.problem.lots, cases, wanted.over)
    if proof is not None:
        part = {"stream": wanted.problem.streams[stream].name, "least": int(bound), **proof}
        yield replace(claim, proof={"kind": "packing", "streams": [part]})


def _of_streams(wanted: _Wanted, bound: Fraction) -> Iterator[BoundClaim]:
    problem = wanted.problem
    supposed = wanted.supposed(BoundClaim("waves", bound, wanted.held))
    if supposed.impossible:
        yield BoundClaim("waves", bound, wanted.held, {"kind": "narrowing"})
        return
    found: list[dict[str, Any]] = []
    used = sorted(set(problem.lot_stream))
    for number, stream in enumerate(used):
        loads, best = loads_of(supposed, stream), None
        left = int(bound) - sum(each["least"] for each in found) - (len(used) - number - 1)
        for waves in range(left):
            proof = None
            if not wanted.over():
                proof = refuted(loads, waves, problem.lots, _CASES, wanted.over)
            if proof is None:
                break
            best = {"stream": problem.streams[stream].name, "least": waves + 1, **proof}
        found += [best] if best else []
    total = sum(each["least"] for each in found)
    if total:
        yield BoundClaim("waves", Fraction(total), wanted.held, {"kind": "packing", "streams": found})


# --- peak load and criticality risk --------------------------------------------------------------------------------


def _peak_load(wanted: _Wanted, bound: Fraction) -> Iterator[BoundClaim]:
    """Prices of the weeks of a team, as much as they prove."""
    claim = BoundClaim("peak_load", bound, wanted.held)
    supposed = wanted.supposed(claim)
    if supposed.impossible:
        return
    names = {number: name for name, number in budget_names(wanted.problem).items()}
    for prices in peak_prices(wanted.problem, supposed.allowed):
        proof = {"prices": {names[number]: price for number, price in sorted(prices.items())}}
        try:
            proven = peak_proven(supposed, proof)
        except CertificateError:  # what gets something back proves nothing
            continue
        yield replace(claim, bound=min(bound, proven), proof={"kind": "prices", **proof})


def _criticality_risk(wanted: _Wanted, bound: Fraction) -> Iterator[BoundClaim]:
    claim = BoundClaim("criticality_risk", bound, wanted.held, {"kind": "ordinals"})
    supposed = wanted.supposed(claim)
    if not supposed.impossible:
        with suppress(CertificateError):
            yield replace(claim, bound=min(bound, risk_proven(supposed)))


# --- coexistence ---------------------------------------------------------------------------------------------------


def _coexistence(wanted: _Wanted, bound: Fraction) -> Iterator[BoundClaim]:
    """Rows, as much as they prove; where that is less than the bound and lots are few, a recount."""
    claim = BoundClaim("coexistence", bound, wanted.held)
    supposed = wanted.supposed(claim)
    if supposed.impossible or not wanted.problem.ties:
        return
    proof = RowSearch(supposed, wanted.over).proof(_ROUNDS)
    proven = Fraction(0) if proof is None else SpreadingRows(supposed).proven(proof)
    if proof is not None:
        yield replace(claim, bound=min(bound, proven), proof=proof)
    if proven < bound and len(wanted.problem.lots) <= MOST_LOTS and not wanted.over():
        yield replace(claim, proof={"kind": "recount"})
