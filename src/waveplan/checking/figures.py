"""Stated figures against derived ones, field by field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from waveplan.change_calendar import iso_week
from waveplan.checking.facts import Facts
from waveplan.checking.goals import PLACES
from waveplan.checking.milestones import hard_dates, milestones, stays
from waveplan.checking.restating import AMOUNT_PLACES, programme_of, restated_lot, restated_wave
from waveplan.checking.wording import number
from waveplan.domain.findings import Path
from waveplan.domain.plan import Milestone, PlanGate, PlanModel, PlanRehearsal, PlanStay, Wave

_PROGRAMME = ("start", "deadline", "timezone")
_WAVE = (
    "number",
    "stream",
    "tranche",
    "date",
    "point_of_no_return",
    "preparation_start",
    "hypercare_end",
    "hypercare_last_day",
)
_TOTALS = ("servers", "applications", "sites", "users", "transfer_gb")
_LOT = ("stream", "criticality", "hypercare_hours", "transfer_gb")


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure: where it stands, what the plan says and what the inventory makes of it (None: nothing)."""

    path: Path
    figure: str
    stated: object
    derived: object

    def __str__(self) -> str:
        return f"{self.figure} {_word(self.stated)} → {_word(self.derived)}"


def differences(facts: Facts) -> Iterator[Difference]:
    """Every stated figure that no longer matches, in the plan's order."""
    yield from _fields(facts.plan.programme, programme_of(facts.inventory), _PROGRAMME, ("programme",), "programme")
    yield from _waves(facts)
    yield from _lots(facts)
    yield from _milestones(facts)
    yield from _stays(facts)
    yield from _hard_dates(facts)
    yield from _loads(facts)
    yield from _goals(facts)
    yield from _metrics(facts)


def _fields(
    stated: PlanModel, derived: PlanModel, fields: tuple[str, ...], path: Path, name: str
) -> Iterator[Difference]:
    for field in fields:
        said, true = getattr(stated, field), getattr(derived, field)
        if not _same(said, true):
            yield Difference((*path, field), f"{name} {field}", said, true)


def _waves(facts: Facts) -> Iterator[Difference]:
    placed = {wave.path: wave for wave in facts.waves}
    for index, stated in enumerate(facts.plan.waves):
        path: Path = ("waves", index)
        if path not in placed:
            yield Difference((*path, "number"), f"{stated.id} number", stated.number, None)
            continue
        derived = restated_wave(facts, placed[path])
        yield from _fields(stated, derived, _WAVE, path, stated.id)
        yield from _fields(stated.totals, derived.totals, _TOTALS, (*path, "totals"), f"{stated.id} totals")
        efforts = (stated.totals.effort, derived.totals.effort)
        yield from _entries(*efforts, (*path, "totals", "effort"), f"{stated.id} effort")
        yield from _entries(_gates(stated), _gates(derived), (*path, "gates"), f"{stated.id} gate")
        rehearsals = (_rehearsals(stated), _rehearsals(derived))
        yield from _entries(*rehearsals, (*path, "rehearsals"), f"{stated.id} rehearsal")


def _gates(wave: Wave) -> dict[str, str]:
    return _keyed((gate.id, _gate(gate)) for gate in wave.gates)


def _gate(gate: PlanGate) -> str:
    words = [gate.date.isoformat(), "decides" if gate.decides else "", gate.committee or ""]
    return " ".join(word for word in words if word)


def _rehearsals(wave: Wave) -> dict[str, str]:
    return _keyed((f"{each.id} of {each.lot}", _rehearsal(each)) for each in wave.rehearsals)


def _rehearsal(rehearsal: PlanRehearsal) -> str:
    hours = "" if rehearsal.hours is None else f" {number(rehearsal.hours, AMOUNT_PLACES)} h"
    return rehearsal.date.isoformat() + hours


