"""Prices for lots that have moved: they make the look-ahead feel how little each wave has room for.

The look-ahead knows the room of the core's waves, not that of waves with the lots beyond: boundary by boundary these
may have moved or not, and more of them may move between two boundaries than any wave holds. So let each moved lot be
asked for an amount at each place, any amount, even below nothing. Boundaries then count what it changes from place to
place as if it were cut. Good prices make waves that are too full as dear as they should be.

**Why any prices leave bounds below values** (Lagrange). Let a(p, l) be what is asked of a moved lot l before place p,
M the set that has moved after place p and W its last wave. Over the places from p on, Σ (a(p + 1) − a(p))·M adds up,
term by term, to a(end)·everything − a(p)·(what had moved before p) − Σ a(p)·W. So what a plan costs from p on is the
priced boundaries, less a(end)·everything, plus a(p)·(what has moved), plus Σ a(p)·W; and no wave that is within its
room has a(p)·W below −offer. Of that, look-ahead and sweep leave out nothing and count nothing twice:

- `ahead` is a least over priced boundaries less offers and a(end); a moved set adds a(p)·(what has moved) to it.
- Without a wave W is empty, and no offer is taken off.
- While a wave is being made what its lots are asked for after it is a(p + 1)·W: what has joined, and of those that may
  still join each one that lowers it; never below −pledge, which is to a(p + 1) what the offer is to a(p).
- Everything is whole numbers; an offer or pledge is rounded down only after it was worked out from above.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from waveplan.engine.proofs.exact.board import ExactBoard, Ints, Reals

_PARTS = 1 << 16  # of a unit of value, in which a unit of a resource is priced
_HIGHEST = 1 << 28  # price of all the room of a wave


@dataclass(frozen=True)
class Prices:
    """What is asked, in the units of values."""

    leans: Ints  # place × bit: what having moved costs more there than at the place before, for each day after it
    asks: Ints  # place, and the end × bit: what is asked before a place of each lot that has moved
    offers: Ints  # turn: the most that any of its waves is worth, of what was asked before it with the sign turned
    pledges: Ints  # turn: the same of what is asked after it


def no_prices(board: ExactBoard) -> Prices:
    """Nothing is asked."""
    return priced(board, nothing_asked(board))


@dataclass(frozen=True)
class AskedPrices:
    """What prices come from, in the units of values, nothing or more; it means the same whatever the core is."""

    room: Reals  # place × resource: what all a wave's room of it is worth
    back: Reals  # place × bit: what is asked after the place of a lot that has moved, so that it does not move back


def nothing_asked(board: ExactBoard) -> AskedPrices:
    """No prices."""
    places = len(board.order)
    return AskedPrices(np.zeros((places, len(board.takes))), np.zeros((places, board.lots_count)))


def priced(board: ExactBoard, asked: AskedPrices) -> Prices:
    """Whole prices near what is asked. Whatever that is, bounds stay bounds. Nothing moves back in the core."""
    most = _room_by_place(board)
    unit = _PARTS * np.clip(asked.room, 0.0, _HIGHEST) / np.maximum(most, 1)
    units = np.rint(unit).astype(np.int64)  # place × resource: price of a unit
    wanted = np.zeros((len(board.order) + 1, board.lots_count))
    wanted[1:, board.core :] += np.clip(asked.back[:, board.core :], 0.0, _HIGHEST)
    for place in range(len(board.order)):
        wanted[place] -= units[place] @ np.minimum(board.takes, most[place, :, None] + 1) / _PARTS
    leans = np.zeros((len(board.order), board.lots_count), np.int64)
    asks = np.zeros_like(wanted, np.int64)
    asks[0] = np.rint(wanted[0])
    for place, days in enumerate(board.days):
        if days:
            leans[place] = np.rint((wanted[place + 1] - asks[place]) / days)
        asks[place + 1] = asks[place] + leans[place] * days
    units = np.vstack([units, np.zeros_like(units[:1])])
    return Prices(leans, asks, _worth(board, units, -asks, 0), _worth(board, units, -asks, 1))


def _worth(board: ExactBoard, units: Ints, values: Ints, later: int) -> Ints:
    """By turn: no wave's lots are worth more at the values of its place, or of the one after it.

    Whatever a unit of a resource is priced, lots are worth what they take of it, and what they are worth beyond that.
    """
    found = np.zeros(len(board.turns), np.int64)
    for number, turn in enumerate(board.turns):
        if turn.may_use:
            price, room = units[turn.place + later], board.room[number]
            taken = price @ np.minimum(board.takes, room[:, None] + 1)
            beyond = np.maximum(0, values[turn.place + later] * _PARTS - taken).sum()
            found[number] = (int(price @ room) + int(beyond)) // _PARTS
    return found


def _room_by_place(board: ExactBoard) -> Ints:
    most = np.zeros((len(board.order), len(board.takes)), np.int64)
    for number, turn in enumerate(board.turns):
        if turn.may_use:
            most[turn.place] = np.maximum(most[turn.place], board.room[number])
    return most
