"""Who watches after the window, and where work passes from one to another in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from waveplan.change_calendar import instant
from waveplan.change_calendar.spans import elapsed
from waveplan.domain.nights import ScheduledNight
from waveplan.domain.wave_runbooks import Handover, RotaSpan
from waveplan.runbooks.ground import WaveGround


def rota_of(ground: WaveGround) -> tuple[RotaSpan, ...]:
    """People on call by team, from the end of each lot's window to the end of its hypercare.

    A lot needs of each team the most that one of its items asks for; lots add up while they overlap.
    """
    spans: dict[str, list[tuple[dt.datetime, dt.datetime, int, str]]] = {}
    for lot in ground.lots:
        hours = max(item.hypercare_hours for item in lot.items)
        most: dict[str, int] = {}
        for item in lot.items:
            for team, people in item.entry.on_call.items():
                most[team] = max(people, most.get(team, 0))
        for team, people in most.items():
            if people and hours:
                spans.setdefault(team, []).append((lot.end, elapsed(lot.end, hours), people, lot.id))
    return tuple(each for team in sorted(spans) for each in _stretches(team, spans[team]))


def _stretches(team: str, spans: list[tuple[dt.datetime, dt.datetime, int, str]]) -> Iterator[RotaSpan]:
    """Spans of one team cut where their number changes."""
    cuts = sorted({when for start, end, _, _ in spans for when in (start, end)}, key=instant)
    for place, start in enumerate(cuts[:-1]):
        own = [each for each in spans if instant(each[0]) <= instant(start) < instant(each[1])]
        if own:
            yield RotaSpan(team, sum(each[2] for each in own), start, cuts[place + 1], tuple(each[3] for each in own))


def handovers_of(night: ScheduledNight) -> tuple[Handover, ...]:
    """Where a task waits for one that another team, or another person of the team, has done; in order of time."""
    found = []
    for each in night.tasks:
        for wait in each.task.after:
            before = night.by_id[wait.task]
            if not before.task.owner or not each.task.owner or each.task.kind == before.task.kind == "transfer":
                continue
            giver, taker = _who(before.task.owner, before.seats), _who(each.task.owner, each.seats)
            if before.task.owner != each.task.owner or (before.seats and each.seats and giver != taker):
                found.append(Handover(before.end, before.task.id, each.task.id, giver, taker))
    return tuple(sorted(found, key=lambda one: (instant(one.passed_at), one.done, one.next)))


def _who(owner: str, seats: tuple[int, ...]) -> str:
    return f"{owner} {'+'.join(map(str, seats))}" if seats else owner
