"""The same problem in numbers that 64 bits hold, for compiled code: rounded to the safe side where they must be.

A problem's integers are exact and may be of any length: hundreds of digits where many fractions share a budget. What is
compiled adds them up in 64 bits. A *stricter* problem has no plan that breaks a rule of the true one, so what is found
in it is a plan; a *looser* one keeps every plan there is, so what is proven of it is proven. Where nothing need be
rounded, both are the problem itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd, lcm

from waveplan.engine.problem import PlanningProblem, WeightedTie
from waveplan.engine.problem.downtimes import SharedDowntimes
from waveplan.engine.problem.limits import Budget, DowntimeLimit, Pool, WaveLimit, WindowFit

SAFE = 2**57  # what a sum may come to: penalties add up several of them
_FORBIDDEN = 2**40  # the same for a limit of nothing, where all that is used counts as penalty
_OF_POOL = 2**30  # what a pool may bring in all where its budgets need the other half of the bits
_PARTS = lcm(*range(1, 25))  # a limit is cut into a multiple of so many: lots that share it evenly are told exactly

Terms = tuple[tuple[int, int, int], ...]


def stricter(problem: PlanningProblem) -> PlanningProblem:
    """A problem each plan of which is a plan of the true one."""
    return problem if _is_small(problem) else _Rounding(problem, up=True).problem()


def looser(problem: PlanningProblem) -> PlanningProblem:
    """A problem that has every plan of the true one, none of which coexistence costs more there."""
    return problem if _is_small(problem) else _Rounding(problem, up=False).problem()


def _is_small(problem: PlanningProblem) -> bool:
    """Whether every sum fits as it is."""
    pools = [pool.most for pool in problem.pools]
    longest = _longest_work(problem)
    return (
        all(sum(limit.amounts.values()) + limit.limit <= SAFE for limit in problem.wave_limits)
        and all(_most(pools, budget.terms) <= _safe(budget.limit) for budget in problem.budgets)
        and all(_most(pools, fit.terms) + fit.work * longest <= SAFE for fit in problem.window_fits)
        and all(_most(pools, down.terms) <= SAFE for down in _each(problem.downtimes))
        and _tied(problem) <= SAFE
    )


def _safe(limit: int) -> int:
    return SAFE - limit if limit > 0 else _FORBIDDEN


def _most(pools: Sequence[int], terms: Terms) -> int:
    """What all lots bring together: each takes part once, at its dearest position."""
    dearest: dict[int, int] = {}
    for pool, _, weight in terms:
        if weight > dearest.get(pool, 0):
            dearest[pool] = weight
    return sum(pools[pool] * weight for pool, weight in dearest.items())


def _each(downtimes: Sequence[DowntimeLimit]) -> Iterable[DowntimeLimit]:
    """Every limit on downtime; lots that share theirs stand for each other."""
    return downtimes.distinct() if isinstance(downtimes, SharedDowntimes) else downtimes


def _longest_work(problem: PlanningProblem) -> int:
    work = problem.work
    return sum(max(kind.values(), default=0) for kind in (work.cutover, work.test, work.rollback, work.transport))


def _days(problem: PlanningProblem) -> int:
    days = [place.day for place in problem.positions]
    return max(days, default=0) - min(days, default=0) + 1


def _tied(problem: PlanningProblem) -> int:
    return sum(tie.weight for tie in problem.ties) * _days(problem)


@dataclass(frozen=True, slots=True)
class _Reduced:
    """A pool in coarser units: one of them is so many of the true one."""

    pool: Pool
    unit: int


class _Rounding:
    def __init__(self, problem: PlanningProblem, up: bool) -> None:
        self._problem = problem
        self._up = up
        self._longest = _longest_work(problem)
        self._pools = [self._reduced(pool) for pool in problem.pools]
        self._shorten()
        self._most = [reduced.pool.most for reduced in self._pools]

    def problem(self) -> PlanningProblem:
        problem = self._problem
        ties, scale = self._ties()
        downtimes = problem.downtimes
        return replace(
            problem,
            pools=tuple(reduced.pool for reduced in self._pools),
            wave_limits=tuple(self._wave_limits()),
            budgets=tuple(self._budget(budget) for budget in problem.budgets),
            window_fits=tuple(self._fit(fit) for fit in problem.window_fits),
            downtimes=downtimes.changed(self._downtime)
            if isinstance(downtimes, SharedDowntimes)
            else tuple(self._downtime(limit) for limit in downtimes),
            ties=ties,
            weight_scale=scale,
        )

    def _whole(self, value: Fraction) -> int:
        """An amount: up where the problem is to be stricter."""
        down = value.numerator // value.denominator
        return down + (self._up and down != value)

    # --- pools -----------------------------------------------------------------------------------------------------

    def _reduced(self, pool: Pool) -> _Reduced:
        unit = gcd(pool.units, *pool.amounts.values()) or 1
        return self._in_units(pool, unit, lambda amount: amount // unit, 1)

    @staticmethod
    def _in_units(pool: Pool, unit: int, whole: Callable[[int], int], known: int) -> _Reduced:
        amounts = {lot: whole(amount) for lot, amount in pool.amounts.items()}
        kept = {lot: amount for lot, amount in amounts.items() if amount}
        return _Reduced(replace(pool, amounts=kept, units=whole(pool.units)), unit * known)

    def _shorten(self) -> None:
        """Pools of sums that would not fit even with the smallest weights bring fewer, larger units."""
        most = [reduced.pool.most for reduced in self._pools]
        wide: set[int] = set()
        for terms, limit in self._sums():
            weights = tuple((pool, position, weight * self._pools[pool].unit) for pool, position, weight in terms)
            unit = gcd(*(weight for _, _, weight in weights)) or 1
            if _most(most, weights) // unit > _safe(limit // unit):
                wide.update(pool for pool, _, _ in terms if most[pool] > _OF_POOL)
        for number in sorted(wide):
            reduced = self._pools[number]
            unit = -(-most[number] // _OF_POOL)

            def whole(amount: int, unit: int = unit) -> int:
                return self._whole(Fraction(amount, unit))

            self._pools[number] = self._in_units(reduced.pool, unit, whole, reduced.unit)

    def _sums(self) -> Iterable[tuple[Terms, int]]:
        problem = self._problem
        yield from ((budget.terms, budget.limit) for budget in problem.budgets)
        yield from ((fit.terms, fit.room) for fit in problem.window_fits)
        yield from ((down.terms, down.limit) for down in _each(problem.downtimes))

    # --- sums over positions ---------------------------------------------------------------------------------------

    def _sum(self, terms: Terms, limit: int, beside: int = 0, times: int = 0) -> tuple[Terms, int, int]:
        """Terms, limit and the weight of what stands beside them (so many times at most), in numbers that fit."""
        weights = [(pool, position, weight * self._pools[pool].unit) for pool, position, weight in terms]
        unit = gcd(beside, *(weight for _, _, weight in weights)) or 1
        factor = Fraction(1, unit)
        most = _most(self._most, tuple(weights)) + beside * times
        if limit > 0 and most / unit > _safe(limit // unit):
            share = _share(Fraction(most, limit))
            factor, room = Fraction(share, limit), share
        elif limit <= 0 and most / unit > _FORBIDDEN:
            return (
                tuple((pool, position, int(weight > 0)) for pool, position, weight in weights),
                limit,
                int(beside > 0),
            )
        else:
            room = limit // unit
        times_up, into = (-factor.numerator if self._up else factor.numerator), factor.denominator
        sign = -1 if self._up else 1  # whole numbers alone: fractions would take ten times as long, a million times
        found = tuple((pool, position, sign * (weight * times_up // into)) for pool, position, weight in weights)
        return found, room, self._whole(beside * factor)

    def _budget(self, budget: Budget) -> Budget:
        terms, limit, _ = self._sum(budget.terms, budget.limit)
        return replace(budget, terms=terms, limit=limit)

    def _fit(self, fit: WindowFit) -> WindowFit:
        terms, room, work = self._sum(fit.terms, fit.room, fit.work, self._longest)
        return replace(fit, terms=terms, room=room, work=work)

    def _downtime(self, down: DowntimeLimit) -> DowntimeLimit:
        terms, limit, _ = self._sum(down.terms, down.limit)
        return replace(down, terms=terms, limit=limit)

    # --- waves and ties --------------------------------------------------------------------------------------------

    def _wave_limits(self) -> Iterable[WaveLimit]:
        """Limits on the same amounts, of several stages, go by the largest of them."""
        largest: dict[tuple[int, str], int] = defaultdict(int)
        for limit in self._problem.wave_limits:
            largest[limit.stream, limit.name] = max(largest[limit.stream, limit.name], limit.limit)
        for limit in self._problem.wave_limits:
            yield self._wave_limit(limit, largest[limit.stream, limit.name])

    def _wave_limit(self, limit: WaveLimit, largest: int) -> WaveLimit:
        unit = gcd(*limit.amounts.values()) or 1
        most = largest // unit
        amounts = {
            lot: min(amount // unit, most + 1) for lot, amount in limit.amounts.items()
        }  # larger ones fit nowhere
        total = sum(amounts.values())
        if not most or total + most <= SAFE:
            return replace(limit, amounts=amounts, limit=limit.limit // unit)
        factor = Fraction(_share(Fraction(total, most)), most)
        rounded = {lot: self._whole(amount * factor) for lot, amount in amounts.items()}
        room = Fraction(limit.limit, unit) * factor
        kept = {lot: amount for lot, amount in rounded.items() if amount}
        return replace(limit, amounts=kept, limit=room.numerator // room.denominator)

    def _ties(self) -> tuple[tuple[WeightedTie, ...], int]:
        problem = self._problem
        if _tied(problem) <= SAFE:
            return problem.ties, problem.weight_scale
        scale = max(1, problem.weight_scale * SAFE // (2 * _tied(problem)))
        factor = Fraction(scale, problem.weight_scale)
        ties = (replace(tie, weight=self._whole(tie.weight * factor)) for tie in problem.ties)
        return tuple(tie for tie in ties if tie.weight), scale


def _share(ratio: Fraction) -> int:
    """Into how many parts a limit is cut when so many times the limit may be used."""
    room = Fraction(SAFE) / (2 * (ratio + 1))
    return max(1, int(room) // _PARTS) * _PARTS
