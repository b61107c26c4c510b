"""How the bytes of a text file are read as characters."""

from __future__ import annotations

import codecs

SAMPLE = 1 << 20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WESTERN = "waveplan-western"
_MOST_ZEROS_OF_OTHER_HALF = 0.02
_LEAST_ZEROS = 0.4


def _as_western(error: UnicodeError) -> tuple[str, int]:
    """What is no UTF-8 as Windows wrote it in the West, byte by byte; what it never wrote stays a control character."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(_western(byte) for byte in wrong), error.end


def _western(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


codecs.register_error(_WESTERN, _as_western)


def encoding_of(start: bytes) -> tuple[str, str] | None:
    """The encoding, and what is done with bytes that are wrong in it; None where it is no text.

    A mark decides; then zeros in every second byte, which only UTF-16 has; else it is UTF-8 as far as it can be, and
    the rest as Windows wrote it in the West.
    """
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name, "replace" if name == "utf-16" else _WESTERN
    if b"\0" not in start:
        return "utf-8", _WESTERN
    even, odd = _zeros(start[::2]), _zeros(start[1::2])
    if odd >= _LEAST_ZEROS and even <= _MOST_ZEROS_OF_OTHER_HALF:
        return "utf-16-le", "replace"
    if even >= _LEAST_ZEROS and odd <= _MOST_ZEROS_OF_OTHER_HALF:
        return "utf-16-be", "replace"
    return None


def _zeros(part: bytes) -> float:
    return part.count(0) / max(1, len(part))
