"""What tests of mappings have in common."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.mapped import MappedFolder


@pytest.fixture
def here(tmp_path: Path) -> MappedFolder:
    """A folder for mapping and sheets."""
    return MappedFolder(tmp_path)
