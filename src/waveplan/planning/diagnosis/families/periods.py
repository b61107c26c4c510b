"""Periods and windows: freezes, blackouts, holidays, how long windows are and who may use them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import replace

from waveplan.change_calendar import ChangeCalendar
from waveplan.change_calendar.wording import period_words
from waveplan.domain.findings import Path, Phrase
from waveplan.domain.inventory import Inventory
from waveplan.domain.periods import Period, shown_end
from waveplan.domain.rules import Rule
from waveplan.planning.diagnosis import costs
from waveplan.planning.diagnosis.edits import GONE, Edit
from waveplan.planning.diagnosis.fact import Dial, Fact, days, once, raised
from waveplan.planning.diagnosis.families.dates import dated, works

_LONGEST_WINDOW = 7 * 24


def closed_periods(inventory: Inventory) -> Iterator[Fact]:
    """Freezes, and blackouts of sites, applications and services."""
    lasting = _Lasting(inventory)
    for number, freeze in enumerate(inventory.calendar.freezes):
        yield _period("freeze", ("calendar", "freezes", number), freeze, _named(freeze), lasting)
    for number, site in enumerate(inventory.sites):
        for place, period in enumerate(site.blackouts):
            path: Path = ("sites", number, "blackouts", place)
            yield _period("blackout", path, period, Phrase("the blackout of {of}", {"of": site.id}), lasting, site.id)
    for start, work in works(inventory):
        for place, period in enumerate(work.blackouts):
            name = Phrase("the blackout of {of}", {"of": work.id})
            yield _period("blackout", (*start, "blackouts", place), period, name, lasting, work.id)


class _Lasting:
    """How many days of the programme a period takes."""

    def __init__(self, inventory: Inventory) -> None:
        self._programme = inventory.programme
        self._calendar = ChangeCalendar(inventory)

    def days(self, period: Period) -> int:
        if period.is_days:
            assert isinstance(period.first, dt.date) and isinstance(period.last, dt.date)
            return (period.last - period.first).days + 1
        found = self._calendar.closures(period).between(self._programme.start, self._programme.deadline)
        return sum((each.last - each.first).days + 1 for each in found)


def _named(freeze: Period) -> Phrase:
    return (
        Phrase("the freeze ({reason})", {"reason": freeze.reason}) if freeze.reason else Phrase("the calendar's freeze")
    )


def _period(kind: str, path: Path, period: Period, name: Phrase, lasting: _Lasting, subject: str = "") -> Fact:
    days_closed = lasting.days(period)
    if period.is_days:
        values = {"what": name, "first": shown_end(period.first), "last": shown_end(period.last)}
        said = Phrase("{what} from {first} to {last}", values)
    else:
        said = Phrase("{what} {when}", {"what": name, "when": period_words(period)})
    dials = [once((Edit(path, GONE),), Phrase("without {what}", {"what": said}), costs.FREEZE_DAY * days_closed)]
    if period.is_days and days_closed > 1:
        whole = [replace(dial, beside=True) for dial in dials]
        dials = [_shorter(path, period, name, -1), _shorter(path, period, name, 1), *whole]
    return Fact(kind, path, said, (Edit(path, GONE),), tuple(dials), subject)


def _shorter(path: Path, period: Period, name: Phrase, sign: int) -> Dial:
    """A run of days, ending earlier (-1) or starting later (1)."""
    first, last = period.first, period.last
    assert isinstance(first, dt.date) and isinstance(last, dt.date)
    field = (*path, "to") if sign < 0 else (*path, "from")
    end = last if sign < 0 else first
    template = (
        "{what} shortened by {days}: it ends on {day}" if sign < 0 else "{what} shortened by {days}: it starts on {day}"
    )

    def date(number: int) -> dt.date:
        return end + sign * dt.timedelta(days=number)

    return Dial(
        (last - first).days,
        lambda n: (Edit(field, date(n)),),
        lambda n: Phrase(template, {"what": name, "days": days(n), "day": date(n).isoformat()}),
        lambda n: costs.FREEZE_DAY * n,
    )


def windows(inventory: Inventory, longest_work: int) -> Iterator[Fact]:
    """How long each window is; left out, it holds the work of any one lot (`longest_work`, in hours)."""
    for number, window in enumerate(inventory.calendar.windows):
        hours = window.hours
        enough = min(max(math.ceil(hours), longest_work), _LONGEST_WINDOW) if hours is not None else _LONGEST_WINDOW
        if hours is not None and enough > hours:
            path: Path = ("calendar", "windows", number, "hours")
            name = Phrase("the hours of window {of}", {"of": window.id})
            now = int(hours) if hours == int(hours) else hours
            said = Phrase("{what}: {now}", {"what": name, "now": now})
            dial = raised(path, now, name, costs.WINDOW_HOUR)
            dial = Dial(math.ceil(enough - hours), dial.edits, dial.said, dial.cost)
            yield Fact("window", path, said, (Edit(path, type(hours)(enough)),), (dial,), window.id)


def allowed_windows(inventory: Inventory) -> Iterator[Fact]:
    """Applications, services and rules that keep to some windows; and whether holidays are avoided."""
    for path, name, entry in dated(inventory):
        if entry.windows is not None:
            field: Path = (*path, "windows")
            said = Phrase("{of} only in {windows}", {"of": name, "windows": ", ".join(entry.windows)})
            gone = Edit(path, GONE) if isinstance(entry, Rule) and _only_windows(entry) else Edit(field, GONE)
            dial = once((gone,), Phrase("{of} in all windows", {"of": name}), costs.WINDOW)
            yield Fact("windows", field, said, (Edit(field, None),), (dial,), name)
    yield from _holidays(inventory)


def _holidays(inventory: Inventory) -> Iterator[Fact]:
    """Public holidays avoided by windows that say so themselves, and by all others."""
    rules = inventory.calendar
    if rules.public_holidays == "avoid" and any(window.public_holidays is None for window in rules.windows):
        field: Path = ("calendar", "public_holidays")
        edit = (Edit(field, "allow"),)
        dial = once(edit, Phrase("cutovers on public holidays allowed"), costs.WINDOW)
        yield Fact("public_holidays", field, Phrase("no cutover on public holidays"), edit, (dial,))
    for number, window in enumerate(rules.windows):
        if window.public_holidays == "avoid":
            field, of = ("calendar", "windows", number, "public_holidays"), {"of": window.id}
            edit = (Edit(field, "allow"),)
            dial = once(edit, Phrase("window {of} allowed on public holidays", of), costs.WINDOW)
            yield Fact(
                "public_holidays", field, Phrase("no window {of} on public holidays", of), edit, (dial,), window.id
            )


def _only_windows(rule: Rule) -> bool:
    return rule.limits == {"windows"}