def _keyed(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By name; what is stated twice under one name shows both."""
    found: dict[str, str] = {}
    for name, words in pairs:
        found[name] = f"{found[name]}, {words}" if name in found else words
    return found


def _lots(facts: Facts) -> Iterator[Difference]:
    placed = {lot.definition: lot for wave in facts.waves for lot in wave.lots}
    for index, stated in enumerate(facts.plan.lots):
        path: Path = ("lots", index)
        if path in placed:
            derived = restated_lot(stated, placed[path])
            yield from _fields(stated, derived, _LOT, path, stated.id)
            yield from _entries(stated.effort, derived.effort, (*path, "effort"), f"{stated.id} effort")
            if sorted(stated.servers) != sorted(derived.servers):
                names = (" ".join(sorted(each.servers)) for each in (stated, derived))
                yield Difference((*path, "servers"), f"{stated.id} servers", *names)


def _milestones(facts: Facts) -> Iterator[Difference]:
    derived: dict[tuple[str, str], str] = {(each.kind, each.id): _milestone(each) for each in milestones(facts)}
    seen: set[tuple[str, str]] = set()
    for index, stated in enumerate(facts.plan.milestones):
        key = _known_key(stated, derived)
        words, true = _milestone(stated), None if key in seen else derived.get(key)
        seen.add(key)
        if words != true:
            yield Difference(("milestones", index), f"milestone {stated.id}", words, true)
    for key, true in derived.items():
        if key not in seen:
            yield Difference(("milestones",), f"milestone {key[1]}", None, true)


def _known_key(stated: Milestone, derived: Mapping[tuple[str, str], str]) -> tuple[str, str]:
    """Kind and id of the milestone that is meant; of that id alone when its kind was changed."""
    key = (stated.kind, stated.id)
    return key if key in derived else next((other for other in derived if other[1] == stated.id), key)


def _hard_dates(facts: Facts) -> Iterator[Difference]:
    """Those that the plan states: what it need not show cannot be wrong."""
    derived = {each.id: each for each in hard_dates(facts)}
    for index, stated in enumerate(facts.plan.calendar.hard_dates):
        path: Path = ("calendar", "hard_dates", index)
        true = derived.get(stated.id)
        if true is None:
            yield Difference(path, f"hard date {stated.id}", stated.date, None)
        else:
            yield from _fields(stated, true, ("date", "reached"), path, f"hard date {stated.id}")


def _milestone(milestone: Milestone) -> str:
    place = f" at {milestone.site}" if milestone.site else ""
    words = [f"{milestone.date.isoformat()} ({milestone.kind} {milestone.subject}{place}"]
    if milestone.start is not None:
        words.append(f"from {milestone.start.isoformat()}")
    if milestone.date_p90 is not None:
        words.append(f"p90 {milestone.date_p90.isoformat()}")
    if milestone.waiting:
        words.append(f"waiting {' '.join(milestone.waiting)}")
    if milestone.criteria:
        words.append(f"criteria {'; '.join(milestone.criteria)}")
    return ", ".join(words) + ")"


def _stays(facts: Facts) -> Iterator[Difference]:
    """What stays on each site."""
    stated = _keyed((each.site, _stay(each)) for each in facts.plan.stays)
    yield from _entries(stated, {each.site: _stay(each) for each in stays(facts)}, ("stays",), "stays at")


def _stay(stay: PlanStay) -> str:
    return " ".join([*sorted(stay.items), *(f"server:{name}" for name in sorted(stay.servers))])


def _loads(facts: Facts) -> Iterator[Difference]:
    derived: dict[str, dict[str, tuple[Fraction, Fraction | None]]] = {}
    for (team, monday), figures in facts.workload.stated_weeks.items():
        derived.setdefault(team, {})[iso_week(monday)] = figures
    for team in sorted({*facts.plan.teams, *derived}):
        stated = facts.plan.teams[team].weeks if team in facts.plan.teams else {}
        for week in sorted({*stated, *derived.get(team, {})}):
            path: Path = ("teams", team, "weeks", week)
            load = stated.get(week)
            used, offer = derived.get(team, {}).get(week, (Fraction(0), None))
            said, offered = (load.used, load.offered) if load else (Decimal(0), None)
            if not _rounds_to(said, used):
                yield Difference((*path, "used"), f"{team} {week} used", said, used)
            elif not _rounds_to(offered, offer):
                yield Difference((*path, "offered"), f"{team} {week} offered", offered, offer)


def _goals(facts: Facts) -> Iterator[Difference]:
    """A goal's value in the record of the solve, where the metrics do not say the same (moved lots have no metric)."""
    for index, stated in enumerate(facts.plan.solve.goals):
        true, metric = getattr(facts.goals, stated.goal, None), getattr(facts.plan.metrics, stated.goal, None)
        if stated.value is None or true is None or stated.value == metric or _rounds_to(stated.value, true):
            continue
        yield Difference(("solve", "goals", index, "value"), f"goal {stated.goal}", stated.value, true)


def _metrics(facts: Facts) -> Iterator[Difference]:
    stated = facts.plan.metrics
    for goal in ("waves", "finish", "coexistence", "peak_load", "criticality_risk"):
        said, true = getattr(stated, goal), getattr(facts.goals, goal)
        if not _rounds_to(Decimal(said), true):
            yield Difference(("metrics", goal), f"metrics {goal}", said, true)


def _entries(stated: Mapping[str, Any], derived: Mapping[str, Any], path: Path, name: str) -> Iterator[Difference]:
    for key in sorted({*stated, *derived}):
        said, true = stated.get(key), derived.get(key)
        if not _same(said, true):
            yield Difference(path, f"{name} {key}", said, true)


def _same(stated: object, derived: object) -> bool:
    if isinstance(stated, dt.datetime) and isinstance(derived, dt.datetime):
        return stated.astimezone(dt.UTC) == derived.astimezone(dt.UTC)
    if isinstance(stated, Decimal) or isinstance(derived, Decimal):  # nothing stated means 0
        return _rounds_to(Decimal(str(stated or 0)), Fraction(str(derived or 0)), AMOUNT_PLACES)
    return stated == derived


def _rounds_to(stated: Decimal | None, exact: Fraction | Decimal | int | None, places: int = PLACES) -> bool:
    """Whether a stated figure is the exact one to so many places, whichever way a half is rounded."""
    if stated is None or exact is None:
        return stated is exact
    return abs(Fraction(stated) - Fraction(exact)) <= Fraction(1, 2 * 10**places)


def _word(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return number(value, PLACES)
    return number(value, AMOUNT_PLACES) if isinstance(value, int | Decimal) else str(value)
