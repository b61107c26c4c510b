"""The names of files that have a JSON Schema: light, since the command line reads them at each start."""

from __future__ import annotations

from typing import Literal

SchemaName = Literal[
    "inventory",
    "plan",
    "scenarios",
    "actuals",
    "mapping",
    "flow-rules",
    "flow-review",
    "precedence",
    "sources",
    "runbooks",
    "roster",
]
