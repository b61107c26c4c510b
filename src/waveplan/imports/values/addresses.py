"""Addresses and names on a network, written one way so that two sources agree on them."""

from __future__ import annotations

import re
from ipaddress import ip_address

from waveplan.imports.tables.model import CellValue
from waveplan.imports.values.refusals import UnreadableCellError, quoted
from waveplan.imports.values.texts import is_empty, text_of

_MAC = re.compile(r"[0-9a-f]{12}\Z")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)\Z")
_HEX = re.compile(r"[0-9a-f]{32}\Z")
_IPV4_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


def read_address(cell: CellValue) -> str | None:
    """An IPv4 or IPv6 address without length of net or zone, as 10.0.0.7 or 2001:db8::1. Raises UnreadableCellError."""
    if is_empty(cell):
        return None
    text = text_of(cell)
    bare = text.partition("/")[0].partition("%")[0].strip().strip("[]")
    if ":" not in bare:
        bare = _IPV4_ZEROS.sub("", bare)
    try:
        return str(ip_address(bare)) if len(bare) <= 64 else _refused("{shown} is not an IP address", text)
    except ValueError:
        return _refused("{shown} is not an IP address", text)


def read_mac(cell: CellValue) -> str | None:
    """A hardware address as 00:50:56:aa:bb:cc, from any of its spellings. Raises UnreadableCellError."""
    if is_empty(cell):
        return None
    bare = re.sub(r"[:.\-\s]", "", text_of(cell).lower())
    if not _MAC.match(bare):
        return _refused("{shown} is not a hardware address", text_of(cell))
    return ":".join(bare[at : at + 2] for at in range(0, 12, 2))


def read_fqdn(cell: CellValue) -> str | None:
    """A host name or a full domain name in small letters, without the last dot. Raises UnreadableCellError."""
    if is_empty(cell):
        return None
    name = text_of(cell).lower().removesuffix(".")
    if not 0 < len(name) <= 253 or not all(_LABEL.match(label) for label in name.split(".")):
        return _refused("{shown} is not the name of a host", text_of(cell))
    return name


def read_uuid(cell: CellValue) -> str | None:
    """A UUID in small letters with its four dashes, from any of its spellings. Raises UnreadableCellError."""
    if is_empty(cell):
        return None
    bare = re.sub(r"[{}\-\s]", "", text_of(cell).lower().removeprefix("urn:uuid:"))
    if not _HEX.match(bare):
        return _refused("{shown} is not a UUID", text_of(cell))
    return "-".join((bare[:8], bare[8:12], bare[12:16], bare[16:20], bare[20:]))


def _refused(template: str, text: str) -> str:
    raise UnreadableCellError(template, shown=quoted(text))
