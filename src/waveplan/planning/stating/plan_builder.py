"""Where lots start → a plan with every date, figure and milestone."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from waveplan.change_calendar import Slot, instant, latest
from waveplan.domain.about import about, about_servers, about_sites
from waveplan.domain.plan import (
    Metrics,
    Plan,
    PlanGate,
    PlanProgramme,
    PlanRehearsal,
    PlanSlot,
    SiteHours,
    Totals,
    Wave,
)
from waveplan.domain.plan_lots import PlanLot
from waveplan.domain.solve_record import InventoryFile, SolveRecord
from waveplan.engine.goals.measures import measure, ordinals
from waveplan.engine.problem import Assignment, PlanningProblem, Position
from waveplan.lots.lot import Lot
from waveplan.planning.building.replication import link_loads
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.facts.rehearsing import rehearses
from waveplan.planning.facts.retirement_work import peak_of
from waveplan.planning.stating.ends import Ends, calendar_of, loads_of, milestones_of, stays_of, weeks_used


def build_plan(
    facts: PlanningFacts,
    problem: PlanningProblem,
    assignment: Assignment,
    record: SolveRecord,
    files: Sequence[InventoryFile],
    retired: Mapping[str, dt.date] | None = None,
) -> Plan:
    """State a plan in full. `assignment` gives each lot's position, `retired` days of retirements that are no first."""
    programme = facts.inventory.programme
    placed: dict[str, Position] = {
        facts.lots[lot].id: facts.positions[position] for lot, position in assignment.items()
    }
    ends = Ends(facts, placed, retired or {})
    milestones = milestones_of(facts, ends)
    work = facts.retirement_work
    loads = work.loads(ends.retired) if work.is_any else {}
    return Plan(
        programme=PlanProgramme(
            name=programme.name,
            start=programme.start,
            deadline=programme.deadline,
            timezone=programme.timezone,
            language=programme.language,
        ),
        inventory=list(files),
        solve=record,
        waves=_waves(facts, problem, assignment),
        lots=[stated_lot(lot) for lot in facts.lots],
        milestones=milestones,
        stays=stays_of(facts),
        calendar=calendar_of(facts, ends, milestones),
        sites=about_sites(facts.inventory.sites),
        teams=loads_of(facts, placed, loads, ends),
        links=link_loads(facts, assignment),
        metrics=_metrics(problem, assignment, _peak_with(facts, placed, loads) if loads else None),
    )


def _waves(facts: PlanningFacts, problem: PlanningProblem, assignment: Assignment) -> list[Wave]:
    numbers = ordinals(problem, assignment)
    held: dict[int, list[Lot]] = defaultdict(list)
    for lot, position in sorted(assignment.items()):
        held[position].append(facts.lots[lot])
    waves = [_wave(facts, facts.positions[p], number, held[p]) for p, number in numbers.items()]
    return sorted(waves, key=lambda wave: (instant(wave.slot.start), wave.id))


def _wave(facts: PlanningFacts, position: Position, number: int, lots: list[Lot]) -> Wave:
    calendar, slot = facts.calendar, facts.slots[position.slot]
    policy = facts.items.policies[facts.streams[position.stream]]
    places = sorted({place for lot in lots for place in lot.places})
    ends = [calendar.hypercare_end(slot, lot.hypercare_hours, facts.zone(lot)) for lot in lots]
    own_hours = _site_hours(facts, slot, lots) if slot.site_zone else []
    first_return = calendar.point_of_no_return(slot, max(lot.rollback_hours for lot in lots))
    return Wave(
        id=facts.wave_id(position),
        number=number,
        stream=facts.streams[position.stream],
        tranche=next((lot.tranche for lot in lots if lot.tranche), None),
        date=slot.date,
        slot=PlanSlot(window=slot.window, start=slot.start, end=slot.end),
        site_hours=own_hours,
        point_of_no_return=min(
            (each.point_of_no_return for each in own_hours), key=instant, default=first_return
        ).astimezone(slot.start.tzinfo),
        preparation_start=calendar.preparation_days(policy.preparation_days, slot.date).first,
        gates=[
            PlanGate(
                id=gate.id,
                date=calendar.gate_date(gate, slot.date, places),
                decides=gate.decides,
                committee=gate.committee,
                criteria=list(gate.criteria),
            )
            for gate in policy.gates
        ],
        rehearsals=_rehearsals(facts, position, lots),
        hypercare_end=latest(ends).astimezone(slot.start.tzinfo),
        hypercare_last_day=max(facts.hypercare_days(position.slot, lot).last for lot in lots),
        lots=sorted(lot.id for lot in lots),
        totals=_totals(facts, lots),
    )


