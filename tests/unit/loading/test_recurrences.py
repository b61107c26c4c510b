"""Windows, periods and gates that recur: what is read, and what cannot stand together."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from pydantic import ValidationError

from waveplan.domain.calendar_rules import Freeze, Window
from waveplan.domain.periods import Absence, Period
from waveplan.domain.policy import Gate
from waveplan.loading.inventory_loader import load_inventory

BASE = "waveplan: 1\nprogramme: {name: P, start: 2027-01-04, deadline: 2027-12-31}\napplications: [{id: a}]\n"


def found(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    file = tmp_path / "inventory.yaml"
    file.write_text(BASE + text)
    return [(finding.code, finding.message) for finding in load_inventory(str(file)).findings]


def window(keys: str) -> str:
    return f'calendar: {{windows: [{{id: w, from: "20:00", {keys}}}]}}\n'


def freeze(keys: str) -> str:
    return f"calendar: {{freezes: [{{{keys}}}]}}\n"


CONTRADICTIONS = [
    (window("hours: 4, every: week, day: second sat"), "every week needs a day like 'sat'"),
    (window("hours: 4, every: month, day: sat"), "every month needs a day like 'first sat'"),
    (window("hours: 4, every: 2 weeks, day: sat"), "'every: 2 weeks' needs 'starting'"),
    (window("hours: 4, day: second sat"), "'every' and 'day' go together"),
    (window("hours: 4, days: [sat], every: month"), "'every' and 'day' go together"),
    (window("hours: 4, days: [sat], days_after: 4"), "'days_after' goes with 'after'"),
    (window("hours: 4, after: tue"), "'after' counts from a day of each month"),
    (freeze("every: week, from: 2027-02-01, to: 2027-02-03"), "a period of every week goes from a weekday"),
    (freeze("every: month, from_working_day: 1"), "needs 'from_working_day' and 'to_working_day'"),
    (freeze("every: month, from_working_day: 5, to_working_day: 2"), "working day 5 comes after working day 2"),
    (freeze("every: month, from_working_day: -1, to_working_day: -3"), "working day -1 comes after working day -3"),
    (freeze("from: fri, to: 2027-02-01"), "weekdays as 'from' and 'to' go with 'every: week'"),
    (freeze("from: 2027-02-01, to: 2027-02-02, from_working_day: 1"), "go with 'every: month'"),
    (freeze("every: week, from: fri 18:00, to: fri 18:00"), "has no length"),
    (freeze("from: 2027-02-01T10:00, to: 2027-02-01T10:00"), "has no length"),
    ("teams: [{id: t, absences: [{days: [fri], every: week, from: fri, to: sat}]}]\n", "'days' are every week's"),
    ("teams: [{id: t, absences: [{days: [fri], from: 2027-02-01T10:00}]}]\n", "with 'days', 'from' and 'to' are dates"),
]


@pytest.mark.parametrize(("text", "said"), CONTRADICTIONS)
def test_what_cannot_stand_together_is_told(tmp_path: Path, text: str, said: str) -> None:
    [(code, message)] = found(tmp_path, text)
    assert code == "WP141"
    assert said in message


WRONG = [
    (freeze("every: 2 weeks, from: fri, to: sun"), "WP104", "it is one of week, month"),
    (window("hours: 4, until: 06:00, days: [sat]"), "WP104", "give one of 'hours' or 'until'"),
    (window("hours: 4, until_day: mon, days: [sat]"), "WP104", "'until_day' goes with 'until'"),
    (window("hours: 4, every: month, day: fifth sat"), "WP104", "must be a day like sat, second sat or last fri"),
    (window("hours: 4, every: fortnight, day: sat"), "WP104", "must be week, month, or a number of them"),
    (freeze("from: 2027-02-01T25:00, to: 2027-02-03"), "WP104", "2027-02-01T25:00"),
    (freeze("from: 2027-02-01T10:00Z, to: 2027-02-03"), "WP104", "must be a moment of programme time"),
    (freeze("from: 2027-02-03T10:00, to: 2027-02-01"), "WP108", "lies before 'from' (2027-02-03T10:00)"),
    (freeze("every: month, from_working_day: 0, to_working_day: 3"), "WP104", "must be a working day of the month"),
    (freeze("every: month, from_working_day: 1, to_working_day: 3, country: ZZ"), "WP112", "'ZZ'"),
    (freeze("from: 2027-02-01"), "WP105", "'to' is missing"),
    ("policy: {gates: [{id: g}]}\n", "WP105", "'days_before' is missing"),
    ("policy: {gates: [{id: g, days_before: 1, working_days_before: 1}]}\n", "WP104", "give one of 'days_before'"),
]


@pytest.mark.parametrize(("text", "code", "said"), WRONG)
def test_what_is_wrong_by_itself_is_told(tmp_path: Path, text: str, code: str, said: str) -> None:
    told = found(tmp_path, text)
    assert [each[0] for each in told] == [code]
    assert said in told[0][1]


def test_every_form_of_a_period_is_read() -> None:
    moments = Period.model_validate({"from": "2026-12-24T18:00", "to": "2026-12-26"})
    assert (moments.first, moments.last) == (dt.datetime.fromisoformat("2026-12-24T18:00"), dt.date(2026, 12, 26))
    weekly = Period.model_validate({"every": "week", "from": "Fri 18:00", "to": "mon"})
    assert (weekly.first, weekly.last) == ("fri 18:00", "mon")
    monthly = Freeze.model_validate({"every": "month", "from_working_day": "-3", "to_working_day": "5", "except": {}})
    assert (monthly.from_working_day, monthly.to_working_day) == (-3, 5)
    assert Absence.model_validate({"days": ["fri"], "to": "2026-12-26"}).last == dt.date(2026, 12, 26)
    assert Window.model_validate({"id": "w", "from": "20:00", "until": "02:00", "after": "second tue"}).hours is None
    assert Gate.model_validate({"id": "g", "working_days_before": "3"}).least_days_before == 3


def test_python_values_are_read_as_words_are() -> None:
    moment = dt.datetime.fromisoformat("2026-01-02T06:00")
    assert Period.model_validate({"from": dt.date(2026, 1, 1), "to": moment}).is_days is False
    with pytest.raises(ValidationError):
        Period.model_validate({"from": dt.date(2026, 1, 1), "to": 7})
