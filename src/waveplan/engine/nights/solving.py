"""A night, solved: a schedule at once, then the least end, then the flattest crew."""

from __future__ import annotations

from waveplan.engine.nights.bounds import least_end
from waveplan.engine.nights.listing import listed
from waveplan.engine.nights.problem import NightAnswer, NightProblem


def solved(problem: NightProblem) -> NightAnswer:
    """Starts of all jobs. Raises ValueError where jobs wait for each other in a circle."""
    starts, missed = listed(problem)
    ends = tuple(problem.end(number, start) for number, start in enumerate(starts))
    value = max(ends, default=0)
    return NightAnswer(starts, ends, value, min(value, least_end(problem)), missed)
