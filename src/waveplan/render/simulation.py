"""What a simulation says, for people: chances of dates, S-curve, whiskers, what eats the dates, what helps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from waveplan.domain.simulated import DayEstimate, RiskShare, SimulatedDate, Simulation
from waveplan.render.columns import Cell, Column, table, words
from waveplan.render.language import BLANK, Language, Shown, marked, safe
from waveplan.render.signs import Signs
from waveplan.render.simulated_learning import learnt_lines
from waveplan.render.simulated_measures import measure_lines
from waveplan.render.simulated_repairs import repair_lines
from waveplan.render.simulated_shares import between, date_name, decimals, number, percent
from waveplan.render.simulation_charts import s_curve, whiskers
from waveplan.render.styles import PALETTE
from waveplan.render.text import folded

_RISKS = {
    "gates": marked("no-go: {scope}"),
    "cutovers": marked("rollback: {scope}"),
    "effort": marked("effort: {scope}"),
    "work": marked("hours in the window: {scope}"),
    "event": marked("event {scope}"),
    "milestone": marked("milestone {scope}"),
}
_CAUSES = {
    "decision": marked("decided at the gate"),
    "milestone": marked("a milestone had not come"),
    "closed": marked("a freeze, or a closed site"),
    "effort": marked("effort did not fit the weeks"),
    "people": marked("people lacking in the window or on call"),
    "link": marked("a slow link"),
    "preparation": marked("a longer preparation"),
    "rollback": marked("rolled back"),
    "overrun": marked("past the point of no return"),
}


def risk_words(what: str, subject: str, language: Language) -> Shown:
    """A risk by its kind and by what it is about."""
    return language.say(_RISKS[what], scope=language.say("everything") if subject == "*" else safe(subject))


def simulation_view(found: Simulation, language: Language, width: int, signs: Signs) -> list[RenderableType]:
    """Everything, the dates first."""
    parts: list[RenderableType] = [Text(folded(_summary(found, language), width), style=PALETTE["title"])]
    if found.assumed:
        said = language.say("With assumed rates where the inventory has none: they are no measurements.")
        parts.append(Text(folded(said, width), style=PALETTE["bad"]))
    for block in _blocks(found, language, width, signs):
        parts += [Text(""), *block]
    return parts


def _blocks(found: Simulation, language: Language, width: int, signs: Signs) -> Iterator[list[RenderableType]]:
    yield [_dates(found, language, width, signs), *(Text(folded(each, width)) for each in _together(found, language))]
    yield [*s_curve(found.dates[0], language, width, signs)]
    yield [*whiskers(found.waves, language, width, signs)]
    yield [*_troubles(found, language, width)]
    if found.repairs is not None:
        yield [*repair_lines(found.repairs, language, width)]
    if found.overloaded:
        yield [_overloads(found, language, width, signs)]
    if found.tornado:
        yield [_tornado(found, language, width, signs)]
    if found.measures:
        yield [*measure_lines(found, language, width, signs)]
    if found.learnt:
        yield [*learnt_lines(found.learnt, language, width)]


def _summary(found: Simulation, language: Language) -> Shown:
    if found.interrupted:
        return language.count(
            "Interrupted: {runs} of {asked} runs, in {n} repeat",
            "Interrupted: {runs} of {asked} runs, in {n} repeats",
            found.repeats,
            runs=found.runs,
            asked=found.asked,
        )
    return language.count("{runs} runs in {n} repeat", "{runs} runs in {n} repeats", found.repeats, runs=found.runs)


def _day(day: dt.date | None, language: Language) -> Shown:
    return language.say("never") if day is None else language.day(day)


def _quantile(estimate: DayEstimate, language: Language) -> Shown:
    value = _day(estimate.day, language)
    if estimate.low == estimate.high:
        return value
    low, high = _day(estimate.low, language), _day(estimate.high, language)
    return language.say("{value} ({low} to {high})", value=value, low=low, high=high)


def _quantiles(dates: Sequence[SimulatedDate], share: int, language: Language) -> list[Cell]:
    return words([_quantile(each.quantiles[share], language) for each in dates])


def _dates(found: Simulation, language: Language, width: int, signs: Signs) -> RenderableType:
    say, dates = language.say, found.dates
    limits = [_day(each.limit, language) if each.limit else BLANK for each in dates]
    kept = [between(each.in_time, language) if each.in_time else BLANK for each in dates]
    columns = [
        Column(say("date"), words([date_name(each, language) for each in dates]), fold=12),
        Column(say("planned"), words([_day(each.planned, language) for each in dates])),
        Column(say("chance"), words([between(each.as_planned, language) for each in dates]), fold=8),
        Column(say("last day"), words(limits), rank=1),
        Column(say("chance of it"), words(kept), fold=8),
        *(Column(say("P{share}", share=share), _quantiles(dates, share, language), fold=12) for share in (50, 80, 95)),
        Column(say("days later, on average"), words([number(each.mean_days, language) for each in dates]), rank=2),
    ]
    return table(columns, width, language, signs)


def _together(found: Simulation, language: Language) -> Iterator[Shown]:
    yield language.say("All dates with a last day in time: {chance}", chance=between(found.all_in_time, language))
    never = found.dates[0].never
    if never:
        share = percent(never, language)
        yield language.say(
            "In {share} of runs no slot is left within a year after the deadline; averages are those of the others.",
            share=share,
        )


def _troubles(found: Simulation, language: Language, width: int) -> Iterator[Text]:
    no_goes, backs = number(found.no_goes, language), number(found.rollbacks, language)
    said = language.say("No-gos a run: {no_goes}; rollbacks a run: {backs}", no_goes=no_goes, backs=backs)
    yield Text(folded(said, width))
    for cause, count in found.causes.items():
        often = decimals(count, language, 2)
        yield Text(f"  {language.say('{name}: {said}', name=language.say(_CAUSES[cause]), said=often)}")


def _overloads(found: Simulation, language: Language, width: int, signs: Signs) -> RenderableType:
    say, weeks = language.say, found.overloaded
    columns = [
        Column(say("more work than offered"), words([safe(each.team) for each in weeks])),
        Column(say("week of"), words([_day(each.monday, language) for each in weeks])),
        Column(say("chance"), words([percent(each.chance, language) for each in weeks]), right=True),
        Column(say("person-days lacking then"), [Cell(decimals(each.lacking, language)) for each in weeks], right=True),
    ]
    return table(columns, width, language, signs)


def _tornado(found: Simulation, language: Language, width: int, signs: Signs) -> RenderableType:
    say, shares = language.say, found.tornado
    names = [risk_words(each.what, each.id, language) for each in shares]
    most = max((abs(each.mean_days) for each in shares), default=0.0) or 1.0
    bars = [safe(signs.cutover * max(0, round(12 * each.mean_days / most))) for each in shares]
    columns = [
        Column(say("without this risk"), words(names), fold=20),
        Column(say("P80 sooner by days"), _won(shares, language), right=True),
        Column(say("mean"), [Cell(decimals(each.mean_days, language)) for each in shares], right=True),
        Column(BLANK, words(bars), rank=2),
        Column(say("carried by"), words([safe(", ".join(each.waves)) for each in shares]), fold=16, rank=1),
    ]
    return table(columns, width, language, signs)


def _won(entries: Sequence[RiskShare], language: Language) -> list[Cell]:
    return [Cell(decimals(each.p80_days, language, 0)) for each in entries]
