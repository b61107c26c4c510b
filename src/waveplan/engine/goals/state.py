"""Goals: what is asked of one, what has been reached of it on the way, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Literal

from waveplan.engine.goals.measures import RATIO_GOALS
from waveplan.engine.problem import Assignment


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal, and how much of it may be given up for those that follow: so much, or a share of its value."""

    goal: str
    tolerance: Fraction = Fraction(0)
    is_share: bool = False

    def room(self, value: Fraction) -> Fraction:
        """What may be given up of a value: a share rounded down to whole units, for ratios to the 4 places printed."""
        if not self.is_share:
            return self.tolerance
        room = value * self.tolerance
        return Fraction(floor(room * 10_000), 10_000) if self.goal in RATIO_GOALS else Fraction(floor(room))


@dataclass(frozen=True, slots=True)
class GoalState:
    """A plan with the value that it has, and a bound below which no plan is; both in the goal's own units.

    Without a plan, `status` says whether there is provably none, or nothing is known.
    """

    plan: Assignment | None = None
    value: Fraction | None = None
    bound: Fraction | None = None
    status: Literal["open", "optimal", "infeasible"] = "open"

    @property
    def settled(self) -> bool:
        """Whether nothing is left to find out."""
        return self.status != "open"

    def joined(self, other: GoalState) -> GoalState:
        """The better plan and the better bound of two; proven where they meet."""
        if other.plan is None and other.status == "infeasible" and self.plan is None:
            return other
        better = other if self.value is None or (other.value is not None and other.value < self.value) else self
        bound = max((each.bound for each in (self, other) if each.bound is not None), default=None)
        proven = better.value is not None and bound is not None and bound >= better.value
        proven = proven or any(each.status == "optimal" and each.value == better.value for each in (self, other))
        return GoalState(better.plan, better.value, better.value if proven else bound, "optimal" if proven else "open")


@dataclass(frozen=True, slots=True)
class GoalResult:
    """One goal, optimised: value and bound in the goal's own units, and whether the value is proven best."""

    aim: Aim
    value: Fraction | None
    bound: Fraction | None
    proven: bool
    seconds: float
