"""By what a record is recognised, in normal form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from waveplan.imports.merging.normal_forms import address_form, folded, fqdn_form, hostname_form, mac_form, uuid_form
from waveplan.imports.records import Record

Values = tuple[str, ...]
KEYS = ("external", "instance", "uuid", "mac", "address", "fqdn", "hostname", "name")


@dataclass(frozen=True, slots=True)
class Traits:
    """Values of each key; a key that a record does not give has none."""

    external: Values = ()  # within its source
    instance: Values = ()
    uuid: Values = ()
    mac: Values = ()
    address: Values = ()
    fqdn: Values = ()
    hostname: Values = ()
    name: Values = ()
    listing: tuple[str, str] = ("", "")  # its source, and what the source tells it by


def traits_of(source: str, record: Record) -> Traits:
    """The traits of a server, an application, a site …: names for all, keys of machines where they are given."""
    keys = record.keys
    centre = keys.instance[0].casefold() if keys.instance else ""
    instance = uuid_form(keys.instance[1]) if keys.instance else ""
    name = folded(record.name)
    fqdn = hostname = ""
    if record.kind == "server":
        fqdn = fqdn_form(keys.fqdn) or fqdn_form(keys.hostname) or fqdn_form(record.name)
        hostname = hostname_form(keys.hostname) or hostname_form(fqdn)
    external = f"{source}\x1f{centre}\x1f{keys.external}" if keys.external else ""
    return Traits(
        external=_some(external),
        instance=_some(f"{centre}/{instance}" if instance else ""),
        uuid=_some(uuid_form(keys.uuid)),
        mac=_forms(keys.macs, mac_form),
        address=_forms(keys.addresses, address_form),
        fqdn=_some(fqdn),
        hostname=_some(hostname),
        name=tuple(sorted({name, hostname} - {""})),
        listing=(source, f"{centre}\x1f{keys.external}" if keys.external else f"name:{name}"),
    )


def keys_of(traits: Traits) -> Iterator[str]:
    """Every key with its value, in one word."""
    return (f"{key}:{value}" for key in KEYS for value in getattr(traits, key))


def _some(value: str) -> Values:
    return (value,) if value else ()


def _forms(given: Values, form: Callable[[str], str]) -> Values:
    return tuple(sorted({shape for each in given if (shape := form(each))})) if given else ()
