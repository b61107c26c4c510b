"""The plan of communication: what each wave holds for whom and when, and what people read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from waveplan.domain.communication import KIND_NAMES, CommunicationState, HeldEntry, Message
from waveplan.domain.plan import Plan
from waveplan.render.language import BLANK, Language, Shown, marked, safe
from waveplan.render.reports.document import Field, Report, ReportPart, Value

STATES: dict[CommunicationState, str] = {
    "planned": marked("planned"),
    "due": marked("due"),
    "overdue": marked("overdue"),
    "done": marked("done"),
    "below": marked("below its threshold"),
    "decided": marked("below its threshold, decided"),
}
_LOTS_NAMED = 1  # so many are named in a table; of more their number is told
TOLD_APART = " · "


def communication_report(
    held: Sequence[HeldEntry],
    plan: Plan,
    language: Language,
    *,
    texts: bool = False,
    tracked: bool = False,
    whole: bool = False,
) -> Report:
    """What waves hold, in order of days; with `texts`, each text under its own heading.

    With `whole` the table has all columns, as spreadsheets want it; else those in which something stands.
    """
    messages = [(each, message) for each in held for message in each.messages] if texts else []
    return Report(
        title=language.say("Communication: {programme}", programme=plan.programme.name),
        summary=tuple(_summary(held, language)),
        parts=(
            plan_part(held, language, tracked=tracked, whole=whole),
            _criteria(held, language),
            *(_text(each, message, language) for each, message in messages),
        ),
    )


def _summary(held: Sequence[HeldEntry], language: Language) -> Iterator[Shown]:
    count = language.count
    waves, languages = {each.wave.id for each in held}, {word for each in held for word in each.languages}
    yield language.say(
        "{entries} in {waves}, in {languages}.",
        entries=count("{n} entry", "{n} entries", len(held)),
        waves=count("{n} wave", "{n} waves", len(waves)),
        languages=count("{n} language", "{n} languages", len(languages)),
    )
    elsewhere = sum(message.written_in != message.language for each in held for message in each.messages)
    if elsewhere:
        yield count(
            "{n} text is in another language than its readers'.",
            "{n} texts are in another language than their readers'.",
            elsewhere,
        )


def plan_part(
    held: Sequence[HeldEntry], language: Language, *, tracked: bool = False, wave: bool = True, whole: bool = False
) -> ReportPart:
    """A row for each text of each entry; without `wave` it is of one wave, which need not be named."""
    say = language.say
    fields = [
        Field(say("Date")),
        Field(say("Until"), rank=5),
        Field(say("Kind"), fold=11),
        Field(say("What"), fold=14),
        *([Field(say("Wave"))] if wave else []),
        Field(say("Lots"), rank=6, fold=12),
        Field(say("Audience"), rank=4, fold=10),
        Field(say("Sites"), fold=12),
        Field(say("Users"), right=True),
        Field(say("Language"), fold=8),
        Field(say("Owner"), rank=2, fold=12),
        Field(say("Team"), rank=3, fold=10),
        Field(say("Person-days"), right=True, places=1, rank=3),
        Field(say("Subject"), rank=7, fold=24),
    ]
    subject = len(fields) - 1
    if tracked:
        fields += [Field(say("State"), fold=10), Field(say("Result"), right=True)]
    rows = [row for each in held for row in _rows(each, language, tracked=tracked, wave=wave, whole=whole)]
    kept = [place for place in range(len(fields)) if whole or (place != subject and any(row[place] for row in rows))]
    return ReportPart(
        say("What people are told, taught and asked"),
        tuple(fields[place] for place in kept),
        tuple(tuple(row[place] for place in kept) for row in rows),
        say("No wave holds anything: nobody is told, taught or asked."),
    )


def _rows(
    each: HeldEntry, language: Language, *, tracked: bool, wave: bool, whole: bool
) -> Iterator[tuple[Value, ...]]:
    entry = each.entry
    lots = _listed(each.lots)
    if len(each.lots) > _LOTS_NAMED and not whole:
        lots = language.count("{n} lot", "{n} lots", len(each.lots))
    for number, message in enumerate(each.messages):
        first = not number  # what is of the entry as a whole is told, and counted, once
        row: tuple[Value, ...] = (
            each.first,
            each.last if each.last != each.first else None,
            language.say(KIND_NAMES[entry.kind]),
            safe(entry.shown_name),
            *((safe(each.label),) if wave else ()),
            lots,
            _listed(each.personas) or language.say("all"),
            _listed(message.sites),
            message.users,
            _language(message),
            safe(entry.owner or ""),
            safe(entry.team or ""),
            each.effort if first and each.effort else None,
            safe(" ".join(message.subject.split())),
        )
        yield (*row, _state(each, language), _result(each, language)) if tracked else row


def _language(message: Message) -> Shown:
    if message.written_in == message.language:
        return safe(message.language)
    return safe(f"{message.language} ({message.written_in})")


def _state(each: HeldEntry, language: Language) -> Shown:
    return language.say(STATES[each.state])


def _result(each: HeldEntry, language: Language) -> Shown:
    return BLANK if each.result is None else language.percent(each.result)


def _criteria(held: Sequence[HeldEntry], language: Language) -> ReportPart:
    """What surveys ask, and what they must reach."""
    say = language.say
    surveys = {each.entry.id: each.entry for each in held if each.entry.kind == "survey"}
    fields = (Field(say("Survey"), fold=16), Field(say("Threshold"), right=True), Field(say("What is asked"), fold=28))
    rows = tuple(
        (
            safe(entry.shown_name),
            BLANK if entry.threshold is None else language.percent(entry.threshold),
            language.listing(safe(each) for each in entry.criteria),
        )
        for entry in surveys.values()
    )
    return ReportPart(say("Surveys"), fields, rows, say("Nobody is asked."), in_csv=False)


def _text(each: HeldEntry, message: Message, language: Language) -> ReportPart:
    """One text: its subject over its paragraphs."""
    head = TOLD_APART.join((each.label, each.entry.shown_name, message.language, language.day(each.first)))
    lines = tuple((safe(line),) for line in message.text.splitlines() if line.strip())
    return ReportPart(safe(head), (Field(safe(message.subject)),), lines, BLANK, in_csv=False)


def _listed(names: Iterable[str]) -> Shown:
    return Shown(", ".join(safe(name) for name in names))
