"""Stated figures against derived ones, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from waveplan.change_calendar import instant, iso_week
from waveplan.checking.comparing import Difference, entries, fields, in_a_row, rounds_to, word
from waveplan.checking.facts import Facts
from waveplan.checking.milestones import hard_dates, milestones, stays
from waveplan.checking.restating import AMOUNT_PLACES, lots_held, programme_of, restated_figures, restated_wave
from waveplan.checking.wording import number
from waveplan.domain.findings import Path, Phrase
from waveplan.domain.plan import Milestone, PlanGate, PlanRehearsal, PlanStay, SiteHours, Wave
from waveplan.domain.plan_loads import PeopleNeed, TeamLoad

_PROGRAMME = {"start": "{of} start", "deadline": "{of} deadline", "timezone": "{of} timezone"}
_WAVE = {
    "number": "{of} number",
    "stream": "{of} stream",
    "tranche": "{of} tranche",
    "date": "{of} date",
    "point_of_no_return": "{of} point_of_no_return",
    "preparation_start": "{of} preparation_start",
    "hypercare_end": "{of} hypercare_end",
    "hypercare_last_day": "{of} hypercare_last_day",
}
_TOTALS = {
    "servers": "{of} totals servers",
    "applications": "{of} totals applications",
    "sites": "{of} totals sites",
    "users": "{of} totals users",
    "transfer_gb": "{of} totals transfer_gb",
}
_LOT = {
    "stream": "{of} stream",
    "criticality": "{of} criticality",
    "hypercare_hours": "{of} hypercare_hours",
    "transfer_gb": "{of} transfer_gb",
}
_HARD_DATE = {"date": "hard date {of} date", "reached": "hard date {of} reached"}
_USED = {"used": "{of} {week} used", "offered": "{of} {week} offered"}
_PEOPLE = {"crew": "{of} crew from {key}", "on_call": "{of} on-call from {key}"}


def differences(facts: Facts) -> Iterator[Difference]:
    """Every stated figure that no longer matches, in the plan's order."""
    yield from fields(facts.plan.programme, programme_of(facts.inventory), _PROGRAMME, ("programme",), "programme")
    yield from _waves(facts)
    yield from _lots(facts)
    yield from _milestones(facts)
    yield from _stays(facts)
    yield from _hard_dates(facts)
    yield from _loads(facts)
    yield from _adopted(facts)
    yield from _people(facts)
    yield from _replicated(facts)
    yield from _goals(facts)
    yield from _metrics(facts)


def _waves(facts: Facts) -> Iterator[Difference]:
    placed = {wave.path: wave for wave in facts.waves}
    for index, stated in enumerate(facts.plan.waves):
        path: Path = ("waves", index)
        if path not in placed:
            yield Difference((*path, "number"), Phrase(_WAVE["number"], {"of": stated.id}), stated.number, None)
            continue
        derived = restated_wave(facts, placed[path])
        yield from fields(stated, derived, _WAVE, path, stated.id)
        yield from fields(stated.totals, derived.totals, _TOTALS, (*path, "totals"), stated.id)
        efforts = (stated.totals.effort, derived.totals.effort)
        yield from entries(*efforts, (*path, "totals", "effort"), "{of} effort {key}", stated.id)
        yield from entries(_gates(stated), _gates(derived), (*path, "gates"), "{of} gate {key}", stated.id)
        hours = (_site_hours(stated), _site_hours(derived))
        yield from entries(*hours, (*path, "site_hours"), "{of} hours of {key}", stated.id)
        rehearsals = (_rehearsals(stated), _rehearsals(derived))
        yield from entries(*rehearsals, (*path, "rehearsals"), "{of} rehearsal {key}", stated.id)


def _site_hours(wave: Wave) -> dict[str, Phrase]:
    return _keyed((each.zone, _hours(each)) for each in wave.site_hours)


def _hours(hours: SiteHours) -> Phrase:
    return Phrase(
        "{start} to {end}, no return after {point}, for {names}",
        {
            "start": word(instant(hours.start)),
            "end": word(instant(hours.end)),
            "point": word(instant(hours.point_of_no_return)),
            "names": " ".join([*sorted(hours.sites), *sorted(hours.lots)]),
        },
    )


def _gates(wave: Wave) -> dict[str, Phrase]:
    return _keyed((gate.id, _gate(gate)) for gate in wave.gates)


def _gate(gate: PlanGate) -> Phrase:
    values = {"day": gate.date.isoformat(), "committee": gate.committee}
    if gate.decides:
        return Phrase("{day} decides {committee}" if gate.committee else "{day} decides", values)
    return Phrase("{day} {committee}" if gate.committee else "{day}", values)


def _rehearsals(wave: Wave) -> dict[str, Phrase]:
    return _keyed((f"{each.id} ({each.lot})", _rehearsal(each)) for each in wave.rehearsals)


