"""Hosts and clusters: where machines stand whose rows do not say it, and hosts as servers where they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from waveplan.domain.findings import Phrase
from waveplan.imports.harvest import Harvest
from waveplan.imports.records import Given, Keys, Record
from waveplan.imports.sources.rvtools.cells_read import Cells
from waveplan.imports.sources.rvtools.machines import Machine
from waveplan.imports.sources.rvtools.options import Options
from waveplan.imports.sources.rvtools.sheets import ExportedSheet
from waveplan.imports.tables.model import Row
from waveplan.imports.values import MIB, UnreadableCellError, read_fqdn, read_memory

_BYTES = Decimal(10_000_000)  # no host has so many MiB: the number is of bytes


def read_hosts(
    sheets: Sequence[ExportedSheet], machines: Sequence[Machine], options: Options, harvest: Harvest
) -> list[Record]:
    """Read hosts and clusters, tell machines their Datacenter, and make servers of hosts where that is asked for."""
    places: dict[str, str] = {}
    records = []
    used = {machine.host for machine in machines if machine.left_out is None}
    clusters = {machine.vsphere_cluster for machine in machines if machine.left_out is None}
    for sheet in sheets:
        cells = Cells(sheet, harvest.findings)
        for row in sheet.rows():
            if sheet.kind == "vCluster":
                _account(harvest, row, cells.text(row, "cluster") in clusters)
                continue
            name, datacenter = cells.text(row, "host"), cells.text(row, "datacenter")
            places[name] = datacenter
            if options.hosts and name:
                records.append(_host(cells, row, name, datacenter, options))
                harvest.accounts.tell(row.place, "imported")
            else:
                _account(harvest, row, name in used)
        cells.tell_rest()
    for machine in machines:
        machine.datacenter = machine.datacenter or places.get(machine.host, "")
    return records


def _account(harvest: Harvest, row: Row, is_used: bool) -> None:
    if is_used:
        harvest.accounts.tell(row.place, "merged", Phrase("machines that are imported stand on it"))
    else:
        harvest.accounts.tell(row.place, "skipped", Phrase("no machine that is imported stands on it"))


def _host(cells: Cells, row: Row, name: str, datacenter: str, options: Options) -> Record:
    given = {"site": Given(options.site or datacenter or "source"), "kind": Given("physical")}
    given["technology"] = Given("vmware-host")
    if cells.text(row, "version"):
        given["os"] = Given(cells.text(row, "version"), cells.column("version"))
    cores, memory = cells.whole(row, "cores"), cells.whole(row, "memory", most=10**15)
    if cores:
        given["vcpu"] = Given(cores, cells.column("cores"))
    if memory:
        mebibytes = memory / 1024 / 1024 if memory > _BYTES else memory
        given["ram_gb"] = Given(read_memory(mebibytes, MIB) or Decimal(0), cells.column("memory"))
    for label in ("vendor", "model", "serial"):
        if cells.text(row, label):
            given[f"labels.{label}"] = Given(cells.text(row, label), cells.column(label))
    try:
        fqdn = read_fqdn(name) or ""
    except UnreadableCellError:
        fqdn = ""
    keys = Keys(fqdn=fqdn if "." in fqdn else "", hostname=fqdn.partition(".")[0])
    return Record("server", name, row.place, given, keys)
