"""Between which of so many waves each lot must be: by what comes before and after it, and by room."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from waveplan.certificates.loads import StreamLoads, WaveSum

_MOST_PASSES = 12


@dataclass
class LotWindows:
    """First and last wave of each lot, from 1."""

    first: list[int]
    last: list[int]


@dataclass
class WaveRoom:
    """One sum over so many waves."""

    amounts: Sequence[int]
    limits: list[int]
    prefix: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.prefix = list(accumulate(self.limits, initial=0))

    def reversed(self) -> WaveRoom:
        """The same, seen from the last wave."""
        return WaveRoom(self.amounts, self.limits[::-1])


class WaveBoard:
    """So many waves, and what is known of each lot's place among them."""

    def __init__(self, loads: StreamLoads, sums: Sequence[WaveSum], waves: int) -> None:
        self.loads, self.waves = loads, waves
        rooms = [WaveRoom(row.amounts, loads.limits(row, waves)) for row in sums]
        self._rooms = [room for room in rooms if waves and min(room.limits) < sum(room.amounts)]
        self._mirrored = [room.reversed() for room in self._rooms]
        self._before = _in_order(loads.before)
        self._after = _in_order(loads.after)

    def start(self) -> LotWindows:
        """What ordinals alone leave."""
        return LotWindows(list(self.loads.earliest), [self.waves] * len(self.loads.lots))

    def refutes(self, windows: LotWindows) -> bool:
        """Tighten the windows, in place; whether some lot has no wave left, or some waves hold more than they can."""
        if any(sum(room.amounts) > room.prefix[-1] for room in self._rooms) or (not self.waves and self.loads.lots):
            return True
        if any(first > last for first, last in zip(windows.first, windows.last, strict=True)):
            return True
        for _ in range(_MOST_PASSES):
            known = (list(windows.first), list(windows.last))
            if not _pushed(self._before, self._rooms, windows.first, self.waves):
                return True
            mirrored = [self.waves + 1 - last for last in windows.last]
            if not _pushed(self._after, self._mirrored, mirrored, self.waves):
                return True
            windows.last[:] = [self.waves + 1 - first for first in mirrored]
            if any(first > last for first, last in zip(windows.first, windows.last, strict=True)):
                return True
            if known == (windows.first, windows.last):
                break
        return any(_overfull(room, windows) for room in self._rooms)


_Waiting = list[tuple[int, Mapping[int, bool]]]  # lots, those with least before them first, and what that is


def _in_order(before: Sequence[Mapping[int, bool]]) -> _Waiting:
    return sorted(enumerate(before), key=lambda each: (len(each[1]), each[0]))


def _pushed(waiting: _Waiting, rooms: Sequence[WaveRoom], first: list[int], waves: int) -> bool:
    """Raise the first waves as far as what comes before asks for; False when one lies beyond the last wave."""
    for lot, before in waiting:
        for other, strict in before.items():
            first[lot] = max(first[lot], first[other] + strict)
        if first[lot] > waves:
            return False
        ahead = sorted((other for other in before if other != lot), key=lambda other: -first[other])
        for room in rooms:
            first[lot] = max(first[lot], _by_room(room, lot, ahead, first))
            while first[lot] <= waves and room.limits[first[lot] - 1] < room.amounts[lot]:
                first[lot] += 1
            if first[lot] > waves:
                return False
    return True


def _by_room(room: WaveRoom, lot: int, ahead: Sequence[int], first: Sequence[int]) -> int:
    """The first wave until which there is room for the lot and all before it that is not before some wave."""
    found, needed = 1, room.amounts[lot]
    for other in ahead:
        needed += room.amounts[other]
        if room.amounts[other]:
            found = max(found, bisect_left(room.prefix, needed + room.prefix[first[other] - 1]))
    return found


def _overfull(room: WaveRoom, windows: LotWindows) -> bool:
    """Whether some waves in a row must hold more than they have room for."""
    ends = sorted(range(len(windows.last)), key=lambda lot: windows.last[lot])
    for begin in sorted(set(windows.first)):
        held = 0
        for lot in ends:
            if windows.first[lot] >= begin:
                held += room.amounts[lot]
                if held > room.prefix[windows.last[lot]] - room.prefix[begin - 1]:
                    return True
    return False
