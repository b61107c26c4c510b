"""Which records are of one thing: key by key, the strongest first, and never where stronger keys contradict.

Each key is looked at for all records at once, so that their order does not matter. A value that leads to things which
are known to be different joins nothing: it is a clash, to be told. So is a chain of values that would join them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from waveplan.imports.merging.traits import Traits

Confidence = str  # certain | high | medium | low


@dataclass(frozen=True, slots=True)
class Level:
    """A key, how far it is to be trusted, and the keys that may contradict it."""

    key: str
    confidence: Confidence
    against: tuple[str, ...] = ()


LEVELS = (
    Level("external", "certain", ("instance",)),
    Level("instance", "certain"),
    Level("uuid", "high", ("instance",)),
    Level("mac", "medium", ("instance", "uuid", "hostname")),
    Level("address", "medium", ("instance", "uuid", "hostname")),
    Level("fqdn", "medium", ("instance", "uuid")),
    Level("hostname", "low", ("instance", "uuid", "fqdn")),
    Level("name", "low", ("instance", "uuid", "fqdn")),
)
"""In this order. `listing` contradicts every level below `instance`: a source tells its own things apart."""


@dataclass(frozen=True, slots=True)
class KeyClash:
    """A value of a key that several things have which are not one."""

    key: str
    value: str
    groups: tuple[tuple[int, ...], ...]  # records of each of those things


@dataclass(slots=True)
class Identity:
    """Records by thing, what brought each together, and what kept others apart."""

    groups: list[tuple[int, ...]]
    joined_by: dict[int, tuple[str, ...]] = field(default_factory=dict)  # by the first record of a group
    clashes: list[KeyClash] = field(default_factory=list)


def identified(traits: Sequence[Traits]) -> Identity:
    """Records, by number, that are of one thing; groups by their first record."""
    forest = _Forest(len(traits))
    joined: dict[int, set[str]] = defaultdict(set)
    clashes: list[KeyClash] = []
    members: dict[int, tuple[int, ...]] = {number: (number,) for number in range(len(traits))}
    for level in LEVELS:
        holders = _holders(level.key, traits, forest)
        joins = []
        for value, roots in holders.items():
            groups = [members[root] for root in roots]
            if _agree(level, groups, traits):
                joins.append((roots, value))
            else:
                clashes.append(_clash(level, value, groups))
        clashes += _join(level, joins, forest, members, joined, traits)
    groups = sorted(members.values())
    by_first = {min(members[root]): tuple(sorted(keys)) for root, keys in joined.items() if root in members}
    return Identity(groups, by_first, clashes)


def _join(
    level: Level,
    joins: list[tuple[list[int], str]],
    forest: _Forest,
    members: dict[int, tuple[int, ...]],
    joined: dict[int, set[str]],
    traits: Sequence[Traits],
) -> list[KeyClash]:
    """Join what values lead to, chain by chain; a chain between things that are different is a clash."""
    chains = _Forest(len(traits))
    for roots, _ in joins:
        for other in roots[1:]:
            chains.join(roots[0], other)
    parts: dict[int, set[int]] = defaultdict(set)
    values: dict[int, str] = {}
    lengths: dict[int, int] = defaultdict(int)
    for roots, value in joins:
        head = chains.root(roots[0])
        parts[head].update(roots)
        values[head] = min(value, values.get(head, value))
        lengths[head] += 1
    clashes = []
    for head, held in parts.items():
        roots = sorted(held)
        groups = [members[root] for root in roots]
        if lengths[head] > 1 and not _agree(level, groups, traits):
            clashes.append(_clash(level, values[head], groups))
            continue
        keys = set[str]().union(*(joined.pop(root, set()) for root in roots))
        first, *others = roots
        for other in others:
            forest.join(first, other)
        root = forest.root(first)
        for each in roots:
            members.pop(each)
        members[root] = tuple(sorted(number for group in groups for number in group))
        joined[root] = keys | {level.key}
    return clashes


def _holders(key: str, traits: Sequence[Traits], forest: _Forest) -> dict[str, list[int]]:
    """Values of a key that lead to more than one thing."""
    found: dict[str, dict[int, None]] = {}
    for number, each in enumerate(traits):
        for value in getattr(each, key):
            found.setdefault(value, {})[forest.root(number)] = None
    return {value: list(roots) for value, roots in found.items() if len(roots) > 1}


def _agree(level: Level, groups: Sequence[tuple[int, ...]], traits: Sequence[Traits]) -> bool:
    """Whether no stronger key says that the groups are different things."""
    if not all(_connected(key, groups, traits) for key in level.against):
        return False
    return level.key in ("external", "instance") or _listed_once(groups, traits)


def _connected(key: str, groups: Sequence[tuple[int, ...]], traits: Sequence[Traits]) -> bool:
    """Whether the groups that have a key share values of it, directly or through each other."""
    stated = [{value for number in group for value in getattr(traits[number], key)} for group in groups]
    return _one_piece([values for values in stated if values])


def _listed_once(groups: Sequence[tuple[int, ...]], traits: Sequence[Traits]) -> bool:
    """Whether no source lists two of the groups as things of their own."""
    by_source: dict[str, list[set[str]]] = defaultdict(list)
    for group in groups:
        of_group: dict[str, set[str]] = defaultdict(set)
        for number in group:
            source, listed = traits[number].listing
            of_group[source].add(listed)
        for source, values in of_group.items():
            by_source[source].append(values)
    return all(_one_piece(values) for values in by_source.values())


def _one_piece(sets: list[set[str]]) -> bool:
    """Whether sets hang together by what they have in common."""
    if len(sets) < 2:
        return True
    reached, left = set(sets[0]), sets[1:]
    while left:
        apart = [each for each in left if reached.isdisjoint(each)]
        if len(apart) == len(left):
            return False
        for each in left:
            if not reached.isdisjoint(each):
                reached |= each
        left = apart
    return True


def _clash(level: Level, value: str, groups: Iterable[tuple[int, ...]]) -> KeyClash:
    return KeyClash(level.key, value, tuple(sorted(groups)))


class _Forest:
    """Sets that are joined."""

    def __init__(self, size: int) -> None:
        self._parents = list(range(size))

    def root(self, number: int) -> int:
        parents = self._parents
        while parents[number] != number:
            parents[number] = number = parents[parents[number]]
        return number

    def join(self, one: int, other: int) -> None:
        first, last = sorted((self.root(one), self.root(other)))
        self._parents[last] = first
