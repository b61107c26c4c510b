"""The obvious, said before any search: a lot larger than every wave, demand above all capacity, no slot left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from waveplan.domain.findings import Finding, Phrase, Phrases
from waveplan.domain.problem import PlanningProblem, Pool, WaveLimit
from waveplan.planning.bounds import wave_bounds
from waveplan.planning.model.cadence import stage_limits
from waveplan.planning.obstacles import Obstacle
from waveplan.planning.problem_builder import Built
from waveplan.planning.retirements import Retirements


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


def precheck(built: Built) -> tuple[Finding, ...]:
    """What makes a plan impossible at first sight; each finding is a proof."""
    if not built.facts.slots:
        hint = "add a window under 'calendar: windows', or move the deadline"
        return (Finding("WP223", "no window occurs between the programme's start and its deadline", hint=hint),)
    too_large = list(_too_large(built))
    named = {finding.subjects[0] for finding in too_large}
    homeless = [finding for finding in _homeless(built) if finding.subjects[0] not in named]
    found = [*too_large, *homeless]
    return tuple(found or (*_too_many_waves(built), *_over_budgets(built)))


def shown(amount: int, scale: int) -> str:
    """A scaled amount in its own units, to two places at most."""
    return f"{amount / scale:.2f}".rstrip("0").rstrip(".")


def _limits(built: Built) -> Iterator[tuple[int, list[WaveLimit], list[int]]]:
    for stream, rules in enumerate(built.problem.streams):
        groups: dict[str, list[WaveLimit]] = defaultdict(list)
        for limit in built.problem.wave_limits:
            if limit.stream == stream:
                groups[limit.name].append(limit)
        for group in groups.values():
            yield stream, group, stage_limits(group, len(rules.stages))


def _too_large(built: Built) -> Iterator[Finding]:
    for _, group, most in _limits(built):
        for lot, amount in group[0].amounts.items():
            if amount > max(most):
                yield Finding(
                    "WP220",
                    "lot {lot} is larger than every wave: {name} {amount} against a limit of {most}",
                    {
                        "lot": built.problem.lots[lot],
                        "name": group[0].name,
                        "amount": shown(amount, group[0].scale),
                        "most": shown(max(most), group[0].scale),
                    },
                    subjects=(built.problem.lots[lot],),
                    path=built.facts.lots[lot].items[0].path,
                    hint="raise the limit, or relax what ties the lot: waveplan lots INVENTORY --why {item}",
                    hint_values={"item": built.facts.lots[lot].items[0].id},
                )


def _homeless(built: Built) -> Iterator[Finding]:
    for lot, positions in enumerate(built.problem.allowed):
        if positions:
            continue
        reasons = _reasons(built.obstacles[lot], len(built.facts.slots))
        yield Finding(
            "WP222",
            "no slot is left for lot {lot}: {reasons}",
            {"lot": built.problem.lots[lot], "reasons": reasons},
            subjects=(built.problem.lots[lot],),
            path=built.facts.lots[lot].items[0].path,
            hint="loosen one of these rules, or add windows",
        )


def _reasons(obstacles: tuple[Obstacle, ...], slots: int) -> Phrases:
    """The obstacles that together empty the calendar, those that block most first, each with its share."""
    ordered = sorted(obstacles, key=lambda obstacle: (-len(obstacle.slots), obstacle.code))
    left, told = frozenset(range(slots)), []
    for obstacle in ordered:
        if left & obstacle.slots:
            left -= obstacle.slots
            said = Phrase(obstacle.template, obstacle.values)
            values = {"reason": said, "code": obstacle.code, "blocked": len(obstacle.slots), "slots": slots}
            told.append(Phrase("{reason} ({code}, {blocked} of {slots} slots)", values))
    return Phrases(tuple(told))


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


def _over_budgets(built: Built) -> Iterator[Finding]:
    """A budget that holds for every position of every lot: what all lots bring, wherever they are, exceeds it."""
    problem = built.problem
    brought = [_by_positions(problem, pool) for pool in problem.pools]
    for budget in problem.budgets:
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
                path=("sites",) if budget.code == "WP330" else ("teams",),
                hint="add capacity, or move the deadline",
            )


def _by_positions(problem: PlanningProblem, pool: Pool) -> list[tuple[tuple[int, ...], int]]:
    """What the lots of a pool bring together, by the positions they may use: lots with the same ones share these."""
    amounts: dict[int, int] = defaultdict(int)
    positions = {id(problem.allowed[lot]): problem.allowed[lot] for lot in pool.amounts}
    for lot, amount in pool.amounts.items():
        amounts[id(problem.allowed[lot])] += amount
    return [(positions[key], amount) for key, amount in amounts.items()]
