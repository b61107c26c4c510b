"""What an import changes in an inventory: for people, as a difference, as lists for spreadsheets and programs."""

from __future__ import annotations

import csv
import difflib
import io
import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from waveplan.domain.findings import printable

if TYPE_CHECKING:
    from rich.console import RenderableType

    from waveplan.cli.session import Session
    from waveplan.imports.writing import Writing
    from waveplan.imports.writing.listings import Listings, SourcedValue

_CONFLICTS = ("field", "value", "source", "place", "other_value", "other_source", "other_place", "waits")
_CHANGES = ("added", "changed", "removed", "questions", "gone", "deleted", "said_no_more")
_PROVENANCE = ("section", "id", "field", "value", "source", "file", "sheet", "row", "column", "as_of", "assumed")


def changed(writing: Writing, session: Session) -> Iterator[RenderableType]:
    """How much is new, changed, asked, gone."""
    from rich.text import Text

    facts, count = changes(writing), session.translator().count
    said = [
        count("{n} new entry", "{n} new entries", len(facts["added"])),
        count("{n} changed value", "{n} changed values", len(facts["changed"])),
        count("{n} entry removed", "{n} entries removed", len(facts["removed"])),
        count("{n} open question", "{n} open questions", len(facts["questions"])),
        count("{n} entry gone from its source", "{n} entries gone from their sources", len(facts["gone"])),
        count("{n} entry deleted by hand", "{n} entries deleted by hand", len(facts["deleted"])),
        count("{n} value said no more", "{n} values said no more", len(facts["said_no_more"])),
    ]
    kept = [text for text, key in zip(said, _CHANGES, strict=True) if facts[key]]
    yield Text(", ".join(kept) if kept else session.say("Nothing changes in the inventory."))


def changes(writing: Writing) -> dict[str, Any]:
    """The same as data."""
    from waveplan.imports.writing.three_way import MISSING

    def known(value: Any) -> Any:
        return None if value is MISSING else value

    found = writing.reconciliation
    facts: dict[str, list[Any]] = {key: [] for key in _CHANGES}
    if found is None:
        return facts
    for outcome in found.outcomes:
        name = f"{outcome.draft.section}.{outcome.draft.id}"
        if outcome.standing is None:
            facts["added"].append(name)
        elif not outcome.refused:
            facts["changed"] += [
                {"field": f"{name}.{each.path}", "before": known(each.before), "after": known(each.after)}
                for each in outcome.three.changes
            ]
        facts["questions"] += [
            {
                "field": f"{name}.{each.path}",
                "imported": known(each.imported),
                "standing": known(each.standing),
                "said": known(each.said),
            }
            for each in outcome.three.questions
        ]
        facts["said_no_more"] += [f"{name}.{path}" for path in outcome.three.dropped]
    facts["removed"] = [removal.name for removal in found.removals if not removal.held_by]
    facts["gone"] = [entry.named for entry in found.entries if entry.gone]
    facts["deleted"] = [f"{draft.section}.{draft.id}" for draft in found.left_deleted if draft.thing is not None]
    return facts


def diff_text(writing: Writing) -> str:
    """What changes in the files that people read, line by line."""
    return texts_diff(writing.before, {name: text for name, text in writing.files.items() if not name.startswith(".")})


def texts_diff(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """What changes in texts by their names; what was not there before comes from nothing."""
    lines: list[str] = []
    for name, text in sorted(after.items()):
        old, new = (each.splitlines(keepends=True) for each in (before.get(name, ""), text))
        fromfile = f"a/{name}" if name in before else "/dev/null"
        lines += difflib.unified_diff(old, new, fromfile=fromfile, tofile=f"b/{name}")
    return "".join(map(_diff_line, lines))


def _diff_line(line: str) -> str:
    """A line that no terminal takes for more than text."""
    end = "" if line.endswith("\n") else "\n\\ No newline at end of file"
    return f"{printable(line.rstrip(chr(10)))}{end}\n"


def _listings(writing: Writing) -> Listings | None:
    from waveplan.imports.writing.listings import Listings

    return None if writing.union is None else Listings(writing.union, writing.ids)


def conflicts_text(writing: Writing, *, as_json: bool) -> str:
    """Every conflict with all its values and their places."""
    listings = _listings(writing)
    rows = list(listings.conflicts()) if listings else []
    if as_json:
        from waveplan.export.json_text import versioned

        facts = [
            {
                "field": row.field,
                "taken": _fact(row.taken),
                "others": [_fact(each) for each in row.others],
                "waits_for_review": row.waits,
            }
            for row in rows
        ]
        return json.dumps(versioned("import_conflicts", {"conflicts": facts}), indent=2, ensure_ascii=False) + "\n"
    lines: list[tuple[str, ...]] = []
    for row in rows:
        waits = "yes" if row.waits else ""
        lines += [(row.field, *_cells(row.taken), *_cells(other), waits) for other in row.others]
    return _csv(_CONFLICTS, lines)


def _fact(said: SourcedValue) -> dict[str, str | None]:
    return {"value": said.value, "source": said.source, "place": said.place or None}


def _cells(said: SourcedValue) -> tuple[str, str, str]:
    return said.value, said.source, said.place


def provenance_csv(writing: Writing, before: str) -> str:
    """Where each value comes from; of sources that were not read this time, what an earlier list says."""
    known = {tuple(row[:5]): row for row in csv.reader(io.StringIO(before)) if len(row) == len(_PROVENANCE)}
    lines = []
    listings = _listings(writing)
    for row in listings.provenance() if listings else ():
        said, place = row.said, row.said.location
        head = (row.section, row.id, row.field, _harmless(said.value), said.source)
        where = (place.file, place.sheet, str(place.line), str(place.column)) if place else (said.file, "", "", "")
        line = (*head, *where, said.as_of, said.assumed)
        lines.append(tuple(known[head]) if place is None and head in known else line)
    return _csv(_PROVENANCE, lines)


def _csv(head: tuple[str, ...], lines: list[tuple[str, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([[_harmless(cell) for cell in line] for line in lines])
    return text.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell and not cell[1:].replace(".", "", 1).isdigit() else cell
