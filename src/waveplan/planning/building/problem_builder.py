"""Inventory, lots and calendar → the planning problem."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from operator import itemgetter

from waveplan.domain.parts import CRITICALITY_POINTS
from waveplan.domain.plan import Plan
from waveplan.domain.standing import Standing
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.limits import Budget, Pool, UnionLimit, WaveLimit
from waveplan.engine.running.looking import Look
from waveplan.planning.building.capacity import target_capacity
from waveplan.planning.building.levels import LevelTables
from waveplan.planning.building.naming import spoken
from waveplan.planning.building.orders import OrderBuilder
from waveplan.planning.building.past import of_the_past
from waveplan.planning.building.people import PeopleBuilder
from waveplan.planning.building.pools import Pools
from waveplan.planning.building.preludes import PreludeBuilder
from waveplan.planning.building.replication import replication
from waveplan.planning.building.seats import SeatBuilder
from waveplan.planning.building.sequence import stream_rules
from waveplan.planning.building.stages import StageBuilder
from waveplan.planning.building.standing import hold
from waveplan.planning.building.ties import soft_ties
from waveplan.planning.building.wave_limits import LimitBuilder
from waveplan.planning.building.window_limits import WindowLimits, week_limits
from waveplan.planning.building.windows import WindowBuilder
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.facts.figures import told_apart
from waveplan.planning.facts.obstacles import Obstacles, SlotObstacle


@dataclass(frozen=True)
class Built:
    """A problem and, for each lot, what keeps it out of slots."""

    facts: PlanningFacts
    problem: PlanningProblem
    obstacles: tuple[tuple[SlotObstacle, ...], ...]

    @property
    def codes(self) -> frozenset[str]:
        """Codes of the rules that it states, together or of a lot alone, but for those of every problem.

        That each item is planned once, in the lot that its ties make, in a slot and in its own stream (WP301, WP302,
        WP303, WP340) is how a problem is made: no statement of it could be left out.
        """
        return self.problem.codes | {obstacle.code for own in self.obstacles for obstacle in own}


def build_problem(
    facts: PlanningFacts,
    baseline: Plan | None = None,
    standing: Standing | None = None,
    *,
    near: bool = True,
    look: Look | None = None,
) -> Built:
    """Put every rule into integers; what a lot alone would break in a slot becomes an obstacle.

    Without `near`, nothing is asked to come within so many days of what is done. Raises StoppedError when a `look`
    does.
    """
    pools, look = Pools(), look or Look()
    outline = _outline(facts, pools, look)
    look()
    windows = WindowBuilder(facts, pools)
    allowed, obstacles = outline.problem.allowed, outline.obstacles
    held = hold(facts, allowed, standing) if standing is not None else None
    if held is not None:
        allowed = held.allowed
        obstacles = tuple((*own, *more) for own, more in zip(obstacles, held.obstacles, strict=True))
    look()
    ties, scale = soft_ties(facts)
    problem = replace(
        outline.problem,
        allowed=allowed,
        hypercare=_hypercare(facts, allowed),
        pools=pools.all(),
        work=windows.work,
        window_fits=tuple(look.each(windows.fits(allowed))),
        downtimes=windows.downtimes(),
        ties=ties,
        weight_scale=scale,
        points=tuple(sum(CRITICALITY_POINTS[i.entry.criticality] for i in lot.items) for lot in facts.lots),
        baseline_day=_baseline_days(facts, baseline),
    )
    return Built(facts, of_the_past(problem, held.done, near=near) if held is not None else problem, obstacles)


def outline_problem(facts: PlanningFacts) -> Built:
    """As much of it as tells what no search can mend: no goals, and nothing that only lots of one window share."""
    return _outline(facts, Pools(), Look())


def _outline(facts: PlanningFacts, pools: Pools, look: Look) -> Built:
    preludes = PreludeBuilder(facts, facts.knowledge)
    weeks = list(look.each(PeopleBuilder(facts, pools, preludes).weeks()))
    seats = SeatBuilder(facts, pools)
    taken = WindowLimits(facts, pools)
    others = (*target_capacity(facts, pools), *taken.budgets, *week_limits(facts, pools), *replication(facts, pools))
    look()
    budgets = (*weeks, *look.each(seats.crews()), *look.each(seats.on_call()), *others)
    limits = [limit for stream in range(len(facts.streams)) for limit in LimitBuilder(facts, stream).build()]
    tables = LevelTables(facts)
    orders, stages = OrderBuilder(facts, tables), StageBuilder(facts, tables)
    unions = [limit for limit in limits if isinstance(limit, UnionLimit)]
    obstacles = _obstacles(facts, budgets, pools.all(), taken, look)
    problem = PlanningProblem(
        lots=tuple(lot.id for lot in facts.lots),
        positions=facts.positions,
        streams=tuple(stream_rules(facts, stream) for stream in range(len(facts.streams))),
        lot_stream=tuple(facts.stream_of(lot) for lot in facts.lots),
        allowed=_allowed(facts, obstacles),
        pools=pools.all(),
        wave_limits=tuple(limit for limit in limits if isinstance(limit, WaveLimit)),
        union_limits=(*unions, *stages.one_tranche(), *orders.one_side_a_wave()),
        budgets=budgets,
        precedences=tuple(look.each(orders.precedences())),
        aparts=tuple(look.each(orders.aparts())),
        peaks=tuple(range(len(weeks))),
        group_orders=(*look.each(orders.groups()), *look.each(stages.groups())),
        preludes=preludes.preludes(),
        slot_unions=tuple(taken.unions),
    )
    return Built(facts, problem, obstacles)


def _obstacles(
    facts: PlanningFacts, budgets: tuple[Budget, ...], pools: tuple[Pool, ...], taken: WindowLimits, look: Look
) -> tuple[tuple[SlotObstacle, ...], ...]:
    finder = Obstacles(facts)
    alone = _alone(facts, budgets, pools)
    for index, obstacle in taken.alone():
        alone[index].append(obstacle)
    return tuple((*finder.of(lot), *alone[index]) for index, lot in enumerate(look.each(facts.lots)))


def _alone(facts: PlanningFacts, budgets: tuple[Budget, ...], pools: tuple[Pool, ...]) -> dict[int, list[SlotObstacle]]:
    """Slots in which one lot alone already exceeds a budget, with the figures of the slot where it lacks least."""
    streams = [facts.stream_of(lot) for lot in facts.lots]
    largest = [sorted(((amount, lot) for lot, amount in pool.amounts.items()), reverse=True) for pool in pools]
    tops = [amounts[0][0] if amounts else 0 for amounts in largest]
    blocked: dict[tuple[int, str, str], dict[int, tuple[Fraction, Fraction]]] = defaultdict(dict)
    for budget in budgets:
        if budget.when is not None or not any(
            tops[pool] * coefficient > budget.limit
            for pool, coefficient in set(map(_POOL_AND_COEFFICIENT, budget.terms))
        ):
            continue
        for pool, position, coefficient in budget.terms:
            if tops[pool] * coefficient <= budget.limit:
                continue
            place = facts.positions[position]
            for amount, lot in largest[pool]:
                if amount * coefficient <= budget.limit:
                    break
                if place.stream == streams[lot]:
                    figures = Fraction(amount * coefficient, budget.scale), Fraction(budget.limit, budget.scale)
                    lacks = blocked[lot, budget.code, pools[pool].name]
                    lacks[place.slot] = max(figures, lacks.get(place.slot, figures), key=_lack)
    found: dict[int, list[SlotObstacle]] = defaultdict(list)
    for (lot, code, name), lacks in sorted(blocked.items()):
        needed, most = told_apart(*min(lacks.values(), key=_lack))
        values = {"name": spoken(name), "needed": needed, "most": most}
        found[lot].append(SlotObstacle(code, frozenset(lacks), "{name}: {needed} needed, at most {most} there", values))
    return found


_POOL_AND_COEFFICIENT = itemgetter(0, 2)


def _lack(figures: tuple[Fraction, Fraction]) -> Fraction:
    needed, most = figures
    return needed - most


def _allowed(facts: PlanningFacts, obstacles: tuple[tuple[SlotObstacle, ...], ...]) -> tuple[tuple[int, ...], ...]:
    """Positions by lot; lots with the same ones share the tuple."""
    shared: dict[object, tuple[int, ...]] = {}
    found = []
    for lot, about in zip(facts.lots, obstacles, strict=True):
        key = (facts.stream_of(lot), frozenset(obstacle.slots for obstacle in about))
        if key not in shared:
            blocked = frozenset[int]().union(*key[1])
            free = tuple(facts.position(key[0], slot) for slot in range(len(facts.slots)) if slot not in blocked)
            shared[key] = shared.setdefault(free, free)
        found.append(shared[key])
    return tuple(found)


def _hypercare(facts: PlanningFacts, allowed: tuple[tuple[int, ...], ...]) -> tuple[dict[int, tuple[int, int]], ...]:
    """By lot: first and last hypercare day in each position; lots with the same hours and positions share them."""
    shared: dict[object, dict[int, tuple[int, int]]] = {}
    found = []
    for lot, positions in zip(facts.lots, allowed, strict=True):
        key = (id(positions), lot.hypercare_hours, facts.zone(lot))
        if key not in shared:
            care, number = facts.hypercare(lot), len(facts.slots)  # a position is a slot of a stream, slots in order
            days = {position: care[position % number] for position in positions}
            shared[key] = {p: (facts.day(span.first), facts.day(span.last)) for p, span in days.items()}
        found.append(shared[key])
    return tuple(found)


def _baseline_days(facts: PlanningFacts, baseline: Plan | None) -> dict[int, int]:
    """Day of each lot in the baseline: of the lot with its id, else of its items if they all had one date."""
    if baseline is None:
        return {}
    date_of_lot = {lot: wave.date for wave in baseline.waves for lot in wave.lots}
    date_of_item: dict[str, dt.date] = {}
    for lot in baseline.lots:
        if lot.id in date_of_lot:
            date_of_item.update(dict.fromkeys(lot.items, date_of_lot[lot.id]))
    found: dict[int, int] = {}
    for index, mine in enumerate(facts.lots):
        dates = {date_of_item[item.id] for item in mine.items if item.id in date_of_item}
        if mine.id in date_of_lot:
            found[index] = facts.day(date_of_lot[mine.id])
        elif len(dates) == 1:
            found[index] = facts.day(dates.pop())
    return found
