"""Random planning problems of a few lots, and a plain judge of all that such a problem asks for."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import accumulate, pairwise, product
from typing import Any

from support.orders import ranked
from waveplan.engine.problem import PlanningProblem, Position, WeightedTie
from waveplan.engine.problem.limits import Budget, Pool, UnionLimit, WaveLimit, WindowFit, WindowWork
from waveplan.engine.problem.orders import Apart, GroupOrder, Precedence, Prelude
from waveplan.engine.problem.rhythm import Stage, StreamRules


def small_problem(rng: random.Random, *, everything: bool = True) -> PlanningProblem:
    """Draw a problem of two to six lots; without `everything`, only of rules that single waves and sums can tell."""
    return _Draw(rng, everything).problem()


class _Draw:
    def __init__(self, rng: random.Random, everything: bool) -> None:
        self.rng = rng
        self.everything = everything
        self.density = rng.choice([0.2, 0.5, 0.8])
        self.lots = rng.randint(2, 6)
        self.streams = 2 if everything and rng.random() < 0.25 else 1
        self.stream_of = [rng.randrange(self.streams) for _ in range(self.lots)]
        self.positions = self._positions(rng.randint(2, 5 if self.lots < 6 else 4))
        self.pools: list[Pool] = []

    def maybe(self) -> bool:
        return self.rng.random() < self.density

    def _positions(self, slots: int) -> tuple[Position, ...]:
        day = rank = 0
        found: list[tuple[int, int, int]] = []
        for slot in range(slots):
            found.append((slot, rank, day))
            if not (self.everything and self.rng.random() < 0.15):  # else the next window starts at the same time
                rank, day = rank + 1, day + self.rng.choice([0, 1, 2, 5, 7, 9])
        places = [(stream, *entry) for stream in range(self.streams) for entry in found]
        return tuple(
            Position(index, stream, slot, rank, day, day - day % 7)
            for index, (stream, slot, rank, day) in enumerate(places)
        )

    def of_stream(self, stream: int) -> list[int]:
        return [place.index for place in self.positions if place.stream == stream]

    def amounts(self, stream: int | None = None) -> dict[int, int]:
        mine = [lot for lot in range(self.lots) if stream is None or self.stream_of[lot] == stream]
        return {lot: self.rng.randint(1, 6) * 2 for lot in mine if self.rng.random() < 0.8}

    def problem(self) -> PlanningProblem:
        """All rules drawn, most of those that a drawn plan breaks left out: there is mostly a plan then."""
        bare = self._bare()
        plan = {lot: self.rng.choice(positions) for lot, positions in enumerate(bare.allowed)}
        budgets, fits = tuple(self._budgets()), tuple(self._fits())
        bare = replace(bare, pools=tuple(self.pools))
        bare = self._with(bare, plan, "streams", [tuple(self._rules(stream) for stream in range(self.streams))])
        numbers = [len(rules.stages) for rules in bare.streams]
        limits = [limit for stream in range(self.streams) for limit in self._limits(stream, numbers[stream])]
        families: dict[str, list[Any]] = {
            "wave_limits": [(limit,) for limit in limits if isinstance(limit, WaveLimit)],
            "union_limits": [(limit,) for limit in limits if isinstance(limit, UnionLimit)],
            "budgets": [(budget,) for budget in budgets],
            "window_fits": [(fit,) for fit in fits],
            "precedences": [(order,) for order in self._precedences()],
            "aparts": [(apart,) for apart in self._aparts()],
            "work": [self._work()],
        }
        found = bare
        for family, drawn in families.items():
            found = self._with(found, plan, family, drawn)
        return found

    def _with(self, problem: PlanningProblem, plan: dict[int, int], family: str, drawn: list[Any]) -> PlanningProblem:
        for rules in drawn:
            known = getattr(problem, family) if family not in {"streams", "work"} else None
            more = replace(problem, **{family: rules if known is None else (*known, *rules)})
            if keeps_every_rule(more, plan) or self.rng.random() < 0.03:
                problem = more
        return problem

    def _bare(self) -> PlanningProblem:
        allowed = tuple(
            tuple(p for p in self.of_stream(stream) if self.rng.random() < 0.9) or tuple(self.of_stream(stream))
            for stream in self.stream_of
        )
        rules = (Stage(None, 0, None),)
        return PlanningProblem(
            lots=tuple(f"lot {lot}" for lot in range(self.lots)),
            positions=self.positions,
            streams=tuple(
                StreamRules(f"s{stream}", tuple(self.of_stream(stream)), rules, None, False, {}, {})
                for stream in range(self.streams)
            ),
            lot_stream=tuple(self.stream_of),
            allowed=allowed,
            hypercare=tuple({p: (self.positions[p].day,) * 2 for p in mine} for mine in allowed),
            wave_limits=(),
            union_limits=(),
            budgets=(),
            work=WindowWork({}, {}, {}, {}, (0,) * len(self.positions)),
            window_fits=(),
            pools=(),
            downtimes=(),
            precedences=(),
            aparts=(),
            ties=tuple(self._ties()),
            weight_scale=1,
            peaks=(),
            points=(1,) * self.lots,
            baseline_day={},
        )

    def _rules(self, stream: int) -> StreamRules:
        last = Stage(None, self.rng.choice([0, 2, 7, 8]) if self.maybe() else 0, 1 if self.maybe() else None)
        stages = (last,)
        if self.maybe():
            most = self.rng.choice([None, 1, 2])
            stages = (Stage(self.rng.randint(1, 2), self.rng.choice([0, 3, 8]), most), last)
        mine = [lot for lot in range(self.lots) if self.stream_of[lot] == stream]
        ordinals = {lot: self.rng.randint(2, 3) for lot in mine if self.maybe() and self.rng.random() < 0.4}
        return StreamRules(f"s{stream}", tuple(self.of_stream(stream)), stages, None, False, ordinals, {})

    def _limits(self, stream: int, stages: int) -> Iterator[WaveLimit | UnionLimit]:
        for name in ("servers", "data"):
            amounts = self.amounts(stream)
            if amounts and self.rng.random() < 0.8:
                yield WaveLimit("WP318", name, stream, None, amounts, self.rng.randint(6, 14))
            if amounts and self.maybe():
                yield WaveLimit("WP319", name, stream, self.rng.randrange(stages), amounts, self.rng.randint(6, 20))
        if self.maybe():
            touched = {lot: tuple(self.rng.sample(range(4), self.rng.randint(1, 3))) for lot in self.amounts(stream)}
            stage = self.rng.randrange(stages) if self.everything and self.maybe() else None
            weights = tuple(self.rng.randint(1, 3) for _ in range(4))
            yield UnionLimit("WP318", "sites", stream, stage, touched, weights, self.rng.randint(2, 6))

    def _budgets(self) -> Iterator[Budget]:
        for number in range(self.rng.randint(0, 2)):
            self.pools.append(Pool(f"pool {number}", self.amounts()))
            limit = self.rng.randint(6, 30)
            last = self.rng.choice([place.day for place in self.positions])
            sums = [(number, place.index, 2) for place in self.positions if place.day <= last]
            if self.maybe() or not self.everything:
                yield Budget("WP330", "capacity", tuple(sums), 2 * limit)
            elif self.maybe():
                some = [(number, p, self.rng.randint(1, 3)) for _, p, _ in sums if self.rng.random() < 0.7]
                when = tuple(p for _, p, _ in some if self.rng.random() < 0.5) if self.maybe() else None
                yield Budget("WP324", "week", tuple(some), limit, when)

    def _work(self) -> WindowWork:
        kinds = [self.amounts() if self.everything and self.maybe() else {} for _ in range(4)]
        return WindowWork(*kinds, tuple(self.rng.randint(12, 30) for _ in self.positions))

    def _fits(self) -> Iterator[WindowFit]:
        if self.everything and self.maybe():
            self.pools.append(Pool("link", self.amounts()))
            pool, users = len(self.pools) - 1, frozenset(self.pools[-1].amounts)
            for place in self.positions:
                same = [other.index for other in self.positions if other.rank == place.rank]
                zone = frozenset(self.amounts()) if self.maybe() else None
                terms = tuple((pool, other, 1) for other in same)
                yield WindowFit(place.index, zone, users, terms, 1, self.rng.randint(10, 40))
                if self.maybe():  # a link that is slower for those that leave it less time
                    least = self.rng.randint(1, 12)
                    most = least + self.rng.randint(0, 10) if self.maybe() else None
                    weight, room = self.rng.randint(0, 2), self.rng.randint(8, 40)
                    yield WindowFit(place.index, zone, users, terms, weight, room, least, most)

    def _precedences(self) -> Iterator[Precedence]:
        ranks = sorted({place.rank for place in self.positions})
        for _ in range(self.rng.randint(0, 3)):
            first, second = sorted(self.rng.sample(range(self.lots), 2))
            gap = self.rng.choice([0, 0, 1, 6]) if self.everything else 0
            strict = self.maybe()
            earliest = {}
            for p in self.of_stream(self.stream_of[first]):
                place = self.positions[p]
                later = [other.rank for other in self.positions if other.day >= place.day + gap]
                soonest = max(place.rank, min(later, default=ranks[-1] + 1))
                earliest[p] = max(soonest, place.rank + 1) if strict else soonest
            yield ranked(self.positions, first, second, earliest, same_wave=not strict and gap == 0)

    def _aparts(self) -> Iterator[Apart]:
        if self.maybe():
            first, second = sorted(self.rng.sample(range(self.lots), 2))
            if self.stream_of[first] == self.stream_of[second]:
                yield Apart("WP311", first, second, "apart")

    def _ties(self) -> Iterator[WeightedTie]:
        for first in range(self.lots):
            for second in range(first + 1, self.lots):
                if self.rng.random() < 0.6:
                    yield WeightedTie(first, second, self.rng.randint(1, 10))


def with_groups(problem: PlanningProblem, rng: random.Random) -> PlanningProblem:
    """The same problem with orders between groups of lots, and with preludes that take of the budgets."""
    lots, days = list(range(len(problem.lots))), sorted({place.day for place in problem.positions})
    orders = []
    for _ in range(rng.randint(0, 2)):
        cut = rng.randint(1, len(lots) - 1)
        shuffled = rng.sample(lots, len(lots))
        strict = rng.randint(0, 1)
        ranks = {place.index: place.rank + strict for place in problem.positions}
        late = {place.index: place.rank + 2 * rng.randint(0, 1) for place in problem.positions}
        firsts = {lot: rng.choice([ranks, late]) for lot in shuffled[:cut]}
        levels = {place.index: place.rank for place in problem.positions}
        seconds = dict.fromkeys(shuffled[cut:][: rng.randint(1, 3)], levels)
        orders.append(GroupOrder("WP344", "group", firsts, seconds))
    pools, budgets, preludes = list(problem.pools), list(problem.budgets), []
    for number in range(rng.randint(0, 2)):
        mine = tuple(sorted(rng.sample(lots, rng.randint(1, len(lots)))))
        preludes.append(Prelude("knowledge", mine, frozenset(day for day in days if rng.random() < 0.8)))
        pools.append(Pool("knowledge", {}, number, rng.randint(1, 4)))
        for index, budget in enumerate(budgets):
            stands = problem.day_positions.values()
            more = tuple((len(pools) - 1, p, rng.randint(0, 4)) for p in stands if rng.random() < 0.7)
            if budget.when is None:
                budgets[index] = replace(budget, terms=(*budget.terms, *more))
    return replace(
        problem, pools=tuple(pools), budgets=tuple(budgets), group_orders=tuple(orders), preludes=tuple(preludes)
    )


def in_windows(problem: PlanningProblem, rng: random.Random) -> PlanningProblem:
    """The same problem where some lots keep to every other window, or to the first or last of them."""
    kinds = [lambda _: True, lambda slot: slot % 2 == 0, lambda slot: slot % 2 == 1, lambda s: s < 3, lambda s: s > 1]
    slots = [place.slot for place in problem.positions]
    allowed = []
    for positions in problem.allowed:
        kind = rng.choice(kinds)
        allowed.append(tuple(p for p in positions if kind(slots[p])) or positions)
    return replace(problem, allowed=tuple(allowed))


def with_care(problem: PlanningProblem, rng: random.Random) -> PlanningProblem:
    """The same with hypercare of up to eight days; of some streams one wave at most is in it."""
    length = [rng.choice([0, 0, 1, 3, 8]) for _ in problem.lots]
    days = problem.positions
    care = [{p: (days[p].day, days[p].day + length[lot]) for p in places} for lot, places in enumerate(problem.allowed)]
    streams = (replace(rules, max_waves_at_once=rng.choice([None, None, 1, 2])) for rules in problem.streams)
    return replace(problem, hypercare=tuple(care), streams=tuple(streams))


def every_assignment(problem: PlanningProblem) -> Iterator[dict[int, int]]:
    """Each way to give lots their own allowed positions."""
    for chosen in product(*problem.allowed):
        yield dict(enumerate(chosen))


def coexistence(problem: PlanningProblem, assignment: Mapping[int, int]) -> int:
    """Σ weight × days apart."""
    day = {lot: problem.positions[position].day for lot, position in assignment.items()}
    return sum(tie.weight * abs(day[tie.first] - day[tie.second]) for tie in problem.ties)


def keeps_every_rule(problem: PlanningProblem, assignment: Mapping[int, int]) -> bool:
    """Whether an assignment keeps all that such a problem asks for, judged one rule after the other."""
    judge = _Judge(problem, assignment)
    fine = judge.sequence() and judge.limits() and judge.budgets() and judge.windows()
    return fine and judge.orders() and judge.groups()


class _Judge:
    def __init__(self, problem: PlanningProblem, assignment: Mapping[int, int]) -> None:
        self.problem = problem
        self.at = dict(assignment)
        self.waves: dict[int, list[int]] = defaultdict(list)
        for lot, position in sorted(assignment.items()):
            self.waves[position].append(lot)
        self.stage: dict[int, int] = {}
        self.ordinal: dict[int, int] = {}
        for rules in problem.streams:
            ends = list(accumulate(stage.waves or 0 for stage in rules.stages[:-1]))
            for number, position in enumerate((p for p in rules.positions if p in self.waves), start=1):
                self.ordinal[position] = number
                self.stage[position] = sum(number > end for end in ends)

    def sequence(self) -> bool:
        places = self.problem.positions
        for rules in self.problem.streams:
            used = [p for p in rules.positions if p in self.waves]
            for before, after in pairwise(used):
                if places[after].day - places[before].day < rules.stages[self.stage[after]].min_gap_days:
                    return False
            for number, position in enumerate(used):
                most = rules.stages[self.stage[position]].max_waves_per_week
                week = [p for p in used[: number + 1] if places[p].week == places[position].week]
                if most is not None and len(week) > most:
                    return False
            if any(self.ordinal[self.at[lot]] < needed for lot, needed in rules.earliest_wave.items()):
                return False
            if rules.max_waves_at_once is not None and self.most_in_care(used) > rules.max_waves_at_once:
                return False
        return True

    def most_in_care(self, positions: list[int]) -> int:
        """The most waves that are in hypercare on one day."""
        spans = []
        for position in positions:
            care = [self.problem.hypercare[lot][position] for lot in self.waves[position]]
            spans.append((min(begin for begin, _ in care), max(end for _, end in care)))
        return max((sum(begin <= day <= end for begin, end in spans) for day, _ in spans), default=0)

    def limits(self) -> bool:
        for position, lots in self.waves.items():
            stream = self.problem.positions[position].stream
            for limit in (*self.problem.wave_limits, *self.problem.union_limits):
                if limit.stream != stream or limit.stage not in (None, self.stage[position]):
                    continue
                if isinstance(limit, WaveLimit):
                    total = sum(limit.amounts.get(lot, 0) for lot in lots)
                else:
                    touched = {element for lot in lots for element in limit.elements.get(lot, ())}
                    total = sum(limit.weights[element] for element in touched)
                if total > limit.limit:
                    return False
        return True

    def load(self, pool: int, position: int) -> int:
        bringing = self.problem.pools[pool]
        if bringing.prelude is not None:
            stands_for = next(p.index for p in self.problem.positions if p.day == self.opening(bringing.prelude))
            return bringing.units if position == stands_for else 0
        return sum(self.problem.pools[pool].amounts.get(lot, 0) for lot in self.waves.get(position, ()))

    def budgets(self) -> bool:
        for budget in self.problem.budgets:
            used = sum(self.load(pool, position) * weight for pool, position, weight in budget.terms)
            if used > budget.limit and (budget.when is None or any(position in self.waves for position in budget.when)):
                return False
        return True

    def windows(self) -> bool:
        work = self.problem.work
        for position, lots in self.waves.items():
            longest = [max(kind.get(lot, 0) for lot in lots) for kind in (work.cutover, work.test, work.rollback)]
            if sum(longest) + max(work.transport.get(lot, 0) for lot in lots) > work.hours[position]:
                return False
            for fit in self.problem.window_fits:
                concerned = fit.position == position and not fit.users.isdisjoint(lots) and fit.concerns(sum(longest))
                if concerned and (fit.zone_lots is None or not fit.zone_lots.isdisjoint(lots)):
                    transfer = sum(self.load(pool, place) * weight for pool, place, weight in fit.terms)
                    if transfer + fit.work * sum(longest) > fit.room:
                        return False
        return True

    def orders(self) -> bool:
        for order in self.problem.precedences:
            first, second = self.at[order.first], self.at[order.second]
            if order.levels[second] < order.earliest[first] or second in order.clashes.get(first, ()):
                return False
        return all(self.at[pair.first] != self.at[pair.second] for pair in self.problem.aparts)

    def groups(self) -> bool:
        for order in self.problem.group_orders:
            for first, earliest in order.firsts.items():
                levels = [table[self.at[second]] for second, table in order.seconds.items()]
                if any(level < earliest[self.at[first]] for level in levels):
                    return False
        return all(self.opening(number) in prelude.days for number, prelude in enumerate(self.problem.preludes))

    def opening(self, number: int) -> int:
        return min(self.problem.positions[self.at[lot]].day for lot in self.problem.preludes[number].lots)


def with_weeks(problem: PlanningProblem, rng: random.Random) -> PlanningProblem:
    """The same where teams have weeks that nothing else limits: work falls into the week of the wave, or before."""
    pools, budgets = list(problem.pools), list(problem.budgets)
    peaks = []
    for _ in range(rng.randint(1, 2)):
        amounts = {lot: rng.randint(1, 6) for lot in range(len(problem.lots)) if rng.random() < 0.8}
        pools.append(Pool("team", amounts))
        for week in sorted({place.week for place in problem.positions}):
            terms = [(len(pools) - 1, p.index, rng.randint(1, 3)) for p in problem.positions if p.week == week]
            terms += [(len(pools) - 1, p.index, 1) for p in problem.positions if p.week == week + 7]
            peaks.append(len(budgets))
            budgets.append(Budget("WP324", "week", tuple(terms), 1000, stated_offer=rng.choice([0, 10, 10, 25])))
    return replace(problem, pools=tuple(pools), budgets=tuple(budgets), peaks=tuple(peaks))
