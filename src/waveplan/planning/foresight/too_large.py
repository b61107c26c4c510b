"""Lots larger than every wave may be (WP220): by sums, and by what is counted once however often it is touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from waveplan.domain.findings import Finding
from waveplan.engine.problem.limits import UnionLimit, WaveLimit
from waveplan.engine.problem.stage_limits import stage_limits
from waveplan.lots.lot import Lot
from waveplan.planning.building.naming import spoken
from waveplan.planning.building.problem_builder import Built
from waveplan.planning.facts.figures import told_apart

_L = TypeVar("_L", WaveLimit, UnionLimit)
_IN_ONE_LOT = frozenset({"WP322", "WP343"})  # what a lot may not mix is told of the lot itself


def too_large_lots(built: Built) -> Iterator[Finding]:
    """Each lot with the limit that it exceeds, in the stage of the cadence that allows most."""
    named: set[int] = set()
    for name, amounts, most in (*_sums(built), *_unions(built)):
        for lot, amount in amounts.items():
            if amount > most and lot not in named:
                named.add(lot)
                yield _finding(built.facts.lots[lot], name, amount, most)


def _sums(built: Built) -> Iterator[tuple[str, Mapping[int, Fraction], Fraction]]:
    for stream, rules in enumerate(built.problem.streams):
        for group in _by_name(built.problem.wave_limits, stream):
            most = max(stage_limits(group, len(rules.stages)))
            amounts = {lot: Fraction(amount, group[0].scale) for lot, amount in group[0].amounts.items()}
            yield group[0].name, amounts, Fraction(most, group[0].scale)


def _unions(built: Built) -> Iterator[tuple[str, Mapping[int, Fraction], Fraction]]:
    for stream, rules in enumerate(built.problem.streams):
        told = [limit for limit in built.problem.union_limits if limit.code not in _IN_ONE_LOT]
        for group in _by_name(told, stream):
            whole = [limit.limit for limit in group if limit.stage is None]
            staged = {limit.stage: limit.limit for limit in group if limit.stage is not None}
            if len(staged) == len(rules.stages):
                whole.append(max(staged.values()))
            if whole:
                first = group[0]
                amounts = {lot: Fraction(sum(first.weights[e] for e in own)) for lot, own in first.elements.items()}
                yield first.name, amounts, Fraction(min(whole))


def _by_name(limits: Sequence[_L], stream: int) -> list[list[_L]]:
    groups: dict[str, list[_L]] = defaultdict(list)
    for limit in limits:
        if limit.stream == stream:
            groups[limit.name].append(limit)
    return list(groups.values())


def _finding(lot: Lot, name: str, amount: Fraction, most: Fraction) -> Finding:
    needed, there = told_apart(amount, most)
    hint = "raise the limit, or cut what ties the lot; what that costs: waveplan lots INVENTORY --suggest-cuts"
    if len(lot.items) == 1:
        hint = "raise the limit: {item} alone makes the lot, which leaves nothing to cut"
    return Finding(
        "WP220",
        "lot {lot} is larger than every wave: {name} {amount} against a limit of {most}",
        {"lot": lot.id, "name": spoken(name), "amount": needed, "most": there},
        subjects=(lot.id, *(item.id for item in lot.items)),
        path=lot.items[0].path,
        hint=hint,
        hint_values={"item": lot.items[0].id},
    )
