"""Who is there, and who does what: a RACI of efforts, crews, people on call, owners and committees of each lot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from waveplan.change_calendar.spans import Days
from waveplan.change_calendar.team_days import TeamDays
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.export.programme.records import CommunicationView, RaciView, TeamView
from waveplan.export.programme.view import GateView, LotView, WaveView
from waveplan.export.programme.words import Words, plain


def duties(
    waves: Iterable[WaveView], words: Words, communication: Iterable[CommunicationView] = ()
) -> Iterator[RaciView]:
    """Gates of each wave, what people are told and taught, then preparation, cutover and hypercare of each lot."""
    told: dict[str, list[CommunicationView]] = {}
    for each in communication:
        told.setdefault(each.wave, []).append(each)
    for wave in waves:
        yield from (_gate(wave, gate, words) for gate in wave.gates)
        yield from (_told(each, words) for each in told.get(wave.id, ()))
        for lot in wave.lots:
            yield from _lot(wave, lot, words)


def _gate(wave: WaveView, gate: GateView, words: Words) -> RaciView:
    template = "GO/NO-GO {name}" if gate.decides else ""
    return RaciView(
        wave=wave.id,
        wave_label=wave.label,
        lot="",
        activity=words.say("GO/NO-GO {name}", name=gate.id) if template else gate.id,
        date=gate.date,
        responsible=_sorted(owner for lot in wave.lots for owner in _owners(lot, "technical_owner")),
        accountable=(gate.committee,) if gate.committee else (),
        consulted=_sorted(owner for lot in wave.lots for owner in _owners(lot, "business_owner")),
        informed=_sorted(team for lot in wave.lots for team in lot.teams),
    )


def _told(each: CommunicationView, words: Words) -> RaciView:
    """Who does it, who answers for it, and the sites whose people it reaches."""
    return RaciView(
        wave=each.wave,
        wave_label=each.wave_label,
        lot="",
        activity=words.say("{kind}: {name}", kind=each.what, name=each.name),
        date=each.first,
        responsible=tuple(name for name in (each.team or each.owner,) if name),
        accountable=(each.owner,) if each.owner else (),
        consulted=(),
        informed=each.sites,
    )


def _lot(wave: WaveView, lot: LotView, words: Words) -> Iterator[RaciView]:
    business, technical = _owners(lot, "business_owner"), _owners(lot, "technical_owner")
    sites = _sorted(site for item in lot.items for site in item.user_sites)
    crew = _sorted(team for item in lot.items for team in item.crew)
    on_call = _sorted(team for item in lot.items for team in item.on_call)
    working = tuple(lot.effort)
    for activity, date, responsible, consulted, informed in (
        (words.say("preparation"), wave.preparation_start, working, business, ()),
        (words.say("cutover"), wave.date, crew or working, business, sites),
        (words.say("hypercare"), wave.hypercare_last_day, on_call or crew or working, business, sites),
    ):
        yield RaciView(
            wave.id, wave.label, lot.id, activity, date, responsible, technical or business, consulted, informed
        )


def _owners(lot: LotView, kind: str) -> tuple[str, ...]:
    return _sorted(owner for item in lot.items if (owner := getattr(item, kind)))


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))


_WEEKEND = 5


def team_views(inventory: Inventory, plan: Plan) -> Iterator[TeamView]:
    """Every team of the inventory, by id, then those that only the plan names."""
    days = TeamDays(inventory)
    first, last = _span(plan)
    for team in sorted(inventory.teams, key=lambda each: each.id):
        working = set(days.team_working_days(team.id, Days(first, last)))
        there = {day: days.team_share(team.id, day) for day in Days(first, last) if day in working}
        weekdays = (day for day in Days(first, last) if day.weekday() < _WEEKEND)
        yield TeamView(
            id=plain(team.id),
            name=plain(team.name or ""),
            organisation=plain(team.organisation or ""),
            person_days_per_week=team.person_days_per_week,
            day_rate=team.day_rate,
            days_off=tuple(day for day in weekdays if not there.get(day)),
            share={day: share for day, share in there.items() if 0 < share < 1},
        )
    known = {team.id for team in inventory.teams}
    for name, load in sorted(plan.teams.items()):
        if name not in known:
            yield TeamView(plain(name), "", plain(load.organisation or ""), None, None, ())


def _span(plan: Plan) -> tuple[dt.date, dt.date]:
    """The programme, with whatever of its waves lies outside it."""
    firsts = [plan.programme.start, *(wave.preparation_start for wave in plan.waves)]
    lasts = [plan.programme.deadline, *(wave.hypercare_last_day for wave in plan.waves)]
    return min(firsts), max(lasts)
