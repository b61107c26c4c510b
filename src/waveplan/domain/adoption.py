"""Communication and adoption: what people are told, taught and asked around each cutover."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from waveplan.domain.base import Model
from waveplan.domain.parts import Effort
from waveplan.domain.scalars import DayCount, Id, PositiveDayCount, PositiveShare, Word
from waveplan.domain.selectors import Selector, Subject

AdoptionKind = Literal["announcement", "reminder", "training", "site_event", "go_live_support", "survey"]
_WHEN = ("days_before", "days_after", "working_days_before", "working_days_after")


class AdoptionText(Model):
    """A text in one language: written here, or in a file beside the inventory."""

    subject: Word | None = None
    text: Word | None = None
    file: Word | None = None

    @model_validator(mode="after")
    def _one_text(self) -> AdoptionText:
        if (self.text is None) == (self.file is None):
            raise PydanticCustomError("adoption", "give one of 'text' or 'file'")
        return self


def _template_form(value: Any) -> str:
    return _OWN if isinstance(value, dict) else _NAMED


_OWN, _NAMED = "dict[language]", "[name]"  # what stands in brackets is no step of a path
AdoptionTemplate = Annotated[
    Annotated[Word, Tag(_NAMED)] | Annotated[dict[Word, AdoptionText], Field(min_length=1), Tag(_OWN)],
    Discriminator(_template_form),
]


class Adoption(Model):
    """One thing that people are told, taught or asked around each cutover of what it matches.

    Each lot with such an item holds it, for those of its users who are in the audience, on working days of their sites.
    """

    id: Id
    name: Word | None = None
    kind: AdoptionKind
    match: Selector | None = None
    audience: Selector | None = None
    languages: list[Word] = []
    days_before: DayCount | None = None
    days_after: DayCount | None = None
    working_days_before: DayCount | None = None
    working_days_after: DayCount | None = None
    days: PositiveDayCount = 1
    owner: Word | None = None
    team: Word | None = None
    effort: Effort | None = None
    threshold: PositiveShare | None = None
    criteria: list[Word] = []
    template: AdoptionTemplate | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Adoption:
        if sum(getattr(self, key) is not None for key in _WHEN) != 1:
            raise PydanticCustomError(
                "adoption",
                "give one of 'days_before', 'days_after', 'working_days_before' or 'working_days_after'",
            )
        if self.effort is not None and self.team is None:
            raise PydanticCustomError("adoption", "'effort' needs a 'team' that does it")
        if (self.threshold is not None or self.criteria) and self.kind != "survey":
            raise PydanticCustomError("adoption", "'threshold' and 'criteria' go with a survey")
        return self

    @property
    def is_before(self) -> bool:
        """Whether it comes before the cutover: a day that is no working day then gives way to an earlier one."""
        return self.days_before is not None or self.working_days_before is not None

    @property
    def most_days_before(self) -> int:
        """Days that surely lie between its first day and the cutover; none when it comes after."""
        return self.days_before or self.working_days_before or 0

    @property
    def when_key(self) -> str:
        """Which of its keys says when it is."""
        return next(key for key in _WHEN if getattr(self, key) is not None)

    def is_about(self, item: Subject) -> bool:
        """Whether it belongs to the cutovers of an item."""
        return self.match is None or self.match.matches(item)

    @property
    def shown_name(self) -> str:
        """Its name; without one its id."""
        return self.name or self.id
