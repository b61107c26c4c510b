"""What is more than a rule allows, as data: how much is used of which limit, and who holds how much of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

Amount = int | Decimal | Fraction
_PLACES = 2


@dataclass(frozen=True, slots=True)
class Holder:
    """Who takes of a capacity, and how much in the rule's own unit.

    A lot of a wave; a wave, a stage of knowledge transfer or a retirement with the lots it works for; or, `together`,
    lots that share one thing which is counted once: without one of them the others would still hold it.
    """

    name: str  # the wave's id, the stage, the retirement
    lots: tuple[str, ...]
    amount: Amount
    together: bool = False

    @property
    def shown(self) -> Decimal:
        """The amount as people read it: a fraction to two places."""
        if isinstance(self.amount, Fraction):
            return Decimal(round(self.amount * 10**_PLACES)).scaleb(-_PLACES)
        return Decimal(self.amount)


@dataclass(frozen=True, slots=True)
class Excess:
    """How much is used of a limit, exactly, in the rule's own unit; what the holders take adds up to `used`.

    `days` are all on which people are exceeded by the same lots, of which the worst has these figures; of a week's
    limit on people, its Monday. Other rules leave them out.
    """

    used: Amount
    limit: Amount
    holders: tuple[Holder, ...]
    days: tuple[dt.date, ...] = ()


def excess(used: Amount, limit: Amount, holders: Iterable[Holder], days: Iterable[dt.date] = ()) -> Excess:
    """An excess with its holders in order, the largest first; who holds nothing is left out."""
    some = [holder for holder in holders if holder.amount]
    ordered = tuple(sorted(some, key=lambda each: (-each.amount, each.name, each.lots)))
    return Excess(used, limit, ordered, tuple(days))


def sharing(held: Iterable[tuple[str, str, Mapping[Hashable, Amount]]]) -> Iterator[Holder]:
    """Holders of things that count once, from waves, their lots and what each of these holds of which thing.

    Of a thing that several lots hold in different amounts the largest counts, and they hold it together.
    """
    most: dict[Hashable, Amount] = {}
    owners: dict[Hashable, list[tuple[str, str]]] = {}
    for wave, lot, things in held:
        for thing, amount in things.items():
            most[thing] = max(amount, most.get(thing, amount))
            owners.setdefault(thing, []).append((wave, lot))
    amounts: dict[tuple[tuple[str, str], ...], Amount] = {}
    for thing, own in owners.items():
        amounts[tuple(own)] = _sum(most[thing], amounts.get(tuple(own), 0))
    for who, amount in amounts.items():
        yield Holder(who[0][0], tuple(lot for _, lot in who), amount, together=len(who) > 1)


def _sum(one: Amount, other: Amount) -> Amount:
    if isinstance(one, Fraction) or isinstance(other, Fraction):
        return Fraction(one) + Fraction(other)  # decimals and fractions do not add up by themselves
    return one + other
