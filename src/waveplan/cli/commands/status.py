"""`waveplan status`: where the programme stands on a day."""

from __future__ import annotations

from typing import Annotated

import typer

from waveplan.cli import exit_codes, options
from waveplan.cli.options import option

UNKNOWN = "WP401"  # what a record names, and nobody knows: it counts for nothing, or as one wave more


def status(
    plan: options.PlanArgument,
    inventory: options.InventoryArgument,
    actuals: Annotated[str, option("What happened so far.", "FILE")],
    as_of: options.AsOfOption = None,
    gantt: Annotated[bool, typer.Option("--gantt", help="The Gantt chart too, each wave in its state.")] = False,
    as_json: options.JsonOption = False,
    max_size: options.MaxSizeOption = None,
    *,
    session: options.WideSession,
) -> int:
    """Show where the programme stands: done, running, next gates, what is late, how far it has come.

    What is recorded of days after --as-of is passed over. Records of waves, lots or teams that nobody knows are told,
    and the exit code is then 1; `waveplan check --actuals` says all that is wrong with the records.
    """
    from waveplan import api
    from waveplan.cli.days import as_of_day
    from waveplan.cli.findings import show_beside
    from waveplan.cli.inventories import read_inventory
    from waveplan.cli.plans import read_plan
    from waveplan.cli.streams import standard_input
    from waveplan.domain.findings import has_errors
    from waveplan.errors import UsageError

    if [plan, inventory, actuals].count("-") > 1:
        raise UsageError("only one of the files can be standard input")
    day = as_of_day(as_of, session)
    loaded = read_plan(plan)
    show_beside(session, loaded.findings)
    loaded_actuals = api.load_actuals(actuals, stdin=standard_input())
    show_beside(session, loaded_actuals.findings)
    read = read_inventory(inventory, session, max_size)
    strange = api.foreign(loaded, read.inventory)
    show_beside(session, strange)
    if loaded.plan is None or loaded_actuals.actuals is None or read.inventory is None or strange:
        return exit_codes.FINDINGS
    judged = api.judged(loaded_actuals, loaded.plan, read.inventory, day)
    unknown = [finding for finding in judged if finding.code == UNKNOWN]
    show_beside(read.session, unknown)
    found = api.status(loaded_actuals.actuals, loaded.plan, read.inventory, day)
    if as_json:
        from waveplan.export.communication_json import communication_facts
        from waveplan.export.json_text import document, fields_of

        told = {"communication": communication_facts(found.communication)}
        read.session.result(document("status", fields_of(found) | told))
    else:
        from waveplan.render.show import gantt_chart
        from waveplan.render.status import status_view

        read.session.show(*status_view(found, *read.session.page()))
        if gantt:
            known = api.standing(loaded_actuals.actuals, loaded.plan, day)
            read.session.show("", *gantt_chart(loaded.plan, known, *read.session.page()))
    return exit_codes.FINDINGS if has_errors(unknown) else read.exit_code
