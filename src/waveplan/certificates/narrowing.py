"""Where lots can be in supposed plans: room and orders tell how many waves there must be before and after them."""

from __future__ import annotations

from collections import defaultdict

from waveplan.certificates.chains import wave_days
from waveplan.certificates.loads import StreamLoads, loads_of
from waveplan.certificates.supposing import Supposed, tighten
from waveplan.certificates.windows import WaveBoard

_MOST_LOTS = 600  # of a stream: with more it takes too long
_MOST_PASSES = 5


def narrow(supposed: Supposed) -> None:
    """Leave out positions before those that come before a lot have had their waves, or after which too few are left.

    A lot whose wave is the n-th at the earliest stands no earlier than the n-th wave can. A lot that so many waves must
    follow stands no later than so many can follow; that only where all waves hold alike, as they are counted from the
    last one then. Orders are followed through again, and all that again.
    """
    problem = supposed.problem
    streams = sorted(set(problem.lot_stream))
    for _ in range(_MOST_PASSES):
        changed = False
        for stream in streams:
            if supposed.impossible:
                return
            if problem.lot_stream.count(stream) <= _MOST_LOTS and not problem.streams[stream].done:
                changed |= _by_waves(supposed, stream)
        if not changed or supposed.impossible:
            return
        tighten(supposed)


def _by_waves(supposed: Supposed, stream: int) -> bool:
    days = wave_days(supposed, stream)
    loads = loads_of(supposed, stream)
    only = len(set(supposed.problem.lot_stream)) == 1
    waves = len(days) if supposed.waves is None or not only else min(len(days), supposed.waves)
    board = WaveBoard(loads, loads.sums, waves)
    windows = board.start()
    if board.refutes(windows):
        for lot in loads.lots:
            supposed.allowed[lot].clear()
        return True
    back = wave_days(supposed, stream, from_last=True) if _alike(loads) else []
    places, changed = supposed.problem.positions, False
    for number, lot in enumerate(loads.lots):
        after = waves - windows.last[number]
        earliest = days[windows.first[number] - 1]
        latest = back[after] if after < len(back) else None
        left = [
            place
            for place in supposed.allowed[lot]
            if places[place].day >= earliest and (latest is None or places[place].day <= latest)
        ]
        changed |= len(left) < len(supposed.allowed[lot])
        supposed.allowed[lot][:] = left
    return changed


def _alike(loads: StreamLoads) -> bool:
    """Whether each sum has one limit for all waves."""
    limits: dict[str, set[int]] = defaultdict(set)
    for row in loads.sums:
        limits[row.name].update(row.limits)
    return all(len(each) == 1 for each in limits.values())
