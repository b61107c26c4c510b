"""What compliance asks of a plan: where personal data stand, what is purged when, what is out of support until when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from waveplan.domain.plan_lots import ItemFacts

Residency = Literal["allowed", "outside", "not said", "with its provider", "gone", "not known"]
"""Whether data stand where they may after the move: "not said" without `allowed_countries`, "with its provider" for
what is bought anew, "gone" for what is retired, "not known" without servers."""
OpenBecause = Literal["retained", "taken over", "not planned", "hosts nothing"]


@dataclass(frozen=True, slots=True)
class DataPlace:
    """A site and its country, if the inventory names it."""

    site: str
    country: str | None


@dataclass(frozen=True, slots=True)
class WaveRef:
    """A wave: its id, how it is shown, and its cutover date."""

    id: str
    label: str
    date: dt.date


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One item with personal data. `after` is empty when it is retired, or bought anew."""

    item: str
    name: str | None
    strategy: str
    classes: tuple[str, ...]
    allowed: tuple[str, ...] | None
    before: tuple[DataPlace, ...]
    after: tuple[DataPlace, ...]
    wave: WaveRef | None
    gone: dt.date | None  # when a retired one goes
    residency: Residency
    purge_orders: tuple[str, ...]  # ids of milestones
    acknowledged_by: dt.date | None
    about: ItemFacts  # whose it is, and what it must keep

    @property
    def moves_on(self) -> dt.date | None:
        """The date on which its data leave where they stood."""
        return self.wave.date if self.wave is not None else self.gone


@dataclass(frozen=True, slots=True)
class PurgeOrder:
    """A server to erase at a site that it leaves, and the items whose personal data were on it."""

    id: str
    date: dt.date
    server: str
    site: str | None
    personal: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Obsolescence:
    """A server whose maker's support ends: from when on it is exposed, and what ends that.

    `ended_on` is when the last item that leaves it cuts over or goes; `wave` or `retired` says what that is, and
    `open_because` why nothing ends it.
    """

    server: str
    system: str | None
    site: str
    items: tuple[str, ...]
    end_of_support: dt.date
    already: bool  # before the programme's start
    ended_on: dt.date | None
    wave: WaveRef | None = None
    retired: str | None = None
    open_because: OpenBecause | None = None
    owners: tuple[str, ...] = ()  # business owners of its items

    @property
    def exposed_days(self) -> int | None:
        """Days without support until it is left; none while nothing ends it."""
        return None if self.ended_on is None else max((self.ended_on - self.end_of_support).days, 0)


@dataclass(frozen=True, slots=True)
class Compliance:
    """The register of personal data, the purge orders, and what runs out of support; each in order."""

    personal_data: tuple[PersonalData, ...]
    purge_orders: tuple[PurgeOrder, ...]
    obsolescence: tuple[Obsolescence, ...]
