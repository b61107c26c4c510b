"""Put a lot where somebody wants it, and mend the rest with as few moves as possible."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from waveplan.change_calendar import Slot
from waveplan.domain.explanations import Mending, SlotVerdict
from waveplan.domain.objective import Goal
from waveplan.domain.plan import Plan
from waveplan.usecases.describe import diff
from waveplan.usecases.explain.clashing import clashes_of
from waveplan.usecases.explain.reasons import best_of, verdict
from waveplan.usecases.explain.subjects import ExplainedItem
from waveplan.usecases.solve import solve_checked

if TYPE_CHECKING:
    from waveplan.loading import SourceMap
    from waveplan.planning.options import Outcome, SolveOptions, Watching

MOST_SECONDS = 5.0  # with all that comes before and after, an answer within ten
_LEAST = 0.25  # of the limit: to find what clashes with the wish, however long the proof took that something does


def mend(
    subject: ExplainedItem,
    slots: Sequence[Slot],
    *,
    options: SolveOptions | None = None,
    watching: Watching | None = None,
    sources: SourceMap | None = None,
) -> Mending:
    """The lot in one of these slots, with the fewest other lots moved, then the inventory's goals.

    Nothing is solved when the lot's own rules forbid all of these slots. Where it is impossible, the facts that clash
    with the wish are looked for in the time that is left, and in a quarter of it at least. Raises ValueError without
    any slot.
    """
    from waveplan.engine.running.clock import Clock
    from waveplan.planning.options import Watching

    if not slots:
        raise ValueError("there is no slot to put the lot into")
    wanted = {subject.trials.wave_id(slot) for slot in slots}
    if subject.wave is not None and subject.wave.id in wanted:
        return Mending("here", None)
    verdicts = [verdict(subject, slot) for slot in slots]
    best = best_of(verdicts)
    possible = frozenset(each.wave_id for each in verdicts if not each.alone)
    limits = _options(options)
    clock = Clock(limits)
    outcome = _solve(subject, possible, limits, watching) if possible else None
    found = Mending("impossible", best) if outcome is None else _told(subject, best, outcome)
    if found.status != "impossible" or (outcome is not None and outcome.interrupted):
        return found
    left = clock.left().seconds
    rest = limits if left is None else replace(limits, time_limit=max(left, _LEAST * (limits.time_limit or 0.0)))
    ids = [str(slot.id) for slot in slots]
    return replace(found, clashes=clashes_of(subject, ids, rest, watching or Watching(), sources))


def _options(options: SolveOptions | None) -> SolveOptions:
    from waveplan.planning.options import SolveOptions

    return options or SolveOptions(time_limit=MOST_SECONDS)


def _solve(
    subject: ExplainedItem, possible: frozenset[str], options: SolveOptions, watching: Watching | None
) -> Outcome:
    own = [goal for goal in subject.inventory.objective.goals if goal.goal != "moved_lots"]
    chosen = replace(
        options,
        goals=(Goal(goal="moved_lots"), *own),
        pins={subject.lot.id: possible},
    )
    return solve_checked(subject.inventory, options=chosen, baseline=subject.plan, watching=watching)


def _told(subject: ExplainedItem, best: SlotVerdict, outcome: Outcome) -> Mending:
    if outcome.plan is None:
        return Mending("impossible" if outcome.status == "infeasible" else "unknown", best, findings=outcome.findings)
    difference = diff(subject.plan, outcome.plan)
    others = [move for move in difference.moved if move.lot != subject.lot.id]
    status = "mended" if others or difference.regrouped or not best.free else "free"
    fewest, least = _proven(outcome.plan, any(move.lot == subject.lot.id for move in difference.moved))
    return Mending("mended" if status == "mended" else "free", best, difference, fewest, least)


def _proven(plan: Plan, itself: bool) -> tuple[bool, int]:
    """Whether fewer moves are proven not to do, and how many other lots are proven to have to move."""
    record = next((each for each in plan.solve.goals if each.goal == "moved_lots"), None)
    if record is None:
        return False, 0
    least = 0 if record.bound is None else math.ceil(record.bound) - itself
    return record.status == "optimal", max(0, least)
