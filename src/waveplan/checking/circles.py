"""Who leads to whom, and back: sets of names in circles, in order (Kosaraju and Sharir 1981, without recursion)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

Leads = Mapping[str, Sequence[str]]  # from each name to others


def circles(leads: Leads) -> list[list[str]]:
    """Names that lead to each other together, each set after all that it leads to."""
    back: dict[str, list[str]] = defaultdict(list)
    for name, others in leads.items():
        for other in others:
            back[other].append(name)
    seen: set[str] = set()
    order = [name for root in leads for name in _walk(root, leads, seen)]
    seen = set()
    found = [_walk(root, back, seen) for root in reversed(order)]
    return [names for names in reversed(found) if names]


def _walk(root: str, leads: Leads, seen: set[str]) -> list[str]:
    """What is reached from a name and was not seen before, each after what it leads to."""
    if root in seen:
        return []
    seen.add(root)
    done: list[str] = []
    trail: list[tuple[str, Iterable[str]]] = [(root, iter(leads.get(root, ())))]
    while trail:
        name, rest = trail[-1]
        other = next((each for each in rest if each not in seen), None)
        if other is None:
            done.append(name)
            trail.pop()
        else:
            seen.add(other)
            trail.append((other, iter(leads.get(other, ()))))
    return done
