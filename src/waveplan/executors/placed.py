"""Data that every process of a pool reads once, from a file that the first of them was told of."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Placed:
    """Stands for data that was written to a file of this machine."""

    file: str


def written(data: Any, file: Path) -> Placed:
    """Write it there."""
    file.write_bytes(pickle.dumps(data, protocol=pickle.HIGHEST_PROTOCOL))
    return Placed(str(file))


def taken(shared: Any) -> Any:
    """The data itself."""
    return _read(shared.file) if isinstance(shared, Placed) else shared


@lru_cache(maxsize=2)
def _read(file: str) -> Any:
    return pickle.loads(Path(file).read_bytes())
