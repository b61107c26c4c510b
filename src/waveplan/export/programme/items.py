"""Items, lots, servers and what depends on what, as records of the neutral view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from waveplan.change_calendar import instant, latest
from waveplan.domain.items import Item, Items
from waveplan.domain.plan import Plan, Wave
from waveplan.domain.plan_lots import PlanLot
from waveplan.domain.servers import Server
from waveplan.export.programme.identities import identity
from waveplan.export.programme.view import DependencyView, ItemView, LotView, ServerMove, ServerView
from waveplan.export.programme.words import plain


@dataclass(frozen=True)
class ItemSource:
    """What the view is drawn from: a plan, the items of its inventory, and the programme's zone."""

    plan: Plan
    items: Items
    zone: dt.tzinfo
    slug: str

    def key(self, kind: str, identifier: str) -> str:
        """An identity that stays: programme, kind, id."""
        return identity(self.slug, kind, identifier)

    def local(self, moment: dt.datetime) -> dt.datetime:
        """A moment by the clocks of the programme."""
        return moment.astimezone(self.zone)

    @cached_property
    def several_streams(self) -> bool:
        """Whether labels must name the stream."""
        return len({wave.stream for wave in self.plan.waves}) > 1

    def label(self, wave: Wave) -> str:
        """`W04`, or `desk/W04`."""
        return plain(wave.label(with_stream=self.several_streams))

    @cached_property
    def lot_of(self) -> Mapping[str, PlanLot]:
        """The lot of each item."""
        return {item: lot for lot in self.plan.lots for item in lot.items}

    @cached_property
    def wave_of(self) -> Mapping[str, Wave]:
        """The wave of each lot."""
        return {lot: wave for wave in self.plan.waves_in_order() for lot in wave.lots}

    def wave_of_item(self, item: str) -> Wave | None:
        """The wave in which an item cuts over."""
        lot = self.lot_of.get(item)
        return None if lot is None else self.wave_of.get(lot.id)

    @cached_property
    def retired(self) -> Mapping[str, dt.date]:
        """When what is retired goes."""
        return {each.subject: each.date for each in self.plan.milestones if each.kind == "retire"}


def lot_view(source: ItemSource, lot: PlanLot, left_out: str = "") -> LotView:
    """A lot with its items; its own hours where sites keep theirs."""
    wave = source.wave_of.get(lot.id)
    start = end = None
    if wave is not None:
        own = [(each.start, each.end) for each in wave.site_hours if lot.id in each.lots]
        spans = own or [(wave.slot.start, wave.slot.end)]
        start = source.local(min((first for first, _ in spans), key=instant))
        end = source.local(latest(last for _, last in spans))
    items = tuple(item_view(source, item) for item in lot.items)
    return LotView(
        key=source.key("lot", lot.id),
        id=plain(lot.id),
        title=_title(items),
        stream=plain(lot.stream),
        wave="" if wave is None else plain(wave.id),
        wave_label="" if wave is None else source.label(wave),
        start=start,
        end=end,
        items=items,
        servers=tuple(plain(server) for server in lot.servers),
        criticality=lot.criticality,
        hypercare_hours=lot.hypercare_hours,
        transfer_gb=lot.transfer_gb,
        effort=_amounts(lot.effort),
        left_out=left_out,
    )


_TITLES = 3


def _title(items: tuple[ItemView, ...]) -> str:
    """The names of its first items."""
    named = ", ".join(item.title for item in items[:_TITLES])
    return f"{named}, …" if len(items) > _TITLES else named


