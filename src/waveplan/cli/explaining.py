"""What `waveplan explain` does: find what is meant, have it explained, and show the answer."""

from __future__ import annotations

import math
import shlex
import threading
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from waveplan.cli import exit_codes
from waveplan.cli.findings import show_beside
from waveplan.cli.interrupts import stopping_gently
from waveplan.cli.inventories import read_inventory
from waveplan.cli.plans import read_plan
from waveplan.cli.session import Session
from waveplan.domain.explanations import Explanation
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan

_CODES = {"impossible": exit_codes.INFEASIBLE, "unknown": exit_codes.NO_PLAN}


@dataclass(frozen=True, slots=True)
class ExplainRequest:
    """What was asked for on the command line."""

    plan: str
    inventory: str
    item: str
    wave: str | None
    date: str | None
    time_limit: float
    as_json: bool
    max_size: int | None
    seed: int = 0
    reproducible: bool = False


def run(ask: ExplainRequest, session: Session) -> int:
    """Explain and show; returns the exit code."""
    _refuse(ask)
    loaded = read_plan(ask.plan)
    read = read_inventory(ask.inventory, session, ask.max_size)
    session = read.session
    show_beside(session, loaded.findings)
    if loaded.plan is None or read.inventory is None or read.exit_code:
        return exit_codes.FINDINGS
    found = _explained(loaded.plan, read.inventory, ask, session)
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
    if not math.isfinite(ask.time_limit) or ask.time_limit <= 0:
        raise UsageError("--time-limit takes a number of seconds above 0")


def _explained(plan: Plan, inventory: Inventory, ask: ExplainRequest, session: Session) -> Explanation:
    """The explanation; a wish takes time, so it shows progress and can be stopped."""
    from waveplan.usecases.explain import explain

    if ask.wave is None and ask.date is None:
        return explain(plan, inventory, ask.item)
    from waveplan.cli.solving import ProgressWatch
    from waveplan.planning.options import SolveOptions
    from waveplan.render.language import translator
    from waveplan.render.progress import progress_on

    options = SolveOptions(
        time_limit=None if ask.reproducible else ask.time_limit,
        deterministic_limit=ask.time_limit if ask.reproducible else None,
        seed=ask.seed,
        reproducible=ask.reproducible,
    )
    wished = partial(explain, plan, inventory, ask.item, wave=ask.wave, date=ask.date, options=options)
    stop, notes = threading.Event(), session.notes()
    with stopping_gently(stop):
        if session.quiet or ask.as_json:
            return wished(stop=stop)
        with progress_on(notes, translator(session.language())) as display:
            watch = ProgressWatch(display, notes, session, stop)
            return wished(on_progress=watch.show, stop=stop)


def _show(found: Explanation, session: Session, *, as_json: bool) -> None:
    from waveplan.render.language import translator

    language = translator(session.language())
    if as_json:
        from waveplan.export.explanation_json import format_explanation

        session.result(format_explanation(found))
        return
    from waveplan.render.console import signs_for
    from waveplan.render.explanations import explanation_view

    screen = session.screen()
    session.show(*explanation_view(found, language=language, width=screen.width, signs=signs_for(screen)))
