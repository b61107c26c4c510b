"""What an import did, for people and as data: rows by fate, reasons, records, files."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from waveplan.domain.findings import Finding
from waveplan.render.language import Language, marked, safe

if TYPE_CHECKING:
    from rich.console import RenderableType

    from waveplan.cli.session import Session
    from waveplan.imports.accounts import Entry
    from waveplan.imports.harvest import Harvest

FATES = {"imported": marked("imported"), "merged": marked("merged"), "skipped": marked("skipped")}


def summary(harvest: Harvest, session: Session) -> Iterator[RenderableType]:
    """Rows by sheet and fate, why rows were skipped, what was found."""
    from rich.text import Text

    from waveplan.render.columns import Column, table, words
    from waveplan.render.console import signs_for

    language, screen = session.translator(), session.notes()
    tables = list(harvest.accounts.by_table())
    if tables:
        names = [PurePath(file).name for (file, _), _ in tables]
        columns = [Column(language.say("File"), words(map(safe, names)), fold=12)]
        if any(sheet for (_, sheet), _ in tables):
            columns.append(Column(language.say("Sheet"), words(safe(sheet) for (_, sheet), _ in tables)))
        for fate, name in FATES.items():
            numbers = words(language.number(fates[fate]) for _, fates in tables)  # type: ignore[index]
            columns.append(Column(language.say(name), numbers, right=True))
        yield table(columns, screen.width, language, signs_for(screen))
    yield from (Text(line) for line in _reasons(harvest, language))
    counted = list(_counted(harvest, language))
    yield Text(language.say("Read: {what}", what=", ".join(counted)) if counted else language.say("Nothing was found."))


def _counted(harvest: Harvest, language: Language) -> Iterator[str]:
    """How many things of each kind were read."""
    found = Counter(record.kind for record in harvest.records)
    count = language.count
    each = {
        "site": count("{n} site", "{n} sites", found["site"]),
        "team": count("{n} team", "{n} teams", found["team"]),
        "server": count("{n} server", "{n} servers", found["server"]),
        "application": count("{n} application", "{n} applications", found["application"]),
        "service": count("{n} service", "{n} services", found["service"]),
        "dependency": count("{n} dependency", "{n} dependencies", found["dependency"]),
        "link": count("{n} link", "{n} links", found["link"]),
    }
    yield from (text for kind, text in each.items() if any(record == kind for record in found))
    if harvest.flows:
        yield count("{n} flow", "{n} flows", len(harvest.flows))


def _reasons(harvest: Harvest, language: Language) -> Iterator[str]:
    told: Counter[str] = Counter()
    for entry, rows in harvest.accounts.reasons():
        if entry.fate == "skipped":
            told[_reason(entry, language)] += rows
    for reason, rows in told.most_common():
        yield language.count("{n} row skipped: {reason}", "{n} rows skipped: {reason}", rows, reason=safe(reason))


def _reason(entry: Entry, language: Language) -> str:
    return language.phrase(entry.reason) if entry.reason else ""


def accounts_csv(harvests: Sequence[Harvest], language: Language) -> str:
    """What became of each row: file, sheet, row, fate, reason."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["file", "sheet", "row", "fate", "reason"])
    for entry in (entry for harvest in harvests for entry in harvest.accounts.entries()):
        place = entry.place
        writer.writerow([place.file, place.sheet, place.row, entry.fate, _reason(entry, language)])
    return text.getvalue()


def as_json(
    harvests: Sequence[Harvest], findings: Sequence[Finding], written: Sequence[str], changes: Mapping[str, object]
) -> str:
    """The same as a document for programs."""
    from waveplan.export.findings_json import finding_entry
    from waveplan.export.json_text import versioned

    facts = {
        "sources": [_source(harvest) for harvest in harvests],
        "changes": changes,
        "files": list(written),
        "findings": [finding_entry(each) for each in sorted(findings, key=lambda finding: finding.sort_key)],
    }
    return json.dumps(versioned("import", facts), indent=2) + "\n"


def _source(harvest: Harvest) -> dict[str, object]:
    return {
        "source": harvest.source,
        "as_of": harvest.as_of.isoformat() if harvest.as_of else None,
        "tables": [{"file": file, "sheet": sheet, **fates} for (file, sheet), fates in harvest.accounts.by_table()],
        "reasons": [
            {
                "file": entry.place.file,
                "sheet": entry.place.sheet,
                "fate": entry.fate,
                "reason": str(entry.reason),
                "rows": rows,
                "first_row": entry.place.row,
            }
            for entry, rows in harvest.accounts.reasons()
            if entry.reason is not None
        ],
        "records": dict(sorted(Counter(record.kind for record in harvest.records).items())),
        "flows": len(harvest.flows),
    }
