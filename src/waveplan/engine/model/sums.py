"""Sums of any size in a model of 64 bits, exactly: too large ones are told digit by digit, with what is carried over.

S ≤ L, with S = B × high + low and L = B × H + l, holds exactly when for some whole k ≥ 0 low ≤ B × k + l and
high + k ≤ H.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

from ortools.sat.python import cp_model

from waveplan.engine.model.variables import Linear, Literal, Variables

SAFE = 2**56  # what a sum may come to: CP-SAT refuses those that could leave 64 bits, and multiplies some itself
Term = tuple[int, Linear, int]  # coefficient ≥ 0, an expression of whole values from 0 on, and the most it can be


def add_loads(
    variables: Variables,
    terms: Sequence[tuple[int, int, int]],
    limit: int,
    given: Sequence[Literal] = (),
    beside: Sequence[Term] = (),
) -> None:
    """Σ coefficient × what a pool brings to a position, and what stands beside it, is at most the limit."""
    most = sum(variables.most(pool, position) * weight for pool, position, weight in terms)
    most += sum(coefficient * most_of for coefficient, _, most_of in beside)
    if not most and limit >= 0:
        return
    if most > SAFE or limit > SAFE or limit < 0:
        brought = [
            (weight * amount, literal, 1)
            for pool, position, weight in terms
            for amount, literal in variables.brought(pool, position)
        ]
        add_at_most(variables.model, [*brought, *beside], limit, given)
        return
    loads = ((variables.load(pool, position), weight) for pool, position, weight in terms)
    total = sum(weight * load for load, weight in loads if load is not None)
    total += sum(coefficient * expression for coefficient, expression, _ in beside)
    variables.model.add(total <= limit).only_enforce_if(*given)


def add_at_most(model: cp_model.CpModel, terms: Sequence[Term], limit: int, given: Sequence[Literal] = ()) -> None:
    """Σ coefficient × expression is at most the limit, if all that is given holds."""
    counting = [term for term in terms if term[0] and term[2]]
    if sum(coefficient * most for coefficient, _, most in counting) <= limit:
        return
    if limit < 0:
        model.add_bool_or([~literal for literal in given])
        return
    unit = gcd(*(coefficient for coefficient, _, _ in counting))
    limit //= unit
    shorter = [(min(each // unit, limit + 1), expression, most) for each, expression, most in counting]
    _add_digits(model, shorter, limit, given)


def _add_digits(model: cp_model.CpModel, terms: Sequence[Term], limit: int, given: Sequence[Literal]) -> None:
    """The lowest digit here, all others with what it carries over."""
    units = sum(most for _, _, most in terms)
    if sum(coefficient * most for coefficient, _, most in terms) + limit <= SAFE:
        total = sum(coefficient * expression for coefficient, expression, _ in terms)
        model.add(total <= limit).only_enforce_if(*given)
        return
    base = max(2, SAFE // (4 * units))
    low = [(coefficient % base, expression, most) for coefficient, expression, most in terms if coefficient % base]
    high = [(coefficient // base, expression, most) for coefficient, expression, most in terms if coefficient >= base]
    carried = model.new_int_var(0, units, "carried")  # the low digits sum up to less than base × units
    total = sum(digit * expression for digit, expression, _ in low)
    model.add(total <= base * carried + limit % base).only_enforce_if(*given)
    _add_digits(model, [*high, (1, carried, units)], limit // base, given)
