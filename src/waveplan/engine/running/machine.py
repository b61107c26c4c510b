"""What of the machine a solve may use: cores by affinity and container, memory by container.

Containers on Linux limit both by control groups, of either version: a group holds for all below it, so every group from
the process's own up to the root is looked at. Where there are no such files, there are no such limits.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_MOST = 8  # more threads seldom help a search
_OF_A_WORKER = 256 * 2**20  # bytes: what each thread of a search is given room for
_OF_THE_REST = 512 * 2**20  # bytes: what there is once, however many threads


def usable_workers(root: Path = Path("/")) -> int:
    """Threads for a search, at least one: no more than the cores it may use, nor than its memory has room for."""
    return max(1, min([_MOST, usable_cores(root), *_workers_in_memory(root)]))


def has_room_for(threads: int, root: Path = Path("/")) -> bool:
    """Whether the container's memory has room for so many threads of a search."""
    return all(workers >= threads for workers in _workers_in_memory(root))


def usable_cores(root: Path = Path("/")) -> int:
    """Whole cores that the process may use, at least one: by its affinity and by the quotas of its container."""
    return max(1, min([_cores(), *_cores_of_groups(root)]))


def _cores() -> int:
    """Cores on which the process may run."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _cores_of_groups(root: Path) -> Iterator[int]:
    """Whole cores that each group's quota of processor time is worth."""
    for group in _groups(root, "cpu"):
        quota, period = (*_read(group / "cpu.max").split(), "", "")[:2]
        if not quota:
            quota, period = _read(group / "cpu.cfs_quota_us"), _read(group / "cpu.cfs_period_us")
        if quota.isdigit() and period.isdigit() and int(period):
            yield int(quota) // int(period)


def _workers_in_memory(root: Path) -> Iterator[int]:
    for group in _groups(root, "memory"):
        most = _read(group / "memory.max") or _read(group / "memory.limit_in_bytes")
        if most.isdigit():
            yield (int(most) - _OF_THE_REST) // _OF_A_WORKER


def _groups(root: Path, controller: str) -> Iterator[Path]:
    """Folders of the process's own group for a controller and of all above it."""
    mounted = root / "sys" / "fs" / "cgroup"
    for line in _read(root / "proc" / "self" / "cgroup").splitlines():
        number, _, rest = line.partition(":")
        names, _, path = rest.partition(":")
        if number == "0" and not names:
            top = mounted
        elif controller in names.split(","):
            top = mounted / controller
        else:
            continue
        inner = path.strip("/")
        parts = inner.split("/") if inner else []
        for length in range(len(parts), -1, -1):
            yield top.joinpath(*parts[:length])


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
