"""What placeholders of a text stand for, as its readers say it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from waveplan.adoption_texts.saying import Saying
from waveplan.change_calendar import Days
from waveplan.change_calendar.slots import zone_named
from waveplan.domain.adoption import Adoption
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Wave
from waveplan.domain.sites import Site


@dataclass(frozen=True, slots=True)
class Letter:
    """What a text is about: one wave, for readers at some sites. `span` are the hours of their lots, in UTC."""

    inventory: Inventory
    entry: Adoption
    wave: Wave
    label: str
    days: Days
    sites: tuple[Site, ...]
    personas: tuple[str, ...]
    users: int
    applications: tuple[str, ...]
    outage: Decimal
    span: tuple[dt.datetime, dt.datetime]

    @property
    def zone(self) -> str:
        """By whose clock its readers are told hours: their sites' if they share one, else the programme's."""
        programme = self.inventory.programme.timezone
        zones = {site.timezone or programme for site in self.sites}
        return zones.pop() if len(zones) == 1 else programme


def letter_values(letter: Letter, language: str) -> Mapping[str, str]:
    """What each placeholder stands for in a language."""
    say, entry, programme = Saying(language), letter.entry, letter.inventory.programme
    start, end = (moment.astimezone(zone_named(letter.zone)) for moment in letter.span)
    criteria = "\n".join(f"- {each}" for each in entry.criteria)
    return {
        "programme": programme.name,
        "wave": letter.label,
        "name": entry.shown_name,
        "date": say.day(letter.wave.date),
        "day": say.day(letter.days.first),
        "last_day": say.day(letter.days.last),
        "days": say.days(letter.days.first, letter.days.last),
        "window_start": say.moment(start, letter.zone),
        "window_end": say.moment(end, letter.zone),
        "outage": say.hours(letter.outage),
        "hypercare_end": say.day(letter.wave.hypercare_last_day),
        "sites": say.names([site.name or site.id for site in letter.sites]),
        "applications": say.names(letter.applications),
        "audience": say.names(letter.personas),
        "users": say.number(letter.users),
        "contact": entry.owner or say.nobody(programme.name),
        "team": entry.team or "",
        "threshold": "" if entry.threshold is None else say.share(entry.threshold),
        "criteria": criteria,
    }
