"""What the keys of the files that imports read beside exports mean, in one line each: what an editor shows."""

from __future__ import annotations

_MODE = "`apply` writes a value; `review` keeps a changed or contradicted one out until somebody accepts it."
_STALE = "After so many days a source yields to fresh ones, whatever its place."

PRECEDENCE_NOTES: dict[str, dict[str, str]] = {
    "SourcePrecedence": {
        "waveplan_precedence": "Version of the format: 1.",
        "sources": "Whose word counts, the best first; sources that are not named come after, by their names.",
        "fields": "Field, as `servers.os`, or `os` of all kinds → its own order of sources, which goes first.",
        "mode": _MODE,
        "stale_after_days": _STALE,
    },
    "RankedSource": {
        "name": "The source's name: its format, unless it was given one.",
        "mode": _MODE,
        "stale_after_days": _STALE,
    },
    "FieldPrecedence": {"sources": "Whose word counts for this field, the best first.", "mode": _MODE},
}
SOURCES_NOTES: dict[str, dict[str, str]] = {
    "SourcesFile": {
        "waveplan_sources": "Version of the format: 1.",
        "precedence": "The file that says whose word counts, from the folder of this one.",
        "sources": "What to read, in any order.",
    },
    "ImportedSource": {
        "format": "What wrote the files, as `waveplan import help` lists it.",
        "files": "Files, folders or archives, from the folder of this file.",
        "name": "What this source is called in precedence and provenance; default: the format.",
        "options": "Options of the format, as after --option.",
    },
}
