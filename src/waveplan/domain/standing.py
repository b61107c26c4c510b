"""How far a plan has been carried out on a day: what stays where it is when the rest is planned anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """Places by item, as the id of a slot (a wave's id without its stream).

    `done` have cut over; `locked` are imminent and stay, unless that makes a plan impossible; `planned` is where the
    plan has every item; `refused` are waves that a no-go has closed to some items, `closed` those it closed to all.
    """

    as_of: dt.date
    done: Mapping[str, str]
    locked: Mapping[str, str]
    planned: Mapping[str, str]
    refused: Mapping[str, frozenset[str]]
    closed: frozenset[str]


def slot_of(wave: str) -> str:
    """The id of a wave's slot."""
    return wave.rpartition("/")[2]
