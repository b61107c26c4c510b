"""Options that only some kinds of report have, and what is read for them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli.days import as_of_day
from waveplan.cli.findings import show_beside
from waveplan.cli.session import Session
from waveplan.cli.streams import standard_input
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from waveplan.domain.actuals import Actuals
    from waveplan.domain.plan import Plan

_DATED = ("programme", "flash", "steering", "communication")
_KINDS = {
    "--actuals": _DATED,
    "--as-of": _DATED,
    "--why": ("programme",),
    "--paged": ("programme",),
    "--since": ("steering",),
    "--lot": ("lot-package",),
    "--wave": ("wave-package", "communication"),
    "--texts": ("communication",),
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for besides the kind and its format."""

    actuals: str | None = None
    as_of: str | None = None
    why: bool = False
    paged: bool = False
    since: str | None = None
    lot: str | None = None
    wave: str | None = None
    texts: bool = False

    def refuse_for(self, kind: str) -> None:
        """Raise UsageError when one of them is given for a kind of report that does not have it."""
        values = (self.actuals, self.as_of, self.why, self.paged, self.since, self.lot, self.wave, self.texts)
        for (option, kinds), value in zip(_KINDS.items(), values, strict=True):
            if value and kind not in kinds:
                raise UsageError("{option} goes with --kind {kinds}", option=option, kinds=", ".join(kinds))

    def day(self, session: Session) -> dt.date | None:
        """The day of `--as-of`; today beside actuals; none else, so that a page of a plan does not change by itself."""
        if self.as_of is None and self.actuals is None:
            return None
        return as_of_day(self.as_of, session)


class UnreadableFileError(Exception):
    """A file that an option names could not be read; what is wrong with it has been said."""


def actuals_of(wishes: Wishes, session: Session) -> Actuals | None:
    """The actuals that were named, if any; UnreadableFileError when they have errors."""
    if wishes.actuals is None:
        return None
    loaded = api.load_actuals(wishes.actuals, stdin=standard_input())
    show_beside(session, loaded.findings)
    if loaded.actuals is None:
        raise UnreadableFileError
    return loaded.actuals


def plan_since(wishes: Wishes, session: Session) -> Plan | None:
    """The earlier plan that was named, if any; UnreadableFileError when it has errors."""
    if wishes.since is None:
        return None
    loaded = api.load_plan(wishes.since, stdin=standard_input())
    show_beside(session, loaded.findings)
    if loaded.plan is None:
        raise UnreadableFileError
    return loaded.plan
