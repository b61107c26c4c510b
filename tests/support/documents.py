"""What documents show, run for real: every `console` block as a shell session in a folder with the examples.

Exports of other tools stand in `samples`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from support.command_client import GUARD, can_fork, shim

ROOT = Path(__file__).resolve().parents[2]
ELLIPSIS = "…"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STEP = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
_MARK = "-- end of the command --"
_SPOKEN = ("NO_COLOR", "FORCE_COLOR", "WAVEPLAN_LANG", "COLUMNS", "LINES")


@dataclass(frozen=True)
class Step:
    """A command and the standard output that its document shows; a line `…` in it stands for any lines."""

    command: str
    shown: str

    def matches(self, output: str) -> bool:
        """Whether the command's output is what is shown."""
        pattern = "".join("(?:.*\n)*?" if line == f"{ELLIPSIS}\n" else re.escape(line) for line in self._lines())
        return re.fullmatch(pattern, output) is not None

    def _lines(self) -> list[str]:
        return self.shown.splitlines(keepends=True)


def documents() -> list[Path]:
    """Every document that shows commands."""
    found = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "examples").rglob("*.md"))]
    return [path for path in found if _BLOCK.search(path.read_text(encoding="utf-8"))]


def steps(text: str) -> list[Step]:
    """The commands of a document, in order, with what it shows of each."""
    return [Step(command, shown) for block in _BLOCK.findall(text) for command, shown in _STEP.findall(block)]


def outputs(commands: list[str], folder: Path) -> Iterator[str]:
    """Standard output of each command, run one after the other in one shell; `$?` is the code of the one before."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    shutil.copytree(ROOT / "tests" / "unit" / "imports" / "samples", folder / "samples")
    script = "\n".join(["code=0", *(f"(exit $code); {command}\ncode=$?; echo '{_MARK}'" for command in commands)])
    home = shim() if can_fork({}) else Path(sys.executable).parent
    environment = {name: value for name, value in os.environ.items() if name not in _SPOKEN}
    environment |= {"PATH": f"{home}{os.pathsep}{os.environ['PATH']}", "PYTHONIOENCODING": "utf-8"}
    finished = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environment, capture_output=True, timeout=GUARD, check=False
    )
    text = re.sub(r"[ \t]+$", "", finished.stdout.decode(), flags=re.MULTILINE)
    yield from (part.removeprefix("\n") for part in text.split(_MARK)[:-1])


def refreshed(text: str, folder: Path) -> str:
    """The document with every output as it is today; outputs that are cut short by `…` are left as they are."""
    found = steps(text)
    printed = dict(enumerate(outputs([each.command for each in found], folder)))
    number = -1

    def step(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return match[0] if f"{ELLIPSIS}\n" in match[2] else f"$ {match[1]}\n{printed[number]}"

    return _BLOCK.sub(lambda block: block[0].replace(block[1], _STEP.sub(step, block[1])), text)


def main() -> None:
    """Write into every document what its commands print today: PYTHONPATH=tests python -m support.documents"""
    for path in documents():
        with tempfile.TemporaryDirectory() as folder:
            path.write_text(refreshed(path.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
