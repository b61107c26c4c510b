"""Project files: read by MPXJ (Java, optional), and held against the structure that MS Project prescribes."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from support.exports import PLANS, Case, expected, exported, hostile, planned, view_of

SPACE = "{http://schemas.microsoft.com/project}"
# The order of children that the schema of MS Project 2010 prescribes, of those that are written.
ORDER = {
    "Project": "SaveVersion Name Title CreationDate ScheduleFromStart StartDate FinishDate CurrencyDigits "
    "CurrencySymbol CurrencyCode CurrencySymbolPosition CalendarUID DefaultStartTime DefaultFinishTime MinutesPerDay "
    "MinutesPerWeek "
    "DaysPerMonth DurationFormat WorkFormat HonorConstraints WeekStartDay Autolink NewTasksAreManual "
    "ExtendedAttributes Calendars Tasks Resources Assignments",
    "Calendar": "UID Name IsBaseCalendar BaseCalendarUID WeekDays Exceptions",
    "Exception": "EnteredByOccurrences TimePeriod Occurrences Type DayWorking",
    "Task": "UID ID Name Active Manual Type IsNull WBS OutlineNumber OutlineLevel Start Finish Duration ManualStart "
    "ManualFinish ManualDuration DurationFormat EffortDriven Estimated Milestone Summary ConstraintType CalendarUID "
    "Deadline IgnoreResourceCalendar Notes PredecessorLink ExtendedAttribute",
    "PredecessorLink": "PredecessorUID Type CrossProject LinkLag LagFormat",
    "Resource": "UID ID Name Type IsNull Code Group MaxUnits StandardRate StandardRateFormat CalendarUID",
    "Assignment": "UID TaskUID ResourceUID Finish RemainingWork Start Units Work",
}


def root_of(case: Case, language: str = "en") -> ET.Element:
    return ET.fromstring(exported(case, "ms-project", language).joined or b"")


def texts(element: ET.Element) -> dict[str, str]:
    return {child.tag.removeprefix(SPACE): child.text or "" for child in element}


def task_lines(root: ET.Element) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Each task's own texts, and those of its fields of text by number."""
    for task in root.iter(f"{SPACE}Task"):
        fields = [texts(field) for field in task.iter(f"{SPACE}ExtendedAttribute")]
        yield texts(task), {field["FieldID"]: field["Value"] for field in fields}


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


@pytest.mark.parametrize("name", [*PLANS, "hostile"])
def test_the_structure_is_what_ms_project_prescribes(name: str) -> None:
    case = hostile() if name == "hostile" else planned(name)
    root = root_of(case)
    for tag, names in ORDER.items():
        order = names.split()
        for element in (root,) if tag == "Project" else root.iter(f"{SPACE}{tag}"):
            children = [child.tag.removeprefix(SPACE) for child in element]
            places = [order.index(child) for child in children]
            assert places == sorted(places), tag
            once = [child for child in children if child not in ("PredecessorLink", "ExtendedAttribute")]
            assert len(once) == len(set(once))
    tasks = [texts(task) for task in root.iter(f"{SPACE}Task")]
    numbers = [task["UID"] for task in tasks]
    assert numbers == [task["ID"] for task in tasks] == [str(number) for number in range(len(tasks))]
    assert len({task["OutlineNumber"] for task in tasks}) == len(tasks)
    levels = [int(task["OutlineLevel"]) for task in tasks]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    for before, task in zip(tasks, [*tasks[1:], None], strict=True):
        deeper = task is not None and int(task["OutlineLevel"]) > int(before["OutlineLevel"])
        assert (before["Summary"] == "1") == deeper
        hours, minutes, seconds = map(int, re.fullmatch(r"PT(\d+)H(\d+)M(\d+)S", before["Duration"]).groups())  # type: ignore[union-attr]
        length = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
        assert moment(before["Finish"]) - moment(before["Start"]) == length
        assert len(before["Name"]) <= 255
    links = [texts(link) for link in root.iter(f"{SPACE}PredecessorLink")]
    assert all(link["PredecessorUID"] in numbers for link in links)
    calendars = {texts(calendar)["UID"] for calendar in root.iter(f"{SPACE}Calendar")}
    resources = [texts(resource) for resource in root.iter(f"{SPACE}Resource")]
    assert {resource["CalendarUID"] for resource in resources} <= calendars
    for assignment in (texts(each) for each in root.iter(f"{SPACE}Assignment")):
        assert assignment["TaskUID"] in numbers
        assert assignment["ResourceUID"] in {resource["UID"] for resource in resources}


