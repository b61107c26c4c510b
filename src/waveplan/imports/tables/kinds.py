"""What a file is: by its first bytes, whatever its name says."""

from __future__ import annotations

from typing import Literal

from waveplan.imports.tables.archives import NO_ARCHIVE, archive_of
from waveplan.imports.tables.refusals import not_read
from waveplan.imports.tables.stored import Stored

_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SEARCHED = 4_000_000
_FOREIGN = (
    (b"%PDF", "it is a PDF"),
    (b"\x89PNG", "it is a picture"),
    (b"GIF8", "it is a picture"),
    (b"\xff\xd8\xff", "it is a picture"),
    (b"\x1f\x8b", "it is packed with gzip: unpack it first"),
    (b"7z\xbc\xaf", "it is an archive of another kind: unpack it first"),
    (b"Rar!", "it is an archive of another kind: unpack it first"),
    (b"<", "it is XML or a web page: open it in a spreadsheet and save it as .xlsx or .csv"),
    (b"{", "it is JSON, and a table is needed"),
)
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".ods", ".zip"})


def kind_of(stored: Stored) -> Literal["workbook", "archive", "text"]:
    """What a file is read as. Raises UnreadableInputError when it is nothing that holds tables."""
    start = stored.start(64)
    if not start:
        raise not_read(stored.name, "the file is empty")
    if start.startswith(_OLE):
        raise _old_or_protected(stored)
    if start.startswith(b"PK"):
        return _packed_kind(stored)
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, what in _FOREIGN:
        if text.startswith(mark):
            raise not_read(stored.name, what)
    if stored.suffix in _WORKBOOKS:
        raise not_read(stored.name, NO_ARCHIVE)
    return "text"


def _packed_kind(stored: Stored) -> Literal["workbook", "archive"]:
    with archive_of(stored) as (archive, _):
        names = {each.filename.replace("\\", "/").lower() for each in archive.infolist()}
    if "xl/workbook.bin" in names:
        raise not_read(stored.name, "it is a binary workbook: save it as .xlsx")
    is_workbook = "xl/workbook.xml" in names or ("content.xml" in names and "mimetype" in names)
    if not is_workbook and "word/document.xml" in names:
        raise not_read(stored.name, "it is a text document, and a table is needed")
    return "workbook" if is_workbook else "archive"


def _old_or_protected(stored: Stored) -> Exception:
    if _PASSWORD in stored.start(_SEARCHED):
        return not_read(stored.name, "it is protected by a password: save it without one")
    return not_read(stored.name, "it is a workbook of the format before 2007: save it as .xlsx")
