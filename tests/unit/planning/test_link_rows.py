"""Rows of a link whose speed goes by hours: they hold just where what is sent crosses in what the work leaves."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from waveplan.change_calendar.link_hours import Stretch
from waveplan.planning.building.link_rows import rows_of

WORK_UNIT, DATA_UNIT = 2, 3


def drawn(rng: random.Random) -> list[Stretch]:
    found = [Stretch(Fraction(0), Fraction(0), Fraction(rng.randint(0, 9), rng.randint(1, 4)))]
    for _ in range(rng.randint(0, 4)):
        begins = found[-1].begins + Fraction(rng.randint(1, 9), 4)
        found.append(Stretch(begins, found[-1].carried_by(begins), Fraction(rng.randint(0, 9), rng.randint(1, 4))))
    return found


@pytest.mark.parametrize("seed", range(60))
def test_rows_hold_just_where_all_crosses_in_time(seed: int) -> None:
    rng = random.Random(seed)
    stretches, hours = drawn(rng), Fraction(rng.randint(0, 20), 2)
    sent, longest = Fraction(rng.randint(1, 90), DATA_UNIT), rng.randint(0, 20)
    rows = list(rows_of(stretches, hours, work_unit=WORK_UNIT, data_unit=DATA_UNIT, sent=sent, longest=longest))
    for work in range(min(longest, int(hours * WORK_UNIT)) + 1):
        left = hours - Fraction(work, WORK_UNIT)
        carried = [each for each in stretches if each.begins <= left][-1].carried_by(left)
        for units in range(int(sent * DATA_UNIT) + 1):
            held = all(
                units * row.per_unit + work * row.work <= row.room
                for row in rows
                if row.least_work <= work and (row.most_work is None or work <= row.most_work)
            )
            assert held == (Fraction(units, DATA_UNIT) <= carried)
