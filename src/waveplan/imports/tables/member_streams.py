"""A member of an archive as a stream of bytes, unpacked within limits as it is read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from waveplan.imports.tables.archives import Unpacking, archive_of
from waveplan.imports.tables.limits import ReadingLimits
from waveplan.imports.tables.stored import Stored


class MemberStream(io.RawIOBase):
    """Read once, forwards."""

    def __init__(self, stored: Stored, member: zipfile.ZipInfo, limits: ReadingLimits) -> None:
        self._stack = ExitStack()
        _, opened = self._stack.enter_context(archive_of(stored, limits))
        self._chunks: Iterator[bytes] = Unpacking(stored, opened, limits).chunks(member)
        self._left = b""

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill what there is room for; nothing at the end."""
        while not self._left:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._left = chunk
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size

    def close(self) -> None:
        """Leave the archive."""
        self._stack.close()
        super().close()
