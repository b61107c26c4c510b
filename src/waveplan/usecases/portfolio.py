"""One solve done several times, with other seeds and other leanings: the best plan and the best bounds win.

Every member is a solve of its own, and its plan has passed the independent check. Member 0 is the plain solve.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waveplan.errors import InternalError
from waveplan.executors import halt, in_order, stop_here
from waveplan.usecases.best_bounds import with_best_bounds
from waveplan.usecases.solve import located, solve_checked

if TYPE_CHECKING:
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan
    from waveplan.domain.solve_record import InventoryFile
    from waveplan.planning.options import Outcome, SolveOptions
    from waveplan.usecases.validate import Validation


@dataclass(frozen=True, slots=True)
class Member:
    """One of the solves, by its number from 0, and what came of it."""

    number: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What is solved several times: `count` members in all, of which `numbers` are to be done here."""

    inventory: Inventory
    files: tuple[InventoryFile, ...]
    options: SolveOptions
    count: int
    numbers: tuple[int, ...]
    baseline: Plan | None = None


def portfolio_of(validation: Validation, options: SolveOptions, count: int, baseline: Plan | None = None) -> Portfolio:
    """All members of a portfolio. Raises ValueError when the inventory has errors."""
    if validation.inventory is None or validation.has_errors:
        raise ValueError("an inventory with errors cannot be planned")
    numbers = tuple(range(count))
    return Portfolio(validation.inventory, validation.loaded.files, options, count, numbers, baseline)


OnMember = Callable[[Member], None]
"""Told of each member as it is done, in their order."""


def solve_members(
    portfolio: Portfolio,
    *,
    executor: Executor | None = None,
    stop: threading.Event | None = None,
    on_member: OnMember | None = None,
) -> list[Member]:
    """The members, in their order, up to the first that proves all it was asked or that there is no plan.

    Without an executor one after the other. When `stop` is set, those that run end with their best plans.
    """
    stop = stop or threading.Event()
    members: list[Member] = []
    for member in _solved(portfolio, executor, stop):
        members.append(member)
        if on_member is not None:
            on_member(member)
        if _is_final(member.outcome):
            halt(executor)
            break
    return members


def _solved(portfolio: Portfolio, executor: Executor | None, stop: threading.Event) -> Iterator[Member]:
    shared = replace(portfolio, numbers=())
    return in_order(executor, _member, shared, portfolio.numbers, stop)


def _member(portfolio: Portfolio, number: int) -> Member:
    """One of them: what an executor runs."""
    from waveplan.engine.running.options import LEANINGS
    from waveplan.planning.options import Watching

    options = replace(
        portfolio.options,
        seed=(portfolio.options.seed + number) % 2**31,
        leaning=LEANINGS[number % len(LEANINGS)],
    )
    outcome = solve_checked(
        portfolio.inventory,
        files=portfolio.files,
        options=options,
        baseline=portfolio.baseline,
        watching=Watching(stop=stop_here()),
    )
    return Member(number, outcome)


def _is_final(outcome: Outcome) -> bool:
    """Whether no other member can do better: all is proven."""
    if outcome.plan is None:
        return outcome.status == "infeasible"
    return all(goal.status == "optimal" for goal in outcome.plan.solve.goals)


def won(members: Sequence[Member], count: int, validation: Validation) -> Outcome:
    """The same as `joined`, each finding with its place."""
    return located(joined(members, count), validation)


def joined(members: Sequence[Member], count: int) -> Outcome:
    """What the members come to: the best plan with the best of all bounds, or why there is none.

    Raises InternalError when one has a checked plan and another a proof that there is none.
    """
    from waveplan.planning.options import Outcome

    planned = [each for each in members if each.outcome.plan is not None]
    refuted = [each for each in members if each.outcome.status == "infeasible"]
    if planned and refuted:
        raise InternalError(
            f"member {planned[0].number} of the portfolio has a plan that passes its check, and member "
            f"{refuted[0].number} a proof that there is none"
        )
    if refuted:
        return refuted[0].outcome
    interrupted = any(each.outcome.interrupted for each in members)
    if not planned:
        return Outcome("unknown", interrupted=interrupted or not members)
    best, plan = with_best_bounds([(each.number, _plan(each)) for each in planned], count)
    winner = next(each for each in planned if each.number == best)
    return replace(winner.outcome, plan=plan, interrupted=interrupted)


def _plan(member: Member) -> Plan:
    assert member.outcome.plan is not None
    return member.outcome.plan
