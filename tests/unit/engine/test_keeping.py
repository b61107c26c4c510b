"""What is compiled is compiled once, by a process of its own, and loaded by all others."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_WORKER = """
from waveplan.engine.compiling.warming import warming
warming("histories").wait()
warming("steps").wait()
from waveplan.engine.search.kernel.runs import begin
from waveplan.engine.simulation.kernel import play, stepping
for each in (begin, play.play, play.pull_forward, stepping.until_slip, stepping.next_place, stepping.take_up):
    print(sum(each.stats.cache_hits.values()), sum(each.stats.cache_misses.values()))
"""


@pytest.mark.slow
def test_of_two_workers_neither_compiles(tmp_path: Path) -> None:
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    command = [sys.executable, "-c", _WORKER]
    workers = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = [worker.communicate()[0].split() for worker in workers]
    assert told == [["1", "0"] * 6] * 2
    marks = sorted(each.name.split("-")[0] for each in tmp_path.rglob("*.kept"))
    assert marks == ["histories", "steps"]
    kept = [each.name.split("-")[0] for each in tmp_path.rglob("*.nbc")]
    assert len(kept) == len(set(kept)), "each was compiled for one kind of arguments"
