"""How long tasks take: what templates say, worked out for what a task is about."""

from __future__ import annotations

import math
from decimal import Decimal

from waveplan.domain.runbooks import TaskMinutes
from waveplan.runbooks.ground import WaveGround
from waveplan.runbooks.subjects import TaskSubject, gigabytes_of, users_of


def minutes_of(given: TaskMinutes, subject: TaskSubject, ground: WaveGround) -> int:
    """Whole minutes: amounts are rounded up, shares of an item's hours down, so that they never exceed the hours."""
    amounts = (
        given.each
        + given.per_server * len(subject.servers)
        + given.per_gb * (gigabytes_of(subject, ground) if given.per_gb else 0)
        + given.per_100_users * (users_of(subject, ground) if given.per_100_users else 0) / 100
    )
    if given.transport:
        amounts += 60 * _transport_hours(subject)
    linked = ground.transfer_minutes.get(subject.servers[0].id, 0) if given.link and subject.server else 0
    return math.ceil(amounts) + math.floor(60 * _share_of_hours(given, subject)) + linked


def _share_of_hours(given: TaskMinutes, subject: TaskSubject) -> Decimal:
    entries = [item.entry for item in subject.items]
    return (
        given.of_cutover * max(entry.cutover_hours for entry in entries)
        + given.of_tests * max(entry.test_hours for entry in entries)
        + given.of_rollback * max(entry.rollback_hours for entry in entries)
    )


def _transport_hours(subject: TaskSubject) -> Decimal:
    shipped = (server.transport_hours or Decimal(0) for server in subject.servers if server.method == "ship")
    return max(shipped, default=Decimal(0))
