"""Write what is generated from the code: the command reference, the index of findings, the JSON Schemas.

Usage: python tools/generate_docs.py [--check]. With --check nothing is written; the exit code is 1 when a file differs.
"""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from waveplan.cli.program import PROGRAM, app
from waveplan.domain.catalogue import CATALOGUE
from waveplan.domain.json_schema import json_schema
from waveplan.imports.forms.form import data_of
from waveplan.rule_pages import index

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = ROOT / "src" / "waveplan" / "imports" / "sources" / "columns"
SCHEMAS = ROOT / "src" / "waveplan" / "schemas"
PAGES = ROOT / "src" / "waveplan" / "rule_pages"
_HOW_HEADINGS_ARE_READ = """\
What becomes of a column, and by which headings it is known. Capitals, accents, punctuation, a leading or
trailing `*` and a unit at the end do not count: `*Memory (In MB)` is `memory`. Of several headings of one
field the first one whose cell is not empty counts. How each source is read is in
[import-sources.md](import-sources.md).
"""
_NOTE = "<!-- Written by tools/generate_docs.py: don't edit by hand. -->\n\n"


def documents() -> dict[Path, str]:
    """Every generated file and its text."""
    return {
        ROOT / "docs" / "cli.md": command_reference(),
        ROOT / "docs" / "rules.md": _NOTE + index(),
        ROOT / "docs" / "import-columns.md": _NOTE + columns_reference(),
        SCHEMAS / "inventory.schema.json": _json(json_schema("inventory")),
        SCHEMAS / "inventory-part.schema.json": _json(json_schema("inventory", part=True)),
        SCHEMAS / "plan.schema.json": _json(json_schema("plan")),
        SCHEMAS / "scenarios.schema.json": _json(json_schema("scenarios")),
        SCHEMAS / "actuals.schema.json": _json(json_schema("actuals")),
        SCHEMAS / "flow-rules.schema.json": _json(json_schema("flow-rules")),
        SCHEMAS / "flow-review.schema.json": _json(json_schema("flow-review")),
        SCHEMAS / "runbooks.schema.json": _json(json_schema("runbooks")),
        SCHEMAS / "roster.schema.json": _json(json_schema("roster")),
        SCHEMAS / "mapping.schema.json": _json(json_schema("mapping")),
        SCHEMAS / "precedence.schema.json": _json(json_schema("precedence")),
        SCHEMAS / "sources.schema.json": _json(json_schema("sources")),
    }


def _json(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def command_reference() -> str:
    """A section for each command: what it does, how it is called, its arguments and options."""
    group: Any = typer.main.get_command(app)
    parts = [f"{_NOTE}# Commands\n\n{group.help}\n"]
    for name, command in sorted(group.commands.items()):
        parts.append(_section(f"{PROGRAM} {name}", command))
    parts.append(_section(PROGRAM, group))
    return "\n".join(parts)


def _section(path: str, command: Any) -> str:
    context = command.context_class(command, info_name=path)
    usage = command.get_usage(context).removeprefix("Usage:").strip()
    rows = [record for param in command.get_params(context) if (record := param.get_help_record(context))]
    lines = [f"## {path}\n"] if path != PROGRAM else ["## Before any command\n"]
    if path != PROGRAM:
        lines.append(f"{command.help}\n")
    lines += [f"```text\n{' '.join(usage.split())}\n```\n"]
    lines += ["| | |", "| --- | --- |", *(f"| `{_cell(name)}` | {_cell(text)} |" for name, text in rows), ""]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def columns_reference() -> str:
    """The headings by which exports of other tools are read: a section for each source, a table for each layout."""
    parts = ["# Columns of foreign exports\n", _HOW_HEADINGS_ARE_READ]
    for file in sorted(COLUMNS.glob("*.yaml")):
        parts.append(f"## {file.stem}\n")
        for name, form in data_of(file.stem)["forms"].items():
            parts += [f"### {file.stem}: {name.replace('_', ' ')}\n", "| becomes | headings |", "| --- | --- |"]
            parts += [f"| {_field(path)} | {_headings(column)} |" for path, column in form["columns"].items()]
            parts.append("")
    return "\n".join(parts)


def _field(path: str) -> str:
    if path == "labels.":
        return "a label of its own name"
    return f"`{path}`" if not path.startswith("@") else f"for the reader: {path[1:].rstrip('_').replace('_', ' ')}"


def _headings(column: Any) -> str:
    names = column if isinstance(column, list) else column.get("names", [])
    shown = [_cell(str(name)) for name in names]
    if isinstance(column, dict) and "pattern" in column:
        shown.append(f"`{_cell(column['pattern'])}`")
    return ", ".join(shown)


def differences(wanted: dict[Path, str]) -> Iterator[str]:
    """A few lines for each file that is not what it should be, and for each finding without a page."""
    for path, text in wanted.items():
        there = path.read_text(encoding="utf-8") if path.is_file() else ""
        if there != text:
            name = str(path.relative_to(ROOT))
            diff = difflib.unified_diff(there.splitlines(), text.splitlines(), name, "generated", lineterm="", n=1)
            yield "\n".join(list(diff)[:20])
    for code in CATALOGUE:
        if not (PAGES / f"{code}.md").is_file():
            yield f"{(PAGES / code).relative_to(ROOT)}.md is missing: every finding has its page"


def main(arguments: list[str]) -> int:
    """Write or check everything."""
    wanted = documents()
    if "--check" not in arguments:
        for path, text in wanted.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    stale = list(differences(wanted))
    for each in stale:
        print(each)
    if stale:
        print("Run: python tools/generate_docs.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
