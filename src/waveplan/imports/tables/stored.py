"""Where bytes are: in a file, or in a member of an archive."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from waveplan.imports.tables.refusals import not_read


@dataclass(frozen=True, slots=True)
class Stored:
    """Bytes that can be read from their beginning, as often as it takes."""

    name: str  # as it is shown in places
    open: Callable[[], BinaryIO]
    size: int
    path: Path | None = None  # of a file of the disk

    @property
    def stem(self) -> str:
        """The last part of the name, without its ending."""
        return Path(self.name.replace("\\", "/")).stem

    @property
    def suffix(self) -> str:
        """How the name ends, in small letters, with its dot."""
        return Path(self.name).suffix.lower()

    def start(self, length: int) -> bytes:
        """The first bytes."""
        with self.open() as opened:
            return opened.read(length)


def stored_file(path: Path) -> Stored:
    """A file of the disk. Raises UnreadableInputError for a pipe, a device, and what is empty or may not be read."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise not_read(str(path), "it is neither a file nor a folder")
        path.open("rb").close()
    except FileNotFoundError:
        raise not_read(str(path), "there is no such file or folder") from None
    except PermissionError:
        raise not_read(str(path), "reading it is not permitted") from None
    except (OSError, ValueError):
        raise not_read(str(path), "it cannot be opened") from None
    if found.st_size == 0:
        raise not_read(str(path), "the file is empty")
    return Stored(str(path), lambda: path.open("rb"), found.st_size, path)
