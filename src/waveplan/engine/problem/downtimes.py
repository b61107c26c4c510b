"""Limits on downtime, kept once for all lots that bear the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from waveplan.engine.problem.limits import DowntimeLimit


@dataclass(frozen=True, slots=True)
class Shared:
    """What several lots have in common: in each of these positions they bear so much of one link."""

    lots: tuple[int, ...]
    limits: tuple[DowntimeLimit, ...]  # as of the first of these lots


class SharedDowntimes(Sequence[DowntimeLimit]):
    """A limit for each lot and position, made when it is asked for: there may be many times more than lots."""

    def __init__(self, groups: Sequence[Shared]) -> None:
        self._groups = tuple(groups)
        self._length = sum(len(group.lots) * len(group.limits) for group in self._groups)

    def without(self, lots: Collection[int]) -> SharedDowntimes:
        """The same without the limits of some lots."""
        left = [(tuple(lot for lot in group.lots if lot not in lots), group.limits) for group in self._groups]
        return SharedDowntimes([Shared(held, limits) for held, limits in left if held])

    def distinct(self) -> Iterator[DowntimeLimit]:
        """Each limit once, as of the first of the lots that have it."""
        for group in self._groups:
            yield from group.limits

    def changed(self, change: Callable[[DowntimeLimit], DowntimeLimit]) -> SharedDowntimes:
        """The same with each limit changed."""
        return SharedDowntimes(
            [Shared(group.lots, tuple(change(limit) for limit in group.limits)) for group in self._groups]
        )

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[DowntimeLimit]:
        for group in self._groups:
            for lot in group.lots:
                for limit in group.limits:
                    yield _of(lot, limit)

    @overload
    def __getitem__(self, index: int) -> DowntimeLimit: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[DowntimeLimit]: ...
    def __getitem__(self, index: int | slice) -> DowntimeLimit | Sequence[DowntimeLimit]:
        if isinstance(index, slice):
            return tuple(self)[index]
        left = range(self._length)[index]  # refuses what is out of range, counts from the end
        for group in self._groups:
            size = len(group.lots) * len(group.limits)
            if left < size:
                lot, limit = divmod(left, len(group.limits))
                return _of(group.lots[lot], group.limits[limit])
            left -= size
        raise IndexError(index)


def _of(lot: int, limit: DowntimeLimit) -> DowntimeLimit:
    return DowntimeLimit(lot, limit.position, limit.users, limit.terms, limit.limit)
