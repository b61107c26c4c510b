"""From all facts to a few that clash: divide and conquer, the cheap questions first.

QuickXplain (Junker 2004): a half of the facts that is not needed falls away at once, and each fact of the result is
needed by the others. "Not proven impossible" counts as possible, so that too many facts may be named, never too few.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

_F = TypeVar("_F")


def clashing(facts: Sequence[_F], impossible: Callable[[Sequence[_F]], bool]) -> list[_F]:
    """Facts of which none can be missed, in their order. All together must be impossible, none at all possible.

    `impossible` tells whether it is proven of some facts that no plan keeps them. Of several clashes the one is named
    whose last fact stands first.
    """
    if len(facts) <= 1:
        return list(facts)
    needed = _needed([], False, list(facts), impossible)
    return [fact for fact in facts if any(fact is each for each in needed)]


def _needed(kept: list[_F], fresh: bool, facts: list[_F], impossible: Callable[[Sequence[_F]], bool]) -> list[_F]:
    """What is needed of some facts beside those that are kept; `fresh` when something new is kept."""
    if fresh and impossible(kept):
        return []
    if len(facts) == 1:
        return facts
    first, second = facts[: len(facts) // 2], facts[len(facts) // 2 :]
    of_second = _needed([*kept, *first], True, second, impossible)
    of_first = _needed([*kept, *of_second], bool(of_second), first, impossible)
    return [*of_first, *of_second]
