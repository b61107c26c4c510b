"""`waveplan impact`: everything that one thing touches."""

from __future__ import annotations

from typing import Annotated

from waveplan.cli import exit_codes, options
from waveplan.cli.options import argument


def impact(
    inventory: options.InventoryArgument,
    subject: Annotated[
        str,
        argument(
            "An application, service, server, site, team, link, milestone, tranche, pilot, transfer or contract.", "ID"
        ),
    ],
    as_json: options.JsonOption = False,
    max_size: options.MaxSizeOption = None,
    *,
    session: options.WideSession,
) -> int:
    """Show everything that one thing touches.

    What depends on it, what it depends on, and the lots, sites, users and teams of all that.
    """
    from waveplan import api
    from waveplan.cli import impact_views
    from waveplan.cli.inventories import read_inventory

    read = read_inventory(inventory, session, max_size)
    if read.inventory is None:
        return exit_codes.FINDINGS
    found = api.impact(read.inventory, subject)
    if as_json:
        read.session.result(impact_views.as_json(found))
    else:
        read.session.show(*impact_views.tables(found, read.session))
    return read.exit_code
