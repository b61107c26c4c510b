"""Goals in order, and how far later ones may loosen them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, model_validator
from pydantic_core import PydanticCustomError, core_schema

from waveplan.domain.base import Model
from waveplan.domain.scalars import decimal_number, parse_amount

GoalName = Literal["finish", "waves", "coexistence", "peak_load", "criticality_risk", "moved_lots"]


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How much of a goal may be given up for the next ones: a share of its value, or units."""

    amount: Decimal = Decimal(0)
    is_share: bool = False

    @classmethod
    def parse(cls, value: object) -> Tolerance:
        """Read `5%` or `5`."""
        if isinstance(value, Tolerance):
            return value
        if isinstance(value, str) and value.endswith("%"):
            return cls(parse_amount(value[:-1].strip()) / 100, is_share=True)
        return cls(parse_amount(value))

    def __str__(self) -> str:
        shown = self.amount * 100 if self.is_share else self.amount
        return format(shown.normalize(), "f") + ("%" if self.is_share else "")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        share = r"^\+?([0-9]{1,9}(\.[0-9]*)?|\.[0-9]+) *%$"
        return {"anyOf": [decimal_number(minimum=0), {"type": "string", "pattern": share}]}


class Goal(Model):
    """One goal of the objective and how far later goals may loosen it."""

    goal: GoalName
    tolerance: Tolerance = Tolerance()


DEFAULT_GOALS = [Goal(goal="finish"), Goal(goal="coexistence"), Goal(goal="peak_load")]


class Objective(Model):
    """Goals in order: each is optimised, then held within its tolerance while the next one is."""

    goals: list[Goal] = Field(DEFAULT_GOALS, min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Objective:
        names = [goal.goal for goal in self.goals]
        for name in names:
            if names.count(name) > 1:
                raise PydanticCustomError("objective", "goal '{name}' is given twice", {"name": name})
        return self
