"""What a simulation says, as JSON. Keys never change with the language; shares are from 0 to 1, never is null."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from waveplan.domain.simulated import Simulation
from waveplan.export.json_text import document

_PLACES = 6  # decimals of shares and means


def format_simulation(simulation: Simulation) -> str:
    """Every date, wave, risk and measure."""
    return document("simulation", _plain(simulation))


def _plain(value: Any) -> Any:
    """Records by their fields, floats rounded, so that the same run gives the same text."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, float):
        return round(value, _PLACES)
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple | list) else value
