"""What has been reached at one goal: a plan, its exact value, a proven bound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Plan = Mapping[int, int]  # lot → position


@dataclass(frozen=True, slots=True)
class Reached:
    """A plan with the value that it has, and a bound below which no plan is; both in the goal's own units.

    Without a plan, `status` says whether there is provably none, or nothing is known.
    """

    plan: Plan | None = None
    value: Fraction | None = None
    bound: Fraction | None = None
    status: Literal["open", "optimal", "infeasible"] = "open"

    @property
    def settled(self) -> bool:
        """Whether nothing is left to find out."""
        return self.status != "open"

    def joined(self, other: Reached) -> Reached:
        """The better plan and the better bound of two; proven where they meet."""
        if other.plan is None and other.status == "infeasible" and self.plan is None:
            return other
        better = other if self.value is None or (other.value is not None and other.value < self.value) else self
        bound = max((each.bound for each in (self, other) if each.bound is not None), default=None)
        proven = better.value is not None and bound is not None and bound >= better.value
        proven = proven or any(each.status == "optimal" and each.value == better.value for each in (self, other))
        return Reached(better.plan, better.value, better.value if proven else bound, "optimal" if proven else "open")
