"""A claim, and whether its proof proves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from waveplan.certificates.chains import most_waves
from waveplan.certificates.loads import loads_of
from waveplan.certificates.narrowing import narrow
from waveplan.certificates.ordinals import verify_ordinals
from waveplan.certificates.peaks import verify_peak
from waveplan.certificates.prices import verify_prices
from waveplan.certificates.reading import CertificateError, Mapped, entry, items, mapping, rational, text, whole
from waveplan.certificates.recounting import verify_recount
from waveplan.certificates.spreading import verify_spreading
from waveplan.certificates.supposing import Rooms, Supposed, suppose
from waveplan.certificates.trees import verify_tree
from waveplan.engine.problem import PlanningProblem


@dataclass(frozen=True)
class BoundClaim:
    """No plan is below the bound in the goal while the goals in `held` are at most so high; without a goal: no plan."""

    goal: str | None
    bound: Fraction
    held: Mapping[str, Fraction] = field(default_factory=dict)
    proof: Mapped = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The kind of proof."""
        return str(self.proof.get("kind", ""))

    def written(self) -> dict[str, Any]:
        """The claim as a certificate file holds it."""
        held = {goal: str(value) for goal, value in self.held.items()}
        return {"goal": self.goal, "bound": str(self.bound), "held": held, "proof": self.proof}

    @classmethod
    def read(cls, data: Any) -> BoundClaim:
        """A claim out of a file. Raises CertificateError when it is none."""
        given = mapping(data, "a claim")
        goal = None if entry(given, "goal") is None else text(given["goal"], "'goal'")
        held = mapping(entry(given, "held"), "'held'")
        return cls(
            goal,
            rational(entry(given, "bound"), "'bound'"),
            {name: rational(value, f"what is held of {name}") for name, value in held.items()},
            mapping(entry(given, "proof"), "'proof'"),
        )


def supposed_by(problem: PlanningProblem, claim: BoundClaim, rooms: Rooms | None = None) -> Supposed:
    """What a plan that disproves the claim would be like."""
    finish, waves = claim.held.get("finish"), claim.held.get("waves")
    if claim.goal == "waves":
        waves = min(claim.bound - 1, claim.bound - 1 if waves is None else waves)
    if claim.goal == "finish":
        finish = min(claim.bound - 1, claim.bound - 1 if finish is None else finish)
    supposed = suppose(problem, finish, waves, rooms)
    narrow(supposed)
    return supposed


def verify(problem: PlanningProblem, claim: BoundClaim, rooms: Rooms | None = None) -> None:
    """Raise CertificateError unless the claim's proof proves it for the problem; `rooms` are the problem's own."""
    kind = text(entry(claim.proof, "kind"), "'kind'")
    if claim.goal is not None and claim.bound <= 0 and kind == "nothing":
        return  # no goal is ever below nothing
    if claim.goal in {"finish", "waves"} and claim.bound.denominator != 1:
        raise CertificateError(f"{claim.goal} is a whole number")
    supposed = supposed_by(problem, claim, rooms)
    if supposed.impossible and kind == "narrowing":
        return
    if supposed.impossible or kind == "narrowing":
        raise CertificateError("dates and orders alone do or do not prove it, contrary to what is claimed")
    if claim.goal in {"finish", None} and kind == "prices":
        verify_prices(supposed, claim.proof)
    elif claim.goal in {"finish", None} and kind == "packing":
        _verify_too_few(supposed, claim.proof)
    elif claim.goal == "waves" and kind == "packing":
        _verify_waves(supposed, claim)
    elif claim.goal == "peak_load" and kind == "prices":
        verify_peak(supposed, claim.proof, claim.bound)
    elif claim.goal == "criticality_risk" and kind == "ordinals":
        verify_ordinals(supposed, claim.bound)
    elif claim.goal == "coexistence" and kind == "spreading":
        verify_spreading(supposed, claim.proof, claim.bound)
    elif claim.goal == "coexistence" and kind == "recount":
        verify_recount(supposed, claim.bound)
    else:
        raise CertificateError(f"no proof of kind {kind!r} is known for {claim.goal or 'that there is no plan'}")


def _verify_too_few(supposed: Supposed, proof: Mapped) -> None:
    """One stream needs more waves than can stand until then."""
    stream = _stream(supposed.problem, proof)
    verify_tree(loads_of(supposed, stream), most_waves(supposed, stream), proof, supposed.problem.lots)


def _verify_waves(supposed: Supposed, claim: BoundClaim) -> None:
    """Of each stream, that one wave less than claimed is too few; together they are as many as the bound."""
    total, seen = 0, set[int]()
    for each in items(claim.proof, "streams"):
        part = mapping(each, "a stream")
        stream, least = _stream(supposed.problem, part), whole(entry(part, "least"), "'least'", 1)
        if stream in seen:
            raise CertificateError("a stream is there twice")
        seen.add(stream)
        verify_tree(loads_of(supposed, stream), least - 1, part, supposed.problem.lots)
        total += least
    if total < claim.bound:
        raise CertificateError(f"streams need {total} waves together, not {claim.bound}")


def _stream(problem: PlanningProblem, proof: Mapped) -> int:
    name = text(entry(proof, "stream"), "'stream'")
    numbers = [number for number, rules in enumerate(problem.streams) if rules.name == name]
    if not numbers:
        raise CertificateError(f"there is no stream {name}")
    return numbers[0]
