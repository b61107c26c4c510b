"""The plan that goldens and render tests show, and ways to print what they get."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from rich.console import RenderableType

from waveplan.domain.plan import Plan
from waveplan.render.console import make_console, write

HERE = Path(__file__).parent


def sample_data() -> dict[str, Any]:
    """The sample plan as plain data, fresh each time."""
    data: dict[str, Any] = yaml.load((HERE / "sample_plan.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return data


def sample_plan(**changes: Any) -> Plan:
    """The sample plan; `changes` replace whole sections."""
    return Plan.model_validate(sample_data() | changes)


def printed(renderables: Iterable[RenderableType], width: int = 80, *, wrap: bool = True) -> str:
    """What a stream that is no terminal receives."""
    stream = io.StringIO()
    write(make_console(stream, width=width), renderables, wrap=wrap)
    return stream.getvalue()
