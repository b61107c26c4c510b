"""Records of the neutral view that are the whole programme's: dates, people, evidence, assumptions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class MilestoneView:
    """A dated result. `name` and `what` are in the reader's language, `kind` is the plan's word."""

    key: str
    id: str
    name: str
    kind: str
    what: str
    date: dt.date
    start: dt.date | None
    subject: str
    site: str
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FreezeView:
    """One occurrence of a freeze; `start` and `end` where it is told by hours."""

    key: str
    first: dt.date
    last: dt.date
    start: dt.datetime | None
    end: dt.datetime | None
    reason: str
    scope: str


@dataclass(frozen=True, slots=True)
class HardDateView:
    """A date that the plan must meet, and the day on which it does."""

    key: str
    id: str
    name: str
    date: dt.date
    reached: dt.date | None


@dataclass(frozen=True, slots=True)
class LoadView:
    """Person-days of a team in an ISO week; `offered` is None without a limit."""

    team: str
    organisation: str
    week: str
    monday: dt.date
    used: Decimal
    offered: Decimal | None


@dataclass(frozen=True, slots=True)
class TeamView:
    """A team: its calendar as days on which it is there by less than its whole, and on which it is not."""

    id: str
    name: str
    organisation: str
    person_days_per_week: Decimal | None
    day_rate: Decimal | None
    days_off: tuple[dt.date, ...]  # weekdays in the programme on which nobody of it works
    share: Mapping[dt.date, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RaciView:
    """Who does, answers for, is asked and is told of one activity; drawn from efforts, crews, owners, committees."""

    wave: str
    wave_label: str
    lot: str
    activity: str
    date: dt.date
    responsible: tuple[str, ...]
    accountable: tuple[str, ...]
    consulted: tuple[str, ...]
    informed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """Something to collect: what, by when, of what, for which gate or milestone."""

    key: str
    due: dt.date
    what: str
    of: str
    where: str
    wave: str
    wave_label: str


@dataclass(frozen=True, slots=True)
class AssumptionView:
    """Something that the plan takes for granted, where it comes from, and until when it matters."""

    kind: str
    what: str
    source: str
    date: dt.date | None


@dataclass(frozen=True, slots=True)
class MessageView:
    """A text in the language of its readers, or in another one (`written_in`) where there is none in theirs."""

    language: str
    written_in: str
    sites: tuple[str, ...]
    users: int
    subject: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommunicationView:
    """What a wave holds for people on some days. `what` is its kind in the reader's language, `kind` the format's."""

    key: str
    wave: str
    wave_label: str
    id: str
    name: str
    kind: str
    what: str
    first: dt.date
    last: dt.date
    lots: tuple[str, ...]
    sites: tuple[str, ...]
    personas: tuple[str, ...]
    users: int
    owner: str
    team: str
    effort: Decimal
    threshold: Decimal | None
    criteria: tuple[str, ...]
    messages: tuple[MessageView, ...]
