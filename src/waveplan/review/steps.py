"""Steps that cannot follow one another (WP212): in one lot, with a server that stays behind, pinned to one day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from waveplan.domain.findings import Finding, Path
from waveplan.domain.items import Item
from waveplan.lots.lot import Lot
from waveplan.review.context import ReviewContext
from waveplan.review.wording import finding, listed


def steps(context: ReviewContext) -> Iterator[Finding]:
    """Everything that keeps a step from coming after the one before."""
    for lot in context.lots:
        yield from _in_one_lot(context, lot)
    for item in context.items.planned:
        if not item.is_first:
            yield from _shared_servers(context, item)
    yield from _own_pins(context)
    yield from _rules_pins(context)


def _base(item: Item) -> str:
    """What has the steps: an application, or a service at one site."""
    return item.id.rpartition("/")[0] if item.step else str(item.id)


def _in_one_lot(context: ReviewContext, lot: Lot) -> Iterator[Finding]:
    held: dict[str, list[Item]] = defaultdict(list)
    for item in lot.items:
        if item.step is not None:
            held[_base(item)].append(item)
    for base, members in held.items():
        if len(members) > 1:
            one, other = sorted(members, key=lambda item: item.step.number if item.step else 0)[:2]
            values = {"of": base, "lot": lot.id, "one": one.id, "other": other.id}
            values |= {"chain": context.chain(one.id, other.id)}
            template = "{one} and {other} are steps of {of} that follow one another, but lot {lot} holds both"
            hint = "loosen a tie of the chain ({chain}): name the step that is meant, as in `id: {one}`"
            yield finding("WP212", template, values, _step_path(other), (lot.id, one.id, other.id), hint)


def _shared_servers(context: ReviewContext, item: Item) -> Iterator[Finding]:
    """A later step takes a server along; what else it hosts must move with it, in the same lot."""
    lot = context.lot_of(item.id)
    for move in item.moves:
        moved_with_it = {
            _base(other)
            for other in (lot.items if lot else ())
            if any(each.server.id == move.server.id for each in other.moves)
        }
        left = [each for each in context.hosted[move.server.id] if each.planned and _base(each) not in moved_with_it]
        if left:
            names = list(dict.fromkeys(_base(each) for each in left))
            values = {"item": item.id, "server": move.server.id, "others": listed(names)}
            template = "{item} moves server {server} again, which also hosts {others}: it would be dragged along"
            hint = (
                "give {others} such a step too and tie the steps by a together rule, or give {item} a server of its own"
            )
            yield finding("WP212", template, values, _step_path(item), (item.id, move.server.id, *names), hint)
            return


def _own_pins(context: ReviewContext) -> Iterator[Finding]:
    """A `slot` of what has several steps would pin all of them to one day."""
    seen: set[Path] = set()
    for item in context.items.planned:
        if item.step is None or item.step.number == 0 or item.entry.slot is None or "slot" in item.step.given:
            continue
        path: Path = (*item.path, "slot")
        if path not in seen:
            seen.add(path)
            values = {"of": item.entry.id, "day": f"{item.entry.slot:%Y-%m-%d}"}
            template = "{of} is pinned to {day} as a whole, but it has several steps, which follow one another"
            hint = "give the `slot` to one of its steps"
            yield finding("WP212", template, values, path, (item.entry.id, item.id), hint)


def _rules_pins(context: ReviewContext) -> Iterator[Finding]:
    for number, rule in enumerate(context.inventory.rules):
        if rule.slot is None or rule.match is None:
            continue
        pinned: dict[str, list[Item]] = defaultdict(list)
        for item in context.matching.select(rule.match):
            if item.step is not None and item.planned:
                pinned[_base(item)].append(item)
        several = [base for base, members in pinned.items() if len(members) > 1]
        if several:
            values = {"rule": rule.id, "day": f"{rule.slot:%Y-%m-%d}", "of": listed(several)}
            template = "rule {rule} pins several steps of {of} to {day}, but they follow one another"
            hint = "name the step that is meant, with `step` in the rule's match"
            yield finding("WP212", template, values, ("rules", number, "slot"), (rule.id, *several), hint)


def _step_path(item: Item) -> Path:
    return item.step.path if item.step else item.path
