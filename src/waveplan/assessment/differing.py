"""What moved from one plan to another, from the two files alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from waveplan.assessment.regrouping import LotStanding, changed_lots
from waveplan.domain.base import PlanModel
from waveplan.domain.differences import (
    FigureChange,
    GateMove,
    GoalChange,
    LoadChange,
    MilestoneMove,
    PlanDifference,
    WaveChange,
)
from waveplan.domain.plan import Plan, SiteHours, Wave
from waveplan.workload import Load, Per, workload

_GOALS = ("finish", "waves", "coexistence", "peak_load", "criticality_risk")
_PROGRAMME = ("name", "start", "deadline", "timezone")
_LOT = ("stream", "servers", "criticality", "hypercare_hours", "transfer_gb", "effort")
_WAVE = ("slot", "tranche", "preparation_start", "hypercare_end")


def plan_difference(before: Plan, after: Plan) -> PlanDifference:
    """Everything in which two plans differ, except how they were found."""
    one, other = LotStanding(before), LotStanding(after)
    lots = changed_lots(one, other)
    pairs = _wave_pairs(before, after)
    return PlanDifference(
        lots_before=len(before.lots),
        lots_after=len(after.lots),
        moved=lots.moved,
        new=lots.new,
        gone=lots.gone,
        regrouped=lots.regrouped,
        waves=tuple(_waves(pairs, one, other, lots.same_lots)),
        gates=tuple(_gates(pairs, other)),
        milestones=tuple(_milestones(before, after)),
        teams=_loads(_by_team(before), _by_team(after)),
        organisations=_loads(_by_organisation(before), _by_organisation(after)),
        goals=tuple(
            GoalChange(goal, Decimal(getattr(before.metrics, goal)), Decimal(getattr(after.metrics, goal)))
            for goal in _GOALS
        ),
        figures=tuple(_figures(before, after, pairs, lots.same_lots)),
    )


# --- waves -----------------------------------------------------------------------------------------------------------

_Pair = tuple[Wave | None, Wave | None]


def _wave_pairs(before: Plan, after: Plan) -> list[_Pair]:
    """Waves of one id; then waves of one stream that moved with all of their lots; then those that stand alone."""
    ids = {wave.id: wave for wave in before.waves}
    pairs: list[_Pair] = [(ids.pop(wave.id), wave) for wave in after.waves if wave.id in ids]
    held = {(wave.stream, tuple(sorted(wave.lots))): wave for wave in ids.values()}
    known = {wave.id for wave in before.waves}
    came = [wave for wave in after.waves if wave.id not in known]
    pairs += [(held.pop((wave.stream, tuple(sorted(wave.lots))), None), wave) for wave in came]
    paired = {first.id for first, _ in pairs if first is not None}
    pairs += [(wave, None) for wave in before.waves if wave.id not in paired]
    return sorted(pairs, key=_moment)


def _moment(pair: _Pair) -> tuple[object, ...]:
    wave = pair[1] or pair[0]
    assert wave is not None  # one of the two is there
    return wave.slot.start.timestamp(), wave.id


def _waves(
    pairs: Iterable[_Pair], one: LotStanding, other: LotStanding, same_lots: Mapping[str, str]
) -> Iterator[WaveChange]:
    for first, second in pairs:
        held = {same_lots.get(lot, lot) for lot in first.lots} if first else set()
        holds = set(second.lots) if second else set()
        change = WaveChange(
            one.ref(first) if first else None,
            other.ref(second) if second else None,
            tuple(sorted(holds - held)),
            tuple(sorted(held - holds)),
        )
        if change.before != change.after or change.came or change.left:
            yield change


def _gates(pairs: Iterable[_Pair], other: LotStanding) -> Iterator[GateMove]:
    for first, second in pairs:
        if first is None or second is None:
            continue
        was, now = ({gate.id: gate.date for gate in wave.gates} for wave in (first, second))
        for gate in dict.fromkeys((*now, *was)):
            if was.get(gate) != now.get(gate):
                yield GateMove(other.ref(second), gate, was.get(gate), now.get(gate))


# --- dates, loads, figures -------------------------------------------------------------------------------------------


_Dates = Mapping[tuple[str, str], dt.date | None]


def _milestones(before: Plan, after: Plan) -> Iterator[MilestoneMove]:
    was, now = _dates(before), _dates(after)
    moves = [MilestoneMove(*key, was.get(key), now.get(key)) for key in {**was, **now}]
    yield from sorted((move for move in moves if move.before != move.after), key=_day)


def _dates(plan: Plan) -> _Dates:
    """Days of milestones, and those on which hard dates are reached, by kind and id."""
    found: dict[tuple[str, str], dt.date | None] = {(each.kind, each.id): each.date for each in plan.milestones}
    return found | {("hard_date", each.id): each.reached for each in plan.calendar.hard_dates}


def _day(move: MilestoneMove) -> tuple[object, ...]:
    return move.after or move.before or dt.date.max, move.kind, move.id


_Loads = Mapping[tuple[str | None, str], Load]


def _by_team(plan: Plan) -> _Loads:
    rows = workload(plan, "week").teams
    return {(row.name, period): load for row in rows for period, load in row.periods.items()}


def _by_organisation(plan: Plan, per: Per = "month") -> _Loads:
    rows = [organisation.whole for organisation in workload(plan, per).organisations]
    return {(row.name, period): load for row in rows for period, load in row.periods.items()}


def _loads(before: _Loads, after: _Loads) -> tuple[LoadChange, ...]:
    nothing = Load(Decimal(0), None)
    found = []
    for name, period in {**before, **after}:
        was, now = before.get((name, period), nothing), after.get((name, period), nothing)
        if was.used != now.used:
            found.append(LoadChange(name, period, was.used, now.used, now.offered))
    return tuple(sorted(found, key=lambda each: (-abs(each.more), each.period, each.name is None, each.name or "")))


def _figures(before: Plan, after: Plan, pairs: Iterable[_Pair], same_lots: Mapping[str, str]) -> Iterator[FigureChange]:
    yield from _fields(before.programme, after.programme, _PROGRAMME, "programme")
    was, now = before.lots_by_id(), after.lots_by_id()
    for first, second in sorted(same_lots.items(), key=lambda pair: pair[1]):
        yield from _fields(was[first], now[second], _LOT, second)
    for one, other in pairs:
        if one is not None and other is not None and one.id == other.id:
            yield from _fields(one, other, _WAVE, other.id)
            yield from _hours(one, other)
    promised = {each.id: each.date for each in before.calendar.hard_dates}
    for each in after.calendar.hard_dates:
        if each.id in promised and promised[each.id] != each.date:
            yield FigureChange(each.id, "date", promised[each.id], each.date)


def _hours(one: Wave, other: Wave) -> Iterator[FigureChange]:
    """When the lots of each zone run, in a window that lets them keep the hours of their sites."""
    before, after = ({hours.zone: _span(hours) for hours in wave.site_hours} for wave in (one, other))
    for zone in sorted({*before, *after}):
        if before.get(zone) != after.get(zone):
            yield FigureChange(other.id, f"site_hours {zone}", before.get(zone), after.get(zone))


def _span(hours: SiteHours) -> dict[str, object]:
    return dict(hours.model_dump(mode="json", include={"start", "end", "point_of_no_return"}))


def _fields(one: PlanModel, other: PlanModel, names: Iterable[str], of: str) -> Iterator[FigureChange]:
    for name in names:
        before, after = _plain(getattr(one, name)), _plain(getattr(other, name))
        if before != after:
            yield FigureChange(of, name, before, after)


def _plain(value: object) -> object:
    """A figure that can be shown and written: a slot is its hours, servers stand in order."""
    if isinstance(value, PlanModel):
        return value.model_dump(mode="json")
    return sorted(value) if isinstance(value, list) else value
