"""Plans with certificates: made once for all tests of one inventory, and altered as a forger would."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support.made_once import made_once

FILES = ("plan.yaml", "plan.certificate.json")


def certified_plan(
    folder: Path, inventory: str, name: str, solve: Callable[[], object], factory: pytest.TempPathFactory
) -> None:
    """Write an inventory, its plan and the certificates of it; `solve` makes both files in the folder."""

    def made() -> str:
        solve()
        return json.dumps([(folder / file).read_text(encoding="utf-8") for file in FILES])

    (folder / "inventory.yaml").write_text(inventory, encoding="utf-8")
    for file, text in zip(FILES, json.loads(made_once(factory, name, made)), strict=True):
        (folder / file).write_text(text, encoding="utf-8")


def forge(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the certificate, and the sum of it in the plan."""
    plan, file = (folder / name for name in FILES)
    data = json.loads(file.read_text(encoding="utf-8"))
    change(data)
    file.write_text(json.dumps(data), encoding="utf-8")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    text = re.sub(r"certificate: [0-9a-f]{64}", f"certificate: {digest}", plan.read_text(encoding="utf-8"))
    plan.write_text(text, encoding="utf-8")