def _amounts(amounts: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {plain(name): amount for name, amount in sorted(amounts.items()) if amount}


def item_view(source: ItemSource, name: str) -> ItemView:
    """An item; only its id and its dates when the inventory does not know it."""
    item, wave, lot = source.items.get(name), source.wave_of_item(name), source.lot_of.get(name)
    entry = None if item is None else item.entry
    crew: Mapping[str, int] = {} if entry is None else entry.crew
    on_call: Mapping[str, int] = {} if entry is None else entry.on_call
    effort = {} if item is None else item.effort
    teams = {*(team for team, amount in effort.items() if amount), *crew, *on_call}
    sources = () if item is None else (item.service_site,) if item.service_site else item.source_sites
    return ItemView(
        key=source.key("item", name),
        id=plain(name),
        name=plain(entry.name) if entry is not None and entry.name else "",
        kind="" if item is None else item.kind,
        strategy="" if item is None else item.strategy,
        lot="" if lot is None else plain(lot.id),
        wave="" if wave is None else plain(wave.id),
        wave_label="" if wave is None else source.label(wave),
        date=None if wave is None else wave.date,
        gone=source.retired.get(name),
        criticality="" if entry is None else entry.criticality,
        environment=(item.environment or "") if item is not None else "",
        organisation=_given(entry, "organisation"),
        domain=_given(entry, "domain"),
        technical_owner=_given(entry, "technical_owner"),
        business_owner=_given(entry, "business_owner"),
        sources=tuple(map(plain, sources)),
        targets=() if item is None else tuple(map(plain, item.target_sites)),
        user_sites=() if item is None else tuple(map(plain, item.user_sites)),
        servers=() if item is None else tuple(plain(server.id) for server in item.servers),
        teams=tuple(sorted(map(plain, teams))),
        crew={plain(team): people for team, people in sorted(crew.items()) if people},
        on_call={plain(team): people for team, people in sorted(on_call.items()) if people},
        effort=_amounts(effort),
        max_downtime_hours=None if entry is None else entry.max_downtime_hours,
        rto_hours=None if entry is None else entry.rto_hours,
        rpo_hours=None if entry is None else entry.rpo_hours,
    )


def _given(entry: object, name: str) -> str:
    value = getattr(entry, name, None)
    return plain(value) if value else ""


def server_views(source: ItemSource) -> Iterator[ServerView]:
    """Every server of the inventory, by id, with each of its moves in order of their waves."""
    items = source.items
    hosted: dict[str, list[Item]] = {}
    for item in items:
        for server in item.servers:
            hosted.setdefault(server.id, []).append(item)
    for name in sorted(items.servers):
        yield _server_view(source, items.servers[name], hosted.get(name, []))


def _server_view(source: ItemSource, server: Server, hosted: list[Item]) -> ServerView:
    moved = [(item, wave) for item in hosted if (wave := source.wave_of_item(item.id)) is not None]
    moved.sort(key=lambda pair: (instant(pair[1].slot.start), pair[0].id))
    last = moved[-1][1] if moved else None
    moves = tuple(_moves(source, server, moved))
    targets = [move.target for move in moves if move.target]
    return ServerView(
        key=source.key("server", server.id),
        id=plain(server.id),
        name=plain(server.name or ""),
        hostname=plain(server.hostname or ""),
        addresses=tuple(map(plain, server.addresses)),
        kind=server.kind,
        os=plain(server.os or ""),
        environment=server.environment,
        vcpu=server.vcpu,
        ram_gb=server.ram_gb,
        disk_gb=server.disk_gb,
        method=server.method,
        site=plain(server.site),
        target=targets[-1] if targets else "",
        items=tuple(sorted(plain(item.id) for item in hosted)),
        wave="" if last is None else plain(last.id),
        wave_label="" if last is None else source.label(last),
        date=None if last is None else last.date,
        gone=source.retired.get(server.id, source.retired.get(f"server:{server.id}")),
        moves=moves,
        labels={plain(name): plain(_label(value)) for name, value in sorted(server.labels.items())},
    )


def _label(value: str | list[str]) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _moves(source: ItemSource, server: Server, moved: list[tuple[Item, Wave]]) -> Iterator[ServerMove]:
    """One for each item that takes it along; an item that leaves it where it is has no target."""
    for item, wave in moved:
        targets = {move.server.id: move.target or "" for move in item.moves}
        yield ServerMove(
            server=plain(server.id),
            item=plain(item.id),
            lot=plain(source.lot_of[item.id].id),
            wave=plain(wave.id),
            origin=plain(item.stands.get(server.id, server.site)),
            target=plain(targets.get(server.id, "")),
        )


def dependency_views(source: ItemSource) -> Iterator[DependencyView]:
    """Who consumes whom, item by item; then the steps that follow one another."""
    for item in source.items:
        if item.is_first:
            for dependency in item.entry.depends_on:
                for provider in source.items.providers(item, dependency):
                    yield _dependency(
                        source,
                        item.id,
                        provider.id,
                        dependency.coupling,
                        dependency.order,
                        dependency.min_gap_days,
                        dependency.weight,
                    )
        if item.step is not None and item.step.previous is not None:
            gap = item.step.min_gap_days
            yield _dependency(source, item.id, item.step.previous, "step", "provider_first", gap, Decimal(0))


def _dependency(
    source: ItemSource, consumer: str, provider: str, coupling: str, order: str, gap_days: int, weight: Decimal
) -> DependencyView:
    one, other = _lot_in_a_wave(source, consumer), _lot_in_a_wave(source, provider)
    return DependencyView(plain(consumer), plain(provider), one, other, coupling, order, gap_days, weight)


def _lot_in_a_wave(source: ItemSource, item: str) -> str:
    lot = source.lot_of.get(item)
    return plain(lot.id) if lot is not None and lot.id in source.wave_of else ""
