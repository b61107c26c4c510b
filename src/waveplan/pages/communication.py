"""What people are told, taught and asked, on the page of a programme."""

from __future__ import annotations

from waveplan.assessment.communication import communication
from waveplan.pages.context import Context
from waveplan.pages.tables import PageTable, table_of
from waveplan.render.reports.communication import plan_part


def people_told(context: Context) -> PageTable | None:
    """The dated plan of communication; none where the inventory asks for none. Each row is about its wave."""
    status = context.source.status
    held = status.communication if status is not None else communication(context.plan, context.source.inventory)
    if not held:
        return None
    table = table_of(plan_part(held, context.language, tracked=status is not None), context.language)
    places = tuple((context.wave_place[each.wave.id],) for each in held for _ in each.messages)
    return PageTable(table.title, table.columns, table.rows, table.nothing, table.note, places)
