"""Periods and windows: freezes, blackouts, holidays, how long windows are and who may use them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator

from waveplan.domain.findings import Path, Phrase
from waveplan.domain.inventory import Inventory
from waveplan.domain.parts import Period
from waveplan.domain.policy import Rule
from waveplan.planning.diagnosis import costs
from waveplan.planning.diagnosis.edits import GONE, Edit
from waveplan.planning.diagnosis.fact import Dial, Fact, days, once, raised
from waveplan.planning.diagnosis.families.dates import dated, works

_LONGEST_WINDOW = 7 * 24


def closed_periods(inventory: Inventory) -> Iterator[Fact]:
    """Freezes, and blackouts of sites, applications and services."""
    for number, freeze in enumerate(inventory.calendar.freezes):
        yield _period("freeze", ("calendar", "freezes", number), freeze, _named(freeze))
    for number, site in enumerate(inventory.sites):
        for place, period in enumerate(site.blackouts):
            path: Path = ("sites", number, "blackouts", place)
            yield _period("blackout", path, period, Phrase("the blackout of {of}", {"of": site.id}), site.id)
    for start, work in works(inventory):
        for place, period in enumerate(work.blackouts):
            name = Phrase("the blackout of {of}", {"of": work.id})
            yield _period("blackout", (*start, "blackouts", place), period, name, work.id)


def _named(freeze: Period) -> Phrase:
    return (
        Phrase("the freeze ({reason})", {"reason": freeze.reason}) if freeze.reason else Phrase("the calendar's freeze")
    )


def _period(kind: str, path: Path, period: Period, name: Phrase, subject: str = "") -> Fact:
    first, last = period.first, period.last
    length = (last - first).days
    values = {"what": name, "first": first.isoformat(), "last": last.isoformat()}
    said = Phrase("{what} from {first} to {last}", values)
    dials = [once((Edit(path, GONE),), Phrase("without {what}", {"what": said}), costs.FREEZE_DAY * (length + 1))]
    if length:
        dials = [_shorter(path, period, name, -1), _shorter(path, period, name, 1), *dials]
    return Fact(kind, path, said, (Edit(path, GONE),), tuple(dials), subject)


def _shorter(path: Path, period: Period, name: Phrase, sign: int) -> Dial:
    """The period, ending earlier (-1) or starting later (1)."""
    field = (*path, "to") if sign < 0 else (*path, "from")
    end = period.last if sign < 0 else period.first
    template = (
        "{what} shortened by {days}: it ends on {day}" if sign < 0 else "{what} shortened by {days}: it starts on {day}"
    )

    def date(number: int) -> dt.date:
        return end + sign * dt.timedelta(days=number)

    return Dial(
        (period.last - period.first).days,
        lambda n: (Edit(field, date(n)),),
        lambda n: Phrase(template, {"what": name, "days": days(n), "day": date(n).isoformat()}),
        lambda n: costs.FREEZE_DAY * n,
    )


def windows(inventory: Inventory, longest_work: int) -> Iterator[Fact]:
    """How long each window is; left out, it holds the work of any one lot (`longest_work`, in hours)."""
    for number, window in enumerate(inventory.calendar.windows):
        path: Path = ("calendar", "windows", number, "hours")
        enough = min(max(math.ceil(window.hours), longest_work), _LONGEST_WINDOW)
        if enough > window.hours:
            name = Phrase("the hours of window {of}", {"of": window.id})
            now = int(window.hours) if window.hours == int(window.hours) else window.hours
            said = Phrase("{what}: {now}", {"what": name, "now": now})
            dial = raised(path, now, name, costs.WINDOW_HOUR)
            most = math.ceil(enough - window.hours)
            dial = Dial(most, dial.edits, dial.said, dial.cost)
            yield Fact("window", path, said, (Edit(path, type(window.hours)(enough)),), (dial,), window.id)


def allowed_windows(inventory: Inventory) -> Iterator[Fact]:
    """Applications, services and rules that keep to some windows; and whether holidays are avoided."""
    for path, name, entry in dated(inventory):
        if entry.windows is not None:
            field: Path = (*path, "windows")
            said = Phrase("{of} only in {windows}", {"of": name, "windows": ", ".join(entry.windows)})
            gone = Edit(path, GONE) if isinstance(entry, Rule) and _only_windows(entry) else Edit(field, GONE)
            dial = once((gone,), Phrase("{of} in all windows", {"of": name}), costs.WINDOW)
            yield Fact("windows", field, said, (Edit(field, None),), (dial,), name)
    if inventory.calendar.public_holidays == "avoid":
        field = ("calendar", "public_holidays")
        edit = (Edit(field, "allow"),)
        dial = once(edit, Phrase("cutovers on public holidays allowed"), costs.WINDOW)
        yield Fact("public_holidays", field, Phrase("no cutover on public holidays"), edit, (dial,))


def _only_windows(rule: Rule) -> bool:
    return rule.max_per_wave is None and rule.not_before is None and rule.not_after is None and rule.slot is None
