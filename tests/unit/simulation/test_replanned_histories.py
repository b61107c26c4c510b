"""Histories in which each slip is replanned: what they know, what they share with *push*, and that they are plans."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from support.simulations import WEEKLY, planned

from waveplan.checking import check
from waveplan.domain.actuals import Actuals
from waveplan.domain.history import History
from waveplan.domain.standing import done_of
from waveplan.engine.simulation import layout as by
from waveplan.engine.simulation.playing import play_histories
from waveplan.simulation.histories import written_down
from waveplan.simulation.relaxing import relaxed
from waveplan.simulation.repair.numbers import hashed
from waveplan.simulation.repair.playing import RepairPlayer
from waveplan.simulation.sampling import sample
from waveplan.simulation.simulating import SampleSize, scene_for
from waveplan.simulation.staging import KnownSoFar
from waveplan.tracking import turned_out
from waveplan.usecases.simulate import SimulateOptions, SimulateWatch, simulate

CHAIN = """
programme: {name: p, start: 2026-01-05, deadline: 2026-04-30}
calendar: {windows: [{id: sat, days: [sat], from: "20:00", hours: 10}]}
policy: {preparation_days: 7, hypercare: {hours: 0}, gates: [{id: go, days_before: 2, decides: true}]}
applications:
  - {id: a}
  - {id: b, depends_on: [{app: a, order: provider_first, min_gap_days: 7}]}
  - {id: c, depends_on: [{app: b, order: provider_first, min_gap_days: 7}]}
  - {id: d, after: [tool]}
external_milestones: [{id: tool, date: 2026-01-12, date_p90: 2026-02-09}]
risks:
  gates: [{probability: 0.3, notice_days: 3}]
  cutovers: [{probability: 0.2, again_days: 7, next: 0.1}]
  effort: [{low: 0.8, likely: 1, high: 2}]
  register: [{id: strike, probability: 0.5, from: 2026-01-10, to: 2026-02-10,
              days: {low: 5, likely: 10, high: 15}, effects: [{freeze: true, match: {app: b}}]}]