def _rehearsal(rehearsal: PlanRehearsal) -> Phrase:
    day = rehearsal.date.isoformat()
    if rehearsal.hours is None:
        return Phrase("{day}", {"day": day})
    return Phrase("{day} {hours} h", {"day": day, "hours": number(rehearsal.hours, AMOUNT_PLACES)})


def _keyed(pairs: Iterable[tuple[str, Phrase]]) -> dict[str, Phrase]:
    """By name; what is stated twice under one name shows both."""
    found: dict[str, Phrase] = {}
    for name, words in pairs:
        found[name] = in_a_row([found[name], words]) if name in found else words
    return found


def _lots(facts: Facts) -> Iterator[Difference]:
    held = lots_held(facts)
    for index, stated in enumerate(facts.plan.lots):
        path: Path = ("lots", index)
        if index in held:
            derived = restated_figures(stated, held[index])
            yield from fields(stated, derived, _LOT, path, stated.id)
            yield from entries(stated.effort, derived.effort, (*path, "effort"), "{of} effort {key}", stated.id)
            if sorted(stated.servers) != sorted(derived.servers):
                names = (" ".join(sorted(each.servers)) for each in (stated, derived))
                yield Difference((*path, "servers"), Phrase("{of} servers", {"of": stated.id}), *names)


def _milestones(facts: Facts) -> Iterator[Difference]:
    derived: dict[tuple[str, str], Milestone] = {(each.kind, each.id): each for each in _right(facts)}
    seen: set[tuple[str, str]] = set()
    for index, stated in enumerate(facts.plan.milestones):
        key = _known_key(stated, derived)
        right = None if key in seen else derived.get(key)
        seen.add(key)
        if stated == right:
            continue  # words are for what differs
        words, true = _milestone(stated), None if right is None else _milestone(right)
        if words != true and words not in _promised(facts, key, true):
            yield Difference(("milestones", index), Phrase("milestone {of}", {"of": stated.id}), words, true)
    for key, right in derived.items():
        if key not in seen:
            words = Phrase("milestone {of}", {"of": key[1]})
            yield Difference(("milestones",), words, None, _milestone(right))


def _right(facts: Facts) -> list[Milestone]:
    """All milestones; without the work of retirements where the plan says nothing of it."""
    if any(each.effort or each.crew for each in facts.plan.milestones):
        return milestones(facts)
    without: dict[str, object] = {"effort": {}, "crew": {}}
    return [each.model_copy(update=without) if each.effort or each.crew else each for each in milestones(facts)]


def _promised(facts: Facts, key: tuple[str, str], true: Phrase | None) -> list[Phrase]:
    """An external milestone as it was promised, when it has turned out otherwise: a plan made before may say so."""
    promises = [each for each in facts.promised if each.id == key[1]] if key[0] == "external" and true else []
    if not promises:
        return []
    waiting = next(each for each in milestones(facts) if (each.kind, each.id) == key)
    return [_milestone(waiting.model_copy(update={"date": p.date, "date_p90": p.date_p90})) for p in promises]


def _known_key(stated: Milestone, derived: Mapping[tuple[str, str], Milestone]) -> tuple[str, str]:
    """Kind and id of the milestone that is meant; of that id alone when its kind was changed."""
    key = (stated.kind, stated.id)
    return key if key in derived else next((other for other in derived if other[1] == stated.id), key)


def _hard_dates(facts: Facts) -> Iterator[Difference]:
    """All of them where the plan has a calendar: what it need not show cannot be wrong."""
    derived = {each.id: each for each in hard_dates(facts)}
    for index, stated in enumerate(facts.plan.calendar.hard_dates):
        path: Path = ("calendar", "hard_dates", index)
        true = derived.get(stated.id)
        if true is None:
            yield Difference(path, Phrase("hard date {of}", {"of": stated.id}), stated.date, None)
        else:
            yield from fields(stated, true, _HARD_DATE, path, stated.id)
    missing = derived.keys() - {each.id for each in facts.plan.calendar.hard_dates}
    for name in sorted(missing) if "calendar" in facts.plan.model_fields_set else ():
        yield Difference(("calendar", "hard_dates"), Phrase("hard date {of}", {"of": name}), None, derived[name].date)


def _milestone(milestone: Milestone) -> Phrase:
    of = {"of": milestone.subject, "type": milestone.kind, "site": milestone.site}
    words = [Phrase("{type} {of} at {site}" if milestone.site else "{type} {of}", of)]
    if milestone.start is not None:
        words.append(Phrase("from {day}", {"day": milestone.start.isoformat()}))
    if milestone.date_p90 is not None:
        words.append(Phrase("p90 {day}", {"day": milestone.date_p90.isoformat()}))
    if milestone.waiting:
        words.append(Phrase("waiting {names}", {"names": " ".join(milestone.waiting)}))
    if milestone.effort:
        words.append(Phrase("effort {names}", {"names": _by_team({**milestone.effort})}))
    if milestone.crew:
        words.append(Phrase("crew {names}", {"names": _by_team({**milestone.crew})}))
    if milestone.criteria:
        words.append(Phrase("criteria {names}", {"names": "; ".join(milestone.criteria)}))
    return Phrase("{day} ({details})", {"day": milestone.date.isoformat(), "details": in_a_row(words)})


