"""What people are told, taught and asked around the cutovers of a plan: plain data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from waveplan.domain.adoption import Adoption, AdoptionKind
from waveplan.domain.made_names import marked
from waveplan.domain.plan import Wave

CommunicationState = Literal["planned", "due", "overdue", "done", "below", "decided"]
KIND_NAMES: dict[AdoptionKind, str] = {
    "announcement": marked("announcement"),
    "reminder": marked("reminder"),
    "training": marked("training"),
    "site_event": marked("site event"),
    "go_live_support": marked("go-live support"),
    "survey": marked("survey"),
}


@dataclass(frozen=True, slots=True)
class Message:
    """A text as its readers get it: those of a language at some sites.

    `written_in` is another language where there is no text in theirs.
    """

    language: str
    written_in: str
    sites: tuple[str, ...]
    users: int
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class HeldEntry:
    """An entry of adoption as a wave holds it on some days: for lots whose users share these days.

    `key` tells it apart in a plan, and stays when other things change. `sites` and `personas` are of those whom it
    reaches; `effort` is the person-days of its team for all of these lots. `done` and `result` are as recorded.
    """

    key: str
    entry: Adoption
    wave: Wave
    label: str
    first: dt.date
    last: dt.date
    lots: tuple[str, ...]
    sites: tuple[str, ...]
    personas: tuple[str, ...]
    users: int
    effort: Decimal
    messages: tuple[Message, ...]
    state: CommunicationState = "planned"
    done: dt.date | None = None
    result: Decimal | None = None

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of its readers."""
        return tuple(message.language for message in self.messages)
