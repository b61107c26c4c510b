"""Inventories as text, with the expected place of a finding marked in it."""

from __future__ import annotations

HERE = "►"  # stands just before the place of a finding; it is taken out before the text is read

BASE = """\
waveplan: 1
programme: {name: Exit, start: 2026-01-05, deadline: 2026-12-18}
sites:
  - {id: old, roles: [source], target: new}
  - {id: new, roles: [target]}
teams: [{id: ops}]
servers:
  - {id: s1, site: old}
applications:
  - {id: a1, servers: [s1]}
"""


def unmarked(text: str) -> tuple[str, tuple[int, int] | None]:
    """A text without its mark, and the line and column that it marked."""
    before, mark, after = text.partition(HERE)
    if not mark:
        return text, None
    line_start = before.rfind("\n") + 1
    return before + after, (before.count("\n") + 1, len(before) - line_start + 1)


def with_base(text: str) -> str:
    """A text after the smallest useful inventory, in place of those sections that it gives itself."""
    given = {line.replace(HERE, "").partition(":")[0] for line in text.splitlines() if line[:1].strip()}
    kept, keep = [], True
    for line in BASE.splitlines(keepends=True):
        if not line.startswith(" "):
            keep = line.partition(":")[0] not in given
        kept += [line] if keep else []
    return "".join(kept) + text
