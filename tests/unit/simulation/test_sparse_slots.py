"""Slots that are days apart which no notice and no preparation divides: against what can be worked out on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from math import ceil, comb

import pytest
from support.simulations import simulated

FIRST = dt.date(2026, 1, 19)
Cdf = Callable[[int], float]
NEAR = 0.012  # 4,096 runs, evenly spread


def slow(*values: object) -> object:
    """A case with other numbers, for the slow tests."""
    return pytest.param(*values, marks=pytest.mark.slow)


def every(step: int, more: str = "") -> str:
    """A programme with a slot every so many days, and a gate three days before each."""
    days = ", ".join(str(FIRST + dt.timedelta(days=step * n)) for n in range(30))
    return f"""
programme: {{name: p, start: 2026-01-05, deadline: {FIRST + dt.timedelta(days=step * 33)}}}
calendar: {{windows: [{{id: w, dates: [{days}], from: "20:00", hours: 8}}]{more}}}
policy: {{preparation_days: 7, hypercare: {{hours: 0}}, gates: [{{id: g, days_before: 3, decides: true}}]}}
"""


def follows(text: str, step: int, by_slot: Cdf, runs: int = 4096) -> None:
    """The finish is so many slots late, or fewer, with those chances."""
    finish = simulated(text, runs=runs).dates[0]
    for late in range(10):
        last = finish.planned + dt.timedelta(days=step * late)
        share = max((each for day, each in finish.curve if day <= last), default=0.0)
        assert share == pytest.approx(by_slot(late), abs=NEAR), late


@pytest.mark.parametrize(
    ("step", "chance", "notice"),
    [(13, 0.37, 17), *(slow(*each) for each in ((13, 0.37, 0), (11, 0.58, 30), (9, 0.21, 4), (16, 0.44, 20)))],
)
def test_a_notice_that_is_longer_than_the_way_to_the_next_slot_skips_it(step: int, chance: float, notice: int) -> None:
    slots = max(1, ceil((notice - 3) / step))  # told three days before the slot that is lost
    risk = f"risks: {{gates: [{{probability: {chance}, notice_days: {notice}}}]}}"
    follows(every(step) + f"applications: [{{id: a}}]\n{risk}", step, lambda late: 1 - chance ** (late // slots + 1))


@pytest.mark.parametrize(
    ("step", "first", "later", "again"),
    [(13, 0.43, 0.11, 15), slow(10, 0.27, 0.6, 10), slow(9, 0.33, 0.05, 28)],
)
def test_days_of_preparation_again_skip_slots_after_a_rollback(
    step: int, first: float, later: float, again: int
) -> None:
    slots = max(1, ceil(again / step))
    risk = f"risks: {{cutovers: [{{probability: {first}, next: {later}, again_days: {again}}}]}}"
    text = every(step) + f"applications: [{{id: a}}]\n{risk}"
    follows(text, step, lambda late: 1 - first * later ** (late // slots))


@pytest.mark.parametrize(("waves", "chance", "step", "again"), [(3, 0.23, 13, 13), slow(4, 0.31, 11, 20)])
def test_waves_in_a_row_add_up_their_rollbacks(waves: int, chance: float, step: int, again: int) -> None:
    slots = max(1, ceil(again / step))
    tie = "depends_on: [{app: a%d, order: provider_first, min_gap_days: 1}]"
    apps = ", ".join(f"{{id: a{n}{', ' + tie % (n - 1) if n else ''}}}" for n in range(waves))
    risk = f"risks: {{cutovers: [{{probability: {chance}, again_days: {again}}}]}}"

    def by_slot(late: int) -> float:
        most = late // slots
        return sum(comb(waves + j - 1, j) * (1 - chance) ** waves * chance**j for j in range(most + 1))

    follows(every(step) + f"applications: [{apps}]\n{risk}", step, by_slot)


def test_a_freeze_in_between_takes_the_next_slot_away() -> None:
    text = every(13, ", freezes: [{from: 2026-01-30, to: 2026-02-05}]") + "applications: [{id: a}]\n"
    follows(text + "risks: {gates: [{probability: 0.29}]}", 13, lambda late: 1 - 0.29 ** (1 if late < 2 else late))


def test_an_event_that_hits_all_moves_all_until_a_gate_sees_its_end() -> None:
    """Twenty days from 12 January: over on 1 February, the next slot's day, but not known to be at its gate."""
    text = f"""{every(13)}
streams: [{{id: s, match: {{domain: b}}}}, {{id: u, match: {{domain: c}}}}]
applications: [{{id: a}}, {{id: b, domain: b}}, {{id: c, domain: c}}]
risks:
  register: [{{id: stop, probability: 0.37, from: 2026-01-12, to: 2026-01-12,
               days: {{low: 20, likely: 20, high: 20}}, effects: [{{freeze: true}}]}}]
"""
    follows(text, 13, lambda late: 0.63 if late < 2 else 1.0, runs=1024)
