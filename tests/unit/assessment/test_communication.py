"""The dated plan of communication: who is told what, when, in which language, and what has become of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from support.inventories import inventory_from
from support.plans import state_plan

from waveplan import api
from waveplan.checking.facts import Facts
from waveplan.domain.actuals import Actuals
from waveplan.domain.communication import HeldEntry
from waveplan.domain.history import History
from waveplan.render.language import translator
from waveplan.render.reports.communication import communication_report
from waveplan.render.reports.markdown import report_markdown

FIRST, LATER = "2026-02-07-weekend", "2026-05-02-weekend"
INVENTORY = inventory_from("""
    programme: {name: Office move, start: 2026-01-05, timezone: Europe/Paris, language: en}
    sites:
      - {id: paris, name: Paris HQ, country: FR, users: {office: 200, plant: 20}, languages: [fr, en]}
      - {id: madrid, name: Madrid, users: 80, languages: [es]}
      - {id: riyadh, country: SA, users: 50}
    teams: [{id: change}]
    applications:
      - {id: crm, name: CRM, user_sites: [paris, madrid], cutover_hours: 4, test_hours: 0.5}
      - {id: erp, name: ERP, user_sites: [paris], personas: [office]}
      - {id: pos, user_sites: [riyadh], cutover_hours: 1}
      - {id: batch}
    adoption:
      - {id: notice, kind: announcement, days_before: 8, owner: Change office}
      - {id: lessons, name: First steps, kind: training, working_days_before: 3, days: 2, match: {app: [crm, erp]},
         audience: {persona: office}, team: change, effort: {each: 1, per_100_users: 0.5}}
      - {id: ask, kind: survey, days_after: 5, threshold: 0.7, criteria: [it works], match: {app: crm}, languages: [en],
         template: {en: {subject: "{wave} {{x}}",
           text: "{users} at {sites}: {threshold}, {criteria}, {contact}, {audience}"}}}
    pilots: [{id: first, items: {app: crm}, for: {app: erp}, soak_days: 30}]
    """)
PLAN = state_plan(INVENTORY, {"crm": FIRST, "batch": FIRST, "erp": LATER, "pos": LATER})


def held(entry: str, wave: str) -> list[HeldEntry]:
    return [each for each in api.communication(PLAN, INVENTORY) if (each.entry.id, each.wave.id) == (entry, wave)]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2026-{text}")


def test_each_wave_holds_what_it_is_about_for_whom_it_reaches() -> None:
    (notice,) = held("notice", FIRST)
    assert (notice.first, notice.last, notice.users) == (day("01-30"), day("01-30"), 300)
    assert notice.sites == ("madrid", "paris")
    assert [(each.language, each.written_in, each.users) for each in notice.messages] == [
        ("en", "en", 220),
        ("es", "en", 80),
        ("fr", "fr", 220),
    ]
    (lessons,) = held("lessons", FIRST)
    # Madrid tells its users apart by no persona: they may all be in the office
    assert (lessons.first, lessons.last, lessons.users) == (day("02-04"), day("02-05"), 280)
    assert lessons.effort == Decimal("2.4")
    (later,) = held("lessons", LATER)
    assert (later.users, later.personas, later.effort) == (200, ("office",), Decimal(2))


def test_users_whose_days_differ_are_told_on_days_of_their_own() -> None:
    one, other = held("notice", LATER)
    assert [(each.first, each.sites) for each in (one, other)] == [
        (day("04-23"), ("riyadh",)),  # Friday is its weekend
        (day("04-24"), ("paris",)),
    ]
    assert (one.key, other.key) == (f"{LATER}/notice", f"{LATER}/notice/2")


def test_its_effort_and_days_are_those_of_the_check() -> None:
    checked = [(each.wave.id, each.entry.id, each.days.first, each.effort) for each in Facts(PLAN, INVENTORY).adoption]
    told = [(each.wave.id, each.entry.id, each.first, each.effort) for each in api.communication(PLAN, INVENTORY)]
    assert sorted(checked) == sorted(told)


def test_texts_are_filled_in_the_language_of_their_readers() -> None:
    texts = {each.language: each for each in held("notice", FIRST)[0].messages}
    assert texts["en"].subject == "Office move: what changes on Saturday, 7 February 2026"
    assert "for users at Paris HQ: CRM." in texts["en"].text
    assert "from Saturday, 7 February 2026 at 20:00 (Europe/Paris)" in texts["en"].text
    assert "Interruption to expect: 4.5 hours." in texts["en"].text
    assert "jusqu’au mardi 10 février 2026" in texts["fr"].text
    assert "Interruption à prévoir\u00a0: 4,5\u00a0heures." in texts["fr"].text
    assert "Your contact: Change office" in texts["es"].text
    assert "Madrid" in texts["es"].text
    assert not any("{" in each.subject + each.text for each in texts.values())


def test_a_text_of_ones_own_is_filled_too() -> None:
    (message,) = held("ask", FIRST)[0].messages
    assert message.subject == "W01 {x}"
    assert message.text == "300 at Madrid and Paris HQ: 70%, - it works, the project team, office and plant"


ACTUALS = Actuals.model_validate(
    {
        "cutovers": [{"wave": FIRST, "date": "2026-02-07", "result": "done"}],
        "adoption": [
            {"id": "notice", "wave": FIRST, "date": "2026-01-30"},
            {"id": "ask", "wave": FIRST, "date": "2026-02-13", "result": "0.6"},
        ],
    }
)


@pytest.mark.parametrize(
    ("on", "states"),
    [
        ("01-29", {"notice": "planned", "lessons": "planned", "ask": "planned"}),
        ("02-04", {"notice": "done", "lessons": "due", "ask": "planned"}),
        ("02-06", {"notice": "done", "lessons": "overdue", "ask": "planned"}),
        ("02-12", {"notice": "done", "lessons": "overdue", "ask": "due"}),
        ("02-13", {"notice": "done", "lessons": "overdue", "ask": "below"}),
    ],
)
def test_what_has_become_of_it_by_a_day(on: str, states: dict[str, str]) -> None:
    found = api.communication_on(PLAN, INVENTORY, History(ACTUALS, PLAN, day(on)), day(on), FIRST)
    assert {each.entry.id: each.state for each in found} == states


def test_a_decision_after_the_survey_settles_it() -> None:
    signed = ACTUALS.model_copy(deep=True)
    data = signed.model_dump(mode="json")
    data["acceptances"] = [{"milestone": "pass first", "date": "2026-03-20", "result": "signed"}]
    decided = Actuals.model_validate({**data, "adoption": ACTUALS.adoption, "cutovers": ACTUALS.cutovers})
    states = {}
    for on in ("03-19", "03-20"):
        found = api.communication_on(PLAN, INVENTORY, History(decided, PLAN, day(on)), day(on), FIRST)
        states[on] = next(each.state for each in found if each.entry.id == "ask")
    assert states == {"03-19": "below", "03-20": "decided"}


def test_after_the_cutover_nothing_is_overdue_of_a_wave_that_was_turned_back() -> None:
    back = Actuals.model_validate({"cutovers": [{"wave": FIRST, "date": "2026-02-07", "result": "rolled_back"}]})
    found = api.communication_on(PLAN, INVENTORY, History(back, PLAN, day("03-01")), day("03-01"), FIRST)
    assert {each.entry.id: each.state for each in found} == {
        "notice": "overdue",
        "lessons": "overdue",
        "ask": "planned",
    }


def test_status_tells_what_is_late() -> None:
    late = api.status(ACTUALS, PLAN, INVENTORY, day("02-20")).late
    told = [(each.kind, each.subject) for each in late if each.kind in {"communication_overdue", "survey_below"}]
    assert told == [("communication_overdue", "W01 lessons"), ("survey_below", "W01 ask")]


def test_the_report_has_a_row_for_each_text_and_counts_effort_once() -> None:
    language = translator("fr")
    report = communication_report(api.communication(PLAN, INVENTORY), PLAN, language, texts=True)
    plan = report.parts[0]
    assert len(plan.rows) == sum(len(each.messages) for each in api.communication(PLAN, INVENTORY))
    column = [field.title for field in plan.fields].index(language.say("Person-days"))
    assert sum(row[column] or 0 for row in plan.rows if isinstance(row[column] or 0, Decimal | int)) == Decimal("4.4")
    text = report_markdown(report, language)
    assert "Invitation\u00a0: First steps" in text
    assert "es (en)" in text


def test_a_text_in_a_language_is_one_for_its_kinds_too() -> None:
    inventory = inventory_from("""
        sites: [{id: montreal, users: 5, languages: [fr-CA, pt-BR]}]
        applications: [{id: crm, user_sites: [montreal]}]
        adoption:
          - {id: notice, kind: announcement, days_before: 8}
          - {id: own, kind: reminder, days_before: 2, template: {pt: {subject: p, text: "{date}"}, fr: {text: f}}}
        """)
    plan = state_plan(inventory, {"crm": FIRST})
    told = {each.entry.id: each.messages for each in api.communication(plan, inventory)}
    assert [(each.language, each.written_in) for each in told["notice"]] == [("fr-CA", "fr-CA"), ("pt-BR", "en")]
    assert "jusqu’au mardi 10 février 2026" in told["notice"][0].text
    assert [(each.written_in, each.subject, each.text) for each in told["own"]] == [
        ("fr-CA", "own", "f"),
        ("pt-BR", "p", "sábado, 7 de fevereiro de 2026"),
    ]
