"""One section for each wave and one for each lot: what, when, who, which gates, and why it is so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from waveplan.domain.plan import Wave
from waveplan.domain.plan_lots import ItemFacts, PlanLot
from waveplan.pages.context import Context
from waveplan.pages.facts import moment_words, names, size_words
from waveplan.pages.reasons import binding, nearest_earlier
from waveplan.pages.tables import PageCell, PageTable, columns, number, word
from waveplan.render.about import recovery
from waveplan.render.language import BLANK, Shown, safe
from waveplan.render.lots import CRITICALITY_NAMES
from waveplan.render.moments import by_start, site_hours_words, site_names, whole_span, with_offset
from waveplan.render.page import share_words, wave_hours, wave_load
from waveplan.render.status_tables import WAVE_STATES
from waveplan.render.ties import tie_words

_STYLES = {"critical": "bad", "high": "fair"}
_TIES = 30  # so many are said in full; a lot of hundreds would fill pages


@dataclass(frozen=True, slots=True)
class LotSection:
    """A lot: `teams` and `sites` are places in the lists of the page, for its filters."""

    place: int
    name: Shown
    criticality: Shown
    style: str
    facts: tuple[tuple[Shown, Shown], ...]
    items: tuple[Shown, ...]
    servers: tuple[Shown, ...]
    ties: tuple[Shown, ...]
    binding: tuple[Shown, ...]
    teams: tuple[int, ...]
    sites: tuple[int, ...]
    left_out: Shown = BLANK


@dataclass(frozen=True, slots=True)
class GateLine:
    """A gate or a rehearsal: when, which, who decides (or which lot rehearses), what it takes to pass."""

    day: Shown
    name: Shown
    who: Shown
    criteria: Shown


@dataclass(frozen=True, slots=True)
class WaveSection:
    """A wave with its lots."""

    place: int
    title: Shown
    state: Shown
    style: str
    facts: tuple[tuple[Shown, Shown], ...]
    gates: tuple[GateLine, ...]
    people: PageTable
    lots: tuple[LotSection, ...]


def wave_sections(context: Context) -> list[WaveSection]:
    """Every wave in order."""
    known = context.plan.lots_by_id()
    reasons = binding(context)
    return [
        _wave(context, wave, tuple(_lot(context, known[name], reasons) for name in wave.lots if name in known))
        for wave in context.waves
    ]


def unplaced(context: Context) -> list[LotSection]:
    """Lots in no wave, each with the reason that the plan gives."""
    reasons = {each.lot: each.reason for each in context.plan.unplanned}
    lots = [lot for lot in context.lots if lot.id not in context.page.wave_of]
    found = [_lot(context, lot, {}, context.language.written(reasons.get(lot.id, ""))) for lot in lots]
    listed = {lot.id for lot in lots}
    found += [
        LotSection(0, safe(lot), BLANK, "", (), (), (), (), (), (), (), context.language.written(reason))
        for lot, reason in sorted(reasons.items())
        if lot not in listed
    ]
    return found


def _wave(context: Context, wave: Wave, lots: tuple[LotSection, ...]) -> WaveSection:
    state, style = WAVE_STATES.get(context.state_of.get(wave.id, ""), ("", ""))
    return WaveSection(
        place=context.wave_place[wave.id],
        title=Shown(f"{context.label(wave)} · {context.language.day(wave.date)}"),
        state=context.language.say(state) if state else BLANK,
        style=style,
        facts=tuple((name, words) for name, words in _facts(context, wave) if words),
        gates=tuple(_gates(context, wave)),
        people=_people(context, wave),
        lots=lots,
    )


def _facts(context: Context, wave: Wave) -> Iterator[tuple[Shown, Shown]]:
    language, say = context.language, context.language.say
    start, end = whole_span(context.plan, wave)
    point, hypercare = moment_words(context, wave)
    window = "{window}: {start} to {end} in all, {hours} h by the clock of each site"
    yield say("Tranche"), safe(wave.tranche or "")
    yield (
        say("Window"),
        say(
            window if wave.site_hours else "{window}: {start} to {end}, {hours} h",
            window=wave.slot.window,
            start=with_offset(language, start),
            end=with_offset(language, end),
            hours=wave_hours(wave),
        ),
    )
    for hours in by_start(wave):
        yield site_names(hours), site_hours_words(language, context.plan, hours)
    yield say("Point of no return"), point
    yield say("Hypercare until"), hypercare
    yield say("Size"), size_words(context, wave)
    share = wave_load(context.plan, wave)
    if share is not None:
        yield (
            say("Load"),
            say("{share} at its highest, in the weeks of preparation", share=share_words(language, share)),
        )


def _gates(context: Context, wave: Wave) -> Iterator[GateLine]:
    """Gates and rehearsals in order of their days."""
    language, say = context.language, context.language.say
    dated = [
        (
            gate.date,
            say("GO/NO-GO {name}", name=gate.id) if gate.decides else safe(gate.id),
            safe(gate.committee or ""),
            language.listing(safe(each) for each in gate.criteria),
        )
        for gate in wave.gates
    ]
    dated += [(each.date, say("rehearsal {name}", name=each.id), safe(each.lot), BLANK) for each in wave.rehearsals]
    for day, *words in sorted(dated):
        yield GateLine(language.day(day), *words)


def _people(context: Context, wave: Wave) -> PageTable:
    language, say = context.language, context.language.say
    rows = []
    for team in sorted(wave.totals.effort):
        share = wave_load(context.plan, wave, team)
        load = (
            PageCell(BLANK, right=True)
            if share is None
            else PageCell(share_words(language, share), str(share), right=True)
        )
        rows.append((word(team), number(language, wave.totals.effort[team], 1), load))
    return PageTable(
        say("People"), columns(say("Team"), (say("Person-days"), True), (say("Highest load"), True)), tuple(rows)
    )


def _lot(context: Context, lot: PlanLot, reasons: Mapping[str, list[Shown]], left_out: Shown = BLANK) -> LotSection:
    language = context.language
    ties = [tie_words(language, tie) for tie in lot.because[:_TIES]]
    if len(lot.because) > _TIES:
        more = len(lot.because) - _TIES
        ties.append(language.count("and {n} more tie", "and {n} more ties", more))
    binds = [*reasons.get(lot.id, []), *nearest_earlier(context, lot)]
    teams = {team: place for place, team in enumerate(context.teams, 1)}
    sites = {site: place for place, site in enumerate(context.sites, 1)}
    return LotSection(
        place=context.lot_place[lot.id],
        name=safe(lot.id),
        criticality=language.say(CRITICALITY_NAMES[lot.criticality]),
        style=_STYLES.get(lot.criticality, ""),
        facts=tuple((name, words) for name, words in _lot_facts(context, lot) if words),
        items=tuple(_items(context, lot)),
        servers=tuple(safe(server) for server in lot.servers),
        ties=tuple(ties),
        binding=tuple(binds),
        teams=tuple(teams[team] for team in sorted(lot.effort)),
        sites=tuple(sites[site] for site in context.sites_of[lot.id]),
        left_out=left_out,
    )


def _items(context: Context, lot: PlanLot) -> Iterator[Shown]:
    """Each item with its name, owner, recovery objectives and hours of service, as far as they are known."""
    about = {each.id: each for each in lot.about}
    for item in lot.items:
        yield _about(context, about[item]) if item in about else safe(item)


def _about(context: Context, facts: ItemFacts) -> Shown:
    named = Shown(f"{safe(facts.id)} ({safe(facts.name)})") if facts.name else safe(facts.id)
    more = recovery(context.language, facts).removeprefix(safe(facts.id)).strip()
    parts = [named, safe(facts.business_owner or ""), Shown(more)]
    return Shown(" · ".join(part for part in parts if part))


def _lot_facts(context: Context, lot: PlanLot) -> Iterator[tuple[Shown, Shown]]:
    language, say = context.language, context.language.say
    yield say("Sites"), names(context, context.sites_of[lot.id])
    yield say("GB"), language.number(lot.transfer_gb, 0) if lot.transfer_gb else BLANK
    yield say("Hypercare"), say("{hours} h", hours=lot.hypercare_hours)
    effort = [
        say("{team} {days}", team=team, days=language.number(days, 2)) for team, days in sorted(lot.effort.items())
    ]
    yield say("Person-days"), language.listing(effort)
