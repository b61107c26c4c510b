"""WP302: the plan's lots are those that servers, clusters, disks, hard ties and together rules make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.grouping import Bond, Groups
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import names, violation
from waveplan.domain.findings import Finding

_EMPTY = "lot {lot} holds no item"
_UNKNOWN = "lot {lot} holds what is not in the inventory: {unknown}"
_STAYING = "lot {lot} holds what is retained or retired: {staying}"
_PARTED = {
    "server": "one lot stands as several: {lots}; {one} and {other} share server {cause}",
    "cluster": "one lot stands as several: {lots}; {one} and {other} have servers in cluster {cause}",
    "disk": "one lot stands as several: {lots}; {one} and {other} share disk {cause}",
    "hard dependency": "one lot stands as several: {lots}; {one} and {other} are tied by a hard dependency",
    "circle": "one lot stands as several: {lots}; {one} and {other} are in one circle of orders",
    "rule": "one lot stands as several: {lots}; {one} and {other} are joined by rule {cause}",
}
_PARTED_BY_THE_PAST = "{done} have cut over in {waves} without {left}, to which the inventory ties them"
_PARTED_IN_THE_PAST = "{done} are tied to each other, but have cut over in several waves: {waves}"
_PARTED_AROUND = "one lot stands as several: {lots}; what ties {one} and {other} is missing"


@hard_rule("WP302", "structure")
def check_lots_as_tied(facts: Facts) -> Iterator[Finding]:
    """Lots that are defined twice, hold what no lot may hold, join what nothing ties, or part what is tied."""
    yield from _defined_twice(facts)
    yield from _strangers(facts)
    yield from _untied(facts)
    yield from _parted(facts)
    yield from _parted_by_the_past(facts)


def _defined_twice(facts: Facts) -> Iterator[Finding]:
    for index in facts.reading.repeated_lots:
        lot = facts.plan.lots[index].id
        yield violation(
            "lot {lot} is defined more than once",
            {"lot": lot},
            subjects=(lot,),
            path=("lots", index),
            hint="keep one definition of each lot",
        )


def _strangers(facts: Facts) -> Iterator[Finding]:
    for index in sorted(set(facts.reading.lot_index.values()) - facts.unplanned.lots):
        lot = facts.plan.lots[index]
        unknown = [name for name in lot.items if name not in facts.items]
        staying = [name for name in lot.items if name in facts.items and not facts.items[name].planned]
        if not unknown and not staying and lot.items:
            continue
        yield violation(
            _EMPTY if not lot.items else _UNKNOWN if unknown else _STAYING,
            {"lot": lot.id, "unknown": names(unknown), "staying": names(staying)},
            subjects=(lot.id, *unknown, *staying),
            path=("lots", index),
            hint="solve again, or take out of the lot what no longer cuts over",
        )


def _untied(facts: Facts) -> Iterator[Finding]:
    for index in sorted(facts.reading.lot_index.values()):
        lot = facts.plan.lots[index]
        found: dict[str, list[str]] = defaultdict(list)
        for name in dict.fromkeys(lot.items):
            listed_here_first = facts.reading.homes[name][0] == index  # listed twice is another rule's finding
            if name in facts.items and facts.items[name].planned and listed_here_first:
                found[facts.groups.of(name)].append(name)
        if len(found) > 1:
            heads = [members[0] for members in found.values()]
            yield violation(
                "lot {lot} joins what nothing ties: {items}",
                {"lot": lot.id, "items": names(heads)},
                subjects=(lot.id, *heads),
                path=("lots", index),
                hint="give each its own lot; two lots may share a wave",
            )


def _parted(facts: Facts) -> Iterator[Finding]:
    """One finding for each set of tied items that stands in several lots, with a tie that is cut."""
    home = {item: homes[0] for item, homes in facts.reading.homes.items()}
    lots: dict[str, set[int]] = defaultdict(set)
    for item in facts.items.planned:
        if item.id in home:
            lots[facts.groups.of(item.id)].add(home[item.id])
    cut: dict[str, Bond] = {}
    for bond in facts.groups.bonds:
        if bond.one in home and bond.other in home and home[bond.one] != home[bond.other]:
            cut.setdefault(facts.groups.of(bond.one), bond)
    for group, indexes in sorted(lots.items()):
        if len(indexes) > 1:
            yield _parted_finding(facts, group, sorted(indexes), cut.get(group))


def _parted_finding(facts: Facts, group: str, indexes: list[int], bond: Bond | None) -> Finding:
    """Without a bond between two listed items, what joins them is itself in no lot."""
    lots = [facts.plan.lots[index] for index in indexes]
    members = [str(item.id) for item in facts.groups.members[group]]
    listed = [next(item for item in members if item in lot.items) for lot in lots]
    return violation(
        _PARTED[bond.kind] if bond else _PARTED_AROUND,
        {
            "lots": names(lot.id for lot in lots),
            "one": bond.one if bond else listed[0],
            "other": bond.other if bond else listed[1],
            "cause": bond.cause if bond else "",
        },
        subjects=(*(lot.id for lot in lots), *members),
        path=("lots", indexes[-1]),
        hint="put tied items into one lot, or soften the tie in the inventory",
    )


def _parted_by_the_past(facts: Facts) -> Iterator[Finding]:
    """What the inventory ties by now, although part of it has cut over: it cannot move together any more."""
    if not facts.done:
        return
    tied = Groups(facts.items)
    for members in tied.members.values():
        done = [item for item in members if item.id in facts.done]
        left = [item for item in members if item.id not in facts.done]
        waves = {facts.wave_of[item.id].id: facts.wave_of[item.id] for item in done}
        if not done or (not left and len(waves) == 1):
            continue
        first = next(iter(waves.values()))
        yield violation(
            _PARTED_BY_THE_PAST if left else _PARTED_IN_THE_PAST,
            {"done": names(item.id for item in done), "left": names(item.id for item in left), "waves": names(waves)},
            subjects=(*waves, *(item.id for item in members)),
            path=first.path,
            hint="what ties them came too late; soften the tie in the inventory",
        )
