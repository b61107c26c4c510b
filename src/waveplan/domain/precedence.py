"""Whose word counts where sources disagree: by field, then by source, and not for ever."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, WithJsonSchema

from waveplan.domain.base import Model
from waveplan.domain.scalars import PositiveDayCount, Word

Mode = Literal["apply", "review"]


def _named(value: Any) -> Any:
    """A source by its name alone."""
    return {"name": value} if isinstance(value, str) else value


class RankedSource(Model):
    """A source, in its place in the order."""

    name: Word
    mode: Mode | None = None
    stale_after_days: PositiveDayCount | None = None


def _listed(value: Any) -> Any:
    """The sources of a field alone."""
    return {"sources": value} if isinstance(value, list | tuple) else value


class FieldPrecedence(Model):
    """Whose word counts for one field."""

    sources: list[Word] = []
    mode: Mode | None = None


_FIELD = Annotated[FieldPrecedence, BeforeValidator(_listed)]
_SOURCE = Annotated[RankedSource, BeforeValidator(_named)]


class SourcePrecedence(Model):
    """The order in which sources are believed; those that are not named come last, by their names."""

    waveplan_precedence: Annotated[Literal["1"], BeforeValidator(str), WithJsonSchema({"enum": [1, "1"]})]
    sources: list[_SOURCE] = []
    fields: dict[Word, _FIELD] = {}
    mode: Mode = "apply"
    stale_after_days: PositiveDayCount | None = None
