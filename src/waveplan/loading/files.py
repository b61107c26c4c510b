"""From a name to bytes to text: files, folders and standard input, none larger than allowed."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast
from unicodedata import normalize

from waveplan.domain.findings import Location, printable
from waveplan.errors import UnreadableInputError
from waveplan.loading.report import ReadingReport

MEGABYTE = 1_000_000
DEFAULT_MAX_BYTES = 64 * MEGABYTE
STDIN = "-"
_SUFFIXES = frozenset({".yaml", ".yml"})
_BOM = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read: `name` is shown in places, `label` is what a plan remembers; no path for standard input."""

    name: str
    label: str
    path: Path | None


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file that was read. `text` is None when it cannot be; why was reported."""

    file: InputFile
    text: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class InputSource:
    """What is to be read: one file, or those of a folder."""

    files: list[InputFile]
    is_folder: bool = False


def files_of(source: str, *, folders: bool = True) -> InputSource:
    """What a source names: standard input for `-`, a file, or a folder's YAML files sorted by path.

    Hidden files and folders are left out. Raises UnreadableInputError when there is nothing to read.
    """
    if source == STDIN:
        return InputSource([InputFile("<stdin>", STDIN, None)])
    path = Path(source)
    try:
        if path.is_dir():
            found = _in_folder(path) if folders else []
            if not found:
                raise _unreadable(source, "no *.yaml or *.yml file in this folder" if folders else "it is a folder")
            return InputSource(found, is_folder=True)
        path.stat()
    except (OSError, ValueError) as error:
        raise _unreadable(source, _reason(error)) from None
    return InputSource([InputFile(source, path.name, path)])


def path_named(folder: Path, name: str) -> Path:
    """The path that a file names from its folder; the disk may spell accents in another way than the file."""
    path = folder
    for part in Path(name).parts:
        inner = path / part
        if not part.isascii() and path.is_dir() and not inner.exists():
            alike = sorted(each for each in path.iterdir() if normalize("NFC", each.name) == part)
            inner = alike[0] if alike else inner
        path = inner
    return path


def _in_folder(folder: Path) -> list[InputFile]:
    found = []
    for parent, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(parent, name)
            if path.suffix.lower() in _SUFFIXES and not name.startswith("."):
                found.append(InputFile(str(path), path.relative_to(folder).as_posix(), path))
    return sorted(found, key=lambda file: file.label)


def _refuse(error: OSError) -> None:
    raise error


def read_texts(
    files: list[InputFile], max_bytes: int, stdin: BinaryIO | None, report: ReadingReport
) -> Iterator[TextFile]:
    """Each file's text, as long as all of them together stay within `max_bytes`."""
    left = max_bytes
    for file in files:
        data = _read(file, left, stdin)
        if data is None:
            report.add(
                "WP110",
                Location(file.name),
                "larger than the {limit} MB that are read at most",
                {"limit": max_bytes // MEGABYTE},
                hint="an inventory of ten thousand servers takes about 3 MB; "
                "if this one is meant to be so large, raise the limit with --max-size",
            )
            yield TextFile(file, None, "")
            return
        left -= len(data)
        yield TextFile(file, _decoded(data, file, report), hashlib.sha256(data).hexdigest())


def _read(file: InputFile, left: int, stdin: BinaryIO | None) -> bytes | None:
    """A file's bytes, or None when there are more than allowed; the size is asked first."""
    try:
        if file.path is None:
            data = _standard_input(file, stdin).read(left + 1)
        elif file.path.stat().st_size > left:
            return None
        else:
            with file.path.open("rb") as opened:
                data = opened.read(left + 1)  # a pipe has no size to ask
    except OSError as error:
        raise _unreadable(file.name, _reason(error)) from None
    return data if len(data) <= left else None


def _standard_input(file: InputFile, given: BinaryIO | None) -> BinaryIO:
    opened = given or getattr(sys.stdin, "buffer", None)  # Python has no such stream when it starts with it closed
    if opened is None:
        raise _unreadable(file.name, "standard input is closed")
    return cast(BinaryIO, opened)


def _decoded(data: bytes, file: InputFile, report: ReadingReport) -> str | None:
    data = data.removeprefix(_BOM)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        line_start = before.rfind("\n") + 1
        utf16 = data.startswith(_UTF16_MARKS)
        report.add(
            "WP109",
            Location(file.name, before.count("\n") + 1, len(before) - line_start + 1),
            "the byte 0x{byte} is not UTF-8",
            {"byte": f"{data[error.start]:02X}"},
            hint="this file is UTF-16; save it as UTF-8" if utf16 else "save the file with the encoding UTF-8",
        )
        return None


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder"
    if isinstance(error, PermissionError):
        return "reading it is not permitted"
    return (error.strerror if isinstance(error, OSError) else None) or "it cannot be opened"


def _unreadable(name: str, reason: str) -> UnreadableInputError:
    return UnreadableInputError("cannot read {name}: {reason}", name=printable(name), reason=reason)
