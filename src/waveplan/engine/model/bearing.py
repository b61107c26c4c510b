"""A plan that bears as many single slips as can be: for each wave, whether it could stand in a later place instead.

One model holds the plan, and for each of its waves the plan as it would be had that wave gone to a later place: the
same rules once more, over the same literals but for those of the wave that moves.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from waveplan.engine.model.assembly import ProblemModel, add_rules
from waveplan.engine.model.cp_sat import RunLimits, run
from waveplan.engine.model.slipped import SlippedVariables
from waveplan.engine.model.variables import Literal, Variables
from waveplan.engine.model.watched import ModelGivenUpError, Over
from waveplan.engine.problem import Assignment, PlanningProblem

SURE_WEIGHT = 1000  # of a slip whose chance is 1 − 1/e
_LOST = 10  # what a slip costs that is not borne
_BORNE = 3  # what one costs that is: a second one is not borne any more


@dataclass(frozen=True, slots=True)
class SlipEntry:
    """A chance to slip that a wave has once one of some lots is in it.

    `weight` is −log(1 − chance) in parts of SURE_WEIGHT; `bears` says by place to which later places a wave that has
    slipped there may still go.
    """

    weight: int
    lots: frozenset[int]
    bears: Mapping[int, frozenset[int]]


SlipKind = Sequence[SlipEntry]  # of one kind the first entry counts that is about a lot of the wave


@dataclass(frozen=True, slots=True)
class Bearing:
    """A plan, and what its slips weigh: less is better."""

    plan: dict[int, int]
    weight: int


def bearing_size(problem: PlanningProblem) -> int:
    """About how many literals a model has: lots by place, once for each place that a wave may leave."""
    places = {place for allowed in problem.allowed for place in allowed}
    return sum(map(len, problem.allowed)) * len(places)


def bear_slips(
    problem: PlanningProblem,
    free: frozenset[int],
    kinds: Sequence[SlipKind],
    limits: RunLimits,
    stop: threading.Event,
    *,
    hint: Assignment | None = None,
    over: Over | None = None,
) -> Bearing | None:
    """The plan with some places `free` whose slips weigh least; None when none is found within the limits.

    A slip that is borne weighs less than one that is not. With a `hint`, what is found is no worse than it.
    """
    allowed = tuple(tuple(place for place in places if place not in free) for places in problem.allowed)
    if not all(allowed):
        return None
    try:
        model, costs = _whole(problem, replace(problem, allowed=allowed), kinds, over)
    except ModelGivenUpError:
        return None
    model.model.minimize(sum(costs))
    if hint is not None and model.is_whole(hint):
        _start_from(model, hint, limits, stop)
    found = run(model.model, limits, stop, lambda *_: None)
    if not found.has_plan:
        return None
    return Bearing(model.assignment(found.values), found.objective or 0)


def _start_from(model: ProblemModel, hint: Assignment, limits: RunLimits, stop: threading.Event) -> None:
    """Suggest a plan with all that follows from it, so that what is found is no worse."""
    model.hint(hint)
    copy = model.model.clone()
    for lot, place in sorted(hint.items()):
        copy.add(model.variables.starts_in[lot, place] == 1)
    found = run(copy, limits, stop, lambda *_: None)
    if found.has_plan:
        model.keep(found.values)


def _whole(
    problem: PlanningProblem, narrowed: PlanningProblem, kinds: Sequence[SlipKind], over: Over | None
) -> tuple[ProblemModel, list[Literal]]:
    base = Variables(narrowed, over=over)
    model = ProblemModel(base, add_rules(base), {})
    going: dict[int, dict[int, Literal]] = {}
    for place in sorted(base.used):
        wanted = {to for kind in kinds for entry in kind for to in entry.bears.get(place, ())}
        going[place] = {to: base.model.new_bool_var(f"slip of {place} to {to}") for to in sorted(wanted)}
        if wanted:
            base.model.add_at_most_one(going[place].values())
            add_rules(SlippedVariables(base, problem, place, going[place]))
    return model, [_cost(base, place, kind, going[place]) for place in going for kind in kinds if kind]


def _cost(base: Variables, place: int, kind: SlipKind, goes: Mapping[int, Literal]) -> Literal:
    """What the slips of one kind of the wave in a place weigh."""
    most = max(entry.weight for entry in kind)
    any_, lost = (base.model.new_int_var(0, most, f"{what} at {place}") for what in ("slip", "lost"))
    before: list[Literal] = []
    for entry in kind:
        touched = base.touched(place, entry.lots)
        if touched is None:
            continue
        first = [touched, *(~each for each in before)]
        late = [to for to in sorted(entry.bears.get(place, ())) if to in goes]
        base.model.add(any_ >= entry.weight).only_enforce_if(first)
        base.model.add(lost >= entry.weight).only_enforce_if([*first, *(~goes[to] for to in late)])
        before.append(touched)
    return (_LOST - _BORNE) * lost + _BORNE * any_
