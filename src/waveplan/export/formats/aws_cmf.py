"""AWS Cloud Migration Factory: the intake form of waves, applications and servers."""

from __future__ import annotations

from waveplan.export.formats.aws import IntakeRow, aws_notes, rows_of
from waveplan.export.formats.csv_text import CsvText
from waveplan.export.formats.protocol import Asked, Exported
from waveplan.export.programme import ProgrammeView, Words
from waveplan.export.tables import Cell

_HEADS = (
    "wave_name", "app_name", "aws_accountid", "aws_region", "server_name", "server_os_family", "server_os_version",
    "server_fqdn", "r_type", "server_tier", "server_environment", "tags",
)  # fmt: skip
_TYPES = {
    "rehost": "Rehost",
    "replatform": "Replatform",
    "refactor": "Rearchitect",
    "repurchase": "Repurchase",
    "relocate": "Relocate",
    "retain": "Retain",
    "retire": "Retire",
}


def write(view: ProgrammeView, words: Words, asked: Asked) -> Exported:
    """One file, a line for each server."""
    rows, text = list(rows_of(view, asked)), CsvText()
    content = text.text(_HEADS, map(_row, rows))
    return Exported.single("aws-cmf.csv", content, (*aws_notes(view, rows, words), *text.notes(words)))


def _row(row: IntakeRow) -> tuple[Cell, ...]:
    server = row.server
    tags = {
        "waveplan": server.key,
        "wave": row.wave.id,
        "cutover_start": row.wave.start.isoformat(),
        "cutover_end": row.wave.end.isoformat(),
        **server.labels,
    }
    told = "".join(f"{_bare(name)}={_bare(value)};" for name, value in tags.items())
    return (
        row.wave.label, row.item.title, row.account, row.region, server.title, row.family, server.os,
        server.hostname or server.id, _TYPES.get(row.item.strategy, "TBC"), server.labels.get("tier", ""),
        server.environment, told,
    )  # fmt: skip


def _bare(text: str) -> str:
    """Tags are parted by these signs."""
    return text.replace(";", ",").replace("=", "-")
