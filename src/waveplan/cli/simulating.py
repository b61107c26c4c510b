"""What `waveplan simulate` does: read plan and inventory, play histories, show what they say."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from waveplan import api
from waveplan.cli import exit_codes
from waveplan.cli.days import as_of_day
from waveplan.cli.findings import show_beside
from waveplan.cli.interrupts import stopping_gently
from waveplan.cli.inventories import max_bytes
from waveplan.cli.session import Session
from waveplan.cli.spreading import SpreadOptions
from waveplan.domain.findings import Finding
from waveplan.errors import UsageError
from waveplan.executors import opened
from waveplan.usecases.check import unrecorded
from waveplan.usecases.simulate import SimulateOptions, SimulateWatch, simulate, simulate_share
from waveplan.usecases.simulated_shares import options_of, packed, work_of
from waveplan.usecases.validate import load, validated

if TYPE_CHECKING:
    from waveplan.cli.simulate_requests import SimulateRequest
    from waveplan.domain.actuals import Actuals
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan
    from waveplan.domain.simulated import Simulation
    from waveplan.executors import Shard
    from waveplan.usecases.shares import ShareFile
    from waveplan.usecases.simulate import PlayedShare


def run(ask: SimulateRequest, session: Session) -> int:
    """Play histories of a plan and show what they say; returns the exit code."""
    spread = SpreadOptions(ask.workers, ask.dask, ask.shard)
    where, shard = spread.where(), spread.share()
    if ask.inventory == "-" or (ask.plan == "-" and ask.actuals == "-"):
        raise UsageError("only one of the files can be standard input")
    if ask.as_of is not None and ask.actuals is None:
        raise UsageError("--as-of is the day on which --actuals are looked at: give both")
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
        watch = SimulateWatch(progress.told, stop)
        inventory, plan = validation.inventory, plan_file.plan
        if shard is not None:
            found_here = simulate_share(
                inventory, plan, shard, actuals=actuals, as_of=as_of, options=asked, watch=watch
            )
            progress.finish()
            work = work_of(inventory, plan, actuals, as_of, asked)
            return _hand_over_share(found_here, work, shard, session, stop)
        found = simulate(inventory, plan, actuals=actuals, as_of=as_of, options=asked, watch=watch)
        progress.finish()
    show_beside(session, found.findings)
    if found.simulation is None:
        return exit_codes.FINDINGS if found.findings else exit_codes.INTERRUPTED
    return shown(found.simulation, session, as_json=ask.as_json)


def merged_simulation(whole: ShareFile, session: Session, *, as_json: bool) -> int:
    """Show what all shares come to: what they have played is not played again; returns the exit code."""
    held = whole.of
    session = session.speaking(held["inventory"].programme.language)
    stop = threading.Event()
    with stopping_gently(stop):
        found = simulate(
            held["inventory"],
            held["plan"],
            actuals=held["actuals"],
            as_of=held["as_of"],
            options=options_of(held, whole.results),
            watch=SimulateWatch(stop=stop),
        )
    show_beside(session, found.findings)
    if found.simulation is None:
        return exit_codes.FINDINGS if found.findings else exit_codes.INTERRUPTED
    return shown(found.simulation, session, as_json=as_json)


def _hand_over_share(
    found: PlayedShare, work: Mapping[str, Any], shard: Shard, session: Session, stop: threading.Event
) -> int:
    """The share on standard output; returns the exit code."""
    from waveplan.usecases.shares import ShareFile, share_text

    show_beside(session, found.findings)
    if found.findings:
        return exit_codes.FINDINGS
    session.result(share_text(ShareFile("simulation", work, shard, packed(found.repeats))))
    return exit_codes.INTERRUPTED if stop.is_set() else exit_codes.CLEAN


def _actuals(
    ask: SimulateRequest, plan: Plan, inventory: Inventory, as_of: dt.date | None
) -> tuple[Actuals | None, list[Finding]]:
    """What has happened; findings that stand in the way of going on from there."""
    if ask.actuals is None:
        return None, []
    loaded = api.load_actuals(ask.actuals)
    findings = api.judged(loaded, plan, inventory, as_of)
    return loaded.actuals, [*(each for each in findings if each.severity == "error"), *unrecorded(tuple(findings))]


def _size(ask: SimulateRequest):  # type: ignore[no-untyped-def]
    from waveplan.simulation.simulating import SampleSize

    return SampleSize(ask.runs, ask.seed, ask.sampling, ask.precision)


def shown(found: Simulation, session: Session, *, as_json: bool) -> int:
    """Show what histories say; returns the exit code."""
    if as_json:
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
