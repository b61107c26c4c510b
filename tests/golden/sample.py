"""The plan that goldens and render tests show, and ways to print what they get."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console, RenderableType

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


def printed(
    renderables: Iterable[RenderableType], width: int = 80, *, wrap: bool = True, encoding: str = "utf-8"
) -> str:
    """What a stream that is no terminal receives."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    write(make_console(stream, width=width), renderables, wrap=wrap)
    stream.flush()
    return raw.getvalue().decode(encoding)


def in_colour(renderables: Iterable[RenderableType], width: int = 80) -> str:
    """What a terminal of 256 colours receives."""
    stream = io.StringIO()
    console = Console(
        file=stream, width=width, force_terminal=True, color_system="256", markup=False, highlight=False, emoji=False
    )
    write(console, renderables)
    return stream.getvalue()