def _by_team(amounts: Mapping[str, Decimal | int]) -> str:
    return " ".join(f"{team} {number(amount, AMOUNT_PLACES)}" for team, amount in sorted(amounts.items()))


def _stays(facts: Facts) -> Iterator[Difference]:
    """What stays on each site."""
    stated = _keyed((each.site, _stay(each)) for each in facts.plan.stays)
    yield from entries(stated, {each.site: _stay(each) for each in stays(facts)}, ("stays",), "stays at {key}")


def _stay(stay: PlanStay) -> Phrase:
    names = [*sorted(stay.items), *(f"server:{name}" for name in sorted(stay.servers))]
    return Phrase("{names}", {"names": " ".join(names)})


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
            if not rounds_to(said, used):
                yield Difference((*path, "used"), _used("used", team, week), said, used)
            elif not rounds_to(offered, offer):
                yield Difference((*path, "offered"), _used("offered", team, week), offered, offer)


def _adopted(facts: Facts) -> Iterator[Difference]:
    """Work for adoption by entry: a plan that says nothing of any shows none; one that does says all there is."""
    stated = {
        (team, entry, week): days
        for team, load in facts.plan.teams.items()
        for entry, weeks in load.adoption.items()
        for week, days in weeks.items()
    }
    if not stated:
        return
    derived = {(team, entry, iso_week(day)): days for (team, entry, day), days in facts.workload.adoption.items()}
    for team, entry, week in sorted({*stated, *derived}):
        said, true = stated.get((team, entry, week), Decimal(0)), derived.get((team, entry, week), Fraction(0))
        if not rounds_to(said, true):
            path: Path = ("teams", team, "adoption", entry, week)
            values = {"of": team, "entry": entry, "week": week}
            yield Difference(path, Phrase("work of {of} for {entry} in {week}", values), said, true)


def _people(facts: Facts) -> Iterator[Difference]:
    """Crews and people on call: a plan that says nothing of any shows none; one that does says all there is to say."""
    plan = facts.plan.teams
    if not any(load.crew or load.on_call for load in plan.values()):
        return
    for team in sorted({*plan, *facts.people}):
        true, load = facts.people.get(team, ((), ())), plan.get(team, TeamLoad())
        for key, stated, derived in zip(("crew", "on_call"), (load.crew, load.on_call), true, strict=True):
            yield from entries(_needs(stated), _needs(derived), ("teams", team, key), _PEOPLE[key], team)


def _needs(needs: Iterable[PeopleNeed]) -> dict[str, Phrase]:
    return _keyed((need.first.isoformat(), _need(need)) for need in needs)


def _need(need: PeopleNeed) -> Phrase:
    values = {"last": need.last.isoformat(), "needed": need.needed, "offered": need.offered}
    template = "to {last} {needed} for {of}" if need.offered is None else "to {last} {needed} of {offered} for {of}"
    return Phrase(template, {**values, "of": " ".join(sorted(need.causes))})


def _used(key: str, of: str, week: str) -> Phrase:
    return Phrase(_USED[key], {"of": of, "week": week})


def _replicated(facts: Facts) -> Iterator[Difference]:
    derived = facts.replication.stated
    given = {(name, week): load for name, link in facts.plan.links.items() for week, load in link.weeks.items()}
    for name, week in sorted({*given, *derived}):
        path: Path = ("links", name, "weeks", week)
        load, true = given.get((name, week)), derived.get((name, week), (Fraction(0), None))
        said = (load.used, load.offered) if load else (Decimal(0), None)
        for key, one, other in zip(("used", "offered"), said, true, strict=True):
            if not rounds_to(one, other):
                yield Difference((*path, key), _used(key, name, week), one, other)
                break


def _goals(facts: Facts) -> Iterator[Difference]:
    """A goal's value in the record of the solve, where the metrics do not say the same (moved lots have no metric)."""
    for index, stated in enumerate(facts.plan.solve.goals):
        true, metric = getattr(facts.goals, stated.goal, None), getattr(facts.plan.metrics, stated.goal, None)
        if stated.value is None or true is None or stated.value == metric or rounds_to(stated.value, true):
            continue
        yield Difference(
            ("solve", "goals", index, "value"), Phrase("goal {of}", {"of": stated.goal}), stated.value, true
        )


def _metrics(facts: Facts) -> Iterator[Difference]:
    stated = facts.plan.metrics
    for goal in ("waves", "finish", "coexistence", "peak_load", "criticality_risk"):
        said, true = getattr(stated, goal), getattr(facts.goals, goal)
        if not rounds_to(Decimal(said), true):
            yield Difference(("metrics", goal), Phrase("metrics {of}", {"of": goal}), said, true)
