"""Certificates: solving with what is proven proven once more, the file that says it, and its verification."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from waveplan.domain.catalogue import CATALOGUE
from waveplan.domain.findings import Finding
from waveplan.domain.solve_record import CertifiedBy, GoalRecord, SolveLimit, is_certified
from waveplan.usecases.solve import solve
from waveplan.usecases.validate import Validation

if TYPE_CHECKING:
    from waveplan.certificates import BoundClaim
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan
    from waveplan.planning.options import Outcome, SolveOptions, Watching
    from waveplan.planning.shortfalls import Shortfall

_SEARCHED = 0.8  # of the time; the rest is for certifying
_FORMAT = 1
_LAST_PLACE = Fraction(1, 10_000)

_ABSENT = "the plan states what its certificate proves, and there is no certificate beside it"
_OTHER = "the certificate beside the plan is not the one that was written with it"
_UNREADABLE = "the certificate beside the plan cannot be read"
_UNPROVEN = "goal {goal}: the certificate does not prove that no plan is below {bound}"


@dataclass(frozen=True, slots=True)
class CertifiedOutcome:
    """What a solve found; the text of the certificate; without a plan, by which means that is certified.

    With a plan, `lacking` says of each goal whose bound is not certified, or not all of it, why.
    """

    outcome: Outcome
    certificate: str | None = None
    means: tuple[CertifiedBy, ...] = ()
    lacking: tuple[Shortfall, ...] = ()


def solve_certified(
    validation: Validation,
    *,
    options: SolveOptions | None = None,
    baseline: Plan | None = None,
    watching: Watching | None = None,
) -> CertifiedOutcome:
    """Plan a validated inventory, then prove what was proven once more, by other means, in the last fifth of the time.

    The plan says of each goal which bound was certified by what. Raises ValueError when the inventory has errors and
    InternalError when the check refuses the plan.
    """
    from waveplan.engine.running.clock import Clock
    from waveplan.planning.certified import Certifier
    from waveplan.planning.options import SolveOptions, Watching

    wanted, watching = options or SolveOptions(), watching or Watching()
    whole = Clock(wanted)
    outcome = solve(validation, options=_part_of(wanted, _SEARCHED), baseline=baseline, watching=watching)
    inventory = validation.inventory
    if inventory is None or outcome.interrupted or outcome.status == "unknown":
        return CertifiedOutcome(outcome)
    # in deterministic time nothing says what is left of it: the last fifth is what it is
    clock = whole if whole.deterministic is None else Clock(_part_of(wanted, 1 - _SEARCHED))
    certifier = Certifier(inventory, clock, wanted.seed, watching)
    if outcome.plan is None:
        claim, means = certifier.certify_none()
        text = None if claim is None else _written(inventory.programme.name, (claim,))
        return CertifiedOutcome(outcome, text, means)
    found = certifier.certify(outcome.plan, baseline)
    text = _written(inventory.programme.name, found.claims)
    solved = outcome.plan.solve
    record = solved.model_copy(
        update={
            "goals": [
                goal.model_copy(update={"certified": list(each)})
                for goal, each in zip(solved.goals, found.goals, strict=True)
            ],
            "certificate": _sum_of(text.encode()),
            "limit": SolveLimit(seconds=_word(whole.seconds), deterministic=_word(whole.deterministic)),
        }
    )
    plan = outcome.plan.model_copy(update={"solve": record})
    return CertifiedOutcome(replace(outcome, plan=plan), text, lacking=found.lacking)


def _part_of(options: SolveOptions, share: float) -> SolveOptions:
    seconds, units = options.time_limit, options.deterministic_limit
    return replace(
        options,
        time_limit=None if seconds is None else seconds * share,
        deterministic_limit=None if units is None else units * share,
    )


def _word(limit: float | None) -> Decimal | None:
    return None if limit is None else round(Decimal(str(limit)), 6)


def _written(programme: str, claims: tuple[BoundClaim, ...]) -> str:
    data = {"waveplan_certificate": _FORMAT, "programme": programme, "claims": [claim.written() for claim in claims]}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _sum_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# --- verification --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verification:
    """Findings, and the numbers of goals all of whose bound a certificate proves."""

    findings: tuple[Finding, ...] = ()
    proven: frozenset[int] = frozenset()


def verified(plan: Plan, inventory: Inventory, certificate: bytes | None) -> Verification:
    """Verify what a plan says that certificates prove: the file's proofs, one by one, for the inventory as it is.

    None stands for a file that is not there. The inventory has no errors, the plan passes its check.
    """
    stated = [
        number
        for number, goal in enumerate(plan.solve.goals)
        if any(each.by in {"certificate", "recount"} for each in goal.certified)
    ]
    if plan.solve.certificate is None and not stated:
        return Verification()
    if certificate is None:
        return Verification((_finding("WP394", _ABSENT),))
    strange = () if _sum_of(certificate) == plan.solve.certificate else (_finding("WP393", _OTHER),)
    claims = _claims(certificate)
    if claims is None:
        return Verification((*strange, _finding("WP393", _UNREADABLE)))
    judged = _CertificateJudge(plan, inventory, claims)
    wrong = {number: found for number in stated for found in judged.wrong(number)}
    proven = frozenset(
        number
        for number in stated
        if number not in wrong and not strange and is_certified(_by_certificates(plan.solve.goals[number]))
    )
    return Verification((*strange, *wrong.values()), proven)


def _by_certificates(goal: GoalRecord) -> GoalRecord:
    kept = [each for each in goal.certified if each.by in {"certificate", "recount"}]
    return goal.model_copy(update={"certified": kept})


def _claims(data: bytes) -> list[Any] | None:
    """The claims of a file, not yet looked at; None when it is no file of certificates."""
    try:
        found = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.get("waveplan_certificate") != _FORMAT:
        return None
    claims = found.get("claims")
    return claims if isinstance(claims, list) else None


class _CertificateJudge:
    """Proofs against one inventory, whose problem is built once."""

    def __init__(self, plan: Plan, inventory: Inventory, claims: list[Any]) -> None:
        from waveplan.planning.certified import problem_of

        self._plan, self._claims = plan, claims
        self._problem = problem_of(inventory)

    def wrong(self, number: int) -> Iterator[Finding]:
        """A finding when no claim of the file proves what the plan states of a goal."""
        goal = self._plan.solve.goals[number]
        for each in goal.certified:
            if each.by in {"certificate", "recount"} and not self._proves(number, each.bound, each.by):
                values = {"goal": goal.goal, "bound": each.bound}
                yield _finding("WP393", _UNPROVEN, values, number)
                return

    def _proves(self, number: int, bound: Decimal, by: CertifiedBy) -> bool:
        from waveplan.certificates import BoundClaim, CertificateError, verify

        goals = self._plan.solve.goals
        for data in self._claims:
            try:
                claim = BoundClaim.read(data)
                if claim.goal != goals[number].goal or claim.bound < Fraction(bound):
                    continue
                if (claim.kind == "recount") != (by == "recount") or not self._is_of_this_plan(claim, number):
                    continue
                verify(self._problem, claim)
            except (CertificateError, RecursionError):
                continue
            return True
        return False

    def _is_of_this_plan(self, claim: BoundClaim, number: int) -> bool:
        """Whether it speaks of plans like this one: goals before may be as high as here, and no later one is held."""
        before = {goal.goal for goal in self._plan.solve.goals[:number]}
        reached = {goal: Fraction(Decimal(getattr(self._plan.metrics, goal, 0))) for goal in claim.held}
        return before.issuperset(claim.held) and all(
            most >= reached[goal] - _LAST_PLACE for goal, most in claim.held.items()
        )


def _finding(
    code: str, template: str, values: Mapping[str, object] | None = None, number: int | None = None
) -> Finding:
    return Finding(
        code=code,
        template=template,
        values=values or {},
        severity=CATALOGUE[code].severity,
        path=("solve", "certificate") if number is None else ("solve", "goals", number),
        document="plan",
        hint="put the certificate beside the plan, or name it with --certificate"
        if code == "WP394"
        else "solve again with --certify; until then the bound is as stated by the solver",
    )
