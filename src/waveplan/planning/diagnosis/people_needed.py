"""When more people are needed: the weeks in which a plan asks more of a team than it had."""

from __future__ import annotations

import datetime as dt

from waveplan.change_calendar import iso_week
from waveplan.domain.findings import Phrase
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.planning.diagnosis.fact import Fact
from waveplan.planning.diagnosis.trials import PlanTrials

_RULES = {"crew": "WP326", "person_days": "WP324"}  # by kind of fact: the rule that asks for these people


def weeks_needed(fact: Fact, before: Inventory, after: Inventory, plan: Plan, trials: PlanTrials) -> Phrase | None:
    """A note on the weeks in which the plan needs more than the team's old crew or person-days, as the check says."""
    code = _RULES.get(fact.kind)
    old = next((team for team in before.teams if team.id == fact.subject), None)
    if code is None or old is None:
        return None
    teams = [old if team.id == fact.subject else team for team in after.teams]
    found = trials.broken_by(plan, after.model_copy(update={"teams": teams}))
    over = [each.excess for each in found if each.code == code and fact.subject in each.subjects and each.excess]
    weeks = {day - dt.timedelta(days=day.weekday()) for each in over for day in each.days}
    return Phrase("needed in the plan found in {weeks}", {"weeks": _spans(sorted(weeks))}) if weeks else None


def _spans(mondays: list[dt.date]) -> str:
    """Weeks in a row as one span: "2026-W14 to 2026-W17" is written 2026-W14…2026-W17."""
    spans: list[list[dt.date]] = []
    for monday in mondays:
        if spans and monday - spans[-1][-1] == dt.timedelta(days=7):
            spans[-1].append(monday)
        else:
            spans.append([monday])
    return ", ".join(
        iso_week(span[0]) if len(span) == 1 else f"{iso_week(span[0])}…{iso_week(span[-1])}" for span in spans
    )
