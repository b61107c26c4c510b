"""Tables of what moves: waves, lots, items, servers, what depends on what."""

from __future__ import annotations

from decimal import Decimal

from waveplan.export.programme import ProgrammeView, Words
from waveplan.export.programme.view import DependencyView, ItemView, LotView, ServerView, WaveView
from waveplan.export.tables.model import Cell, ExportTable, Kind, amounts, series, table


def waves_table(view: ProgrammeView, words: Words) -> ExportTable:
    """A row for each wave."""
    say = words.say

    def row(wave: WaveView) -> tuple[Cell, ...]:
        gate = wave.deciding_gate
        return (
            wave.label, wave.id, wave.stream, wave.tranche, wave.window, wave.preparation_start,
            None if gate is None else gate.date, wave.date, wave.start, wave.end, wave.point_of_no_return,
            wave.hypercare_end, len(wave.lots), wave.applications, wave.servers, wave.sites, wave.users,
            wave.transfer_gb, sum(wave.effort.values(), Decimal(0)),
        )  # fmt: skip

    columns: tuple[tuple[str, str, Kind], ...] = (
        ("wave", say("Wave"), "text"),
        ("wave_id", say("Id"), "text"),
        ("stream", say("Stream"), "text"),
        ("tranche", say("Tranche"), "text"),
        ("window", say("Window"), "text"),
        ("preparation_start", say("Preparation from"), "day"),
        ("decided_on", say("GO/NO-GO"), "day"),
        ("date", say("Cutover"), "day"),
        ("start", say("Window opens"), "moment"),
        ("end", say("Window closes"), "moment"),
        ("point_of_no_return", say("Point of no return"), "moment"),
        ("hypercare_end", say("Hypercare ends"), "moment"),
        ("lots", say("Lots"), "whole"),
        ("applications", say("Applications"), "whole"),
        ("servers", say("Servers"), "whole"),
        ("sites", say("Sites"), "whole"),
        ("users", say("Users"), "whole"),
        ("transfer_gb", say("Data in GB"), "number"),
        ("effort", say("Person-days"), "number"),
    )
    return table("waves", say("Waves"), columns, map(row, view.waves))


def lots_table(view: ProgrammeView, words: Words) -> ExportTable:
    """A row for each lot in a wave."""
    say = words.say

    def row(lot: LotView) -> tuple[Cell, ...]:
        return (
            lot.id, lot.title, lot.wave_label, lot.wave, lot.stream, lot.start, lot.end, lot.criticality,
            len(lot.items), series(item.id for item in lot.items), len(lot.servers), lot.hypercare_hours,
            lot.transfer_gb, sum(lot.effort.values(), Decimal(0)), amounts(lot.effort),
        )  # fmt: skip

    columns: tuple[tuple[str, str, Kind], ...] = (
        ("lot", say("Lot"), "text"),
        ("title", say("What moves"), "text"),
        ("wave", say("Wave"), "text"),
        ("wave_id", say("Id of the wave"), "text"),
        ("stream", say("Stream"), "text"),
        ("start", say("Starts"), "moment"),
        ("end", say("Ends"), "moment"),
        ("criticality", say("Criticality"), "text"),
        ("item_count", say("Items"), "whole"),
        ("items", say("Which items"), "text"),
        ("servers", say("Servers"), "whole"),
        ("hypercare_hours", say("Hypercare in hours"), "number"),
        ("transfer_gb", say("Data in GB"), "number"),
        ("effort", say("Person-days"), "number"),
        ("effort_by_team", say("Person-days by team"), "text"),
    )
    return table("lots", say("Lots"), columns, map(row, view.lots))


