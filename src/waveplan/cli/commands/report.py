"""`waveplan report`: what people read of a plan and its inventory."""

from __future__ import annotations

from typing import Annotated

import typer

from waveplan.cli import exit_codes
from waveplan.cli.options import (
    InventoryArgument,
    JsonOption,
    MaxSizeOption,
    OutputOption,
    PlanArgument,
    WideSession,
)
from waveplan.cli.reports import Format, Kind


def report(
    plan: PlanArgument,
    inventory: InventoryArgument,
    kind: Annotated[Kind, typer.Option("--kind", help="What it is about.", show_default=False)],
    report_format: Annotated[Format, typer.Option("--format", help="How it is written.")] = "text",
    as_json: JsonOption = False,
    output: OutputOption = None,
    max_size: MaxSizeOption = None,
    *,
    session: WideSession,
) -> int:
    """Report on a plan: the common workload plan, or compliance.

    Compliance is the register of personal data, purge orders with the acknowledgements to collect, and systems that run
    out of support. Dates are the plan's; `waveplan check` says whether it still fits its inventory.
    """
    from waveplan.cli.findings import show_beside
    from waveplan.cli.inventories import read_inventory
    from waveplan.cli.output_files import refuse_unwritable, write_whole
    from waveplan.cli.plans import read_plan
    from waveplan.cli.reports import written
    from waveplan.errors import UsageError

    if plan == inventory == "-":
        raise UsageError("only one of PLAN and INVENTORY can be standard input")
    if output is not None:
        refuse_unwritable(output)
    loaded = read_plan(plan)
    show_beside(session, loaded.findings)
    read = read_inventory(inventory, session, max_size)
    if loaded.plan is None or read.inventory is None:
        return exit_codes.FINDINGS
    text = written(kind, "json" if as_json else report_format, read.inventory, loaded.plan, read.session)
    if output is not None:
        write_whole(output, text)
    else:
        read.session.result(text)
    return read.exit_code
