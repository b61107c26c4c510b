"""The use case of asking what may become of a plan: its dates as chances, what eats them, what would help."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from waveplan.domain.findings import Finding, has_errors
from waveplan.domain.history import History
from waveplan.domain.standing import NOTHING_DONE, done_of
from waveplan.domain.wording import finding
from waveplan.simulation.assuming import assumed_risks
from waveplan.simulation.simulating import SampleSize, Told

if TYPE_CHECKING:
    from waveplan.domain.actuals import Actuals
    from waveplan.domain.commitments import ExternalMilestone
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.learnt import TaskObservation
    from waveplan.domain.plan import Plan
    from waveplan.domain.simulated import LearntRate, Simulation
    from waveplan.executors import Shard
    from waveplan.simulation.asking import Asking
    from waveplan.simulation.players import PlayedRepeat
    from waveplan.simulation.repair.asking import RepairAsking
    from waveplan.simulation.repair.batches import PlayedRepair
    from waveplan.simulation.staging import KnownSoFar

SlipPolicy = Literal["push", "repair"]


@dataclass(frozen=True)
class SimulateOptions:
    """How much is drawn, and what is asked beside the dates."""

    size: SampleSize = field(default_factory=SampleSize)
    assume: bool = False  # labelled defaults where the inventory says nothing
    compare: bool = True  # one risk away, one measure taken; with `push` alone
    policy: SlipPolicy = "push"  # what slips takes the next slot, or is replanned
    executor: Executor | None = None
    known: Sequence[PlayedRepeat | PlayedRepair] = ()  # played already, by shares


@dataclass(frozen=True)
class SimulateWatch:
    """Who hears how many runs are through, and how the run is stopped."""

    told: Told = lambda done, most: None
    stop: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class Simulated:
    """What came of it: a simulation, or findings that stand in its way."""

    simulation: Simulation | None
    findings: tuple[Finding, ...] = ()


def simulate(
    inventory: Inventory,
    plan: Plan,
    *,
    actuals: Actuals | None = None,
    as_of: dt.date | None = None,
    options: SimulateOptions | None = None,
    watch: SimulateWatch | None = None,
) -> Simulated:
    """Play many histories of a plan that the independent check accepts, from a day on where actuals are given.

    The inventory must validate. Raises ValueError when actuals come without a day.
    """
    asked, watch = options or SimulateOptions(), watch or SimulateWatch()
    asking, learnt, findings = _asking(inventory, plan, actuals, as_of, asked, watch)
    if asking is None:
        return Simulated(None, findings)
    try:
        answer = asking.answer(compare=asked.compare)
    except InterruptedError:  # before anything was played
        return Simulated(None)
    return Simulated(replace(answer, learnt=learnt, assumed=asked.assume))


@dataclass(frozen=True)
class PlayedShare:
    """What a share came to, or findings that stand in its way."""

    repeats: tuple[PlayedRepeat | PlayedRepair, ...]
    findings: tuple[Finding, ...] = ()


def simulate_share(
    inventory: Inventory,
    plan: Plan,
    shard: Shard,
    *,
    actuals: Actuals | None = None,
    as_of: dt.date | None = None,
    options: SimulateOptions | None = None,
    watch: SimulateWatch | None = None,
) -> PlayedShare:
    """Play a share of what `simulate` plays, which knows all of it when it is given every share's repeats."""
    asked, watch = options or SimulateOptions(), watch or SimulateWatch()
    asking, _, findings = _asking(inventory, plan, actuals, as_of, asked, watch)
    played: list[PlayedRepeat | PlayedRepair] = []
    if asking is not None:
        played += asking.share(shard, compare=asked.compare)
    return PlayedShare(tuple(played), findings)


