"""What the page of a programme is made from: plan and inventory, and what was asked to be looked up besides."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli.days import as_of_day
from waveplan.cli.findings import show_beside
from waveplan.cli.inventories import ReadInventory
from waveplan.cli.session import Session
from waveplan.cli.streams import standard_input
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from waveplan.domain.plan import Plan
    from waveplan.loading import LoadedActuals


@dataclass(frozen=True, slots=True)
class Wishes:
    """Options that only the page of a programme has."""

    actuals: str | None = None
    as_of: str | None = None
    why: bool = False
    paged: bool = False

    def refuse_for(self, kind: str) -> None:
        """Raise UsageError when one of them is given for another kind of report."""
        given = {"--actuals": self.actuals, "--as-of": self.as_of, "--why": self.why, "--paged": self.paged}
        for option, value in given.items():
            if kind != "programme" and value:
                raise UsageError("{option} goes with --kind programme", option=option)


def programme_text(wishes: Wishes, read: ReadInventory, plan: Plan, session: Session) -> str | None:
    """The page; None when the actuals could not be read, which was said then."""
    from waveplan.pages.context import Source
    from waveplan.pages.programme import programme_page
    from waveplan.render.language import translator

    inventory = read.inventory
    assert inventory is not None
    loaded = _actuals(wishes, session)
    if wishes.actuals is not None and (loaded is None or loaded.actuals is None):
        return None
    day = _day(wishes, session)
    status = None
    if loaded is not None and loaded.actuals is not None and day is not None:
        status = api.status(loaded.actuals, plan, inventory, day)
    source = Source(
        plan,
        inventory,
        as_of=day,
        status=status,
        accepted=api.accepted(read.validation.loaded),
        earlier=api.nearest_earlier(inventory, plan) if wishes.why else None,
        paged=wishes.paged,
    )
    return programme_page(source, translator(session.language(inventory.programme.language)))


def _actuals(wishes: Wishes, session: Session) -> LoadedActuals | None:
    if wishes.actuals is None:
        return None
    loaded = api.load_actuals(wishes.actuals, stdin=standard_input())
    show_beside(session, loaded.findings)
    return loaded


def _day(wishes: Wishes, session: Session) -> dt.date | None:
    """The day of `--as-of`; today beside actuals; none else, so that a page of a plan does not change by itself."""
    if wishes.as_of is None and wishes.actuals is None:
        return None
    return as_of_day(wishes.as_of, session)
