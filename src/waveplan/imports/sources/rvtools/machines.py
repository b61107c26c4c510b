"""The machines of an export, and how rows of other sheets find theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from waveplan.domain.findings import Phrase
from waveplan.imports.records import Given
from waveplan.imports.tables.model import RowPlace


@dataclass(frozen=True, slots=True)
class MachineIdentity:
    """What a row says of which machine it is about."""

    name: str
    vm_id: str = ""
    uuid: str = ""
    vcenter: str = ""  # its UUID, else its name
    scope: str = ""  # the files that were exported together
    vcenter_name: str = ""

    def ids(self) -> Iterator[tuple[str, str, str]]:
        """By what it may be found, the surest first: within its vCenter, then within its export."""
        for scope in filter(None, (self.vcenter, self.scope)):
            if self.vm_id:
                yield scope, "id", self.vm_id
            if self.uuid:
                yield scope, "uuid", self.uuid

    def names(self) -> Iterator[tuple[str, str, str]]:
        """The same by its name."""
        for scope in filter(None, (self.vcenter, self.scope)):
            yield scope, "name", self.name.casefold()


@dataclass(frozen=True, slots=True)
class DiskFact:
    """A disk that may be shared."""

    keys: tuple[str, ...]  # its file, its LUN
    place: RowPlace
    column: int


@dataclass(slots=True)
class Machine:
    """A virtual machine, as all its rows together describe it."""

    identity: MachineIdentity
    place: RowPlace
    name_column: int
    given: dict[str, Given] = field(default_factory=dict)
    smbios: str = ""
    dns: str = ""
    macs: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    address_column: int = 0
    datacenter: str = ""
    host: str = ""
    vsphere_cluster: str = ""
    capacity: Decimal = Decimal(0)  # MiB of its disks
    partitions: Decimal = Decimal(0)  # MiB of its partitions
    consumed: Decimal = Decimal(0)
    sizes: dict[str, Given] = field(default_factory=dict)  # totals as vInfo states them, in GB
    hindrances: dict[str, int] = field(default_factory=dict)
    disks: list[DiskFact] = field(default_factory=list)
    counted: set[str] = field(default_factory=set)  # disks and partitions, since files may tell of one twice
    exports: dict[str, str] = field(default_factory=dict)  # kind of sheet → the export whose rows count
    applications: tuple[str, ...] = ()
    owner: str = ""
    environment: str = ""  # as the column says that an option names
    left_out: Phrase | None = None


class Machines:
    """All machines by all that they are known by."""

    def __init__(self) -> None:
        self.all: list[Machine] = []
        self._by_key: dict[tuple[str, str, str], Machine | None] = {}  # None where several have it
        self._by_name: dict[tuple[str, str, str], list[Machine]] = {}

    def add(self, machine: Machine) -> None:
        """A new one."""
        self.all.append(machine)
        for key in machine.identity.ids():
            self._by_key[key] = None if key in self._by_key else machine
        for key in machine.identity.names():
            self._by_name.setdefault(key, []).append(machine)

    def known(self, identity: MachineIdentity) -> Machine | None:
        """The machine whose id or UUID a row gives; without either, the one of its name."""
        for key in identity.ids():
            machine = self._by_key.get(key)
            if machine is not None and _may_be(machine.identity, identity):
                return machine
        if identity.vm_id or identity.uuid:
            return None
        named = self.named(identity)
        return named[0] if len(named) == 1 else None

    def named(self, identity: MachineIdentity) -> list[Machine]:
        """Machines of the row's name that may be meant: none whose own id or UUID is another one."""
        for key in identity.names():
            if key in self._by_name:
                return [each for each in self._by_name[key] if _may_be(each.identity, identity)]
        return []


def _may_be(one: MachineIdentity, other: MachineIdentity) -> bool:
    pairs = [(one.vm_id, other.vm_id), (one.uuid, other.uuid)]
    if not one.vcenter_name or one.vcenter_name != other.vcenter_name:  # some sheets may give its UUID, others its name
        pairs.append((one.vcenter, other.vcenter))
    return all(not (a and b) or a == b for a, b in pairs)
