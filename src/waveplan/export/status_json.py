"""Where a programme stands, as JSON: keys and words never change with the language; what is not known is null."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from waveplan.domain.status import Status
from waveplan.export.json_text import json_text


def dump_status_json(status: Status) -> str:
    """All that a status holds, its lists whole."""
    return json_text({"waveplan_status": 1, **_plain(status)})


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return {key: _plain(each) for key, each in value.items()} if isinstance(value, dict) else value
