"""The common workload plan as JSON, for other programs."""

from __future__ import annotations

from typing import Any

from waveplan.export.json_text import document
from waveplan.workload import Load, LoadRow, Workload

SHARE_PLACES = 4


def dump_workload_json(loads: Workload) -> str:
    """Every organisation with its teams; `share` is null where nothing is offered, `organisation` where none is named.

    `used` holds `unlimited`, the work that meets no limit; share = (used − unlimited) ÷ offered, to four places.
    """
    organisations = [
        {
            "organisation": each.whole.name,
            **_row(each.whole),
            "teams": [{"team": t.name, **_row(t)} for t in each.teams],
        }
        for each in loads.organisations
    ]
    head = {"per": loads.per, "periods": loads.periods}
    return document("workload", {**head, "organisations": organisations, "together": _row(loads.whole)})


def _row(row: LoadRow) -> dict[str, Any]:
    return {"total": load_facts(row.total), "loads": {period: load_facts(load) for period, load in row.periods.items()}}


def load_facts(load: Load) -> dict[str, Any]:
    """A load by its figures and its share."""
    share = load.share if load.share is not None and load.share.is_finite() else None
    rounded = None if share is None else round(share, SHARE_PLACES)
    return {"used": load.used, "offered": load.offered, "unlimited": load.unlimited, "share": rounded}
