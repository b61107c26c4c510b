"""A presentation without the moment at which it was made, in its archive and in those of its charts' tables."""

from __future__ import annotations

import io
import re
import zipfile

from waveplan.export.formats.archive import zipped

_MADE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms)")
_NO_TIME = rb"\g<1>1980-01-01T00:00:00Z\g<2>"


def same_bytes(archive: bytes) -> bytes:
    """The same file with fixed times; a table inside it says of itself that it was made then, too."""
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        files = {name: held.read(name) for name in sorted(held.namelist(), key=_types_first)}
    return zipped({name: _timeless(content) if name.endswith(".xlsx") else content for name, content in files.items()})


def _timeless(table: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(table)) as held:
        files = {name: held.read(name) for name in held.namelist()}
    core = "docProps/core.xml"
    return zipped({**files, core: _MADE.sub(_NO_TIME, files[core])} if core in files else files)


def _types_first(name: str) -> tuple[bool, str]:
    return name != "[Content_Types].xml", name
