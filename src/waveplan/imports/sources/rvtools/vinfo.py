"""From a row of vInfo, or of another sheet where vInfo is missing, to a machine."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from waveplan.domain.findings import Phrase
from waveplan.domain.made_names import marked
from waveplan.imports.records import Given
from waveplan.imports.sources.rvtools import hindrances
from waveplan.imports.sources.rvtools.cells_read import Cells
from waveplan.imports.sources.rvtools.machines import Machine, MachineIdentity
from waveplan.imports.sources.rvtools.options import Options
from waveplan.imports.tables.columns import cell_of
from waveplan.imports.tables.model import Row
from waveplan.imports.values import MIB, read_gigabytes, read_memory, split_cell, text_of

LONGEST_LABEL = 500
TEMPLATE = Phrase(marked("a template"))
PLACEHOLDER = Phrase(marked("a placeholder of Site Recovery Manager"))
SYSTEM = Phrase(marked("a machine that vSphere makes for itself"))
OFF = Phrase(marked("powered off, as --option off=no asks for"))
TAKEN_IN = {TEMPLATE: "templates=yes", PLACEHOLDER: "placeholders=yes", SYSTEM: "system=yes", OFF: "off=yes"}
_LABELS = {"vsphere_cluster": "cluster", "host": "host", "folder": "folder", "resource_pool": "resource_pool"}
_MORE_LABELS = {"vapp": "vapp", "vcenter": "vcenter_name", "annotation": "annotation"}
_TOTALS = (("total", "disk_total"), ("provisioned", "provisioned"), ("in_use", "in_use"))


def describe(machine: Machine, cells: Cells, row: Row, options: Options) -> None:
    """Fill in what the row says and no earlier row did."""
    _sizes(machine, cells, row)
    _words(machine, cells, row)
    power = cells.text(row, "power").casefold().replace(" ", "")
    if power:
        _give(machine, "power", "on" if power in {"poweredon", "on"} else "off", cells.column("power"))
    machine.datacenter = machine.datacenter or cells.text(row, "datacenter")
    machine.host = machine.host or cells.text(row, "host")
    machine.vsphere_cluster = machine.vsphere_cluster or cells.text(row, "cluster")
    if options.application:
        machine.applications = machine.applications or split_cell(_named(cells, row, options.application))
    if options.environment:
        machine.environment = machine.environment or _named(cells, row, options.environment)
    if options.owner:
        machine.owner = machine.owner or " ".join(text_of(_named(cells, row, options.owner)).split())
    if cells.sheet.kind == "vInfo":
        machine.smbios = machine.smbios or cells.text(row, "smbios")
        machine.dns = machine.dns or cells.text(row, "dns")
        machine.addresses += [each for each in split_cell(cells.text(row, "ip")) if each not in machine.addresses]
        machine.address_column = cells.column("ip")
        hindrances.of_vinfo(machine, cells, row)


def _sizes(machine: Machine, cells: Cells, row: Row) -> None:
    cpus = cells.whole(row, "cpus") if cells.index("cpus") is not None else None
    if cpus:
        _give(machine, "vcpu", cpus, cells.column("cpus"))
    memory = cells.whole(row, "memory") if cells.index("memory") is not None else None
    if memory:
        _give(machine, "ram_gb", _gigabytes(memory, of_memory=True), cells.column("memory"))
    for name, column in _TOTALS:
        size = cells.whole(row, column) if cells.index(column) is not None else None
        if size and name not in machine.sizes:
            machine.sizes[name] = Given(_gigabytes(size), cells.column(column))


def _words(machine: Machine, cells: Cells, row: Row) -> None:
    for column in ("os_tools", "os"):  # what runs comes before what was configured
        text = cells.text(row, column)
        if text:
            _give(machine, "os", text[:LONGEST_LABEL], cells.column(column))
            break
    for label, column in (*_LABELS.items(), *_MORE_LABELS.items()):
        text = cells.text(row, column)
        if text:
            _give(machine, f"labels.{label}", shortened(text), cells.column(column))


def shortened(text: str) -> str:
    """A text that may stand in a label: control characters and what is beyond its length left out."""
    if len(text) <= LONGEST_LABEL and text.isprintable():
        return text
    kept = "".join(each if each.isprintable() else " " for each in text[: 2 * LONGEST_LABEL])
    return kept if len(text) <= LONGEST_LABEL else kept[: LONGEST_LABEL - 1] + "…"


def _give(machine: Machine, path: str, value: str | Decimal, column: int) -> None:
    if path not in machine.given:
        machine.given[path] = one_given(value, column)


@lru_cache(maxsize=1 << 16)
def one_given(value: str | Decimal, column: int) -> Given:
    """A value of a column; machines that have the same share it, since most columns repeat themselves."""
    return Given(value, column)


def _gigabytes(mebibytes: Decimal, *, of_memory: bool = False) -> Decimal:
    mebibytes = min(mebibytes, Decimal(10**12) / 2)  # a sum of many may be more than an inventory holds
    found = read_memory(mebibytes, MIB) if of_memory else read_gigabytes(mebibytes, MIB)
    return found or Decimal(0)


def gigabytes(mebibytes: Decimal) -> Decimal:
    """MiB of disk in GB of 10⁹ bytes."""
    return _gigabytes(mebibytes)


def _named(cells: Cells, row: Row, column: str) -> str:
    index = cells.sheet.columns.find(column)
    return " ".join(text_of(cell_of(row, index)).split())


def left_out(identity: MachineIdentity, cells: Cells, row: Row, options: Options) -> Phrase | None:
    """Why a machine is not imported, or None."""
    if not options.templates and cells.says_yes(row, "template"):
        return TEMPLATE
    if not options.placeholders and cells.says_yes(row, "placeholder"):
        return PLACEHOLDER
    if not options.system and identity.name.startswith(("vCLS-", "vCLS (", "vCLS ")):
        return SYSTEM
    power = cells.text(row, "power").casefold()
    if not options.off and "off" in power:
        return OFF
    return None
