"""AWS Application Migration Service: its import file of waves, applications and servers."""

from __future__ import annotations

from waveplan.export.formats.aws import IntakeRow, aws_notes, rows_of
from waveplan.export.formats.csv_text import CsvText
from waveplan.export.formats.protocol import Asked, Exported
from waveplan.export.programme import ProgrammeView, Words
from waveplan.export.tables import Cell

_HEADS = (
    "mgn:account-id", "mgn:region", "mgn:wave:name", "mgn:wave:description", "mgn:app:name", "mgn:app:description",
    "mgn:server:user-provided-id", "mgn:server:platform", "mgn:server:fqdn-for-action-framework",
    "mgn:server:tag:waveplan", "mgn:server:tag:Name",
)  # fmt: skip


def write(view: ProgrammeView, words: Words, asked: Asked) -> Exported:
    """One file, a line for each server."""
    rows, text = list(rows_of(view, asked)), CsvText()

    def row(each: IntakeRow) -> tuple[Cell, ...]:
        wave = f"{each.wave.id} {each.wave.start.isoformat()}/{each.wave.end.isoformat()}"
        about = ", ".join((each.item.lot, each.item.strategy, each.item.criticality))
        return (
            each.account, each.region, each.wave.label, wave, each.item.title, about, each.server.id,
            each.family.upper(), each.server.hostname, each.server.key, each.server.title,
        )  # fmt: skip

    content = text.text(_HEADS, map(row, rows))
    return Exported.single("aws-mgn.csv", content, (*aws_notes(view, rows, words), *text.notes(words)))
