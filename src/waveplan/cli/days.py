"""Days that people type, and today: the only place where the clock is read for a date."""

from __future__ import annotations

import datetime as dt

from pydantic_core import PydanticCustomError

from waveplan.cli.session import Session
from waveplan.domain.scalars import parse_day
from waveplan.errors import UsageError


def today() -> dt.date:
    """The day on which this machine thinks it is."""
    return dt.datetime.now().astimezone().date()


def day_from(given: str, option: str, session: Session) -> dt.date:
    """A day that was typed; UsageError for anything else."""
    try:
        return parse_day(given)
    except PydanticCustomError:
        message = session.say("{option}: {day} is not a day like 2026-03-14.", option=option, day=given)
        raise UsageError(message) from None


def as_of_day(given: str | None, session: Session) -> dt.date:
    """The day of `--as-of`, else today."""
    return today() if given is None else day_from(given, "--as-of", session)
