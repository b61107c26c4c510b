"""WP302: the plan's lots are those that servers, clusters, hard ties and together rules make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.wording import finding, names
from waveplan.domain.findings import Finding

CODE = "WP302"


def check_lots_as_tied(facts: Facts) -> Iterator[Finding]:
    """Lots that are defined twice, hold what no lot may hold, join what nothing ties, or part what is tied."""
    yield from _defined_twice(facts)
    yield from _strangers(facts)
    yield from _untied(facts)
    yield from _parted(facts)


def _defined_twice(facts: Facts) -> Iterator[Finding]:
    for index in facts.reading.repeated_lots:
        lot = facts.plan.lots[index].id
        yield finding(
            CODE,
            "lot {lot} is defined more than once",
            {"lot": lot},
            subjects=(lot,),
            path=("lots", index),
            hint="keep one definition of each lot",
        )


def _strangers(facts: Facts) -> Iterator[Finding]:
    for index in sorted(facts.reading.lot_index.values()):
        lot = facts.plan.lots[index]
        unknown = [name for name in lot.items if name not in facts.items]
        staying = [name for name in lot.items if name in facts.items and not facts.items[name].planned]
        if not unknown and not staying and lot.items:
            continue
        template = "lot {lot} holds "
        parts = ["what is not in the inventory: {unknown}"] * bool(unknown)
        parts += ["what is retained or retired: {staying}"] * bool(staying)
        yield finding(
            CODE,
            template + (", and ".join(parts) or "no item"),
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
            yield finding(
                CODE,
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
    cut: dict[str, str] = {}
    for bond in facts.groups.bonds:
        if bond.one in home and bond.other in home and home[bond.one] != home[bond.other]:
            cut.setdefault(facts.groups.of(bond.one), f"{bond.one} and {bond.other}: {bond.reason}")
    for group, indexes in sorted(lots.items()):
        if len(indexes) > 1:
            ids = [facts.plan.lots[index].id for index in sorted(indexes)]
            members = [item.id for item in facts.groups.members[group] if item.id in home]
            yield finding(
                CODE,
                "one lot stands as several: {lots} ({tie})",
                {"lots": names(ids), "tie": cut.get(group, names(members))},
                subjects=(*ids, *members),
                path=("lots", max(indexes)),
                hint="put tied items into one lot, or soften the tie in the inventory",
            )
