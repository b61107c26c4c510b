"""A fact: something that a manager can change; how it goes altogether, and how it gives by degrees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from waveplan.domain.findings import Path, Phrase
from waveplan.planning.diagnosis.edits import GONE, Edit

Edits = tuple[Edit, ...]


@dataclass(frozen=True)
class Dial:
    """How a fact gives, by degrees from 1 to `most`.

    With `rising`, a higher degree leaves every plan that a lower one does, so that the least is found by halving;
    without, degrees stand beside each other, the mildest first, and are tried in turn. What stands `beside` the other
    dials of its fact is offered whether or not one of them costs less.
    """

    most: int
    edits: Callable[[int], Edits]
    said: Callable[[int], Phrase]
    cost: Callable[[int], Decimal]
    rising: bool = True
    beside: bool = False


@dataclass(frozen=True)
class Fact:
    """One fact: what it is, where it stands, the edits that leave it out, and the ways in which it may give."""

    kind: str
    path: Path
    said: Phrase
    relaxed: Edits
    dials: tuple[Dial, ...] = ()
    subject: str = ""


def days(number: int) -> Phrase:
    """So many days, in words."""
    return Phrase("{n} day" if number == 1 else "{n} days", {"n": number})


def later(path: Path, day: dt.date, name: Phrase, cost: Decimal, most: int = 1500) -> Dial:
    """A date that may lie later."""
    return _moved(path, day, name, cost, most, 1)


def earlier(path: Path, day: dt.date, name: Phrase, cost: Decimal, most: int = 1500) -> Dial:
    """A date that may lie earlier."""
    return _moved(path, day, name, cost, most, -1)


def _moved(path: Path, day: dt.date, name: Phrase, cost: Decimal, most: int, sign: int) -> Dial:
    template = "{what} later by {days}, on {day}" if sign > 0 else "{what} earlier by {days}, on {day}"

    def date(number: int) -> dt.date:
        return day + sign * dt.timedelta(days=number)

    return Dial(
        most,
        lambda n: (Edit(path, date(n)),),
        lambda n: Phrase(template, {"what": name, "days": days(n), "day": date(n).isoformat()}),
        lambda n: cost * n,
    )


def raised(path: Path, now: Decimal | int, name: Phrase, cost: Decimal, step: Decimal = Decimal(1)) -> Dial:
    """An amount that may be larger, by steps."""
    return _changed(path, now, name, cost, step, 100_000)


def lowered(path: Path, now: int, name: Phrase, cost: Decimal, least: int = 0) -> Dial:
    """A number that may be smaller, one by one."""
    return _changed(path, now, name, cost, Decimal(-1), now - least)


def _changed(path: Path, now: Decimal | int, name: Phrase, cost: Decimal, step: Decimal, most: int) -> Dial:
    whole = isinstance(now, int)

    def value(number: int) -> Decimal | int:
        fresh = now + step * number
        return int(fresh) if whole else Decimal(fresh)

    def said(number: int) -> Phrase:
        return Phrase("{what} {to} instead of {now}", {"what": name, "to": _short(value(number)), "now": _short(now)})

    return Dial(most, lambda n: (Edit(path, value(n)),), said, lambda n: cost * n)


def _short(value: Decimal | int) -> str:
    return format(Decimal(value).normalize(), "f")


def once(edits: Edits, said: Phrase, cost: Decimal) -> Dial:
    """Something that is given up as a whole."""
    return Dial(1, lambda _: edits, lambda _: said, lambda _: cost)


def dropped(path: Path, name: Phrase, cost: Decimal) -> Dial:
    """Something that is taken out of the inventory."""
    return once((Edit(path, GONE),), Phrase("without {what}", {"what": name}), cost)


def limit(path: Path, now: Decimal | int, kind: str, name: Phrase, cost: Decimal, step: Decimal = Decimal(1)) -> Fact:
    """A limit: left out, it limits nothing; by degrees it is raised."""
    said = Phrase("{what} {now}", {"what": name, "now": _short(now)})
    return Fact(kind, path, said, (Edit(path, None),), (raised(path, now, name, cost, step),))
