"""Draw docs/images/plan.svg: what `waveplan show` prints of the kept plan, as text that suits light and dark pages.

Usage: python tools/draw_picture.py [--check]. With --check nothing is written; the exit code is 1 when it would differ.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "images" / "plan.svg"
COMMAND = ["show", "examples/datacentre-exit.plan.yaml", "--waves", "--gantt", "--width", "112"]

_WIDTH, _HEIGHT, _MARGIN = 8.4, 18, 16  # of a character, of a line, around the text
_STYLE = """
text { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 14px; fill: #1f2328;
  white-space: pre; }
.strong { font-weight: bold; }
rect { fill: #f6f8fa; stroke: #d1d9e0; }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3; } rect { fill: #0d1117; stroke: #3d444d; } }
"""


def drawing() -> str:
    """The picture."""
    lines = [Text.from_ansi(line) for line in _printed().splitlines()]
    console = Console()
    width = max(line.cell_len for line in lines) * _WIDTH + 2 * _MARGIN
    height = len(lines) * _HEIGHT + 2 * _MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" xml:space="preserve">',
        f"<title>{escape('$ waveplan ' + ' '.join(COMMAND))}</title>",
        f"<style>{_STYLE}</style>",
        f'<rect x="0.5" y="0.5" width="{width - 1:g}" height="{height - 1:g}" rx="8"/>',
    ]
    for number, line in enumerate(lines):
        parts.extend(_line(line, _MARGIN + number * _HEIGHT + 13, console))
    return "\n".join([*parts, "</svg>", ""])


def _printed() -> str:
    colours = {"FORCE_COLOR": "1", "COLORTERM": "truecolor", "PYTHONIOENCODING": "utf-8"}
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "WAVEPLAN_LANG"}}
    command = [sys.executable, "-m", "waveplan", *COMMAND]
    return subprocess.run(
        command, cwd=ROOT, env={**kept, **colours}, capture_output=True, check=True, encoding="utf-8"
    ).stdout


def _line(line: Text, y: int, console: Console) -> Iterator[str]:
    """One element for each run of one style; its length is given, so that columns hold in any font."""
    column = 0
    for text, style in _runs(line, console):
        inked = text.strip(" ")
        if inked:
            x = _MARGIN + (column + len(text) - len(text.lstrip(" "))) * _WIDTH
            length = cell_len(inked) * _WIDTH
            yield f'<text x="{x:g}" y="{y}" textLength="{length:g}"{_attributes(style)}>{escape(inked)}</text>'
        column += cell_len(text)


def _runs(line: Text, console: Console) -> Iterator[tuple[str, Style]]:
    run, last = "", Style()
    for segment in line.render(console):
        style = segment.style or Style()
        if run and (style.color, style.bold) != (last.color, last.bold):
            yield run, last
            run = ""
        run, last = run + segment.text, style
    if run:
        yield run, last


def _attributes(style: Style) -> str:
    strong = ' class="strong"' if style.bold else ""
    if style.color is None or style.color.is_default:
        return strong
    return f'{strong} style="fill:{style.color.get_truecolor().hex}"'


def main(arguments: list[str]) -> int:
    """Write or check the picture."""
    wanted = drawing()
    if "--check" in arguments:
        stale = not PICTURE.is_file() or PICTURE.read_text(encoding="utf-8") != wanted
        if stale:
            print(f"{PICTURE.relative_to(ROOT)} is out of date. Run: python tools/draw_picture.py")
        return int(stale)
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
