"""Who takes which duty: as many duties as can be, then as before, then evenly."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

_EFFORT = 5.0  # deterministic time of the solver; small rosters take a thousandth of it


@dataclass(frozen=True, slots=True)
class ManningProblem:
    """Duties from minute to minute, those who can take each, the rest between two of one person, and who had it."""

    duties: tuple[tuple[int, int], ...]
    able: tuple[tuple[int, ...], ...]
    people: int
    rest: int
    before: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class ManningAnswer:
    """Who takes each duty, None for nobody; `proven` when no more duties can be taken."""

    takes: tuple[int | None, ...]
    proven: bool


def manned(problem: ManningProblem) -> ManningAnswer:
    """The assignment; the same for the same problem."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    takes = {
        (duty, person): model.new_bool_var(f"takes[{duty},{person}]")
        for duty, able in enumerate(problem.able)
        for person in able
    }
    for duty, able in enumerate(problem.able):
        model.add_at_most_one(takes[duty, person] for person in able)
    for one, other in clashes(problem):
        for person in set(problem.able[one]) & set(problem.able[other]):
            model.add_at_most_one(takes[one, person], takes[other, person])
    most = model.new_int_var(0, len(problem.duties), "most")
    for person in range(problem.people):
        model.add(sum(takes[duty, person] for duty, able in enumerate(problem.able) if person in able) <= most)
    kept = sum(variable for (duty, person), variable in takes.items() if problem.before[duty] == person)
    order = sum(person * variable for (_, person), variable in takes.items())
    scale = len(problem.duties) * problem.people + 1  # what any sum of orders stays below
    each = scale * (len(problem.duties) + 1)
    model.maximize(each * (len(problem.duties) + 1) * sum(takes.values()) + each * kept - scale * most - order)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_deterministic_time = _EFFORT
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return ManningAnswer((None,) * len(problem.duties), proven=False)
    found = [next((p for p in able if solver.boolean_value(takes[d, p])), None) for d, able in enumerate(problem.able)]
    return ManningAnswer(tuple(found), status == cp_model.OPTIMAL)


def clashes(problem: ManningProblem) -> list[tuple[int, int]]:
    """Pairs of duties that one person cannot both take: they overlap, or the rest between them is too short."""
    return [
        (one, other)
        for one, other in combinations(range(len(problem.duties)), 2)
        if not _apart(problem.duties[one], problem.duties[other], problem.rest)
    ]


def _apart(one: tuple[int, int], other: tuple[int, int], rest: int) -> bool:
    first, second = sorted((one, other))
    return first[1] + rest <= second[0]
