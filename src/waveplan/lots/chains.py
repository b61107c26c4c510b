"""Chains of ties: why two items of a lot are in it."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from waveplan.domain.plan_lots import Tie

Chain = list[tuple[str, Tie, str]]  # an item, the tie that leads on from it, the next item

_MOST_STEPS = 100_000  # of all chains together: in a lot of thousands in a row they would be millions


@dataclass(frozen=True, slots=True)
class Chains:
    """The shortest chains of ties from one item to others, in the others' order.

    `further` counts those that were left out, since all together would be too long; the nearest are there.
    """

    shown: tuple[Chain, ...]
    further: int = 0
    furthest: str = ""


def shortest_chain(ties: Iterable[Tie], first: str, second: str) -> Chain:
    """The fewest ties that lead from one item to another; both belong to the lot of these ties."""
    return _walked_back(_reached(ties, first, second), first, second)


def chains_from(ties: Iterable[Tie], first: str, others: Sequence[str]) -> Chains:
    """The shortest chain to each of some items of one lot: one walk for all of them."""
    came = _reached(ties, first)
    depth = {first: 0}
    for item, (before, _) in came.items():  # in the order in which they were reached
        depth[item] = depth[before] + 1
    nearest = sorted(others, key=lambda item: depth[item])
    kept: set[str] = set()
    steps = 0
    for item in nearest:
        steps += depth[item]
        if steps > _MOST_STEPS:
            break
        kept.add(item)
    shown = tuple(_walked_back(came, first, item) for item in others if item in kept)
    return Chains(shown, len(others) - len(shown), nearest[-1] if nearest else "")


def _reached(ties: Iterable[Tie], first: str, until: str | None = None) -> dict[str, tuple[str, Tie]]:
    """By item, from which other item and by which tie it was reached first."""
    around: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        for item in tie.of:
            around[item].append(tie)
    came: dict[str, tuple[str, Tie]] = {}
    passed: set[int] = set()  # ties of many items are walked once, not once for each of them
    queue = deque([first])
    while queue and until not in came:
        item = queue.popleft()
        for tie in around[item]:
            if id(tie) in passed:
                continue
            passed.add(id(tie))
            for other in tie.of:
                if other != first and other not in came:
                    came[other] = (item, tie)
                    queue.append(other)
    return came


def _walked_back(came: Mapping[str, tuple[str, Tie]], first: str, second: str) -> Chain:
    chain: Chain = []
    step = second
    while step != first:
        before, tie = came[step]
        chain.append((before, tie, step))
        step = before
    return chain[::-1]
