"""Packages: what a business team gets about its lot, and partners about a wave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from waveplan.domain.packages import ItemPackage, LotPackage, WavePackage
from waveplan.domain.plan import Plan, Wave
from waveplan.domain.plan_lots import ItemFacts
from waveplan.render.about import in_hours
from waveplan.render.language import BLANK, Language, Shown, safe
from waveplan.render.moments import programme_zone, whole_span, with_offset
from waveplan.render.page import wave_hours
from waveplan.render.reports.communication import plan_part
from waveplan.render.reports.document import Field, Report, ReportPart, Value

Rows = tuple[tuple[Value, ...], ...]
Facts = Iterator[tuple[Value, ...]]
Parts = Iterator[ReportPart]


def lot_report(packages: Sequence[LotPackage], plan: Plan, language: Language) -> Report:
    """One lot, or each of them after the other."""
    say = language.say
    title = say("Lots of {programme}", programme=plan.programme.name)
    if len(packages) == 1:
        lot = packages[0]
        values = {"lot": lot.lot.id, "wave": lot.label, "day": language.day(lot.wave.date)}
        title = say("Lot {lot}: {wave} on {day}", **values)
    parts = [part for each in packages for part in _lot_parts(each, plan, language, several=len(packages) > 1)]
    return Report(title, (_what_it_is(language),), tuple(parts))


def _what_it_is(language: Language) -> Shown:
    return language.say("Times are those of the programme; the plan they stand in may still move until the gates.")


def wave_report(packages: Sequence[WavePackage], plan: Plan, language: Language) -> Report:
    """One wave, or each of them after the other."""
    say = language.say
    title = say("Waves of {programme}", programme=plan.programme.name)
    if len(packages) == 1:
        title = say("Wave {wave} on {day}", wave=packages[0].label, day=language.day(packages[0].wave.date))
    parts = [part for each in packages for part in _wave_parts(each, plan, language, several=len(packages) > 1)]
    return Report(title, (_what_it_is(language),), tuple(parts))


def _lot_parts(package: LotPackage, plan: Plan, language: Language, *, several: bool) -> Parts:
    say, lot = language.say, package.lot

    def part(title: Shown, fields: tuple[Field, ...], rows: Rows, nothing: Shown = BLANK) -> ReportPart:
        told = say("{name}: {said}", name=lot.id, said=title) if several else title
        return ReportPart(told, fields, rows, nothing)

    facts = [*_when(package.wave, package.label, plan, language, lot.id)]
    if lot.servers:
        facts.append((say("Servers"), Shown(", ".join(safe(server) for server in lot.servers))))
    yield part(say("When"), (Field(say("What"), fold=12), Field(say("Then"), fold=24)), tuple(facts))
    yield part(say("What moves, and how long it is down"), _item_fields(language), _items(package.items, language))
    yield part(say("Gates"), _gate_fields(language), _gates(package.wave, language, lot.id), say("No gate."))
    yield part(
        say("Tests expected"),
        (Field(say("Item"), fold=14), Field(say("Hours"), right=True), Field(say("By"), fold=14)),
        tuple(
            (
                safe(each.id),
                each.test_hours,
                _listed([*each.personas, *each.processes]) or safe(each.business_owner or ""),
            )
            for each in package.items
            if each.test_hours
        ),
        say("None is asked for in the inventory."),
    )
    yield part(
        say("Who works"),
        (Field(say("Team"), fold=14), Field(say("Person-days"), right=True, places=1), Field(say("In hypercare"))),
        tuple((safe(team), days, _yes(team in package.on_call, language)) for team, days in package.teams.items()),
        say("No team has work for it."),
    )
    if objectives := _objectives(package.lot.about, language):
        yield part(say("Recovery and hours of service"), _objective_fields(language), objectives)
    if package.communication:
        told = plan_part(package.communication, language, wave=False)
        yield part(told.title, told.fields, told.rows)
    yield part(say("Whom to call"), _contact_fields(language), _contacts(package.items), say("Nobody is named."))
    yield part(
        say("What depends on it or it depends on, and moves at another time"),
        (Field(say("Item"), fold=16), Field(say("Wave")), Field(say("Cutover"))),
        tuple((safe(name), safe(wave.label), wave.date) for name, wave in package.others),
        say("Nothing."),
    )


def _wave_parts(package: WavePackage, plan: Plan, language: Language, *, several: bool) -> Parts:
    say, wave = language.say, package.wave

    def part(title: Shown, fields: tuple[Field, ...], rows: Rows, nothing: Shown = BLANK) -> ReportPart:
        told = say("{name}: {said}", name=package.label, said=title) if several else title
        return ReportPart(told, fields, rows, nothing)

    facts = tuple(_when(wave, package.label, plan, language))
    yield part(say("When"), (Field(say("What"), fold=12), Field(say("Then"), fold=24)), facts)
    yield part(say("Gates"), _gate_fields(language), _gates(wave, language), say("No gate."))
    yield part(
        say("Lots"),
        (Field(say("Lot"), fold=16), Field(say("Items"), fold=20), Field(say("Servers"), right=True)),
        tuple((safe(lot.id), _listed(lot.items), len(lot.servers)) for lot in package.lots),
    )
    yield part(say("What moves, and how long it is down"), _item_fields(language), _items(package.items, language))
    if objectives := _objectives([each for lot in package.lots for each in lot.about], language):
        yield part(say("Recovery and hours of service"), _objective_fields(language), objectives)
    yield part(
        say("Servers"),
        (
            Field(say("Server"), fold=12),
            Field(say("From"), fold=9),
            Field(say("To"), fold=9),
            Field(say("Method")),
            Field(say("GB"), right=True),
            Field(say("Items"), fold=14, rank=1),
        ),
        tuple(
            (safe(s.server), safe(s.origin), safe(s.target or ""), safe(s.method), s.gigabytes, _listed(s.items))
            for s in package.servers
        ),
        say("No server moves."),
    )
    yield part(
        say("Who works"),
        (
            Field(say("Team"), fold=14),
            Field(say("Organisation"), fold=12, rank=1),
            Field(say("Person-days"), right=True, places=1),
            Field(say("In the window")),
            Field(say("In hypercare")),
        ),
        tuple(
            (
                safe(team),
                safe(package.organisations.get(team) or ""),
                wave.totals.effort.get(team),
                _yes(team in package.crew, language),
                _yes(team in package.on_call, language),
            )
            for team in sorted({*wave.totals.effort, *package.crew, *package.on_call})
        ),
        say("No team has work for it."),
    )
    if package.communication:
        said = plan_part(package.communication, language, wave=False)
        yield part(said.title, said.fields, said.rows)
    yield part(say("Whom to call"), _contact_fields(language), _contacts(package.items), say("Nobody is named."))


def _when(wave: Wave, label: str, plan: Plan, language: Language, lot: str | None = None) -> Facts:
    say, zone = language.say, programme_zone(plan)
    start, end = whole_span(plan, wave, lot)
    yield say("Wave"), safe(f"{label} ({wave.id})")
    yield say("Preparation from"), language.day(wave.preparation_start)
    yield (
        say("Window"),
        say(
            "{window}: {start} to {end}, {hours} h",
            window=wave.slot.window,
            start=with_offset(language, start),
            end=with_offset(language, end),
            hours=wave_hours(wave),
        ),
    )
    yield say("Point of no return"), with_offset(language, wave.point_of_no_return.astimezone(zone))
    yield say("Hypercare until"), with_offset(language, wave.hypercare_end.astimezone(zone))


def _item_fields(language: Language) -> tuple[Field, ...]:
    say = language.say
    return (
        Field(say("Item"), fold=14),
        Field(say("Name"), fold=16, rank=1),
        Field(say("Down for h"), right=True, places=1),
        Field(say("At most h"), right=True, places=1),
        Field(say("Users at"), fold=12, rank=2),
    )


def _items(items: Sequence[ItemPackage], language: Language) -> Rows:
    return tuple(
        (safe(each.id), safe(each.name or ""), each.outage_hours, each.most_hours, _listed(each.user_sites))
        for each in items
    )


def _gate_fields(language: Language) -> tuple[Field, ...]:
    say = language.say
    return (
        Field(say("Date")),
        Field(say("Gate"), fold=12),
        Field(say("Who decides"), fold=12),
        Field(say("To pass it"), fold=20),
    )


def _gates(wave: Wave, language: Language, lot: str | None = None) -> Rows:
    """Gates, and rehearsals of the lot or of all lots."""
    rows: list[tuple[Value, ...]] = [
        (
            gate.date,
            language.say("GO/NO-GO {name}", name=gate.id) if gate.decides else safe(gate.id),
            safe(gate.committee or ""),
            language.listing(safe(each) for each in gate.criteria),
        )
        for gate in wave.gates
    ]
    rows += [
        (each.date, language.say("rehearsal {name}", name=each.id), safe(each.lot), BLANK)
        for each in wave.rehearsals
        if lot in (None, each.lot)
    ]
    return tuple(sorted(rows, key=lambda row: (str(row[0]), str(row[1]))))


def _objective_fields(language: Language) -> tuple[Field, ...]:
    say = language.say
    return (
        Field(say("Item"), fold=14),
        Field(say("RTO"), right=True),
        Field(say("RPO"), right=True),
        Field(say("Service hours"), fold=14),
    )


def _objectives(facts: Sequence[ItemFacts], language: Language) -> Rows:
    """Hours within which items must be back, hours of data that may be lost, and when they are used."""
    return tuple(
        (
            safe(each.id),
            *(in_hours(language, h) for h in (each.rto_hours, each.rpo_hours)),
            safe(each.service_hours or ""),
        )
        for each in facts
        if each.rto_hours is not None or each.rpo_hours is not None or each.service_hours
    )


def _contact_fields(language: Language) -> tuple[Field, ...]:
    say = language.say
    return (Field(say("Item"), fold=14), Field(say("Technical owner"), fold=14), Field(say("Business owner"), fold=14))


def _contacts(items: Sequence[ItemPackage]) -> Rows:
    return tuple(
        (safe(each.id), safe(each.technical_owner or ""), safe(each.business_owner or ""))
        for each in items
        if each.technical_owner or each.business_owner
    )


def _testers(item: ItemPackage) -> Shown:
    """Personas and processes that the inventory names, else its business owner."""
    return _listed([*item.personas, *item.processes]) or safe(item.business_owner or "")


def _listed(names: Sequence[str]) -> Shown:
    return Shown(", ".join(safe(name) for name in names))


def _yes(whether: bool, language: Language) -> Shown:
    return language.say("yes") if whether else BLANK
