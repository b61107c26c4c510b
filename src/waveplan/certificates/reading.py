"""Values out of a certificate file: anything may stand there, so each is looked at before it is used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

Mapped = Mapping[str, Any]
_MOST_DIGITS = 400


class CertificateError(ValueError):
    """What a certificate claims does not follow from what it holds; the message says where it fails."""


def mapping(data: Any, what: str) -> Mapped:
    """A mapping. Raises CertificateError for anything else."""
    if not isinstance(data, dict):
        raise CertificateError(f"{what} is no mapping")
    return data


def entry(data: Mapped, key: str) -> Any:
    """The value of a key. Raises CertificateError when it is not there."""
    if key not in data:
        raise CertificateError(f"{key!r} is missing")
    return data[key]


def items(data: Mapped, key: str) -> Sequence[Any]:
    """A list. Raises CertificateError for anything else."""
    found = entry(data, key)
    if not isinstance(found, list):
        raise CertificateError(f"{key!r} is no list")
    return found


def text(data: Any, what: str) -> str:
    """A text. Raises CertificateError for anything else."""
    if not isinstance(data, str):
        raise CertificateError(f"{what} is no text")
    return data


def whole(data: Any, what: str, least: int = 0) -> int:
    """A whole number, at least so much. Raises CertificateError for anything else."""
    if not isinstance(data, int) or isinstance(data, bool) or data < least:
        raise CertificateError(f"{what} is no whole number of {least} or more")
    return data


def rational(data: Any, what: str) -> Fraction:
    """A number written as `3`, `0.5` or `7/3`. Raises CertificateError for anything else."""
    words = text(data, what)
    try:
        if len(words) > _MOST_DIGITS or "e" in words.lower():
            raise ValueError
        return Fraction(words)
    except (ValueError, ZeroDivisionError):
        raise CertificateError(f"{what} is no number") from None
