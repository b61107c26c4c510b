"""What a plan should state: its waves, lots, loads, milestones and metrics with every figure worked out anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from waveplan.change_calendar import instant, iso_week
from waveplan.checking.bundles import Bundle
from waveplan.checking.facts import Facts
from waveplan.checking.goals import PLACES
from waveplan.checking.milestones import hard_dates, milestones, stays
from waveplan.checking.placed import PlacedLot, PlacedWave
from waveplan.checking.wording import number
from waveplan.domain.about import about, about_servers, about_sites
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items
from waveplan.domain.plan import (
    Plan,
    PlanCalendar,
    PlanFreeze,
    PlanGate,
    PlanProgramme,
    PlanRehearsal,
    PlanSlot,
    SiteHours,
    Totals,
    Wave,
)
from waveplan.domain.plan_loads import LinkLoad, TeamLoad, WeekLoad
from waveplan.domain.plan_lots import PlanLot, Tie
from waveplan.domain.selectors import scope_in_words
from waveplan.domain.standing import NOTHING_DONE, Done

AMOUNT_PLACES = 6  # of amounts in a plan file


def restate(plan: Plan, inventory: Inventory, *, allow_unplanned: bool = False, done: Done = NOTHING_DONE) -> Plan:
    """The same waves and lots with all figures from the inventory; a wave that stands in no slot is left as it is."""
    return restated(Facts(plan, inventory, allow_unplanned=allow_unplanned, done=done))


def restated(facts: Facts) -> Plan:
    """The plan of these facts with all figures from the inventory."""
    waves = {wave.path: wave for wave in facts.waves}
    return facts.plan.model_copy(
        update={
            "programme": programme_of(facts.inventory),
            "waves": [
                restated_wave(facts, waves["waves", index]) if ("waves", index) in waves else stated
                for index, stated in enumerate(facts.plan.waves)
            ],
            "lots": restated_lots(facts),
            "milestones": milestones(facts),
            "stays": stays(facts),
            "calendar": PlanCalendar(freezes=stated_freezes(facts), hard_dates=hard_dates(facts)),
            "sites": about_sites(facts.inventory.sites),
            "teams": _teams(facts),
            "links": _links(facts),
            "metrics": facts.goals.as_metrics(),
        }
    )


def programme_of(inventory: Inventory) -> PlanProgramme:
    """The programme as a plan states it."""
    own = inventory.programme
    return PlanProgramme(
        name=own.name, start=own.start, deadline=own.deadline, timezone=own.timezone, language=own.language
    )


def restated_wave(facts: Facts, wave: PlacedWave) -> Wave:
    """A wave with its figures worked out."""
    slot = wave.slot
    return wave.stated.model_copy(
        update={
            "number": wave.number,
            "stream": wave.stream,
            "tranche": wave.tranche,
            "date": wave.date,
            "slot": PlanSlot(window=slot.window, start=slot.start, end=slot.end),
            "site_hours": site_hours(facts, wave),
            "point_of_no_return": wave.point_of_no_return.astimezone(slot.start.tzinfo),
            "preparation_start": wave.preparation.first,
            "gates": [
                PlanGate(id=g.id, date=day, decides=g.decides, committee=g.committee, criteria=g.criteria)
                for g, day in wave.gates
            ],
            "rehearsals": [each for lot in wave.lots for each in _rehearsals(facts, wave, lot)],
            "hypercare_end": wave.hypercare_end.astimezone(slot.start.tzinfo),
            "hypercare_last_day": wave.hypercare_days.last,
            "totals": _totals(wave),
        }
    )


def site_hours(facts: Facts, wave: PlacedWave) -> list[SiteHours]:
    """The hours of each zone's lots, in a window that lets them keep their own."""
    if not wave.slot.site_zone:
        return []
    stated = []
    for zone, lots in wave.lots_by_zone.items():
        start, end = wave.slot.span(zone)
        stated.append(
            SiteHours(
                zone=zone or facts.inventory.programme.timezone,
                sites=sorted({site for lot in lots for site in lot.counted_sites}),
                lots=sorted(lot.id for lot in lots),
                start=start,
                end=end,
                point_of_no_return=wave.zone_point_of_no_return(zone),
            )
        )
    return sorted(stated, key=lambda each: (instant(each.start), each.zone, each.lots))


