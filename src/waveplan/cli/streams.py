"""Standard output and standard error, made safe: closed pipes, missing streams, characters a terminal cannot show."""

from __future__ import annotations

import codecs
import io
import os
import sys
import unicodedata
from pathlib import Path
from typing import Any, BinaryIO, TextIO, cast

from waveplan.errors import UsageError


class _Forgiving:
    """A stream whose reader may be gone: nobody there to read a note is no reason to fail."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except OSError:
            self._stream = _nowhere()
            return len(text)

    def flush(self) -> None:
        try:
            self._stream.flush()
        except OSError:
            self._stream = _nowhere()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class PageBuffer(io.StringIO):
    """Text on its way to standard output, laid out as for standard output itself."""

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """What characters standard output can carry."""
        return sys.stdout.encoding

    def isatty(self) -> bool:
        """Whether standard output is a terminal."""
        return sys.stdout.isatty()


def prepare() -> None:
    """Never fail on a character that the terminal's encoding lacks, nor on a stream that is closed."""
    sys.stdout = _safe(sys.stdout)
    sys.stderr = cast(TextIO, _Forgiving(_safe(sys.stderr)))


def _safe(stream: TextIO | None) -> TextIO:
    if stream is None:  # started with the stream closed
        return _nowhere()
    _reconfigure(stream, errors=_NEAREST)
    return stream


def keep_to_ascii() -> None:
    """From now on, all that people read is in plain ASCII; documents stay as they are."""
    for stream in (sys.stdout, sys.stderr):
        _reconfigure(stream, encoding="ascii", errors=_NEAREST)


def _reconfigure(stream: TextIO, **changes: str) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(**changes)


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """What stands for characters that an encoding cannot carry."""
    from waveplan.render.signs import nearest

    if not isinstance(error, UnicodeEncodeError):
        raise error
    return nearest(error.object[error.start : error.end]), error.end


_NEAREST = "waveplan.nearest"
codecs.register_error(_NEAREST, _nearest)


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def write_result(text: str) -> None:
    """Write what people read to standard output; whoever closes the pipe early (`| head`) has seen enough.

    Raises UsageError when the output cannot take it, a full disk for instance.
    """
    _write(sys.stdout, text)


def write_document(text: str) -> None:
    """Write what other programs read: UTF-8, whatever the encoding of standard output; as text on a terminal."""
    write_bytes(text.encode("utf-8", "replace"))


def write_bytes(data: bytes) -> None:
    """The same with bytes as they stand; as text where the stream takes no bytes, or is a terminal."""
    raw = getattr(sys.stdout, "buffer", None)
    if raw is None or sys.stdout.isatty():
        _write(sys.stdout, data.decode("utf-8", "replace"))
    else:
        _write(raw, data)


def _write(stream: Any, data: str | bytes) -> None:
    try:
        stream.write(data)
        stream.flush()
    except BrokenPipeError:
        _discard_further_output()
    except OSError as error:
        _discard_further_output()
        raise UsageError("standard output cannot be written: {reason}", reason=error.strerror) from error


def write_note(text: str) -> None:
    """Write a line to standard error; what would drive a terminal is escaped."""
    sys.stderr.write(f"{_visible(text)}\n")
    sys.stderr.flush()


def _visible(text: str) -> str:
    kept = (c if c == "\n" or c.isprintable() or unicodedata.category(c) == "Zs" else ascii(c)[1:-1] for c in text)
    return "".join(kept)


def standard_input() -> BinaryIO | None:
    """The bytes of standard input; none when it is closed."""
    return getattr(sys.stdin, "buffer", None)


def _discard_further_output() -> None:
    """Send what still comes to nowhere, the interpreter's own last flush too."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