def _asking(
    inventory: Inventory,
    plan: Plan,
    actuals: Actuals | None,
    as_of: dt.date | None,
    asked: SimulateOptions,
    watch: SimulateWatch,
) -> tuple[Asking | RepairAsking | None, tuple[LearntRate, ...], tuple[Finding, ...]]:
    """A plan that may be asked, and what was learnt; or why it may not."""
    from waveplan.checking import check as check_plan
    from waveplan.engine.compiling.warming import warming
    from waveplan.tracking import promised_so_far, turned_out

    parts = [warming(part) for part in (("histories", "steps") if asked.policy == "repair" else ("histories",))]
    history = None if actuals is None else History(actuals, plan, as_of)
    if history is not None and as_of is None:
        raise ValueError("actuals are looked at on a day")
    now = inventory if history is None else turned_out(inventory, history, plan)
    done = NOTHING_DONE if history is None else done_of(history, plan)
    promised = inventory.external_milestones if history is None else promised_so_far(inventory, history)
    wrong = check_plan(plan, now, done=done, promised=promised).findings
    if has_errors(wrong):
        return None, (), tuple(each for each in wrong if each.severity == "error")
    if asked.assume:
        now = assumed_risks(now)
    for part in parts:  # without, each of several workers would compile the same
        part.wait(watch.stop)
    if watch.stop.is_set():
        return None, (), ()
    return _staged(now, plan, history, as_of, asked, watch, inventory.external_milestones)


def _staged(
    inventory: Inventory,
    plan: Plan,
    history: History | None,
    as_of: dt.date | None,
    asked: SimulateOptions,
    watch: SimulateWatch,
    promised: Sequence[ExternalMilestone],
) -> tuple[Asking | RepairAsking | None, tuple[LearntRate, ...], tuple[Finding, ...]]:
    from waveplan.domain.actuals import Actuals
    from waveplan.simulation.asking import Asking
    from waveplan.simulation.learning import known_of, learnt_from
    from waveplan.simulation.players import PlayedRepeat, Player
    from waveplan.simulation.repair.asking import RepairAsking
    from waveplan.simulation.repair.batches import PlayedRepair
    from waveplan.simulation.staging import KnownSoFar, staged

    known: KnownSoFar = KnownSoFar()
    learnt: tuple[LearntRate, ...] = ()
    if history is not None and as_of is not None:
        inventory, learnt = learnt_from(inventory, plan, history, _seen(inventory, plan, history), promised)
        known = replace(known_of(plan, history, as_of, inventory), on_time=_on_time(learnt))
        if known.mixed or known.split:
            return None, (), (_in_part(known),)
    if asked.policy == "repair":
        recorded = Actuals() if history is None else history.actuals
        played = [each for each in asked.known if isinstance(each, PlayedRepair)]
        parts = (asked.size, asked.executor, watch.stop, watch.told, played)
        repairing = RepairAsking(staged(plan, inventory, known), inventory, known, recorded, *parts)
        return (repairing, learnt, ()) if repairing.ready else (None, (), (_unready(),))
    repeats = [each for each in asked.known if isinstance(each, PlayedRepeat)]
    player = Player(asked.executor, {(each.scene, each.task): each.result for each in repeats})
    asking = Asking(staged(plan, inventory, known), inventory, asked.size, player, watch.stop, watch.told)
    return (asking, learnt, ()) if asking.ready else (None, (), (_unready(),))


def _seen(inventory: Inventory, plan: Plan, history: History) -> Sequence[TaskObservation]:
    """What tasks took in nights and rehearsals so far: the same observations that minutes are learnt from."""
    from waveplan.simulation.tries import tasks_by
    from waveplan.usecases.nights import seen_in_nights
    from waveplan.usecases.runbooks import runbook_templates

    records = tasks_by(history.actuals.tasks, history.as_of)
    return seen_in_nights(plan, inventory, runbook_templates(inventory).tasks, records) if records else ()


def _on_time(learnt: tuple[LearntRate, ...]) -> Decimal:
    from waveplan.simulation.chances import ON_TIME

    return next((Decimal(str(round(each.after, 6))) for each in learnt if each.what == "on_time"), ON_TIME)


def _in_part(known: KnownSoFar) -> Finding:
    if known.mixed:
        return finding(
            "WP605",
            "wave {wave} is partly done: what is left of it has no wave of its own yet",
            {"wave": known.mixed},
            (),
            (known.mixed,),
            "replan first, and simulate the new plan",
        )
    return finding(
        "WP605",
        "some lots of wave {wave} were refused: they have no wave of their own yet",
        {"wave": known.split},
        (),
        (known.split,),
        "replan first, and simulate the new plan",
    )


def _unready() -> Finding:
    return finding(
        "WP606",
        "the plan cannot be simulated: its amounts are too fine for the numbers that histories are counted in",
        {},
        (),
        (),
        "round efforts and sizes in the inventory to fewer decimals",
    )
