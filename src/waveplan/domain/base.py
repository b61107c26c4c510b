"""The common ground of all models that are read from a file."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic_core import PydanticUndefined


class _Record(BaseModel):
    """A model that makes its empty lists and mappings anew.

    pydantic copies a default that can change by `copy.deepcopy`, which took more than half of the time in which
    a small model is made; schemas show the default all the same.
    """

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        for field in cls.model_fields.values():
            kind = type(field.default)
            if kind in (list, dict) and not field.default:
                field.default, field.default_factory = PydanticUndefined, kind
                field.json_schema_extra = {"default": kind()}


class Model(_Record):
    """A mapping of the format: unknown keys are errors, whatever their value; an empty known one means not given."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _empty_is_not_given(cls, data: Any) -> Any:
        if isinstance(data, dict) and None in data.values():
            known = _keys(cls)
            return {key: value for key, value in data.items() if value is not None or key not in known}
        return data


@cache
def _keys(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(field.alias or name for name, field in model.model_fields.items())


class PlanModel(_Record):
    """A mapping of the plan file. Unknown keys are errors, so that an edit that misses its key is seen."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, defer_build=True)