def _site_hours(facts: PlanningFacts, slot: Slot, lots: list[Lot]) -> list[SiteHours]:
    """Lots by the zone whose hours they keep, in order of their start."""
    by_zone: dict[str | None, list[Lot]] = defaultdict(list)
    for lot in lots:
        by_zone[facts.zone(lot)].append(lot)
    found = []
    for zone, own in by_zone.items():
        start, end = slot.span(zone)
        rollback = max(lot.rollback_hours for lot in own)
        found.append(
            SiteHours(
                zone=zone or facts.inventory.programme.timezone,
                sites=sorted({site for lot in own for site in lot.counted_sites}),
                lots=sorted(lot.id for lot in own),
                start=start,
                end=end,
                point_of_no_return=facts.calendar.point_of_no_return(slot, rollback, zone),
            )
        )
    return sorted(found, key=lambda each: (instant(each.start), each.zone, each.lots))


def _rehearsals(facts: PlanningFacts, position: Position, lots: list[Lot]) -> list[PlanRehearsal]:
    policy = facts.items.policies[facts.streams[position.stream]]
    return [
        PlanRehearsal(
            id=rehearsal.id,
            lot=lot.id,
            date=facts.date(position.day - rehearsal.days_before),
            hours=rehearsal.hours,
        )
        for rehearsal in policy.rehearsals
        for lot in lots
        if rehearses(rehearsal, lot)
    ]


def _totals(facts: PlanningFacts, lots: list[Lot]) -> Totals:
    effort: dict[str, Decimal] = defaultdict(Decimal)
    for lot in lots:
        for team, days in lot.effort.items():
            effort[team] += days
    homes = {site for lot in lots for site in lot.user_sites}
    return Totals(
        servers=len({server.id for lot in lots for server in lot.servers}),
        applications=sum(item.kind == "application" for lot in lots for item in lot.items),
        sites=len({site for lot in lots for site in lot.counted_sites}),
        users=sum(facts.items.sites[site].total_users for site in homes),
        transfer_gb=sum((lot.transfer_gb for lot in lots), Decimal(0)),
        effort=dict(sorted(effort.items())),
    )


def stated_lot(lot: Lot) -> PlanLot:
    """A lot as plans state it."""
    return PlanLot(
        id=lot.id,
        stream=lot.stream,
        items=[item.id for item in lot.items],
        servers=[server.id for server in lot.servers],
        criticality=lot.criticality,
        hypercare_hours=lot.hypercare_hours,
        transfer_gb=lot.transfer_gb,
        effort=dict(lot.effort),
        because=list(lot.ties),
        about=about(lot.items),
        about_servers=about_servers(lot.servers),
    )


def _peak_with(
    facts: PlanningFacts, placed: Mapping[str, Position], loads: Mapping[tuple[str, dt.date], Fraction]
) -> Fraction:
    """The peak load with the work of retirements."""
    return peak_of(facts, weeks_used(facts, placed), loads)


def _metrics(problem: PlanningProblem, assignment: Assignment, peak: Fraction | None) -> Metrics:
    def value(goal: str) -> Fraction:
        return measure(problem, assignment, goal)

    return Metrics(
        waves=int(value("waves")),
        finish=int(value("finish")),
        coexistence=decimal_of(value("coexistence")),
        peak_load=four_places(value("peak_load") if peak is None else peak),
        criticality_risk=four_places(value("criticality_risk")),
    )


def four_places(value: Fraction) -> Decimal:
    """A ratio as it is printed: rounded to 4 places, half to even."""
    return Decimal(round(value * 10_000)) / 10_000


def decimal_of(value: Fraction) -> Decimal:
    """A fraction that is a short decimal, exactly."""
    return Decimal(value.numerator) / Decimal(value.denominator)
