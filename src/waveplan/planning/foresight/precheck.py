"""The obvious, said before any search: no slot at all, and what each lot, or all of them together, can never have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from waveplan.domain.findings import Finding, Phrase
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.limits import Pool
from waveplan.engine.proofs.bounds import wave_bounds
from waveplan.engine.running.looking import UNWATCHED, Look
from waveplan.planning.building.problem_builder import Built
from waveplan.planning.facts.figures import rounded_amount
from waveplan.planning.facts.retirements import Retirements
from waveplan.planning.foresight.homeless import homeless_lots
from waveplan.planning.foresight.too_large import too_large_lots


def no_day_to_retire(retirements: Retirements) -> tuple[Finding, ...]:
    """Retirements that may not go before a day after their last one, whatever the waves."""
    return tuple(
        Finding(
            "WP145",
            "no day is left on which {item} may be retired: not before {first}, not after {last} ({why})",
            {
                "item": retired.name,
                "first": first.isoformat(),
                "last": limit.day.isoformat(),
                "why": Phrase(limit.template, limit.values),
            },
            subjects=(retired.name,),
            path=retired.item.path if retired.item is not None else ("servers",),
            hint="correct one of the dates that lead to these two",
        )
        for retired, first, limit in retirements.impossible()
    )


def precheck(built: Built, look: Look = UNWATCHED) -> tuple[Finding, ...]:
    """What makes a plan impossible at first sight; each finding is a proof. Raises StoppedError as a look does."""
    if not built.facts.slots:
        hint = "add a window under 'calendar: windows', or move the deadline"
        return (Finding("WP223", "no window occurs between the programme's start and its deadline", hint=hint),)
    too_large = list(too_large_lots(built))
    named = {finding.subjects[0] for finding in too_large}
    found = [*too_large, *homeless_lots(built, named)]
    return tuple(found or (*_too_many_waves(built), *_over_budgets(built, look)))


def shown(amount: int, scale: int) -> Decimal:
    """A scaled amount in its own units, to two places at most."""
    return rounded_amount(Fraction(amount, scale))


def _too_many_waves(built: Built) -> Iterator[Finding]:
    for rules, least in zip(built.problem.streams, wave_bounds(built.problem), strict=True):
        usable = {position for lot in built.problem.allowed for position in lot}
        there = sum(position in usable for position in rules.positions)
        if least > there:
            yield Finding(
                "WP221",
                "stream {stream} needs at least {least} waves by its limits, and only {there} slots can be used",
                {"stream": rules.name, "least": least, "there": there},
                subjects=(rules.name,),
                path=("policy",),
                hint="raise the wave limits, add windows, or move the deadline",
            )


def _over_budgets(built: Built, look: Look) -> Iterator[Finding]:
    """A budget that holds for every position of every lot: what all lots bring, wherever they are, exceeds it."""
    problem = built.problem
    brought = [_by_positions(problem, pool) for pool in look.each(problem.pools)]
    for budget in look.each(problem.budgets):
        if budget.when is not None:
            continue
        weights: dict[int, dict[int, int]] = defaultdict(dict)
        for pool, position, weight in budget.terms:
            weights[pool][position] = weight
        total = 0
        for pool, here in weights.items():
            for positions, amount in brought[pool]:
                if len(positions) <= len(here):  # else some position costs nothing
                    total += amount * min(here.get(position, 0) for position in positions)
        if total > budget.limit:
            yield Finding(
                "WP221",
                "all lots together need more of {name} than there is: {total} of {limit}",
                {"name": budget.name, "total": shown(total, budget.scale), "limit": shown(budget.limit, budget.scale)},
                subjects=(budget.name,),
                path=(budget.section,),
                hint="add capacity, or move the deadline",
            )


def _by_positions(problem: PlanningProblem, pool: Pool) -> list[tuple[tuple[int, ...], int]]:
    """What the lots of a pool bring together, by the positions they may use: lots with the same ones share these."""
    amounts: dict[int, int] = defaultdict(int)
    positions = {id(problem.allowed[lot]): problem.allowed[lot] for lot in pool.amounts}
    for lot, amount in pool.amounts.items():
        amounts[id(problem.allowed[lot])] += amount
    return [(positions[key], amount) for key, amount in amounts.items()]
