"""What kind of address an end of a flow has."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Literal

AddressKind = Literal["loopback", "multicast", "broadcast", "link-local", "unspecified", "private", "public"]
IGNORED: frozenset[AddressKind] = frozenset({"loopback", "multicast", "broadcast", "link-local", "unspecified"})


@lru_cache(maxsize=65_536)
def address_of(text: str) -> IPv4Address | IPv6Address | None:
    """The address that a text writes, with or without brackets, zone, mask or port; None where it is none."""
    word = text.strip().strip("[]").partition("/")[0].partition("%")[0]
    if "]" in word:
        word = word.partition("]")[0]
    if word.count(".") == 3 and word.count(":") == 1:
        word = word.partition(":")[0]
    try:
        found = ip_address(word)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def written_address(text: str) -> str:
    """An address in the one way in which it is compared; what is none stays as it is, in small letters."""
    found = address_of(text)
    return text.strip().lower() if found is None else str(found)


@lru_cache(maxsize=65_536)
def kind_of(text: str) -> AddressKind | None:
    """What an address is; None where the text is none."""
    found = address_of(text)
    if found is None:
        return None
    if found.is_unspecified:
        return "unspecified"
    if found.is_loopback:
        return "loopback"
    if found.is_multicast:
        return "multicast"
    if isinstance(found, IPv4Address) and (int(found) & 0xFF == 0xFF and (found.is_private or int(found) == 2**32 - 1)):
        return "broadcast"
    if found.is_link_local:
        return "link-local"
    return "public" if found.is_global else "private"
