"""`solve --confidence`: the plan changed until its hard dates are kept with a chance, and what became of that."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from waveplan.cli.interrupts import stopping_gently
from waveplan.cli.inventories import max_bytes
from waveplan.cli.session import Session
from waveplan.errors import UsageError
from waveplan.usecases.robust import Robust, make_robust
from waveplan.usecases.validate import load

if TYPE_CHECKING:
    from waveplan.cli.requests import SolveRequest
    from waveplan.domain.plan import Plan
    from waveplan.domain.simulated import Estimate


def refuse_confidence(request: SolveRequest) -> None:
    """Raise UsageError for what does not go with a chance, or asks for one without saying how large."""
    if request.confidence is None and (request.risks or request.confidence_date is not None):
        raise UsageError("--risks and --confidence-date go with --confidence PERCENT")
    if request.confidence is not None and (request.allow_unplanned or request.keep or request.shard):
        raise UsageError("--confidence does not go with --allow-unplanned, --keep and --shard")


def sure_enough(plan: Plan, request: SolveRequest, session: Session) -> Plan:
    """A plan that keeps its dates more surely; what was reached is said on standard error. Raises UsageError."""
    inventory = load(request.inventory, max_bytes=max_bytes(request.max_size), also=request.risks or ()).inventory
    if inventory is None or request.confidence is None:
        return plan
    asked = request.confidence
    session.note(session.say("Looking for a plan that keeps its last dates in {share} % of all runs", share=asked))
    stop = threading.Event()
    with stopping_gently(stop):
        found = make_robust(
            inventory,
            plan,
            target=request.confidence / 100,
            date=request.confidence_date,
            seed=request.search.seed,
            most=request.confidence_tries,
            stop=stop,
        )
    if found is None:
        raise UsageError("--confidence: the plan has no such last date, or cannot be simulated")
    _tell(found, request.confidence, session)
    return found.plan


def _tell(found: Robust, asked: int, session: Session) -> None:
    said = {"before": round(found.before * 100), "fitted": round(found.fitted * 100), "tried": found.tried}
    session.tell(
        session.say(
            "Last dates kept: {before} % of runs before, {fitted} % after {tried} changes, {fresh} with fresh numbers.",
            fresh=_percent(found.fresh),
            **said,
        )
    )
    if found.fresh.value < asked / 100 and found.worst is not None:
        worst = {"kind": found.worst.what, "risk": found.worst.id}
        session.tell(
            session.say(
                "No plan was found that reaches {asked} %: this is the best. Most in its way: {kind} {risk}.",
                asked=asked,
                **worst,
            )
        )


def _percent(estimate: Estimate) -> str:
    return f"{estimate.value * 100:.0f} % ({estimate.low * 100:.0f}–{estimate.high * 100:.0f} %)"
