"""Groups of lots: some that come before all of some others, and what goes before the first of some."""

from __future__ import annotations

from collections import defaultdict

from waveplan.engine.model.variables import Literal, Variables
from waveplan.engine.problem.orders import GroupOrder


def add_group_orders(variables: Variables) -> None:
    """WP314, WP344, WP346, WP350: a barrier of literals, one a level, between those that go first and those that wait.

    A barrier at a level stands when no second lot is below it; a first lot that ends there needs it.
    """
    for order in variables.problem.group_orders:
        _add_waiting(variables, order)
        barriers = _barriers(variables, order)
        for first, earliest in sorted(order.firsts.items()):
            for position in variables.problem.allowed[first]:
                barrier = barriers.get(earliest[position])
                if barrier is not None:
                    variables.model.add_implication(variables.starts_in[first, position], barrier)


def _add_waiting(variables: Variables, order: GroupOrder) -> None:
    """What waits for lots of which one is left out is left out too."""
    if not variables.present or not order.leads:
        return
    complete = variables.model.new_bool_var(f"{order.name} complete")
    for lot in order.firsts:
        variables.model.add_implication(complete, variables.present[lot])
    for lot in order.seconds:
        variables.model.add_implication(variables.present[lot], complete)


def _barriers(variables: Variables, order: GroupOrder) -> dict[int, Literal]:
    """By level: whether every second lot stands at it or higher. Levels that nothing could break are left out."""
    allowed = variables.problem.allowed
    needed = sorted({earliest[position] for lot, earliest in order.firsts.items() for position in allowed[lot]})
    starts: dict[int, list[Literal]] = defaultdict(list)
    for lot, levels in order.seconds.items():
        for position in allowed[lot]:
            starts[levels[position]].append(variables.starts_in[lot, position])
    found: dict[int, Literal] = {}
    before: Literal | None = None
    upcoming = sorted(starts)
    for level in needed:
        sooner = [each for each in upcoming if each < level]
        upcoming = upcoming[len(sooner) :]
        if sooner:
            barrier = variables.model.new_bool_var(f"{order.name} by {level}")
            for each in sooner:
                for literal in starts[each]:
                    variables.model.add_implication(barrier, ~literal)
            if before is not None:
                variables.model.add_implication(barrier, before)
            before = barrier
        if before is not None:
            found[level] = before
    return found


def add_preludes(variables: Variables) -> None:
    """WP347, WP348, WP325 of knowledge transfer: the first lot of each prelude cuts over on a day that suits it."""
    places = variables.problem.positions
    for number, prelude in enumerate(variables.problem.preludes):
        for position, opens in variables.opens(number).items():
            if places[position].day not in prelude.days:
                variables.model.add(opens == 0)
