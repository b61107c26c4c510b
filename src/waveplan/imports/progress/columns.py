"""Names of columns, and words in them, by which exports are read: the tables are in `columns.yaml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import cast

import yaml


@cache
def _table() -> dict[str, object]:
    text = files("waveplan.imports.progress").joinpath("columns.yaml").read_text(encoding="utf-8")
    return cast(dict[str, object], yaml.safe_load(text))


def words_of(name: str) -> Sequence[str]:
    """A list of the table."""
    return cast(Sequence[str], _table()[name])


def columns_of(name: str) -> Mapping[str, Sequence[str]]:
    """By what is read, the names that its column may have."""
    return cast(Mapping[str, Sequence[str]], _table()[name])
