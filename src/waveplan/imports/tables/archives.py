"""What an archive holds, with limits that are met while it is unpacked: what it says of itself is not believed."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from waveplan.imports.tables.limits import LIMITS, MEGABYTE, ReadingLimits
from waveplan.imports.tables.refusals import not_read
from waveplan.imports.tables.stored import Stored

_CHUNK = 1 << 20
_HEAD = 30  # bytes of a member's own head, before its name
_LINK = 0o120000
_ENCRYPTED = 1
NO_ARCHIVE = "it is called like an archive or a workbook, and its content is something else"
DAMAGED = "the archive is damaged: save or download it once more"


@contextmanager
def archive_of(stored: Stored, limits: ReadingLimits = LIMITS) -> Iterator[tuple[zipfile.ZipFile, BinaryIO]]:
    """An archive and its bytes. Raises UnreadableInputError when it is none, or holds too many parts."""
    with stored.open() as opened:
        try:
            archive = zipfile.ZipFile(opened)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, struct.error):
            raise not_read(stored.name, NO_ARCHIVE) from None
        with archive:
            if len(archive.infolist()) > limits.parts:
                raise not_read(stored.name, "it holds more than {most} files", most=limits.parts)
            yield archive, opened


def is_link(member: zipfile.ZipInfo) -> bool:
    """Whether a member is a symbolic link."""
    return (member.external_attr >> 16) & 0o170000 == _LINK


class Unpacking:
    """Members of one archive, unpacked within its limits."""

    def __init__(self, stored: Stored, opened: BinaryIO, limits: ReadingLimits = LIMITS) -> None:
        self._stored = stored
        self._opened = opened
        self._limits = limits
        self._sum = 0

    def chunks(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        """A member's bytes, up to what its packed ones make: its stated size and sum may lie.

        Raises UnreadableInputError when it is damaged, protected, or unpacks beyond the limits.
        """
        if member.flag_bits & _ENCRYPTED:
            raise not_read(self._stored.name, "it is protected by a password: save it without one")
        if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise not_read(self._stored.name, "it is packed in a way that is not read: pack it as an ordinary zip")
        size = 0
        for chunk in self._unpacked(member):
            size += len(chunk)
            self._sum += len(chunk)
            self._refuse_bomb(size, member.compress_size)
            yield chunk

    def _unpacked(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        packed = self._packed(member)
        if member.compress_type == zipfile.ZIP_STORED:
            yield from packed
            return
        inflating = zlib.decompressobj(-15)
        try:
            for chunk in packed:
                rest = chunk
                while rest and not inflating.eof:
                    yield inflating.decompress(rest, _CHUNK)
                    rest = inflating.unconsumed_tail
            yield inflating.flush()
        except zlib.error:
            raise not_read(self._stored.name, DAMAGED) from None

    def _packed(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        if member.header_offset < 0:
            raise not_read(self._stored.name, DAMAGED)
        self._opened.seek(member.header_offset)
        head = self._opened.read(_HEAD)
        if len(head) < _HEAD or not head.startswith(b"PK\3\4"):
            raise not_read(self._stored.name, DAMAGED)
        name, extra = struct.unpack("<HH", head[26:30])
        at, left = member.header_offset + _HEAD + name + extra, member.compress_size
        while left > 0:
            self._opened.seek(at)  # whoever takes the chunks may have read elsewhere
            chunk = self._opened.read(min(left, _CHUNK))
            if not chunk:
                raise not_read(self._stored.name, DAMAGED)
            at, left = at + len(chunk), left - len(chunk)
            yield chunk

    def _refuse_bomb(self, size: int, packed: int) -> None:
        if size > self._limits.innocent and size > self._limits.ratio * packed:
            raise not_read(
                self._stored.name,
                "a part of it unpacks to more than {ratio} times its size: no spreadsheet is packed so tightly",
                ratio=self._limits.ratio,
            )
        if self._sum > self._limits.unpacked:
            raise not_read(
                self._stored.name,
                "it unpacks to more than {most} MB: export fewer sheets, or export them as CSV",
                most=self._limits.unpacked // MEGABYTE,
            )
