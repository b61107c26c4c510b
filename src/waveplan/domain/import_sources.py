"""The file of sources: what an inventory is imported from, so that one command reads all of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from waveplan.domain.base import Model
from waveplan.domain.scalars import Word, as_list


class ImportedSource(Model):
    """The files of one tool."""

    format: Word
    files: Annotated[list[Word], BeforeValidator(as_list), Field(min_length=1)]
    name: Word | None = None
    options: dict[Word, Word] = {}


class SourcesFile(Model):
    """All sources of an inventory."""

    waveplan_sources: Annotated[Literal["1"], BeforeValidator(str), WithJsonSchema({"enum": [1, "1"]})]
    precedence: Word | None = None
    sources: Annotated[list[ImportedSource], Field(min_length=1)]
