"""Simulated chances of a programme under way against what can be worked out on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from math import exp, log
from typing import Any

import pytest
from support.simulations import WEEKLY, planned

from waveplan.domain.actuals import Actuals
from waveplan.domain.simulated import SimulatedDate
from waveplan.simulation.simulating import SampleSize
from waveplan.usecases.simulate import SimulateOptions, simulate

FIRST = dt.date(2026, 1, 17)  # the wave's Saturday; its gate is three days before, its window ends on Sunday
WEEK, DAY = dt.timedelta(weeks=1), dt.timedelta(days=1)


def _finish(text: str, as_of: str, **actuals: Any) -> SimulatedDate:
    inventory, plan = planned(text)
    known = Actuals.model_validate({"waveplan_actuals": 1, **actuals})
    options = SimulateOptions(SampleSize(4096, 1), compare=False)
    found = simulate(inventory, plan, actuals=known, as_of=dt.date.fromisoformat(as_of), options=options)
    assert found.simulation is not None, found.findings
    return found.simulation.dates[0]


def _holds(finish: SimulatedDate, first: dt.date, by_week: Sequence[float]) -> None:
    """`by_week`: chances that it is over by the Saturday of `first`, and by each one after it."""
    for share, found in finish.quantiles.items():
        true = first + DAY + next(k for k, each in enumerate(by_week) if each >= share / 100 - 1e-12) * WEEK
        assert found.low is not None
        assert found.high is not None
        assert found.low <= true <= found.high, (share, true, found)
    mean = (first + DAY - finish.planned).days + 7 * sum(1 - each for each in by_week)
    assert finish.mean_days.low <= mean <= finish.mean_days.high, (mean, finish.mean_days)


@pytest.mark.parametrize("wave", ["2026-01-17-sat", "2026-01-10-sat"], ids=["of the plan", "of a plan before it"])
def test_after_a_rollback_the_next_try_has_its_own_chance(wave: str) -> None:
    """The first of two plans waits for its preparation; in the second what was rolled back stands in a new wave."""
    text = f"""{WEEKLY}
applications: [{{id: a, not_before: 2026-01-15}}]
risks: {{cutovers: [{{probability: 0.9, again_days: 10, next: 0.2}}]}}
"""
    back = {"wave": wave, "date": wave[:10], "result": "rolled_back", "reason": "x", "items": {"a-b2a1": ["a"]}}
    finish = _finish(text, "2026-01-12" if wave[:10] < str(FIRST) else "2026-01-19", cutovers=[back])

    again = FIRST if wave[:10] < str(FIRST) else FIRST + 2 * WEEK
    step = 2  # ten days are two Saturdays
    _holds(finish, again, [1 - 0.2 ** (k // step + 1) for k in range(60)])


@pytest.mark.parametrize(
    ("record", "has_come"),
    [
        (None, False),  # nobody has said anything, and its day is over: it has no memory of how long it is late
        ({"id": "tool", "reached": "2026-01-13"}, True),
        ({"id": "tool", "reached": "2026-01-12"}, True),
    ],
    ids=["overdue", "reached late", "reached on its day"],
)
def test_a_milestone_is_certain_once_it_has_come_and_not_before(record: dict[str, str] | None, has_come: bool) -> None:
    text = f"""{WEEKLY}
external_milestones: [{{id: tool, date: 2026-01-12, date_p90: 2026-02-09}}]
applications: [{{id: a, after: [tool], not_before: 2026-01-15}}]
"""
    finish = _finish(text, "2026-01-13", milestones=[] if record is None else [record])

    mean = 28 / log(5)  # days late, of what is late
    gate = (FIRST - 3 * DAY - dt.date(2026, 1, 13)).days
    _holds(finish, FIRST, [1.0] if has_come else [1 - exp(-(gate + 7 * k) / mean) for k in range(60)])
