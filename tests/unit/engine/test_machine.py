"""What of a machine is used, told from files as Linux has them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from waveplan.engine.running import machine
from waveplan.engine.running.machine import has_room_for, usable_cores, usable_workers

MB = 2**20


def group(root: Path, path: str, **files: str) -> None:
    folder = root / "sys/fs/cgroup" / path
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text + "\n", encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine of six cores without any group."""
    monkeypatch.setattr(machine, "_cores", lambda: 6)
    (tmp_path / "proc/self").mkdir(parents=True)
    (tmp_path / "proc/self/cgroup").write_text("0::/jobs/one\n", encoding="utf-8")
    return tmp_path


def test_without_limits_all_cores_are_used(root: Path, tmp_path: Path) -> None:
    assert usable_workers(root) == 6
    group(root, "jobs/one", cpu__max="max 100000", memory__max="max")
    assert usable_workers(root) == 6
    assert usable_workers(tmp_path / "nowhere") == 6


def test_more_than_eight_threads_are_never_used(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_cores", lambda: 12)
    assert (usable_cores(root), usable_workers(root)) == (12, 8)


def test_a_quota_of_processor_time_counts_wherever_it_stands(root: Path) -> None:
    group(root, "jobs/one", cpu__max="450000 100000")
    assert (usable_cores(root), usable_workers(root)) == (4, 4)
    group(root, "jobs", cpu__max="300000 100000")
    assert usable_workers(root) == 3
    group(root, "jobs", cpu__max="50000 100000")
    assert usable_workers(root) == 1


def test_memory_has_room_for_so_many(root: Path) -> None:
    group(root, "jobs/one", memory__max=str(1024 * MB))
    assert usable_workers(root) == 2
    assert usable_cores(root) == 6
    group(root, "jobs/one", memory__max=str(100 * MB))
    assert usable_workers(root) == 1


def test_groups_of_the_first_version_are_read_too(root: Path) -> None:
    (root / "proc/self/cgroup").write_text("5:cpu,cpuacct:/ci\n4:memory:/ci\n", encoding="utf-8")
    group(root, "cpu/ci", cpu__cfs_quota_us="200000", cpu__cfs_period_us="100000")
    assert usable_workers(root) == 2
    group(root, "cpu/ci", cpu__cfs_quota_us="-1", cpu__cfs_period_us="100000")
    group(root, "memory/ci", memory__limit_in_bytes=str(9223372036854771712))
    assert usable_workers(root) == 6


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="cores are given to processes on Linux alone")
def test_affinity_is_kept(tmp_path: Path) -> None:
    before = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(before)})
        assert usable_workers(tmp_path) == 1
    finally:
        os.sched_setaffinity(0, before)


def test_room_for_threads_is_told_by_the_container_alone(root: Path) -> None:
    assert has_room_for(100, root)
    group(root, "jobs/one", memory__max=str(1_600 * MB))
    assert has_room_for(4, root)
    assert not has_room_for(5, root)
