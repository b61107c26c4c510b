"""The neutral view of a plan beside its inventory. Pure: no clock, no files, the same view from the same input."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfoNotFoundError

from waveplan.change_calendar import instant, latest, week_monday
from waveplan.change_calendar.slots import zone_named
from waveplan.domain.communication import HeldEntry
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items
from waveplan.domain.plan import Milestone, Plan, Wave
from waveplan.export.programme.assumed import assumptions
from waveplan.export.programme.communicating import communication_views
from waveplan.export.programme.duties import duties, team_views
from waveplan.export.programme.evidence import evidence
from waveplan.export.programme.identities import milestone_identifier, slug
from waveplan.export.programme.items import ItemSource, dependency_views, item_view, lot_view, server_views
from waveplan.export.programme.records import FreezeView, HardDateView, LoadView, MilestoneView
from waveplan.export.programme.view import GateView, HoursView, LotView, ProgrammeView, RehearsalView, WaveView
from waveplan.export.programme.words import Words, kind_name, made_name, plain


def programme_view(
    plan: Plan, inventory: Inventory, words: Words, communication: Sequence[HeldEntry] = ()
) -> ProgrammeView:
    """Everything that exports tell, in the words of one language."""
    source = ItemSource(plan, Items(inventory), programme_zone(plan), slug(plan.programme.name))
    waves = tuple(_wave(source, inventory, wave) for wave in plan.waves_in_order())
    told = tuple(communication_views(source, communication, words))
    return ProgrammeView(
        slug=source.slug,
        name=plain(plan.programme.name),
        start=plan.programme.start,
        deadline=plan.programme.deadline,
        zone=plain(plan.programme.timezone),
        currency=plain(inventory.programme.currency or ""),
        several_streams=source.several_streams,
        waves=waves,
        left_out=tuple(_left_out(source)),
        other_items=tuple(item_view(source, item.id) for item in source.items if item.id not in source.lot_of),
        servers=tuple(server_views(source)),
        dependencies=tuple(dependency_views(source)),
        milestones=tuple(_milestone(source, each, words) for each in _in_order(plan.milestones)),
        freezes=tuple(_freezes(source, words)),
        hard_dates=tuple(_hard_dates(source, words)),
        teams=tuple(team_views(inventory, plan)),
        loads=tuple(_loads(plan)),
        raci=tuple(duties(waves, words, told)),
        evidence=tuple(evidence(source, waves, words)),
        assumptions=tuple(assumptions(plan, inventory, words)),
        communication=told,
    )


def programme_zone(plan: Plan) -> dt.tzinfo:
    """The zone that the plan names; UTC for one that does not exist, as a plan may be edited by hand."""
    try:
        return zone_named(plan.programme.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return dt.UTC


def _wave(source: ItemSource, inventory: Inventory, wave: Wave) -> WaveView:
    spans = [(each.start, each.end) for each in wave.site_hours] or [(wave.slot.start, wave.slot.end)]
    lots = {lot.id: lot for lot in source.plan.lots}
    totals = wave.totals
    return WaveView(
        key=source.key("wave", wave.id),
        id=plain(wave.id),
        label=source.label(wave),
        number=wave.number,
        stream=plain(wave.stream),
        tranche=plain(wave.tranche or ""),
        window=plain(wave.slot.window),
        date=wave.date,
        start=source.local(min((start for start, _ in spans), key=instant)),
        end=source.local(latest(end for _, end in spans)),
        hours=tuple(_hours(wave)),
        point_of_no_return=source.local(wave.point_of_no_return),
        preparation_start=wave.preparation_start,
        hypercare_end=source.local(wave.hypercare_end),
        hypercare_last_day=wave.hypercare_last_day,
        gates=tuple(_gates(source, inventory, wave)),
        rehearsals=tuple(_rehearsals(source, wave)),
        lots=tuple(lot_view(source, lots[lot]) for lot in wave.lots if lot in lots),
        servers=totals.servers,
        applications=totals.applications,
        sites=totals.sites,
        users=totals.users,
        transfer_gb=totals.transfer_gb,
        effort={plain(team): amount for team, amount in sorted(totals.effort.items()) if amount},
    )


def _hours(wave: Wave) -> Iterator[HoursView]:
    for each in sorted(wave.site_hours, key=lambda hours: (instant(hours.start), hours.zone)):
        yield HoursView(
            plain(each.zone), tuple(map(plain, each.sites)), tuple(map(plain, each.lots)), each.start, each.end
        )


def _gates(source: ItemSource, inventory: Inventory, wave: Wave) -> Iterator[GateView]:
    names = {committee.id: committee.name or committee.id for committee in inventory.committees}
    for gate in sorted(wave.gates, key=lambda gate: (gate.date, gate.id)):
        yield GateView(
            key=source.key("gate", f"{wave.id}/{gate.id}"),
            wave=plain(wave.id),
            wave_label=source.label(wave),
            id=plain(gate.id),
            date=gate.date,
            decides=gate.decides,
            committee=plain(names.get(gate.committee, gate.committee)) if gate.committee else "",
            criteria=tuple(map(plain, gate.criteria)),
        )


def _rehearsals(source: ItemSource, wave: Wave) -> Iterator[RehearsalView]:
    for each in sorted(wave.rehearsals, key=lambda rehearsal: (rehearsal.date, rehearsal.lot, rehearsal.id)):
        yield RehearsalView(
            key=source.key("rehearsal", f"{wave.id}/{each.lot}/{each.id}"),
            wave=plain(wave.id),
            wave_label=source.label(wave),
            id=plain(each.id),
            lot=plain(each.lot),
            date=each.date,
            hours=each.hours,
        )


def _left_out(source: ItemSource) -> Iterator[LotView]:
    reasons = {each.lot: each.reason for each in source.plan.unplanned}
    for lot in sorted(source.plan.lots, key=lambda lot: lot.id):
        if lot.id not in source.wave_of:
            yield lot_view(source, lot, plain(reasons.get(lot.id, "")))


def _in_order(milestones: list[Milestone]) -> list[Milestone]:
    return sorted(milestones, key=lambda each: (each.date, each.kind, each.id, each.subject, each.site or ""))


def _milestone(source: ItemSource, milestone: Milestone, words: Words) -> MilestoneView:
    return MilestoneView(
        key=source.key("milestone", milestone_identifier(milestone)),
        id=plain(milestone.id),
        name=_promised(source, milestone) or made_name(words, milestone.id),
        kind=milestone.kind,
        what=kind_name(words, milestone.kind),
        date=milestone.date,
        start=milestone.start,
        subject=plain(milestone.subject),
        site=plain(milestone.site or ""),
        criteria=tuple(map(plain, milestone.criteria)),
    )


def _promised(source: ItemSource, milestone: Milestone) -> str:
    """What others call what they promised."""
    if milestone.kind != "external":
        return ""
    names = {each.id: each.name for each in source.items.inventory.external_milestones}
    return plain(names.get(milestone.subject) or names.get(milestone.id) or "")


def _freezes(source: ItemSource, words: Words) -> Iterator[FreezeView]:
    for freeze in sorted(source.plan.calendar.freezes, key=lambda each: (each.first, each.last, each.scope)):
        scope = words.say("everything") if freeze.scope == "everything" else plain(freeze.scope)
        identity = f"{freeze.reason or ''}/{freeze.scope}/{freeze.first:%Y-%m-%d}"
        start, end = freeze.start, freeze.end
        yield FreezeView(
            key=source.key("freeze", identity),
            first=freeze.first,
            last=freeze.last,
            start=None if start is None or end is None else source.local(start),
            end=None if start is None or end is None else source.local(end),
            reason=plain(freeze.reason or ""),
            scope=scope,
        )


def _hard_dates(source: ItemSource, words: Words) -> Iterator[HardDateView]:
    for each in sorted(source.plan.calendar.hard_dates, key=lambda date: (date.date, date.id)):
        key = source.key("hard-date", each.id)
        yield HardDateView(key, plain(each.id), made_name(words, each.id), each.date, each.reached)


def _loads(plan: Plan) -> Iterator[LoadView]:
    for team, load in sorted(plan.teams.items()):
        for week, stated in sorted(load.weeks.items()):
            organisation = plain(load.organisation or "")
            yield LoadView(plain(team), organisation, week, week_monday(week), stated.used, stated.offered)
