"""A link whose speed goes by hours, as rows of integers: what it carries by then is a line for each of its speeds.

What is sent crosses in time if it is no more than the link carries in what the longest work leaves of the window.
Where that ends within one speed, a line says how much that is: each hour of work costs what the link carries in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, takewhile
from math import floor

from waveplan.change_calendar.link_hours import Stretch
from waveplan.planning.building.scaling import common_denominator, scaled


@dataclass(frozen=True, slots=True)
class LinkRow:
    """Units sent × `per_unit` + longest work × `work` ≤ room, for waves whose longest work lies between the two."""

    per_unit: int
    work: int
    room: int
    least_work: int = 0
    most_work: int | None = None


def rows_of(
    stretches: Iterable[Stretch], hours: Fraction, *, work_unit: int, data_unit: int, sent: Fraction, longest: int
) -> Iterator[LinkRow]:
    """Rows for a window of so many hours, without those that so many GB at most and work so long never break.

    Work is counted in `work_unit`-ths of an hour, what is sent in `data_unit`-ths of a GB.
    """
    known = list(takewhile(lambda stretch: stretch.begins <= hours, stretches))  # each is worked out when asked for
    lines = [(line, end) for line, end in pairwise([*known, None]) if line is not None]
    if len(lines) > 1 and known[-1].carried_by(hours) < sent:
        yield LinkRow(1, 0, floor(known[-1].carried_by(hours) * data_unit))  # whatever the work: what proofs can use
    for line, end in lines:
        least = 0 if end is None else max(0, floor((hours - end.begins) * work_unit) + 1)
        most = floor((hours - line.begins) * work_unit)
        if least > min(most, longest) or line.carried_by(hours - Fraction(min(most, longest), work_unit)) >= sent:
            continue
        room = line.carried_by(hours)
        factor = common_denominator([Fraction(1, data_unit), line.speed / work_unit, room])
        weights = scaled(Fraction(1, data_unit), factor), scaled(line.speed / work_unit, factor), scaled(room, factor)
        yield LinkRow(*weights, least, None if line is lines[0][0] else most)
