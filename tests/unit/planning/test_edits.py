"""Edits of inventories as data."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from waveplan.domain.inventory import Inventory
from waveplan.planning.diagnosis.edits import GONE, Edit, edited, plain, value_at

INVENTORY = Inventory.model_validate(
    {
        "waveplan": "1",
        "programme": {"name": "Edits", "start": "2026-01-05", "deadline": "2026-12-18"},
        "applications": [{"id": "a", "slot": "2026-02-07"}, {"id": "b", "max_downtime_hours": "4"}],
        "calendar": {"freezes": [{"from": f"2026-0{month}-01", "to": f"2026-0{month}-05"} for month in (1, 2, 3)]},
        "policy": {"wave_limits": {"servers": "3", "effort": {"dba": "2", "net": "4"}}},
    }
)


def test_paths_speak_of_the_inventory_as_it_was() -> None:
    edits = [
        Edit(("calendar", "freezes", 0), GONE),
        Edit(("calendar", "freezes", 2, "to"), dt.date(2026, 3, 2)),
        Edit(("applications", 0, "slot"), GONE),
        Edit(("policy", "wave_limits", "effort", "dba"), GONE),
    ]
    changed = edited(INVENTORY, edits)
    assert [freeze.last.isoformat() for freeze in changed.calendar.freezes] == ["2026-02-05", "2026-03-02"]
    assert changed.applications[0].slot is None
    assert list(changed.policy.wave_limits.effort) == ["net"]
    assert changed.applications[1] is INVENTORY.applications[1]
    assert len(INVENTORY.calendar.freezes) == 3


def test_what_is_gone_stays_gone_whatever_else_is_said_of_it() -> None:
    entry, field = Edit(("calendar", "freezes", 1), GONE), Edit(("calendar", "freezes", 1, "to"), dt.date(2026, 2, 2))
    for edits in ([entry, field], [field, entry]):
        assert [freeze.first.month for freeze in edited(INVENTORY, edits).calendar.freezes] == [1, 3]


def test_values_are_told_as_yaml_writes_them() -> None:
    assert plain(value_at(INVENTORY, ("calendar", "freezes", 0))) == {"from": "2026-01-01", "to": "2026-01-05"}
    assert [plain(Decimal("4")), plain(Decimal("0.25"))] == [4, 0.25]
