"""How many waves of a stream can stand in some positions, and how near to each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from waveplan.certificates.supposing import Supposed, lots_of, usable
from waveplan.engine.problem.rhythm import StreamRules


def most_waves(supposed: Supposed, stream: int) -> int:
    """No plan has more waves of the stream."""
    return len(wave_days(supposed, stream))


def wave_days(supposed: Supposed, stream: int, *, from_last: bool = False) -> list[int]:
    """Days of waves, each taken as early as cadence lets it, one after the other; or, from the last, as late as it can.

    The n-th wave of any plan is no earlier than the n-th of these. Were it the first that is, it would keep the gap to
    the one before here too, so only its week could be full; then as many of the plan's waves would be in that week.
    Seen from the last wave nobody knows which stage it is of: then the least gap and the fullest week of all count.
    """
    problem = supposed.problem
    rules = problem.streams[stream]
    weekly = [stage.max_waves_per_week for stage in rules.stages]
    loosest = (
        min(stage.min_gap_days for stage in rules.stages),
        None if None in weekly else max(each or 0 for each in weekly),
    )
    days: list[int] = []
    in_week: dict[int, int] = defaultdict(int)
    places = usable(supposed, lots_of(problem, stream))
    for place in reversed(places) if from_last else places:
        gap, most = loosest if from_last else _asked(rules, len(days) + 1)
        here = problem.positions[place]
        if place not in rules.done:
            if days and abs(here.day - days[-1]) < gap:
                continue
            if most is not None and in_week[here.week] >= most:
                continue
        days.append(here.day)
        in_week[here.week] += 1
    return days


def _asked(rules: StreamRules, ordinal: int) -> tuple[int, int | None]:
    """The gap before a wave, and how many its week may have, by its ordinal."""
    end = 0
    for stage in rules.stages:
        end += stage.waves or 0
        if stage.waves is None or ordinal <= end:
            break
    return stage.min_gap_days, stage.max_waves_per_week


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
