"""Batches that cannot be formed (WP148), and those of one application that several streams plan (WP213)."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.domain.findings import Finding, Path
from waveplan.domain.items import Item
from waveplan.domain.work import UNPLANNED_STRATEGIES, Application
from waveplan.review.context import ReviewContext
from waveplan.review.wording import finding, listed


def batches(context: ReviewContext) -> Iterator[Finding]:
    """Every application that is to move in batches."""
    for number, entry in enumerate(context.inventory.applications):
        if entry.in_batches:
            yield from _unformed(entry, ("applications", number))
    for item in context.items.planned:
        if item.batch and context.items.is_first_batch(item):
            yield from _streams(context, item)
    yield from _not_joined(context)


def _unformed(entry: Application, path: Path) -> Iterator[Finding]:
    field = (*path, "batches" if entry.batches is not None else "batch")
    servers = len(set(entry.servers))
    values = {"app": entry.id, "servers": servers, "batches": entry.batches or 0, "strategy": entry.strategy}
    if entry.strategy in UNPLANNED_STRATEGIES:
        template = "{app} never cuts over (strategy {strategy}), so it has no batches"
        yield finding("WP148", template, values, field, (entry.id,), "drop the batches, or give it another strategy")
    elif not servers:
        template = "{app} has no servers that could move in batches"
        yield finding("WP148", template, values, field, (entry.id,), "give it servers, or drop the batches")
    elif (entry.batches or 0) > servers:
        template = "{app} cannot move {servers} servers in {batches} batches"
        yield finding("WP148", template, values, field, (entry.id,), "give it at most as many batches as servers")


def _streams(context: ReviewContext, item: Item) -> Iterator[Finding]:
    first: dict[str, Item] = {}
    for each in context.items.batches_of(item):
        first.setdefault(each.stream, each)
    if len(first) > 1:
        members = [f"{stream} ({each.id})" for stream, each in first.items()]
        values = {"app": item.entry.id, "streams": listed(members)}
        template = "batches of {app} are in several streams, where one follows the other in waves of one: {streams}"
        hint = "let one stream match the application: by `app`, or by what all its servers have in common"
        yield finding("WP213", template, values, item.path, (item.entry.id, *(e.id for e in first.values())), hint)


def _not_joined(context: ReviewContext) -> Iterator[Finding]:
    """Hard dependencies at whose one end something moves in batches: one finding for each entry."""
    seen: set[Path] = set()
    for arc in context.graph.arcs:
        ends = (context.items[arc.consumer], context.items[arc.provider])
        batched = next((item for item in ends if item.batch), None)
        if arc.entry.coupling == "hard" and batched is not None and arc.path not in seen:
            seen.add(arc.path)
            values = {"consumer": ends[0].entry.id, "provider": ends[1].entry.id, "app": batched.entry.id}
            template = "the hard dependency of {consumer} on {provider} makes no lot: {app} moves in batches"
            hint = "give it `coexist_days_max` to keep the two close, or drop the batches"
            yield finding("WP131", template, values, (*arc.path, "coupling"), (arc.consumer, arc.provider), hint)