def test_no_link_is_broken_and_gaps_are_lags_by_the_clock() -> None:
    root = root_of(planned("datacentre-exit"))
    tasks = {task["UID"]: task for task, _ in task_lines(root)}
    lags = set()
    for task in root.iter(f"{SPACE}Task"):
        own = texts(task)
        for link in (texts(each) for each in task.iter(f"{SPACE}PredecessorLink")):
            before = tasks[link["PredecessorUID"]]
            lag = dt.timedelta(minutes=int(link["LinkLag"]) / 10)
            begin = before["Finish"] if link["Type"] == "1" else before["Start"]
            assert moment(begin) + lag <= moment(own["Start"])
            lags.add((link["Type"], lag, link["LagFormat"]))
    assert ("1", dt.timedelta(), "7") in lags
    assert any(kind == "3" and lag.days >= 7 and form in ("6", "8") for kind, lag, form in lags)
    assert all(kind == "3" and form in ("6", "8") for kind, lag, form in lags if lag)


def test_work_is_the_effort_of_the_plan_and_money_has_its_currency() -> None:
    case = planned("datacentre-exit")
    root = root_of(case)
    names = {texts(each)["UID"]: texts(each)["Code"] for each in root.iter(f"{SPACE}Resource")}
    found: dict[str, float] = dict.fromkeys(names.values(), 0)
    for each in (texts(assignment) for assignment in root.iter(f"{SPACE}Assignment")):
        hours, minutes, _ = map(int, re.findall(r"\d+", each["Work"]))
        found[names[each["ResourceUID"]]] += (hours + minutes / 60) / 8
    wanted: dict[str, float] = dict.fromkeys(names.values(), 0)
    for lot in view_of(case).lots:
        for team, days in lot.effort.items():
            wanted[team] += float(days)
    assert found == pytest.approx(wanted, abs=0.05)
    assert texts(root_of(planned("clock-changes")))["CurrencyCode"] == "EUR"
    assert texts(root_of(planned("clock-changes")))["CurrencySymbol"] == "€"


def test_what_clocks_do_is_told() -> None:
    notes = exported(planned("clock-changes"), "ms-project").notes
    assert "W01 runs through a change of the clocks: 30 h, which MS Project takes for 31 h" in notes
    assert "W02 runs through a change of the clocks: 30 h, which MS Project takes for 29 h" in notes


@pytest.fixture(scope="session")
def reader() -> Any:
    """MPXJ's reader of any project file, in a Java of its own."""
    mpxj = pytest.importorskip("mpxj", reason="mpxj is not installed (pip install mpxj jpype1)")
    if shutil.which("java") is None:
        pytest.skip("Java is not installed")
    if not mpxj.isJVMStarted():
        mpxj.startJVM()
    from org.mpxj.reader import UniversalProjectReader  # type: ignore[import-not-found]

    return UniversalProjectReader


Lines = list[tuple[str, str, dt.datetime, dt.datetime]]  # what it is, its key, start, finish


def assert_told(tasks: Lines, case: Case) -> None:
    """Tasks tell the plan's waves, lots and gates at their moments by the programme's clocks."""
    wanted, view = expected(case[0]), view_of(case)
    zone = view.waves[0].start.tzinfo
    local = {
        wave: [each.astimezone(zone).replace(tzinfo=None) for each in spans] for wave, spans in wanted.waves.items()
    }
    cutovers = {key: (start, end) for what, key, start, end in tasks if what == "cutover"}
    ends = {key: end for what, key, _, end in tasks if what == "hypercare"}
    for wave in view.waves:
        assert [*cutovers[f"{wave.key}:cutover"], ends[f"{wave.key}:hypercare"]] == local[wave.id]
    assert len(cutovers) == len(wanted.waves) == sum(what == "wave" for what, *_ in tasks)
    lots = {key: (start, end) for what, key, start, end in tasks if what == "lot"}
    assert len(lots) == len(wanted.lots)
    assert lots == {
        lot.key: (lot.start.replace(tzinfo=None), lot.end.replace(tzinfo=None))
        for lot in view.lots
        if lot.start is not None and lot.end is not None
    }
    gates = sorted((key, start.date()) for what, key, start, _ in tasks if what == "gate")
    assert gates == sorted((gate.key, gate.date) for gate in view.gates)
    assert len(gates) == len(wanted.gates)


@pytest.mark.parametrize("name", [*PLANS, "hostile"])
def test_a_project_holds_waves_lots_and_gates_at_their_moments(name: str) -> None:
    case = hostile() if name == "hostile" else planned(name)
    assert_told(
        [
            (fields["188743734"], fields["188743731"], moment(task["Start"]), moment(task["Finish"]))
            for task, fields in task_lines(root_of(case))
        ],
        case,
    )


@pytest.mark.parametrize("name", [*PLANS, "hostile"])
def test_mpxj_reads_the_same_waves_lots_and_gates(name: str, reader: Any, tmp_path: Path) -> None:
    case = hostile() if name == "hostile" else planned(name)
    file = tmp_path / "plan.xml"
    file.write_bytes(exported(case, "ms-project").joined or b"")
    assert_told(
        [
            (str(task.getText(2)), str(task.getText(1)), moment(str(task.getStart())), moment(str(task.getFinish())))
            for task in reader().read(str(file)).getTasks()
        ],
        case,
    )
