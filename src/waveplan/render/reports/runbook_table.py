"""All tasks of runbooks as one table: for spreadsheets, and for programs that read CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from waveplan.domain.wave_runbooks import DatedTask, WaveRunbook
from waveplan.render.language import BLANK, Language, Shown, marked, safe
from waveplan.render.reports.document import Field, Report, ReportPart, Value
from waveplan.render.runbooks import kind_words, persons, phase_words, told, who, whoever

_TITLES = (
    marked("Wave"),
    marked("No."),
    marked("Id"),
    marked("Phase"),
    marked("Kind"),
    marked("Task"),
    marked("Start"),
    marked("End"),
    marked("Min."),
    marked("Slack"),
    marked("Critical"),
    marked("Who"),
    marked("Seats"),
    marked("After"),
    marked("Evidence"),
    marked("Lot"),
    marked("Item"),
    marked("Server"),
    marked("Accountable"),
    marked("Consulted"),
    marked("Informed"),
)


_PERSON = marked("Person")


def runbook_table(runbooks: Sequence[WaveRunbook], programme: str, language: Language) -> Report:
    """A row for each task, in the order in which they are done."""
    say = language.say
    by_name = any(each.roster is not None for each in runbooks)
    fields = tuple(Field(say(title)) for title in (*_TITLES, *((_PERSON,) if by_name else ())))
    rows = tuple(row for each in runbooks for row in _rows(each, language))
    title = say("Runbooks of {programme}", programme=programme)
    return Report(title, (), (ReportPart(say("All tasks"), fields, rows, BLANK),))


def _rows(book: WaveRunbook, language: Language) -> Iterator[tuple[Value, ...]]:
    yield from (_dated(book, task, language) for task in book.before)
    for each in book.night.tasks:
        task = each.task
        yield (
            safe(book.label),
            task.number,
            safe(task.id),
            phase_words(language, task.phase),
            kind_words(language, task.kind),
            told(language, task.name),
            Shown(each.start.isoformat(timespec="minutes")),
            Shown(each.end.isoformat(timespec="minutes")),
            task.minutes,
            each.slack,
            language.say("yes") if each.critical else language.say("no"),
            who(language, task.owner),
            Shown(", ".join(map(str, each.seats))),
            safe(", ".join(wait.task for wait in task.after)),
            told(language, task.evidence),
            safe(task.lot or ""),
            safe(task.item or ""),
            safe(task.server or ""),
            whoever(language, task.raci.accountable),
            whoever(language, task.raci.consulted),
            whoever(language, task.raci.informed),
            *((persons(language, book.people_of(each)),) if book.roster is not None else ()),
        )
    yield from (_dated(book, task, language) for task in book.after)


def _dated(book: WaveRunbook, task: DatedTask, language: Language) -> tuple[Value, ...]:
    return (
        safe(book.label),
        None,
        safe(task.id),
        phase_words(language, task.phase),
        kind_words(language, task.kind),
        told(language, task.name),
        task.first,
        task.last,
        None,
        None,
        BLANK,
        who(language, task.owner),
        BLANK,
        BLANK,
        told(language, task.evidence),
        safe(task.lot or ""),
        safe(task.item or ""),
        safe(task.server or ""),
        whoever(language, task.raci.accountable),
        whoever(language, task.raci.consulted),
        whoever(language, task.raci.informed),
        *((BLANK,) if book.roster is not None else ()),
    )
