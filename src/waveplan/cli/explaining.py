"""What `waveplan explain` does: find what is meant, have it explained, and show the answer."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from waveplan.cli import exit_codes
from waveplan.cli.findings import show_beside
from waveplan.cli.inventories import read_inventory
from waveplan.cli.options import SearchOptions
from waveplan.cli.plans import read_plan
from waveplan.cli.session import Session
from waveplan.cli.watching import watched
from waveplan.domain.explanations import Explanation
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from waveplan.api import Validation
    from waveplan.cli.requests import ExplainRequest
    from waveplan.domain.plan import Plan
    from waveplan.planning.options import SolveOptions

_CODES = {"impossible": exit_codes.INFEASIBLE, "unknown": exit_codes.NO_PLAN}


def run(ask: ExplainRequest, session: Session) -> int:
    """Explain and show; returns the exit code."""
    _refuse(ask)
    options = SearchOptions(ask.seed, None, ask.reproducible).options(ask.time_limit)
    loaded = read_plan(ask.plan)
    read = read_inventory(ask.inventory, session, ask.max_size)
    session = read.session
    show_beside(session, loaded.findings)
    if loaded.plan is None or read.inventory is None or read.exit_code:
        return exit_codes.FINDINGS
    found = _explained(loaded.plan, read.validation, ask, options, session)
    if found.breaks:
        command = f"waveplan check {shlex.quote(ask.plan)} {shlex.quote(ask.inventory)}"
        session.note(session.say("The plan breaks rules as it stands: {command}", command=command))
    _show(found, session, as_json=ask.as_json)
    return exit_codes.CLEAN if found.mending is None else _CODES.get(found.mending.status, exit_codes.CLEAN)


def _refuse(ask: ExplainRequest) -> None:
    if ask.plan == ask.inventory == "-":
        raise UsageError("only one of PLAN and INVENTORY can be standard input")
    if ask.wave is not None and ask.date is not None:
        raise UsageError("give --wave or --date, not both")


def _explained(
    plan: Plan, validation: Validation, ask: ExplainRequest, options: SolveOptions, session: Session
) -> Explanation:
    """The explanation; a wish takes time, so it shows progress and can be stopped."""
    from waveplan.usecases.explain import explain

    inventory, sources = validation.inventory, validation.loaded.sources
    assert inventory is not None  # its errors have ended the command
    if ask.wave is None and ask.date is None:
        return explain(plan, inventory, ask.item)
    with watched(session, silent=ask.as_json) as watching:
        asked = {"wave": ask.wave, "date": ask.date}
        return explain(plan, inventory, ask.item, **asked, options=options, watching=watching, sources=sources)


def _show(found: Explanation, session: Session, *, as_json: bool) -> None:
    if as_json:
        from waveplan.export.explanation_json import format_explanation

        session.result(format_explanation(found))
        return
    from waveplan.render.explanations import explanation_view

    session.show(*explanation_view(found, *session.page()))
