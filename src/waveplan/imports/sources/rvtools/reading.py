"""Sheets of RVTools, row by row: machines from vInfo, what other sheets add to them, what became of each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from waveplan.domain.findings import Finding, Phrase
from waveplan.imports.accounts import Accounts
from waveplan.imports.records import located
from waveplan.imports.sources.rvtools import hindrances
from waveplan.imports.sources.rvtools.cells_read import Cells
from waveplan.imports.sources.rvtools.machines import Machine, MachineIdentity, Machines
from waveplan.imports.sources.rvtools.options import Options
from waveplan.imports.sources.rvtools.sharing import disk_fact
from waveplan.imports.sources.rvtools.sheets import ExportedSheet, strangers
from waveplan.imports.sources.rvtools.vinfo import describe, left_out, one_given, shortened
from waveplan.imports.tables.columns import cell_of, folded
from waveplan.imports.tables.model import Row
from waveplan.imports.values import split_cell, text_of

_UNNAMED = Phrase("no machine is named")
_ADDED = Phrase("added to its machine")
_SAME = Phrase("the same machine as in an earlier row")
_SEVERAL = Phrase("several machines have this name, and no id tells which one is meant")
_UNKNOWN = Phrase("no such machine in vInfo")


class MachineReader:
    """Reads the sheets of machines of all exports, vInfo first."""

    def __init__(self, options: Options, accounts: Accounts, findings: list[Finding]) -> None:
        self.machines = Machines()
        self._options = options
        self._accounts = accounts
        self._findings = findings
        self._scopes_with_vinfo: set[str] = set()
        self._told: set[str] = set()  # columns that are not known, folded: each is told once
        self._twice: list[Row] = []  # rows of a sheet whose machine was there before

    def read(self, sheet: ExportedSheet, scope: str) -> None:
        """All rows of a sheet; `scope` names the files that were exported together."""
        if "vm" not in sheet.positions:
            self._without_names(sheet)
            return
        if sheet.kind == "vInfo":
            self._scopes_with_vinfo.add(scope)
        self._twice = []
        cells = Cells(sheet, self._findings)
        extra = self._strangers(sheet) if sheet.kind == "vInfo" else self._unknown(sheet)
        add = _ADDING.get(sheet.kind)
        introduces = sheet.kind == "vInfo" or scope not in self._scopes_with_vinfo
        for row in sheet.rows():
            self._row(cells, row, scope, introduces, extra, add)
        cells.tell_rest()
        if self._twice and sheet.kind == "vInfo":
            self._findings.append(_named_twice(self._twice, cells))

    def _row(
        self,
        cells: Cells,
        row: Row,
        scope: str,
        introduces: bool,
        extra: list[tuple[int, str, str]],
        add: Callable[[Machine, Cells, Row], None] | None,
    ) -> None:
        identity = identity_of(cells, row, scope)
        if not identity.name:
            self._accounts.tell(row.place, "skipped", _UNNAMED)
            return
        machine, several = self._machine(identity)
        if machine is None and (several or not introduces):
            self._accounts.tell(row.place, "skipped", _SEVERAL if several else _UNKNOWN)
            return
        is_new = machine is None
        if machine is None:
            machine = Machine(identity, row.place, cells.column("vm"))
            machine.left_out = left_out(identity, cells, row, self._options)
            self.machines.add(machine)
        if machine.left_out is not None:
            self._accounts.tell(row.place, "skipped", machine.left_out)
            return
        describe(machine, cells, row, self._options)
        _label(machine, row, extra)
        is_first = machine.exports.setdefault(cells.sheet.kind, scope) == scope
        if add is not None and is_first:
            add(machine, cells, row)
        if not is_new and is_first:
            self._twice.append(row)
        told = None if is_new else _ADDED if is_first and cells.sheet.kind != "vInfo" else _SAME
        self._accounts.tell(row.place, "imported" if is_new else "merged", told)

    def _machine(self, identity: MachineIdentity) -> tuple[Machine | None, bool]:
        """The machine of a row; and whether several may be meant."""
        known = self.machines.known(identity)
        if known is not None:
            return known, False
        named = self.machines.named(identity)
        if len(named) == 1 and not (identity.vm_id and named[0].identity.uuid and identity.uuid):
            return named[0], False
        return None, len(named) > 1 and not (identity.vm_id or identity.uuid)

    def _without_names(self, sheet: ExportedSheet) -> None:
        self._findings.append(
            Finding(
                code="WP502",
                template="sheet {sheet} has no column that names machines: it is passed over",
                values={"sheet": sheet.headed.table.sheet or sheet.kind},
                severity="warning",
                location=located(sheet.columns.place),
                hint="the column is called VM",
            )
        )
        for row in sheet.rows():
            self._accounts.tell(row.place, "skipped", _UNNAMED)

    def _strangers(self, sheet: ExportedSheet) -> list[tuple[int, str, str]]:
        """Columns of vInfo that RVTools does not know: custom attributes, kept as labels and told once."""
        found = [(index, label_of(name), name) for index, name in strangers(sheet)]
        self._told.update(folded(name) for *_, name in found)
        if found:
            self._findings.append(
                Finding(
                    code="WP501",
                    template="columns that RVTools does not write by itself are kept as labels: {columns}",
                    values={"columns": ", ".join(name for *_, name in found)},
                    severity="warning",
                    location=located(sheet.columns.place, found[0][0] + 1),
                    hint="a custom attribute may say more: see --option environment, application and owner",
                )
            )
        return [each for each in found if each[1]]

    def _unknown(self, sheet: ExportedSheet) -> list[tuple[int, str, str]]:
        """Tell columns of another sheet that nobody knows: custom attributes, which vInfo has too, are told there."""
        found = [(index, name) for index, name in strangers(sheet) if folded(name) not in self._told]
        self._told.update(folded(name) for _, name in found)
        if found:
            self._findings.append(
                Finding(
                    code="WP501",
                    template="columns of {sheet} that are not known are not read: {columns}",
                    values={"sheet": sheet.kind, "columns": ", ".join(name for _, name in found)},
                    severity="warning",
                    location=located(sheet.columns.place, found[0][0] + 1),
                )
            )
        return []


def _named_twice(rows: list[Row], cells: Cells) -> Finding:
    names = list(dict.fromkeys(cells.text(row, "vm") for row in rows))
    return Finding(
        code="WP505",
        template="rows of vInfo that name a machine once more ({number}): the first row of each counts: {names}",
        values={"number": len(rows), "names": ", ".join(names[:5]) + (" …" if len(names) > 5 else "")},
        severity="warning",
        subjects=tuple(names),
        location=located(rows[0].place, cells.column("vm")),
        hint="if they are different machines, export them with VM ID or VM UUID",
    )


def identity_of(cells: Cells, row: Row, scope: str) -> MachineIdentity:
    """Which machine a row is about."""
    return MachineIdentity(
        cells.text(row, "vm"),
        cells.text(row, "vm_id"),
        cells.text(row, "uuid").lower(),
        (cells.text(row, "vcenter_uuid") or cells.text(row, "vcenter_name")).casefold(),
        scope,
        cells.text(row, "vcenter_name").casefold(),
    )


def label_of(name: str) -> str:
    """The label of a column: its name in small letters, words joined by underscores."""
    words = "".join(each if each.isalnum() else " " for each in name.casefold()).split()
    return "_".join(words)[:60]


def _label(machine: Machine, row: Row, columns: Iterable[tuple[int, str, str]]) -> None:
    for index, label, _ in columns:
        value = cell_of(row, index)
        path = f"labels.{label}"
        if value is not None and path not in machine.given:
            text = " ".join(text_of(value).split())
            if text and text != "VM":
                machine.given[path] = one_given(shortened(text), index + 1)


def _add_disk(machine: Machine, cells: Cells, row: Row) -> None:
    if _is_counted(machine, "disk", cells.text(row, "disk_uuid") or cells.text(row, "disk")):
        return
    machine.capacity += cells.whole(row, "capacity") or 0
    hindrances.of_disk(machine, cells, row)
    fact = disk_fact(cells, row, machine)
    if fact is not None:
        machine.disks.append(fact)


def _is_counted(machine: Machine, what: str, name: str) -> bool:
    """Whether a disk or a partition was counted before; one without a name never was."""
    key = f"{what}/{name.casefold()}"
    if not name or key not in machine.counted:
        machine.counted.add(key)
        return False
    return True


def _add_partition(machine: Machine, cells: Cells, row: Row) -> None:
    if _is_counted(machine, "partition", cells.text(row, "disk")):
        return
    machine.partitions += cells.whole(row, "capacity") or 0
    machine.consumed += cells.whole(row, "consumed") or 0


def _add_network(machine: Machine, cells: Cells, row: Row) -> None:
    for mac in split_cell(cells.text(row, "mac")):
        if mac.lower() not in machine.macs:
            machine.macs.append(mac.lower())
    for name in ("ip4", "ip6"):
        for address in split_cell(cells.text(row, name)):
            if address not in machine.addresses:
                machine.addresses.append(address)
    hindrances.of_network(machine, cells, row)


def _add_device(machine: Machine, cells: Cells, row: Row) -> None:
    hindrances.of_device(machine, cells, row, cells.sheet.kind)


_ADDING: dict[str, Callable[[Machine, Cells, Row], None]] = {
    "vDisk": _add_disk,
    "vPartition": _add_partition,
    "vNetwork": _add_network,
    "vSnapshot": _add_device,
    "vUSB": _add_device,
    "vCD": _add_device,
    "vFloppy": _add_device,
    "vTools": hindrances.of_tools,
}
