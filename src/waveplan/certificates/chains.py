"""How many waves of a stream can stand in some positions, and how near to each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from waveplan.certificates.supposing import Supposed, lots_of, usable


def most_waves(supposed: Supposed, stream: int) -> int:
    """No plan has more waves of the stream: each is taken as early as cadence lets it, one after the other.

    The n-th wave of any plan is no earlier than the n-th of these. Were it the first that is, it would keep the gap to
    the one before here too, so only its week could be full; then as many of the plan's waves would be in that week.
    """
    problem = supposed.problem
    rules = problem.streams[stream]
    ends: list[int] = []
    for stage in rules.stages[:-1]:
        ends.append((ends[-1] if ends else 0) + (stage.waves or 0))
    days: list[int] = []
    in_week: dict[int, int] = defaultdict(int)
    for place in usable(supposed, lots_of(problem, stream)):
        stage = rules.stages[sum(len(days) + 1 > end for end in ends)]
        here = problem.positions[place]
        if place not in rules.done:
            if days and here.day - days[-1] < stage.min_gap_days:
                continue
            if stage.max_waves_per_week is not None and in_week[here.week] >= stage.max_waves_per_week:
                continue
        days.append(here.day)
        in_week[here.week] += 1
    return len(days)


def distances(supposed: Supposed, stream: int, places: Sequence[int], centre: int) -> list[int]:
    """Days from a position to waves around it that stand in some places, the nearest first: none can be nearer.

    The n-th nearest of any plan's waves, on either side, is no nearer than the n-th here.
    """
    problem = supposed.problem
    day, mine = problem.positions[centre].day, problem.positions[centre].stream == stream
    later = [place for place in places if problem.positions[place].day >= day and place != centre]
    earlier = [place for place in reversed(places) if problem.positions[place].day < day]
    if mine:  # of its own stream, what stands on the centre's day may come before or after it
        same = [place for place in later if problem.positions[place].day == day]
        later = [place for place in later if problem.positions[place].day > day]
        found = [0, *([0] * len(same) if _gap(supposed, stream) == 0 else [])]
    else:
        found = []
    for side in (later, earlier):
        found += _spaced(supposed, stream, side, day if mine else None, day)
    return sorted(found)


def _gap(supposed: Supposed, stream: int) -> int:
    rules = supposed.problem.streams[stream]
    return 0 if rules.done else min(stage.min_gap_days for stage in rules.stages)


def _spaced(supposed: Supposed, stream: int, side: Sequence[int], last: int | None, centre: int) -> Iterator[int]:
    gap = _gap(supposed, stream)
    for place in side:
        day = supposed.problem.positions[place].day
        if last is None or abs(day - last) >= gap:
            yield abs(day - centre)
            last = day