def items_table(view: ProgrammeView, words: Words) -> ExportTable:
    """A row for each item, those in no wave last."""
    say = words.say

    def row(item: ItemView) -> tuple[Cell, ...]:
        return (
            item.id, item.name, item.kind, item.strategy, item.lot, item.wave_label, item.date or item.gone,
            item.criticality, item.environment, item.organisation, item.domain, item.business_owner,
            item.technical_owner, series(item.sources), series(item.targets), len(item.servers),
            item.max_downtime_hours, item.rto_hours, item.rpo_hours, sum(item.effort.values(), Decimal(0)),
        )  # fmt: skip

    columns: tuple[tuple[str, str, Kind], ...] = (
        ("item", say("Item"), "text"),
        ("name", say("Name"), "text"),
        ("kind", say("Kind"), "text"),
        ("strategy", say("Strategy"), "text"),
        ("lot", say("Lot"), "text"),
        ("wave", say("Wave"), "text"),
        ("date", say("Date"), "day"),
        ("criticality", say("Criticality"), "text"),
        ("environment", say("Environment"), "text"),
        ("organisation", say("Organisation"), "text"),
        ("domain", say("Domain"), "text"),
        ("business_owner", say("Business owner"), "text"),
        ("technical_owner", say("Technical owner"), "text"),
        ("from", say("From site"), "text"),
        ("to", say("To site"), "text"),
        ("servers", say("Servers"), "whole"),
        ("max_downtime_hours", say("Longest outage in hours"), "number"),
        ("rto_hours", say("RTO in hours"), "number"),
        ("rpo_hours", say("RPO in hours"), "number"),
        ("effort", say("Person-days"), "number"),
    )
    return table("items", say("Items"), columns, map(row, (*view.items, *view.other_items)))


def servers_table(view: ProgrammeView, words: Words) -> ExportTable:
    """A row for each server."""
    say = words.say

    def row(server: ServerView) -> tuple[Cell, ...]:
        return (
            server.id, server.name, server.hostname, series(server.addresses), server.kind, server.os,
            server.environment, server.vcpu, server.ram_gb, server.disk_gb, server.method, server.site, server.target,
            server.wave_label, server.date, server.gone, series(server.items),
        )  # fmt: skip

    columns: tuple[tuple[str, str, Kind], ...] = (
        ("server", say("Server"), "text"),
        ("name", say("Name"), "text"),
        ("hostname", say("Host name"), "text"),
        ("addresses", say("Addresses"), "text"),
        ("kind", say("Kind"), "text"),
        ("os", say("System"), "text"),
        ("environment", say("Environment"), "text"),
        ("vcpu", say("vCPU"), "number"),
        ("ram_gb", say("Memory in GB"), "number"),
        ("disk_gb", say("Disks in GB"), "number"),
        ("method", say("Method"), "text"),
        ("site", say("Site"), "text"),
        ("target", say("Target"), "text"),
        ("wave", say("Wave"), "text"),
        ("date", say("Cutover"), "day"),
        ("gone", say("Retired on"), "day"),
        ("items", say("Items"), "text"),
    )
    return table("servers", say("Servers"), columns, map(row, view.servers))


def dependencies_table(view: ProgrammeView, words: Words) -> ExportTable:
    """A row for each dependency between items."""
    say = words.say

    def row(each: DependencyView) -> tuple[Cell, ...]:
        return (
            each.consumer, each.provider, each.coupling, each.order, each.gap_days, each.weight,
            each.consumer_lot, each.provider_lot,
        )  # fmt: skip

    columns: tuple[tuple[str, str, Kind], ...] = (
        ("consumer", say("Consumer"), "text"),
        ("provider", say("Provider"), "text"),
        ("coupling", say("Coupling"), "text"),
        ("order", say("Order"), "text"),
        ("min_gap_days", say("Least gap in days"), "whole"),
        ("weight", say("Weight"), "number"),
        ("consumer_lot", say("Consumer's lot"), "text"),
        ("provider_lot", say("Provider's lot"), "text"),
    )
    return table("dependencies", say("Dependencies"), columns, map(row, view.dependencies))


def unplanned_table(view: ProgrammeView, words: Words) -> ExportTable:
    """A row for each lot that is in no wave."""
    say = words.say
    columns: tuple[tuple[str, str, Kind], ...] = (
        ("lot", say("Lot"), "text"),
        ("items", say("Items"), "text"),
        ("reason", say("Reason"), "text"),
    )
    rows = ((lot.id, series(item.id for item in lot.items), lot.left_out) for lot in view.left_out)
    return table("unplanned", say("Left out of the plan"), columns, rows)
