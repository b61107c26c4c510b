"""Keys in the one form in which they compare; what identifies nothing (zeros, loopback, localhost) is no key."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import ip_address
from unicodedata import normalize

_NO_HEX = re.compile(r"[^0-9a-f]")
_BLANKS = re.compile(r"\s+")
_HOSTNAME = re.compile(r"[a-z0-9]([a-z0-9_-]*[a-z0-9])?\Z")
_FQDN = re.compile(r"[a-z0-9]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9_-]*[a-z0-9])?)+\Z")
_NO_HOSTS = frozenset({"localhost", "localhost.localdomain", "localdomain", "none", "null", "unknown", "na", "tbd"})
_NO_UUIDS = frozenset(
    {
        "0" * 32,
        "f" * 32,
        "00020003000400050006000700080009",  # what makers of boards leave in place
        "03000200040005000006000700080009",
        "03000200040005000600070008000900",
        "12345678123456781234567812345678",
    }
)


@lru_cache(maxsize=1 << 16)
def folded(name: str) -> str:
    """A name without case, accents' spelling and blanks that say nothing."""
    return _BLANKS.sub(" ", normalize("NFKC", name)).strip().casefold()


def uuid_form(text: str) -> str:
    """One form for a UUID and its mixed-endian twin, as firmware and operating systems spell it; else nothing."""
    digits = _NO_HEX.sub("", text.casefold().removeprefix("vmware-"))
    if len(digits) != 32 or digits in _NO_UUIDS:
        return ""
    swapped = _swapped(digits)
    return "" if swapped in _NO_UUIDS else min(digits, swapped)


def _swapped(digits: str) -> str:
    """The first three fields with their bytes the other way round."""
    pairs = [digits[place : place + 2] for place in range(0, 32, 2)]
    return "".join((*pairs[3::-1], *pairs[5:3:-1], *pairs[7:5:-1], *pairs[8:]))


def mac_form(text: str) -> str:
    """Twelve hexadecimal digits, or nothing."""
    digits = _NO_HEX.sub("", text.casefold())
    return "" if len(digits) != 12 or digits in ("0" * 12, "f" * 12) else digits


@lru_cache(maxsize=1 << 16)
def address_form(text: str) -> str:
    """An address that one machine may have for itself, or nothing."""
    try:
        address = ip_address(text.strip().partition("/")[0].partition("%")[0])
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    of_none = address.is_loopback or address.is_link_local or address.is_unspecified or address.is_multicast
    return "" if of_none else str(address)


def fqdn_form(text: str) -> str:
    """A full name of a host, or nothing."""
    name = text.strip().rstrip(".").casefold()
    return name if _FQDN.match(name) and name not in _NO_HOSTS and not address_form(name) else ""


def hostname_form(text: str) -> str:
    """The first label of a host's name, or nothing."""
    name = text.strip().rstrip(".").casefold()
    if address_form(name):
        return ""
    label = name.partition(".")[0] if _FQDN.match(name) else name
    return label if _HOSTNAME.match(label) and label not in _NO_HOSTS and name not in _NO_HOSTS else ""
