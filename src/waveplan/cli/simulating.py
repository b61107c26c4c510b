"""What `waveplan simulate` does: read plan and inventory, play histories, show what they say."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli import exit_codes
from waveplan.cli.days import as_of_day
from waveplan.cli.findings import show_beside
from waveplan.cli.interrupts import stopping_gently
from waveplan.cli.inventories import max_bytes
from waveplan.cli.session import Session
from waveplan.cli.spreading import where_of
from waveplan.domain.findings import Finding
from waveplan.errors import UsageError
from waveplan.executors import opened
from waveplan.usecases.simulate import UNRECORDED, SimulateOptions, SimulateWatch, simulate
from waveplan.usecases.validate import load, validated

if TYPE_CHECKING:
    from waveplan.cli.simulate_requests import SimulateRequest
    from waveplan.domain.actuals import Actuals
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan
    from waveplan.domain.simulated import Simulation


def run(ask: SimulateRequest, session: Session) -> int:
    """Play histories of a plan and show what they say; returns the exit code."""
    where = where_of(ask.workers, ask.dask)
    if ask.inventory == "-" or (ask.plan == "-" and ask.actuals == "-"):
        raise UsageError("only one of the files can be standard input")
    loaded = load(ask.inventory, max_bytes=max_bytes(ask.max_size), also=ask.risks or ())
    validation, plan_file = validated(loaded), api.load_plan(ask.plan)
    if validation.inventory is not None:
        session = session.speaking(validation.inventory.programme.language)
    wrong = [each for each in (*validation.findings, *plan_file.findings) if each.severity == "error"]
    wrong += api.foreign(plan_file, validation.inventory)
    if wrong or validation.inventory is None or plan_file.plan is None:
        show_beside(session, wrong)
        return exit_codes.FINDINGS
    as_of = as_of_day(ask.as_of, session) if ask.actuals is not None else None
    actuals, told = _actuals(ask, plan_file.plan, validation.inventory, as_of)
    if told:
        show_beside(session, told)
        return exit_codes.FINDINGS
    stop = threading.Event()
    with stopping_gently(stop), opened(where) as executor:
        asked = SimulateOptions(_size(ask), ask.assume, not ask.dates_only, ask.policy, executor)
        progress = _Progress(session)
        found = simulate(
            validation.inventory,
            plan_file.plan,
            actuals=actuals,
            as_of=as_of,
            options=asked,
            watch=SimulateWatch(progress.told, stop),
        )
        progress.finish()
    show_beside(session, found.findings)
    if found.simulation is None:
        return exit_codes.FINDINGS if found.findings else exit_codes.INTERRUPTED
    return _show(found.simulation, ask, session)


def _actuals(
    ask: SimulateRequest, plan: Plan, inventory: Inventory, as_of: dt.date | None
) -> tuple[Actuals | None, list[Finding]]:
    """What has happened; findings that stand in the way of going on from there."""
    if ask.actuals is None:
        return None, []
    loaded = api.load_actuals(ask.actuals)
    findings = api.judged(loaded, plan, inventory, as_of)
    return loaded.actuals, [each for each in findings if each.severity == "error" or each.code == UNRECORDED]


def _size(ask: SimulateRequest):  # type: ignore[no-untyped-def]
    from waveplan.simulation.simulating import SampleSize

    return SampleSize(ask.runs, ask.seed, ask.sampling, ask.precision)


def _show(found: Simulation, ask: SimulateRequest, session: Session) -> int:
    if ask.as_json:
        from waveplan.export.simulation_json import format_simulation

        session.result(format_simulation(found))
    else:
        from waveplan.render.simulation import simulation_view

        session.show(*simulation_view(found, *session.page()))
    return exit_codes.INTERRUPTED if found.interrupted else exit_codes.CLEAN


class _Progress:
    """Runs so far, on standard error: on a terminal in one line, elsewhere a line for each quarter."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._console = session.notes()
        self._status = None if session.quiet or not self._console.is_terminal else self._console.status("")
        self._quarter = 0
        if self._status is not None:
            self._status.start()

    def told(self, done: int, most: int) -> None:
        """So many runs are through, of so many at most."""
        words = self._session.say("{done} of {most} runs", done=done, most=most)
        if self._status is not None:
            self._status.update(words)
        elif done * 4 // most > self._quarter:
            self._quarter = done * 4 // most
            self._session.note(words)

    def finish(self) -> None:
        """Take the line away."""
        if self._status is not None:
            self._status.stop()
