"""MS Project XML (MSPDI): every task is placed by hand, so that what is planned is what is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from waveplan.change_calendar import hours_between
from waveplan.domain.languages import locale_of
from waveplan.export.formats.clock_times import clock
from waveplan.export.formats.ms_project_people import add_assignments, add_calendars, add_resources
from waveplan.export.formats.ms_project_tasks import START_TO_START, Task, tasks_of
from waveplan.export.formats.ms_project_xml import add, day_time, duration, tenths
from waveplan.export.formats.protocol import Asked, Exported, clocks, left_out, untold
from waveplan.export.programme import ProgrammeView, Words

_NAMESPACE = "http://schemas.microsoft.com/project"
_LONGEST_NAME = 255
_ELAPSED_HOURS, _ELAPSED_DAYS, _DAYS = 6, 8, 7
_KEY_FIELD, _KIND_FIELD = "188743731", "188743734"  # Text1 and Text2
_ALL_HOURS = "1"  # the calendar without nights and weekends
_ONE_DAY = dt.timedelta(days=1)


def write(view: ProgrammeView, words: Words, asked: Asked) -> Exported:
    """The whole project in one file."""
    tasks = tasks_of(view, words)
    root = ET.Element("Project", xmlns=_NAMESPACE)
    _head(root, view, tasks[0], words)
    add_calendars(root, view.teams, view.start)
    numbers = {task.key: str(number) for number, task in enumerate(tasks)}
    listed = ET.SubElement(root, "Tasks")
    outline: list[int] = []
    for number, task in enumerate(tasks):
        _task(listed, number, task, numbers, _outline(outline, task.level))
    add_resources(root, view.teams)
    add_assignments(root, view.teams, tasks)
    ET.indent(root, " ")
    text = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + ET.tostring(root, "unicode") + "\n"
    return Exported.single("plan.xml", text, tuple(_notes(view, tasks, words)))


def _head(root: ET.Element, view: ProgrammeView, whole: Task, words: Words) -> None:
    add(root, SaveVersion="14", Name=f"{view.slug}.xml", Title=view.name, CreationDate=day_time(whole.start))
    add(root, ScheduleFromStart="1", StartDate=day_time(whole.start), FinishDate=day_time(whole.finish))
    code = view.currency.upper()
    if len(code) == 3 and code.isascii() and code.isalpha():
        from babel.numbers import get_currency_precision, get_currency_symbol

        locale = locale_of(words.code)
        after = "0" if locale.currency_formats["standard"].pattern.startswith("¤") else "3"
        symbol = get_currency_symbol(code, locale=locale)
        add(root, CurrencyDigits=str(get_currency_precision(code)), CurrencySymbol=symbol, CurrencyCode=code)
        add(root, CurrencySymbolPosition=after)
    add(root, CalendarUID=_ALL_HOURS, DefaultStartTime="08:00:00", DefaultFinishTime="17:00:00", MinutesPerDay="480")
    add(root, MinutesPerWeek="2400", DaysPerMonth="20", DurationFormat="7", WorkFormat="2", HonorConstraints="0")
    add(root, WeekStartDay="1", Autolink="0", NewTasksAreManual="1")
    fields = ET.SubElement(root, "ExtendedAttributes")
    for field, name, alias in ((_KEY_FIELD, "Text1", "waveplan key"), (_KIND_FIELD, "Text2", "waveplan kind")):
        add(ET.SubElement(fields, "ExtendedAttribute"), FieldID=field, FieldName=name, Alias=alias)


def _outline(counts: list[int], level: int) -> str:
    """The next number of the outline at a level: 1.2.3."""
    if level == 0:
        return "0"
    del counts[level:]
    while len(counts) < level:
        counts.append(0)
    counts[level - 1] += 1
    return ".".join(str(max(count, 1)) for count in counts)


def _task(listed: ET.Element, number: int, task: Task, numbers: dict[str, str], outline: str) -> None:
    element, by_hand = ET.SubElement(listed, "Task"), task.kind != "phase"
    start, finish, length = day_time(task.start), day_time(task.finish), duration(task.finish - task.start)
    add(element, UID=str(number), ID=str(number), Name=_short(task.name), Active="1", Manual=str(int(by_hand)))
    add(element, Type="1", IsNull="0", WBS=outline, OutlineNumber=outline, OutlineLevel=str(task.level))
    add(element, Start=start, Finish=finish, Duration=length)
    if by_hand:
        add(element, ManualStart=start, ManualFinish=finish, ManualDuration=length)
    shown = _ELAPSED_DAYS if task.in_days or task.kind == "phase" else _ELAPSED_HOURS
    add(
        element,
        DurationFormat=str(shown),
        EffortDriven="0",
        Estimated="0",
        Milestone=str(int(task.kind == "milestone")),
    )
    add(element, Summary=str(int(task.kind == "phase")), ConstraintType="0", CalendarUID=_ALL_HOURS)
    if task.deadline is not None:
        add(element, Deadline=day_time(task.deadline))
    add(element, IgnoreResourceCalendar=str(int(not task.effort)))
    if task.notes:
        add(element, Notes="\n".join(task.notes))
    for link in task.links:
        if link.before in numbers:
            lag = _DAYS if not link.lag else _ELAPSED_DAYS if not link.lag % _ONE_DAY else _ELAPSED_HOURS
            line = ET.SubElement(element, "PredecessorLink")
            add(line, PredecessorUID=numbers[link.before], Type=str(link.kind), CrossProject="0")
            add(line, LinkLag=str(tenths(link.lag)), LagFormat=str(lag))
    for field, value in ((_KEY_FIELD, task.key), (_KIND_FIELD, task.what)):
        add(ET.SubElement(element, "ExtendedAttribute"), FieldID=field, Value=_short(value))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1] + "…"


def _notes(view: ProgrammeView, tasks: list[Task], words: Words) -> Iterator[str]:
    """What MS Project cannot hold."""
    yield clocks(view, words)
    yield words.say(
        "seats in windows and people on call stand in notes; servers, duties, evidence and assumptions nowhere"
    )
    for wave in view.waves:
        for start, end in ((wave.start, wave.end), (wave.end, wave.hypercare_end)):
            real = hours_between(start, end)
            shown = (clock(end) - clock(start)) / dt.timedelta(hours=1)
            if real != shown:
                yield words.say(
                    "{wave} runs through a change of the clocks: {real} h, which MS Project takes for {shown} h",
                    wave=wave.label, real=f"{float(real):g}", shown=f"{shown:g}",
                )  # fmt: skip
    cut = sum(len(task.name) > _LONGEST_NAME for task in tasks)
    if cut:
        yield words.count(
            "{n} name is longer than 255 characters, and is cut",
            "{n} names are longer than 255 characters, and are cut",
            cut,
        )
    if any(team.share for team in view.teams):
        yield words.say("days on which a team is there in part count as whole ones")
    if any(team.day_rate for team in view.teams) and not view.currency:
        yield words.say("teams have day rates and the programme no currency: MS Project takes its own")
    yield from left_out(view, words)
    yield from untold(view, words)
    shortened = sum(
        link.kind == START_TO_START and link.lag % _ONE_DAY != dt.timedelta() for task in tasks for link in task.links
    )
    if shortened:
        yield words.count(
            "{n} gap of days is told as hours, as its windows open at other times of the day",
            "{n} gaps of days are told as hours, as their windows open at other times of the day",
            shortened,
        )
