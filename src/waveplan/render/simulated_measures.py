"""What could be done about the risks of a plan, for people: what it costs and wins, and what wins nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import reduce

from rich.console import RenderableType
from rich.text import Text

from waveplan.domain.simulated import CounterMeasure, Simulation
from waveplan.render.columns import Cell, Column, table, words
from waveplan.render.language import Language, Shown, marked, safe
from waveplan.render.signs import Signs
from waveplan.render.simulated_shares import date_name, decimals, percent
from waveplan.render.text import folded

_MEASURES = {
    "slot": marked("one window more on {day}, kept in reserve"),
    "start": marked("begin on {day}, all as early as may be"),
    "rehearsal": marked("one rehearsal more for {subject}"),
    "rehearsals": marked("one rehearsal more for each of {n} waves ({subject})"),
    "others": marked("one rehearsal more for each of the {n} other waves"),
    "every": marked("one rehearsal more for every wave"),
    "person": marked("one person more in {team}, {first} to {last}"),
    "person_week": marked("one person more in {team}, week of {first}"),
}


def measure_lines(found: Simulation, language: Language, width: int, signs: Signs) -> Iterator[RenderableType]:
    """A table of what is proposed, and in words what was tried beside it."""
    if any(each.verdict == "proposed" for each in found.measures):
        yield _table(found, language, width, signs)
    for sentence in _sentences(found, language):
        yield Text(folded(sentence, width))


def _sentences(found: Simulation, language: Language) -> Iterator[Shown]:
    say, measures = language.say, found.measures
    proposed = any(each.verdict == "proposed" for each in measures)
    if proposed:
        yield say("Each costs least for what it wins: those that cost less win less.")
        yield say(
            "Person-days: a rehearsal by policy or crew, a window by the largest crew, a person 5 a week, an early "
            "start 10. A rehearsal is taken to halve a wave's chances of a no-go and of a rollback."
        )
    else:
        yield say("What to do: nothing that was tried wins more than luck may explain.")
    for verdict, template in (("dearer", _DEARER), ("nothing", _NOTHING)):
        names = [_name(each, language) for each in measures if each.verdict == verdict]
        if names:
            yield say(template, names=_in_a_row(names, language))


_DEARER = marked("Tried too, costs more and wins no more: {names}")
_NOTHING = marked("Tried too, wins nothing that luck may not explain: {names}")


def _table(found: Simulation, language: Language, width: int, signs: Signs) -> RenderableType:
    say, measures = language.say, [each for each in found.measures if each.verdict == "proposed"]
    before = found.compared_in_time
    kept = [
        say("{before} → {after}", before=percent(before, language), after=percent(each.in_time, language))
        for each in measures
    ]
    columns = [
        Column(say("what to do"), words([_name(each, language) for each in measures]), fold=24),
        Column(say("person-days"), [Cell(decimals(each.person_days, language, 0)) for each in measures], right=True),
        Column(
            say("P80 sooner by days"), [Cell(decimals(each.p80_days, language, 0)) for each in measures], right=True
        ),
        Column(say("all last days kept"), words(kept)),
        Column(say("points more"), words([_points(found, each, language) for each in measures]), fold=20),
    ]
    return table(columns, width, language, signs)


def _points(found: Simulation, measure: CounterMeasure, language: Language) -> Shown:
    """By hard date, how many points likelier it is kept; dates that win as much are told together."""
    dates: dict[Shown, list[Shown]] = {}
    for each in found.dates:
        if each.id in measure.gains:
            points = _signed(100 * measure.gains[each.id], language)
            dates.setdefault(points, []).append(date_name(each, language))
    if len(dates) == 1 and len(measure.gains) > 1:
        return language.say("{points} for each", points=next(iter(dates)))
    parts = [language.say("{points} {name}", points=points, name=", ".join(names)) for points, names in dates.items()]
    return _in_a_row(parts, language)


def _in_a_row(parts: Sequence[Shown], language: Language) -> Shown:
    return reduce(lambda one, other: language.say("{one}; {other}", one=one, other=other), parts)


def _signed(points: float, language: Language) -> Shown:
    value = decimals(points, language)
    return Shown(f"+{value}") if points >= 0 else value


def _name(measure: CounterMeasure, language: Language) -> Shown:
    kind, subject = measure.kind, measure.subject
    if kind in ("slot", "start"):
        return language.say(_MEASURES[kind], day=language.day(dt.date.fromisoformat(subject)))
    if kind == "person":
        team, _, weeks = subject.rpartition(" ")
        first, last = map(dt.date.fromisoformat, weeks.split("/"))
        which = "person" if first < last else "person_week"
        days = {"first": language.day(first), "last": language.day(last + dt.timedelta(days=6))}
        return language.say(_MEASURES[which], team=safe(team), **days)
    if kind == "rehearsals":
        kind = {"": "every", "*": "others"}.get(subject, kind)
    return language.say(_MEASURES[kind], subject=safe(subject), n=len(measure.waves))
