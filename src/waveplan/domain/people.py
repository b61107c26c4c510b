"""Teams, and the knowledge that is handed over to them before anything cuts over."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from waveplan.domain.base import Model
from waveplan.domain.parts import Availability, EffortByTeam
from waveplan.domain.periods import Absence
from waveplan.domain.scalars import Amount, Count, DayCount, Id, PositiveCount, Word
from waveplan.domain.selectors import Selector


class Team(Model):
    """People: their person-days by week, and how many can sit in windows and in hypercare."""

    id: Id
    name: Word | None = None
    organisation: Word | None = None
    person_days_per_week: Amount | None = None
    day_rate: Amount | None = None
    crew: Count | None = None
    on_call: Count | None = None
    rest_days: DayCount = 0
    country: Word | None = None
    subdivision: Word | None = None
    available: Availability | None = None
    absences: list[Absence] = []


class KnowledgeStage(Model):
    """One stage of a knowledge transfer, in working days; held `times` times in a row."""

    name: Word
    days: PositiveCount
    times: PositiveCount = 1
    location: Word | None = None
    effort: EffortByTeam = {}

    @property
    def working_days(self) -> int:
        """Working days that it takes, all its times together."""
        return self.days * self.times


class KnowledgeTransfer(Model):
    """Dated, people-consuming stages before the first cutover of what they match."""

    id: Id
    name: Word | None = None
    match: Selector
    per: Literal["match", "site", "item"] = "match"
    stages: Annotated[list[KnowledgeStage], Field(min_length=1)]

    @model_validator(mode="after")
    def _told_apart(self) -> KnowledgeTransfer:
        names = [stage.name for stage in self.stages]
        twice = next((name for number, name in enumerate(names) if name in names[:number]), None)
        if twice is not None:
            raise PydanticCustomError(
                "stages",
                "two stages are called {stage}",
                {"stage": twice},
            )
        return self

    @property
    def lead_team(self) -> str | None:
        """Whose working days its stages count: the first team of the first stage that names one."""
        return next((team for stage in self.stages for team in stage.effort), None)
