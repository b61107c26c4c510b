"""Where the programme stands, when there are actuals: what is late, what comes next, what was spent."""

from __future__ import annotations

from dataclasses import dataclass

from waveplan.domain.status import Status
from waveplan.pages.context import Context
from waveplan.pages.overview import Said, said
from waveplan.pages.tables import PageCell, PageTable, columns, date, number, word
from waveplan.render.language import BLANK, Shown, safe
from waveplan.render.status import statements
from waveplan.render.status_tables import LATE_KINDS, gate_needs, gate_state, late_subject

_GATES = 12  # the next ones


@dataclass(frozen=True, slots=True)
class PageStanding:
    """Sentences and tables of a programme on a day."""

    title: Shown
    summary: tuple[Said, ...]
    tables: tuple[PageTable, ...]


def standing(context: Context) -> PageStanding | None:
    """How it stands; none without actuals."""
    status = context.source.status
    if status is None:
        return None
    language = context.language
    tables = (_late(context, status), _gates(context, status), _effort(context, status))
    return PageStanding(
        title=language.say("Where it stands on {day}", day=language.day(status.as_of)),
        summary=tuple(said(words, style) for words, style in statements(status, language)),
        tables=tuple(table for table in tables if table.rows),
    )


def _late(context: Context, status: Status) -> PageTable:
    language, say = context.language, context.language.say
    rows = tuple(
        (
            PageCell(say(LATE_KINDS[each.kind]), style="bad"),
            PageCell(late_subject(each, language)),
            date(language, each.due),
            number(language, each.days),
            date(language, each.expected),
            word(each.reason or ""),
        )
        for each in status.late
    )
    names = columns(say("What"), say("Of"), say("Due"), (say("Days late"), True), say("Expected"), say("Why"))
    return PageTable(say("Late"), names, rows)


def _gates(context: Context, status: Status) -> PageTable:
    language, say = context.language, context.language.say
    rows = []
    for each in status.gates[:_GATES]:
        state, style = gate_state(each)
        rows.append(
            (
                date(language, each.date),
                PageCell(safe(each.label), link=f"#w-{context.wave_place[each.wave]}"),
                word(each.gate),
                PageCell(say(state), style=style if style in {"good", "fair", "bad"} else ""),
                word(each.committee or ""),
                PageCell(gate_needs(each, language)),
            )
        )
    more = len(status.gates) - _GATES
    note = language.count("{n} more gate later.", "{n} more gates later.", more) if more > 0 else BLANK
    names = columns(say("Date"), say("Wave"), say("Gate"), say("State"), say("Committee"), say("Needs"))
    return PageTable(say("Next gates"), names, tuple(rows), note=note)


def _effort(context: Context, status: Status) -> PageTable:
    language, say = context.language, context.language.say
    rows = tuple(
        (
            word(each.team),
            number(language, each.weeks),
            number(language, each.spent, 1),
            number(language, each.planned, 1),
            number(language, each.planned_in_all, 1),
        )
        for each in status.effort
    )
    names = columns(
        say("Team"), (say("Weeks recorded"), True), (say("Spent"), True), (say("Planned in them"), True),
        (say("Planned in all"), True),
    )  # fmt: skip
    return PageTable(say("Person-days"), names, rows)
