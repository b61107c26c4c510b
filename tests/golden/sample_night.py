"""The night that goldens show: two applications, a roster, two entries and a failure."""

from __future__ import annotations

import datetime as dt

from support.nights import plan_of, two_applications

from waveplan import api
from waveplan.domain.actuals import Actuals
from waveplan.domain.night_standing import NightShown
from waveplan.domain.roster import DutyRoster, Rostered, WaveRoster
from waveplan.domain.wave_runbooks import WaveRunbook
from waveplan.usecases.nights import NightAsked, night_roster, night_standing

PEOPLE = DutyRoster.model_validate(
    {
        "people": [
            {"name": "first operator", "teams": ["ops"], "phone": "4711", "language": "fr"},
            {"name": "second operator", "teams": ["ops"], "phone": "4712"},
            {"name": "database person", "teams": ["dba"], "phone": "4720", "language": "en"},
            {"name": "the manager", "teams": ["transition_manager"], "phone": "1000"},
        ]
    }
)
_HOURS = {"cutover_hours": 3, "test_hours": 1, "rollback_hours": 2, "on_call": {"ops": 1}, "crew": {"ops": 1, "dba": 1}}
APPLICATIONS = [{"id": name, "servers": [f"s{name}"], "user_sites": ["room"], **_HOURS} for name in "ab"]
NOW = dt.datetime(2027, 1, 9, 20, 50, tzinfo=dt.timezone(dt.timedelta(hours=1)))
_HAPPENED = [
    ("W01/bridge", "done", "20:00"),
    ("W01/a/stop", "started", "20:02"),
    ("W01/b/stop", "started", "20:04"),
    ("W01/a/stop", "done", "20:30"),
    ("W01/b/stop", "failed", "20:41"),
]


def sample_runbook() -> WaveRunbook:
    """The runbook of the wave, with names."""
    inventory = two_applications(applications=APPLICATIONS)
    (book,) = api.runbooks(
        plan_of(inventory), inventory, api.runbook_templates(inventory).tasks, people=Rostered(PEOPLE)
    ).runbooks
    return book


def sample_night() -> NightShown:
    """The night at 20:50, with a failure and names."""
    inventory = two_applications(applications=APPLICATIONS)
    asked = NightAsked(plan_of(inventory), inventory, "W01", api.runbook_templates(inventory).tasks)
    wave = asked.plan.waves[0].id
    said = [
        {"wave": wave, "task": task, "state": state, "happened": f"2027-01-09T{at}+01:00"}
        | ({"reason": "disk full"} if state == "failed" else {})
        for task, state, at in _HAPPENED
    ]
    standing = night_standing(asked, Actuals.model_validate({"tasks": said}), NOW)
    return NightShown(standing, "Two", None, night_roster(asked, standing, Rostered(PEOPLE))[0])


def sample_roster() -> WaveRoster:
    """Who is on duty, when the first operator falls out."""
    inventory = two_applications(applications=APPLICATIONS)
    people = Rostered(PEOPLE, ("first operator",))
    (book,) = api.runbooks(
        plan_of(inventory), inventory, api.runbook_templates(inventory).tasks, people=people
    ).runbooks
    assert book.roster is not None
    return book.roster
