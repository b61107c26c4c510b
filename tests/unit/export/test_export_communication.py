"""Communication in calendars, tables and other formats: the same entries, days and texts, read back by others."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import icalendar
import pytest
from support.exports import HOSTILE
from support.inventories import inventory_from
from support.plans import state_plan

from waveplan import api
from waveplan.domain.inventory import Inventory
from waveplan.export.formats import FORMATS, Asked, Exported
from waveplan.export.programme import ProgrammeView, narrowed, programme_view
from waveplan.render.language import translator

TEXT = """
    programme: {name: Office move, start: 2026-01-05, timezone: Europe/Paris}
    sites: [{id: paris, country: FR, users: 20, languages: [fr, en]}, {id: madrid, users: 80}]
    teams: [{id: change}]
    applications: [{id: crm, user_sites: [paris]}, {id: erp, user_sites: [madrid]}]
    adoption:
      - {id: notice, kind: announcement, days_before: %s, owner: Change office}
      - {id: lessons, name: First steps, kind: training, working_days_before: 3, days: 2, team: change, effort: 2}
"""
FIRST, LATER = "2026-02-07-weekend", "2026-05-02-weekend"
INVENTORY = inventory_from(TEXT % 8)
LANGUAGE = translator("en")


def view(inventory: Inventory = INVENTORY, wave: str = LATER) -> ProgrammeView:
    plan = state_plan(inventory, {"crm": FIRST, "erp": wave})
    return programme_view(plan, inventory, LANGUAGE, api.communication(plan, inventory))


def exported(of: ProgrammeView, name: str, **asked: object) -> Exported:
    form = FORMATS[name]
    return form.write(of, LANGUAGE, replace(Asked(settings=dict(form.settings)), **asked))


def adoption(of: ProgrammeView, **asked: object) -> dict[str, icalendar.Event]:
    content = exported(of, "ics", **asked).joined
    assert content is not None
    found = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return {str(each["UID"]): each for each in found if each["CATEGORIES"].cats[0] == "adoption"}


def test_a_calendar_has_an_event_for_each_entry_of_each_wave() -> None:
    told = [
        (str(each["SUMMARY"]), each["DTSTART"].dt.isoformat(), each["DTEND"].dt.isoformat(), str(each["TRANSP"]))
        for each in adoption(view()).values()
    ]
    assert sorted(told, key=lambda each: each[1]) == [
        ("W01: announcement, notice", "2026-01-30", "2026-01-31", "TRANSPARENT"),
        ("W01: training, First steps", "2026-02-04", "2026-02-06", "OPAQUE"),
        ("W02: announcement, notice", "2026-04-24", "2026-04-25", "TRANSPARENT"),
        ("W02: training, First steps", "2026-04-29", "2026-05-01", "OPAQUE"),
    ]
    assert {each["CATEGORIES"].cats[1] for each in adoption(view()).values()} == {"announcement", "training"}


def test_identities_stay_and_only_what_changed_is_told_as_changed() -> None:
    before = view()
    earlier, elsewhere = view(inventory_from(TEXT % 10)), view(wave="2026-06-13-weekend")
    assert adoption(before).keys() == adoption(earlier).keys()
    changed = {str(each["SUMMARY"]): int(each["SEQUENCE"]) for each in adoption(earlier, since=(before,)).values()}
    assert {name for name, number in changed.items() if number} == {
        "W01: announcement, notice",
        "W02: announcement, notice",
    }
    of_first = {uid for uid, each in adoption(before).items() if str(each["SUMMARY"]).startswith("W01")}
    assert of_first < adoption(elsewhere).keys()


def test_parts_of_a_programme_have_what_is_about_them() -> None:
    told = {
        name: sorted({f"{each.wave_label} {each.id}" for each in narrowed(view(), **asked).communication})
        for name, asked in {
            "wave": {"wave": FIRST},
            "team": {"team": "change"},
            "site": {"site": "madrid"},
        }.items()
    }
    assert told == {
        "wave": ["W01 lessons", "W01 notice"],
        "team": ["W01 lessons", "W02 lessons"],
        "site": ["W02 lessons", "W02 notice"],
    }


def test_a_table_has_a_row_for_each_text() -> None:
    content = exported(view(), "csv", table="communication").joined
    assert content is not None
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert [(row["wave"], row["entry"], row["language"], row["from"], row["to"]) for row in rows] == [
        ("W01", "notice", "en", "2026-01-30", "2026-01-30"),
        ("W01", "notice", "fr", "2026-01-30", "2026-01-30"),
        ("W01", "lessons", "en", "2026-02-04", "2026-02-05"),
        ("W01", "lessons", "fr", "2026-02-04", "2026-02-05"),
        ("W02", "notice", "en", "2026-04-24", "2026-04-24"),
        ("W02", "lessons", "en", "2026-04-29", "2026-04-30"),
    ]
    assert [row["effort"] for row in rows] == ["", "", "2", "", "", "2"]
    assert "ce qui change le samedi 7 février 2026" in rows[1]["subject"]
    assert "jusqu’au mardi 10 février 2026" in rows[1]["text"]


@pytest.mark.parametrize("name", ["ms-project", "jira", "azure-devops", "mermaid", "plantuml"])
def test_what_does_not_hold_it_says_so(name: str) -> None:
    note = "communication is not in it; --to ics, csv and xlsx have it"
    assert note in exported(view(), name).notes
    without = INVENTORY.model_copy(update={"adoption": []})
    assert note not in exported(view(without), name).notes


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_do_no_harm(name: str) -> None:
    words = {"name": name, "owner": name, "template": {"en": {"subject": name, "text": f"{name}\n{{sites}}"}}}
    entry = {"id": "e", "kind": "survey", "days_after": "1", "criteria": [name], **words}
    inventory = inventory_from(TEXT % 8, adoption=[entry])
    events = adoption(view(inventory))
    assert len(events) == 2
    content = exported(view(inventory), "csv", table="communication").joined
    assert content is not None
    rows = list(csv.reader(io.StringIO(content.decode())))
    assert {len(row) for row in rows} == {20}
    assert not any(cell[:1] in "=+@" for row in rows for cell in row if cell)


def test_who_does_it_answers_for_it_and_is_told_is_among_the_duties() -> None:
    duties = [
        (each.wave_label, each.activity, each.responsible, each.accountable, each.informed) for each in view().raci
    ]
    assert ("W01", "announcement: notice", ("Change office",), ("Change office",), ("paris",)) in duties
    assert ("W02", "training: First steps", ("change",), (), ("madrid",)) in duties


def test_a_workbook_has_a_sheet_of_it() -> None:
    pytest.importorskip("xlsxwriter")
    calamine = pytest.importorskip("python_calamine")
    content = exported(view(), "xlsx").joined
    assert content is not None
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_name("Communication").to_python()
    assert [row[3] for row in rows[1:7]] == ["notice", "notice", "lessons", "lessons", "notice", "lessons"]
    assert rows[1][0].isoformat() == "2026-01-30"
