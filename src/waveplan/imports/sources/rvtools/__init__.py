"""RVTools: machines of VMware vCenter, as sheets of one workbook or as a CSV file for each sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from waveplan.imports.harvest import Harvest, Reading, Source
from waveplan.imports.sources.rvtools.options import OPTIONS

NAME = "rvtools"


def _read(files: Sequence[Path], reading: Reading) -> Harvest:
    from waveplan.imports.sources.rvtools.exports import read

    return read(files, reading, NAME)


SOURCE = Source(NAME, "RVTools: machines of VMware vCenter", _read, options=OPTIONS)
