"""What checks of the raw tree look things up in, and where they leave what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from waveplan.domain.findings import Path
from waveplan.loading.names import Names
from waveplan.loading.report import ReadingReport
from waveplan.loading.suggestions import Suggester
from waveplan.loading.tree import MappingNode, mark_of


@dataclass(slots=True)
class _MissingName:
    """A name that nobody bears: where it stands first, and how often."""

    kinds: tuple[str, ...]
    name: str
    path: Path
    mark: int
    count: int = 1


@dataclass
class LookupContext:
    """What checks look things up in, and where they leave what they find."""

    root: MappingNode
    names: Names
    report: ReadingReport
    _missing: dict[tuple[tuple[str, ...], str], _MissingName] = field(default_factory=dict)
    _suggesters: dict[tuple[str, ...], Suggester] = field(default_factory=dict)

    def note_missing(self, kinds: tuple[str, ...], name: str, path: Path, *, key: bool = False) -> None:
        """Somebody names a thing that may not be there."""
        if any(kind in {"application", "service"} and self.names.has_item(kind, name) for kind in kinds):
            return
        mark = mark_of(self.root, path, key=key)
        known = self._missing.setdefault((kinds, name), _MissingName(kinds, name, path, mark, 0))
        known.count += 1
        if mark < known.mark:
            known.mark, known.path = mark, path

    def report_missing(self) -> None:
        """One finding for each name that nobody bears: where it stands first."""
        for missing in sorted(self._missing.values(), key=lambda each: each.mark):
            template = "there is no {kind} '{name}'"
            if missing.count > 1:
                template = "there is no {kind} '{name}'; it is named {count} times, here first"
            values = {"kind": " or ".join(missing.kinds), "name": missing.name, "count": missing.count}
            hint = self._hint(missing)
            self.report.add("WP107", missing.mark, template, values, path=missing.path, **hint)

    def suggester(self, kinds: tuple[str, ...], known: Callable[[], Iterable[str]]) -> Suggester:
        """The one suggester for names of some kinds, so that its budget is spent only once."""
        if kinds not in self._suggesters:
            self._suggesters[kinds] = Suggester(known())
        return self._suggesters[kinds]

    def _hint(self, missing: _MissingName) -> dict[str, Any]:
        others = self.names.kinds_of(missing.name)
        if others:
            return {"hint": "'{name}' is a {other}", "hint_values": {"name": missing.name, "other": others[0]}}
        suggester = self.suggester(
            missing.kinds, lambda: [name for kind in missing.kinds for name in self.names.by_kind[kind]]
        )
        found = suggester.closest(missing.name)
        if found:
            return {"hint": "did you mean '{suggestion}'?", "hint_values": {"suggestion": found}}
        return {"hint": "add it to the inventory, or take the name out"}
