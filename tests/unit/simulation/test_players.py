"""Repeats that are known are not played again, wherever they come from."""

from __future__ import annotations

import threading
from concurrent.futures import Executor
from dataclasses import replace

import numpy as np
import pytest
from support.simulations import WEEKLY, planned

from waveplan.executors.stopping import stop_is
from waveplan.simulation.batches import BatchTask, run_batch
from waveplan.simulation.players import PlayedRepeat, Player, scene_mark
from waveplan.simulation.simulating import scene_for
from waveplan.simulation.staging import staged
from waveplan.usecases.simulated_shares import packed, unpacked

TASKS = [BatchTask("sobol", 4, 1, number) for number in range(3)]


def test_what_is_known_is_not_played_again() -> None:
    inventory, plan = planned(f"{WEEKLY}applications: [{{id: a}}]\nrisks: {{gates: [{{probability: 0.5}}]}}")
    scene = scene_for(staged(plan, inventory).problem)
    assert scene is not None
    results = [run_batch(scene, task) for task in TASKS]
    marked = replace(results[1], places=results[1].places + 100)
    known = {(scene_mark(scene), TASKS[1]): marked}

    found = list(Player(known=known).play(scene, TASKS, threading.Event()))

    assert [each.places.tolist() for each in found] == [
        each.places.tolist() for each in (results[0], marked, results[2])
    ]
    other = replace(scene, begun=scene.begun + 0)
    assert scene_mark(other) == scene_mark(scene)
    other.begun[-1] += 1
    assert scene_mark(other) != scene_mark(scene)


def test_all_known_needs_nobody() -> None:
    class Nobody(Executor):
        pass

    inventory, plan = planned(f"{WEEKLY}applications: [{{id: a}}]")
    scene = scene_for(staged(plan, inventory).problem)
    assert scene is not None
    known = {(scene_mark(scene), task): run_batch(scene, task) for task in TASKS}
    assert len(list(Player(Nobody(), known).play(scene, TASKS, threading.Event()))) == 3


def test_packed_repeats_come_out_as_they_were() -> None:
    inventory, plan = planned(f"{WEEKLY}applications: [{{id: a}}]\nrisks: {{gates: [{{probability: 0.5}}]}}")
    scene = scene_for(staged(plan, inventory).problem)
    assert scene is not None
    repeat = PlayedRepeat("mark", TASKS[0], run_batch(scene, TASKS[0]))
    (held,) = packed([repeat])
    (back,) = unpacked([held])
    assert (back.scene, back.task) == ("mark", TASKS[0])
    for name, array in held.arrays.items():
        assert np.array_equal(getattr(back.result, name), getattr(repeat.result, name)), name
        assert getattr(back.result, name).flags.writeable
        wrong = replace(held, arrays={**held.arrays, name: replace(array, shape=(10**9, 10**9))})
        with pytest.raises(ValueError, match="another size"):
            list(unpacked([wrong]))


def test_a_repeat_that_is_stopped_ends_with_the_runs_that_it_has() -> None:
    inventory, plan = planned(f"{WEEKLY}applications: [{{id: a}}]\nrisks: {{gates: [{{probability: 0.5}}]}}")
    scene = scene_for(staged(plan, inventory).problem)
    assert scene is not None
    whole, stop = run_batch(scene, BatchTask("sobol", 1200, 1, 0)), threading.Event()
    assert whole.runs == 1200
    stop_is(stop)
    try:
        stop.set()
        part = run_batch(scene, BatchTask("sobol", 1200, 1, 0))
    finally:
        stop_is(threading.Event())
    assert 0 < part.runs < 1200
    assert np.array_equal(part.places, whole.places[: part.runs])
    assert part.causes.sum() == part.no_goes.sum()
