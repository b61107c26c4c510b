"""Who and what is taken when, while a schedule is built job by job."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort


class Booked:
    """A resource of so many units, and how many of them are taken from each moment on."""

    def __init__(self, units: int) -> None:
        self._units = units
        self._times = [0]
        self._taken = [0]

    def first_fit(self, start: int, minutes: int, units: int) -> int:
        """The first minute from a start on at which so many units are free for so long; the start if none are asked."""
        if minutes <= 0 or units <= 0:
            return start
        place = bisect_right(self._times, start) - 1
        at = start
        while place < len(self._times) and self._times[place] < at + minutes:
            if self._taken[place] + units > self._units:
                place += 1
                at = self._times[place]
            else:
                place += 1
        return at

    def take(self, start: int, end: int, units: int) -> None:
        """Take units from one minute to another; with a negative number, give them back."""
        if end <= start or not units:
            return
        first, last = self._cut(start), self._cut(end)
        for place in range(first, last):
            self._taken[place] += units

    def _cut(self, minute: int) -> int:
        place = bisect_left(self._times, minute)
        if place == len(self._times) or self._times[place] != minute:
            insort(self._times, minute)
            self._taken.insert(place, self._taken[place - 1])
        return place
