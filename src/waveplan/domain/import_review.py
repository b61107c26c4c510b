"""Questions that an import asks, in a file where people answer them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, WithJsonSchema

from waveplan.domain.base import Model
from waveplan.domain.scalars import Word


class ReviewedValue(Model):
    """A field of which the source and the inventory say different things, and what somebody decided."""

    field: Word
    imported: Word | None = None
    standing: Word | None = None
    said: Word | None = None
    decide: Literal["accept", "keep"] | None = None


class ImportReview(Model):
    """All that is open."""

    waveplan_import_review: Annotated[Literal["1"], BeforeValidator(str), WithJsonSchema({"enum": [1, "1"]})]
    values: list[ReviewedValue] = []