def _rehearsals(facts: Facts, wave: PlacedWave, lot: PlacedLot) -> list[PlanRehearsal]:
    return [
        PlanRehearsal(id=r.id, lot=lot.id, date=wave.date - dt.timedelta(days=r.days_before), hours=r.hours)
        for r in lot.rehearsals(facts.items.policies[lot.stream])
    ]


def _totals(wave: PlacedWave) -> Totals:
    return Totals.model_construct(  # totals may be beyond what one amount of the inventory may be
        servers=len(wave.servers),
        applications=wave.applications,
        sites=len(wave.counted_sites),
        users=wave.users,
        transfer_gb=_amount(wave.transfer_gb),
        effort={team: _amount(days) for team, days in wave.effort.items()},
    )


def restated_lots(facts: Facts) -> list[PlanLot]:
    """All lots with their figures and ties worked out, those that are left unplanned too; others as they are."""
    held, ties = lots_held(facts), facts.ties
    return [
        restated_lot(stated, held[index], ties[index]) if index in held else stated
        for index, stated in enumerate(facts.plan.lots)
    ]


def lots_held(facts: Facts) -> Mapping[int, Bundle]:
    """What each lot of the plan (by index) holds: as it is placed, or as it is left unplanned."""
    found: dict[int, Bundle] = {}
    for wave in facts.waves:
        found.update((int(lot.definition[1]), lot) for lot in wave.lots)
    if facts.unplanned.lots:
        items = Items(facts.inventory)
        for index in sorted(facts.unplanned.lots):
            found[index] = Bundle(items[name] for name in facts.plan.lots[index].items)
    return found


def restated_lot(stated: PlanLot, lot: Bundle, ties: list[Tie]) -> PlanLot:
    """A lot with its figures worked out, why its items form one, and what is said of them."""
    said = {"because": ties, "about": about(lot.items), "about_servers": about_servers(lot.servers.values())}
    return restated_figures(stated, lot).model_copy(update=said)


def restated_figures(stated: PlanLot, lot: Bundle) -> PlanLot:
    """A lot with its figures worked out."""
    return stated.model_copy(
        update={
            "stream": lot.items[0].stream,
            "servers": list(lot.servers),
            "criticality": lot.criticality,
            "hypercare_hours": lot.hypercare_hours,
            "transfer_gb": _amount(lot.transfer_gb),
            "effort": {team: _amount(days) for team, days in lot.effort.items()},
        }
    )


def stated_freezes(facts: Facts) -> list[PlanFreeze]:
    """The freezes as a plan shows them: what recurs, as often as it touches a day of the programme."""
    found = []
    for freeze in facts.inventory.calendar.freezes:
        every = facts.calendar.closures(freeze)
        within = every.between(facts.calendar.start, facts.calendar.deadline) if freeze.is_recurrent else tuple(every)
        scope = scope_in_words(freeze.match, freeze.excepted)
        found += [
            PlanFreeze(first=c.first, last=c.last, start=c.start, end=c.end, reason=freeze.reason, scope=scope)
            for c in within
        ]
    return found


def _teams(facts: Facts) -> dict[str, TeamLoad]:
    loads: dict[str, TeamLoad] = {}
    for (team, monday), (used, offer) in facts.workload.stated_weeks.items():
        load = loads.setdefault(team, TeamLoad(organisation=facts.teams[team].organisation, weeks={}))
        load.weeks[iso_week(monday)] = WeekLoad.model_construct(
            used=_amount(used, PLACES), offered=None if offer is None else _amount(offer, PLACES)
        )
    for (team, entry, monday), days in sorted(facts.workload.adoption.items()):
        loads[team].adoption.setdefault(entry, {})[iso_week(monday)] = _amount(days, PLACES)
    for team, (crew, on_call) in facts.people.items():
        load = loads.setdefault(team, TeamLoad(organisation=facts.teams[team].organisation))
        load.crew, load.on_call = list(crew), list(on_call)
    return loads


def _links(facts: Facts) -> dict[str, LinkLoad]:
    loads: dict[str, LinkLoad] = {}
    for (name, week), (used, offer) in facts.replication.stated.items():
        load = loads.setdefault(name, LinkLoad(weeks={}))
        load.weeks[week] = WeekLoad.model_construct(used=_amount(used, PLACES), offered=_amount(offer, PLACES))
    return loads


def _amount(value: Decimal | Fraction, places: int = AMOUNT_PLACES) -> Decimal:
    """An amount as a plan file can hold it."""
    return Decimal(number(value, places))
