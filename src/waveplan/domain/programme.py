"""The programme and the defaults of its sections."""

from __future__ import annotations

from typing import Any

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from waveplan.domain.base import Model
from waveplan.domain.languages import ENGLISH, SpokenLanguage
from waveplan.domain.scalars import Day, Word
from waveplan.domain.selectors import Selector


class Programme(Model):
    """The whole transition: its first day of preparation and the last day anything may be in hypercare."""

    name: Word
    start: Day
    deadline: Day
    timezone: Word = "UTC"
    language: SpokenLanguage = ENGLISH
    currency: Word | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Programme:
        if self.deadline < self.start:
            raise PydanticCustomError(
                "programme",
                "the deadline ({deadline}) lies before the start ({start})",
                {"deadline": self.deadline.isoformat(), "start": self.start.isoformat()},
            )
        return self


DEFAULTED_SECTIONS = ("sites", "servers", "applications", "services")


class Default(Model):
    """Values that entries of one section take when they leave them out."""

    sites: Selector | None = None
    servers: Selector | None = None
    applications: Selector | None = None
    services: Selector | None = None
    values: dict[str, Any] = Field(alias="set")

    @model_validator(mode="after")
    def _one_section(self) -> Default:
        if sum(getattr(self, section) is not None for section in DEFAULTED_SECTIONS) != 1:
            raise PydanticCustomError("default", "give one of 'sites', 'servers', 'applications' or 'services'")
        return self

    @property
    def section(self) -> str:
        """The section whose entries it fills."""
        return next(section for section in DEFAULTED_SECTIONS if getattr(self, section) is not None)

    @property
    def selector(self) -> Selector:
        """Which entries of the section it fills."""
        selector: Selector = getattr(self, self.section)
        return selector
