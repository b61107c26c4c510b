"""What the page of a programme is made from: plan and inventory, and what was asked to be looked up besides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli.inventories import ReadInventory
from waveplan.cli.report_wishes import Wishes, actuals_of
from waveplan.cli.session import Session

if TYPE_CHECKING:
    from waveplan.domain.plan import Plan


def programme_text(wishes: Wishes, read: ReadInventory, plan: Plan, session: Session) -> str:
    """The page. Raises UnreadableFileError when the actuals could not be read."""
    from waveplan.pages.context import PageSource
    from waveplan.pages.programme import programme_page
    from waveplan.render.language import translator

    inventory = read.inventory
    assert inventory is not None
    actuals, day = actuals_of(wishes, session), wishes.day(session)
    status = None if actuals is None or day is None else api.status(actuals, plan, inventory, day)
    source = PageSource(
        plan,
        inventory,
        as_of=day,
        status=status,
        accepted=api.accepted(read.validation.loaded),
        earlier=api.nearest_earlier(inventory, plan) if wishes.why else None,
        paged=wishes.paged,
    )
    return programme_page(source, translator(session.language(inventory.programme.language)))
