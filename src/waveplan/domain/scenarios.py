"""The file of scenarios, format version 1: one inventory, and what each scenario changes in it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from waveplan.domain.base import Model
from waveplan.domain.scalars import Id, Word


def _parse_overlay(value: Any) -> Any:
    """A mapping, a word, or a list of these; what the mapping holds is judged once it lies over the inventory."""
    parts = value if isinstance(value, list) else [value]
    if not all(isinstance(part, dict | str) for part in parts):
        raise PydanticCustomError(
            "overlay", "an overlay is a mapping like an inventory, the name of a file or folder, or a list of these"
        )
    return value


Overlay = Annotated[Any, BeforeValidator(_parse_overlay)]  # its schema is that of an inventory: see json_schema


class Scenario(Model):
    """One way to go about it: what differs from the common inventory."""

    id: Id
    name: Word | None = None
    overlay: Overlay | None = None


class ScenarioFile(Model):
    """A whole file of scenarios."""

    waveplan_scenarios: Annotated[Literal["1"], BeforeValidator(str), WithJsonSchema({"enum": [1, "1"]})]
    inventory: Word
    scenarios: Annotated[list[Scenario], Field(min_length=1)]