"""


def _player(text: str) -> RepairPlayer:
    inventory, plan = planned(text)
    return RepairPlayer(inventory, plan, KnownSoFar(), Actuals())


@pytest.mark.parametrize("runs", [8, pytest.param(200, marks=pytest.mark.slow)])
def test_replanned_histories_are_accepted_with_their_actuals(runs: int) -> None:
    inventory, plan = planned(CHAIN)
    player = RepairPlayer(inventory, plan, KnownSoFar(), Actuals())
    scene = scene_for(player.first.problem)
    assert scene is not None
    rows, keys = sample("sobol", runs, scene.draws, 3, 0)
    ended = slipped = 0
    for run in range(runs):
        found = player.play(rows[run], int(keys[run]))
        if min(found.places) < 0:
            continue
        ended, slipped = ended + 1, slipped + found.slips
        entries = [each[:4] for each in found.log]
        told = written_down(player.first, dict(enumerate(found.places)), entries, rows[run : run + 1])
        history = History(told.actuals, plan, told.as_of + dt.timedelta(days=1))
        now = turned_out(relaxed(inventory), history, plan)
        result = check(told.plan, now, done=done_of(history, plan), promised=inventory.external_milestones)
        assert [each.code for each in (*result.findings, *result.past)] == []
    assert ended >= runs // 2
    assert slipped >= ended // 2


def test_until_the_first_slip_both_policies_live_through_the_same() -> None:
    player = _player(CHAIN)
    scene = scene_for(player.first.problem)
    assert scene is not None
    rows, keys = sample("sobol", 16, scene.draws, 5, 0)
    met = 0
    for run in range(16):
        pushed = play_histories(scene, rows[run : run + 1], keys[run : run + 1], logged=100).log.tolist()
        found = player.play(rows[run], int(keys[run]))
        for (unit, place, kind, day, cause), entry in zip(pushed, found.log, strict=False):
            assert entry == (player.first.lots[unit], place, kind, day, cause)
            if kind != by.FINISHED:
                met += 1
                break
    assert met > 4


def test_what_is_to_come_changes_nothing_before_it_is_known() -> None:
    """The numbers of all that comes after the first slip are others: all is decided alike up to the next event."""
    player = _player(CHAIN)
    scene = scene_for(player.first.problem)
    assert scene is not None
    rows, keys = sample("sobol", 16, scene.draws, 7, 0)
    units, first = len(player.first.waves), 3 * len(player.first.problem.events) + len(player.first.milestone_ids)
    compared = 0
    for run in range(16):
        changed = rows[run].copy()
        changed[first + 3 * units : first + 6 * units] = 0  # every second try fails
        one, other = (player.play(row, int(keys[run])) for row in (rows[run], changed))
        slip = next((n for n, each in enumerate(one.log) if each[2] != by.FINISHED), None)
        if slip is not None and len(one.log) > slip + 1 and one.log != other.log:
            compared += 1
            ends = [n for n, (a, b) in enumerate(zip(one.log, other.log, strict=False)) if a != b]
            assert ends[0] > slip
            assert one.log[ends[0]][:2] == other.log[ends[0]][:2]
    assert compared


def test_a_situation_is_replanned_once() -> None:
    player = _player(CHAIN)
    scene = scene_for(player.first.problem)
    assert scene is not None
    rows, keys = sample("sobol", 4, scene.draws, 1, 0)
    one = [player.play(row, int(key)) for row, key in zip(rows, keys, strict=True)]
    known = len(player.decider.decided)
    other = [player.play(row, int(key)) for row, key in zip(rows, keys, strict=True)]
    assert [each.log for each in one] == [each.log for each in other]
    assert len(player.decider.decided) == known


def _asked(text: str, runs: int = 16, executor: ThreadPoolExecutor | None = None, stop_after: int | None = None):  # type: ignore[no-untyped-def]
    inventory, plan = planned(text)
    stop = threading.Event()

    def told(done: int, most: int) -> None:
        if stop_after is not None and done >= stop_after:
            stop.set()

    options = SimulateOptions(SampleSize(runs, 2), policy="repair", executor=executor)
    found = simulate(inventory, plan, options=options, watch=SimulateWatch(told, stop)).simulation
    assert found is not None
    return found


def test_workers_change_nothing() -> None:
    with ThreadPoolExecutor(1) as pool:
        assert _asked(CHAIN) == _asked(CHAIN, executor=pool)


def test_what_was_played_is_kept_when_it_is_stopped() -> None:
    found = _asked(CHAIN, stop_after=4)
    assert found.interrupted
    assert 4 <= found.runs < 16


def test_without_risks_all_is_as_planned() -> None:
    found = _asked(WEEKLY + "applications: [{id: a}, {id: b}]", runs=10)
    assert found.all_in_time.value == 1
    assert found.repairs is not None
    assert found.repairs.replans.value == 0


def test_a_history_without_any_plan_is_counted() -> None:
    """One slot before the deadline and no more: after a no-go no plan keeps it, and that is proven."""
    text = """
programme: {name: p, start: 2026-01-05, deadline: 2026-01-20}
calendar: {windows: [{id: sat, dates: [2026-01-17, 2026-03-07], from: "20:00", hours: 10}]}
policy: {preparation_days: 7, hypercare: {hours: 0}}
applications: [{id: a}]
risks: {gates: [{probability: 0.5}]}
"""
    found = _asked(text, runs=64)
    assert found.repairs is not None
    assert 0.3 < found.repairs.no_plan.value < 0.7
    assert found.repairs.unproven.value == 0
    assert 0.1 < found.repairs.never.value < 0.4  # twice a no-go
    assert found.all_in_time.value == pytest.approx(1 - found.repairs.no_plan.value)
    assert found.repairs.pushed.value == found.all_in_time.value


def test_the_hash_is_the_compiled_one() -> None:
    """Without risks of its own a run has no columns: what a late try draws comes from the hash in both."""
    player = _player(CHAIN)
    scene = scene_for(player.first.problem)
    assert scene is not None
    bare = np.zeros((1, 0), np.int64)
    met = 0
    for key in range(1, 9):
        risks = scene.risks.copy()
        risks[by.DRAWS] = 0
        pushed = play_histories(replace(scene, risks=risks), bare, np.array([key]), logged=100)
        row = np.array([hashed(key, n) for n in range(player.first.problem.dimensions)], np.int64)
        found = player.play(row, key)
        unit, place, kind, day, cause = pushed.log.tolist()[0]
        assert found.log[0] == (player.first.lots[unit], place, kind, day, cause)
        met += kind != by.FINISHED
    assert met
