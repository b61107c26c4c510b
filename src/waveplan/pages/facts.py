"""What a row of a chart tells when it is pointed at or focused: one paragraph each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from waveplan.domain.plan import Wave
from waveplan.domain.plan_lots import PlanLot
from waveplan.pages.context import Context
from waveplan.render.language import BLANK, Shown, safe
from waveplan.render.lots import CRITICALITY_NAMES
from waveplan.render.moments import programme_zone, whole_span
from waveplan.render.page import share_words, wave_load
from waveplan.render.status_tables import WAVE_STATES

_NAMED = 12  # so many names are said; of more, how many there are


def wave_facts(context: Context, wave: Wave) -> Shown:
    """Its window, its gates, its size, its load, how it stands."""
    language, say = context.language, context.language.say
    load = wave_load(context.plan, wave)
    parts = [
        window_words(context, wave),
        *(gate_words(context, wave)),
        say("hypercare to {day}", day=language.day(wave.hypercare_last_day, year=False)),
        size_words(context, wave),
        say("load {share}", share=share_words(language, load)) if load is not None else BLANK,
        state_words(context, wave),
    ]
    return _sentence(context, context.label(wave), parts)


def lot_facts(context: Context, lot: PlanLot, wave: Wave) -> Shown:
    """Its wave, what it holds, how critical it is."""
    language, say = context.language, context.language.say
    parts = [
        context.wave_day(wave),
        window_words(context, wave, lot.id),
        say(CRITICALITY_NAMES[lot.criticality]),
        say("holds {items}", items=names(context, lot.items)),
        language.count("{n} server", "{n} servers", len(lot.servers)) if lot.servers else BLANK,
        say("{amount} GB", amount=language.number(lot.transfer_gb, 0)) if lot.transfer_gb else BLANK,
        say("{hours} h of hypercare", hours=lot.hypercare_hours) if lot.hypercare_hours else BLANK,
        state_words(context, wave),
    ]
    return _sentence(context, safe(lot.id), parts)


def team_facts(context: Context, team: str, waves: Sequence[Wave]) -> Shown:
    """Its person-days wave by wave."""
    language = context.language
    parts = [
        language.say(
            "{wave} {days} person-days", wave=context.wave_day(wave), days=language.number(wave.totals.effort[team], 1)
        )
        for wave in waves[:_NAMED]
    ]
    return _sentence(context, safe(team), [*parts, _more(context, waves)])


def site_facts(context: Context, site: str, waves: Sequence[Wave]) -> Shown:
    """The waves that touch it."""
    return _sentence(context, safe(site), [*(context.wave_day(wave) for wave in waves[:_NAMED]), _more(context, waves)])


def _more(context: Context, waves: Sequence[Wave]) -> Shown:
    more = len(waves) - _NAMED
    return context.language.count("{n} more wave", "{n} more waves", more) if more > 0 else BLANK


def _sentence(context: Context, name: Shown, parts: Iterable[Shown]) -> Shown:
    said = context.language.listing(part for part in parts if part)
    return Shown(f"{name}{context.language.colon}{said}")


def names(context: Context, given: Sequence[str]) -> Shown:
    """Names in a row, the first dozen of many."""
    shown, more = ", ".join(safe(each) for each in given[:_NAMED]), len(given) - _NAMED
    return context.language.say("{lots} and {n} more", lots=Shown(shown), n=more) if more > 0 else Shown(shown)


def window_words(context: Context, wave: Wave, lot: str | None = None) -> Shown:
    """From when to when, in programme time."""
    start, end = whole_span(context.plan, wave, lot)
    language = context.language
    return language.say(
        "cutover {start} to {end}", start=language.moment(start, year=False), end=language.moment(end, year=False)
    )


def gate_words(context: Context, wave: Wave) -> list[Shown]:
    """Each gate with its day."""
    say, language = context.language.say, context.language
    return [
        say("{gate} on {day}", gate=gate.id, day=language.day(gate.date, year=False))
        for gate in sorted(wave.gates, key=lambda gate: (gate.date, gate.id))
    ]


def size_words(context: Context, wave: Wave) -> Shown:
    """How much a wave holds."""
    language, totals = context.language, wave.totals
    parts = [
        language.count("{n} lot", "{n} lots", len(wave.lots)),
        language.count("{n} application", "{n} applications", totals.applications) if totals.applications else BLANK,
        language.count("{n} server", "{n} servers", totals.servers) if totals.servers else BLANK,
        language.count("{n} site", "{n} sites", totals.sites) if totals.sites else BLANK,
        language.count("{n} user", "{n} users", totals.users) if totals.users else BLANK,
        language.say("{amount} GB to transfer", amount=totals.transfer_gb) if totals.transfer_gb else BLANK,
    ]
    return Shown(", ".join(part for part in parts if part))


def state_words(context: Context, wave: Wave) -> Shown:
    """How it stands, when there are actuals."""
    state = context.state_of.get(wave.id)
    return context.language.say(WAVE_STATES[state][0]) if state else BLANK


def moment_words(context: Context, wave: Wave) -> tuple[Shown, Shown]:
    """Point of no return and end of hypercare, in programme time."""
    zone, language = programme_zone(context.plan), context.language
    return (
        language.moment(wave.point_of_no_return.astimezone(zone)),
        language.moment(wave.hypercare_end.astimezone(zone)),
    )
