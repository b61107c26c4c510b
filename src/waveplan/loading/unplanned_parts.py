"""Parts of the format that load and validate, but that this version does not plan yet."""

from __future__ import annotations

from waveplan.domain.findings import Path
from waveplan.loading.report import Report
from waveplan.loading.tree import MappingNode, mappings, mark_of

_UNPLANNED_SECTIONS = ("knowledge_transfers", "external_milestones", "pilots", "tranches")


def report_unplanned_parts(root: MappingNode, report: Report) -> None:
    """One finding that names every such part, at the first of them."""
    used: list[tuple[str, Path]] = [(section, (section,)) for section in _UNPLANNED_SECTIONS if root.get(section)]
    for section in ("applications", "services"):
        stepped = next((number for number, entry in mappings(root.get(section)) if entry.get("steps")), None)
        if stepped is not None:
            used.append((f"steps of {section}", (section, stepped, "steps")))
    if not used:
        return
    mark, path = min((mark_of(root, path, key=True), path) for _, path in used)
    report.add(
        "WP122",
        mark,
        "this version does not plan {parts}",
        {"parts": ", ".join(part for part, _ in used)},
        path=path,
        hint="they are read and checked, but no plan is made while they are there: leave them out for now",
    )
