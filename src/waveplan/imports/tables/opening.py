"""From a path to its tables: a workbook, delimited text, a folder of these, or an archive of these."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from waveplan.domain.findings import Finding, Location
from waveplan.imports.tables.archives import DAMAGED, Unpacking, archive_of, is_link
from waveplan.imports.tables.delimited import delimited
from waveplan.imports.tables.kinds import kind_of
from waveplan.imports.tables.limits import LIMITS, MEGABYTE, ReadingLimits
from waveplan.imports.tables.model import Table
from waveplan.imports.tables.refusals import not_read
from waveplan.imports.tables.stored import Stored, stored_file
from waveplan.imports.tables.workbooks import SheetTable, workbook_of

_TEXT = frozenset({".csv", ".tsv", ".tab", ".txt"})
_READ = _TEXT | {".xlsx", ".xlsm", ".ods"}


@dataclass(slots=True)
class Opened:
    """The tables of a path, and what is to be said of its files."""

    tables: list[Table] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def add(self, other: Opened) -> None:
        """Take another one's tables and findings over."""
        self.tables += other.tables
        self.findings += other.findings


def tables_of(path: Path, limits: ReadingLimits = LIMITS) -> list[Table]:
    """The tables of a file, a folder or an archive, whose rows are read as they are asked for.

    Raises UnreadableInputError for what cannot be read, or would take more than the limits.
    """
    return opened(path, limits).tables


def opened(path: Path, limits: ReadingLimits = LIMITS) -> Opened:
    """The same, with what is to be said of the files: macros that are not run, files that are passed over."""
    if _is_folder(path):
        return _of_folder(path, limits)
    return _of_file(stored_file(path), limits)


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):
        return False  # whoever opens it says why


def _of_folder(path: Path, limits: ReadingLimits) -> Opened:
    found = Opened()
    try:
        inside = sorted(path.iterdir())
    except OSError:
        raise not_read(str(path), "reading it is not permitted") from None
    readable = [each for each in inside if each.suffix.lower() in _READ and not each.name.startswith((".", "~$"))]
    for each in readable[: limits.files]:
        if each.is_symlink() or not each.is_file():
            found.findings.append(_passed_over(str(each), "it is a link or no file"))
        else:
            found.add(_of_file(stored_file(each), limits))
    if not found.tables:
        raise not_read(str(path), "there is no *.csv, *.xlsx or *.ods file in this folder")
    return found


def _of_file(stored: Stored, limits: ReadingLimits) -> Opened:
    kind = kind_of(stored)
    if kind == "archive":
        return _of_archive(stored, limits)
    if kind == "workbook":
        return _of_workbook(stored, limits)
    return Opened([delimited(stored, limits)])


def _of_workbook(stored: Stored, limits: ReadingLimits) -> Opened:
    workbook = workbook_of(stored, limits)
    findings = []
    if workbook.has_macros:
        findings.append(
            Finding(
                code="WP508",
                template="the workbook holds macros: they are neither run nor read",
                severity="warning",
                location=Location(stored.name),
            )
        )
    return Opened([SheetTable(workbook, name) for name in workbook.names], findings)


def _of_archive(stored: Stored, limits: ReadingLimits) -> Opened:
    """Members are read where they are; none is written anywhere, whatever its name says."""
    found = Opened()
    for member in _members(stored, limits):
        name = f"{stored.name}/{PurePosixPath(member.filename.replace(chr(92), '/')).name}"
        if is_link(member):
            found.findings.append(_passed_over(name, "it is a link or no file"))
        elif PurePosixPath(name).suffix.lower() in _TEXT:
            _refuse_bomb(stored, member, limits)
            found.add(_of_file(Stored(name, _opener(stored, member, limits), member.file_size), limits))
        elif PurePosixPath(name).suffix.lower() in _READ:
            found.add(_of_file(_unpacked(stored, member, name, limits), limits))
    if not found.tables:
        raise not_read(stored.name, "there is no *.csv, *.xlsx or *.ods file in this archive")
    return found


def _refuse_bomb(stored: Stored, member: zipfile.ZipInfo, limits: ReadingLimits) -> None:
    """Unpack all of a member and keep nothing, so that a bomb ends before its first row is read."""
    with archive_of(stored, limits) as (_, opened):
        for _ in Unpacking(stored, opened, limits).chunks(member):
            pass


def _members(stored: Stored, limits: ReadingLimits) -> list[zipfile.ZipInfo]:
    with archive_of(stored, limits) as (archive, _):
        members = [each for each in archive.infolist() if not each.is_dir()]
    readable = [each for each in members if PurePosixPath(each.filename).suffix.lower() in _READ]
    return sorted(readable, key=lambda each: (each.filename, each.header_offset))[: limits.files]


def _opener(stored: Stored, member: zipfile.ZipInfo, limits: ReadingLimits) -> Callable[[], BinaryIO]:
    from waveplan.imports.tables.member_streams import MemberStream

    return lambda: cast(BinaryIO, MemberStream(stored, member, limits))


def _unpacked(stored: Stored, member: zipfile.ZipInfo, name: str, limits: ReadingLimits) -> Stored:
    """A workbook inside an archive, in memory: its reader goes to and fro."""
    with archive_of(stored, limits) as (_, opened):
        data = b"".join(_within(Unpacking(stored, opened, limits).chunks(member), name, limits))
    if not data:
        raise not_read(name, DAMAGED)
    return Stored(name, lambda: BytesIO(data), len(data))


def _within(chunks: Iterator[bytes], name: str, limits: ReadingLimits) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limits.nested:
            raise not_read(
                name, "it is larger than {most} MB: take it out of the archive", most=limits.nested // MEGABYTE
            )
        yield chunk


def _passed_over(name: str, why: str) -> Finding:
    from waveplan.domain.findings import Phrase

    return Finding(
        code="WP508",
        template="the file is passed over: {why}",
        values={"why": Phrase(why)},
        severity="warning",
        location=Location(name),
    )
