"""Options that only some kinds of report have, and what is read for them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli.days import as_of_day
from waveplan.cli.findings import show_beside
from waveplan.cli.plans import read_plan
from waveplan.cli.session import Session
from waveplan.cli.streams import standard_input
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from waveplan.cli.report_requests import ReportRequest
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


def refuse_for(ask: ReportRequest) -> None:
    """Raise UsageError when an option is given that this kind of report does not have."""
    for option, kinds in _KINDS.items():
        if getattr(ask, option.removeprefix("--").replace("-", "_")) and ask.kind not in kinds:
            raise UsageError("{option} goes with --kind {kinds}", option=option, kinds=", ".join(kinds))


def day_of(ask: ReportRequest, session: Session) -> dt.date | None:
    """The day of `--as-of`; today beside actuals; none else, so that a page of a plan does not change by itself."""
    return None if ask.as_of is None and ask.actuals is None else as_of_day(ask.as_of, session)


class UnreadableFileError(Exception):
    """A file that an option names could not be read; what is wrong with it has been said."""


def actuals_of(file: str | None, session: Session) -> Actuals | None:
    """The actuals that were named, if any; UnreadableFileError when they have errors."""
    if file is None:
        return None
    loaded = api.load_actuals(file, stdin=standard_input())
    show_beside(session, loaded.findings)
    if loaded.actuals is None:
        raise UnreadableFileError
    return loaded.actuals


def plan_since(file: str | None, session: Session) -> Plan | None:
    """The earlier plan that was named, if any; UnreadableFileError when it has errors."""
    if file is None:
        return None
    loaded = read_plan(file)
    show_beside(session, loaded.findings)
    if loaded.plan is None:
        raise UnreadableFileError
    return loaded.plan
