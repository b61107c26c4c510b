"""What the shell offers when a word of the command line is completed."""

from __future__ import annotations

import typer


def goals() -> list[str]:
    """The names of the goals."""
    from typing import get_args

    from waveplan.domain.objective import GoalName

    return list(get_args(GoalName))


def waves(context: typer.Context) -> list[str]:
    """The waves of the plan that stands before: by number, and by id. Nothing where it cannot be read."""
    from waveplan import api
    from waveplan.errors import WaveplanError

    source = context.params.get("plan")
    if not source or source == "-":
        return []
    try:
        plan = api.load_plan(source).plan
    except WaveplanError:
        return []
    if plan is None:
        return []
    several = len({wave.stream for wave in plan.waves}) > 1
    in_order = plan.waves_in_order()
    return [*(wave.label(with_stream=several) for wave in in_order), *(wave.id for wave in in_order)]


def tables() -> list[str]:
    """The tables that can be exported."""
    from waveplan.export.tables import TABLES

    return list(TABLES)


def import_formats() -> list[str]:
    """The formats that can be imported."""
    from waveplan import api

    return list(api.import_sources())
