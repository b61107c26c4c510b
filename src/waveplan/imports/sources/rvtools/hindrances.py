"""What keeps a machine from simply being copied, by the words that stand in its label `blockers`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from waveplan.domain.made_names import marked
from waveplan.imports.sources.rvtools.cells_read import Cells
from waveplan.imports.sources.rvtools.machines import Machine
from waveplan.imports.tables.model import Row

BLOCKERS: Mapping[str, str] = {
    "snapshots": marked("with snapshots, which are to be consolidated or deleted before the move"),
    "raw-disk": marked("with raw LUNs as disks (RDM), which are not copied with the machine"),
    "independent-disk": marked("with independent disks, which snapshots and most replication leave out"),
    "shared-bus": marked("with a SCSI bus that is shared with other machines"),
    "multi-writer": marked("with disks that several machines may write (multi-writer)"),
    "usb": marked("with USB devices"),
    "fault-tolerance": marked("under fault tolerance, which is to be turned off for the move"),
    "direct-path": marked("that use a device of their host directly (DirectPath I/O)"),
    "cd-connected": marked("with a CD, DVD or floppy connected"),
    "consolidation": marked("whose disks need to be consolidated"),
    "not-reachable": marked("that are not connected: orphaned, inaccessible or invalid"),
    "suspended": marked("that are suspended: what is in their memory is lost by a move"),
    "old-hardware": marked("with virtual hardware older than version 10"),
    "no-tools": marked("that run without VMware Tools"),
}
"""What is said of machines that have it."""
_OLDEST = 10
_DIGITS = re.compile(r"[0-9]+")


def of_vinfo(machine: Machine, cells: Cells, row: Row) -> None:
    """What the row of vInfo tells."""
    state = cells.text(row, "ft_state").casefold()
    _note(machine, "fault-tolerance", state not in {"", "notconfigured", "disabled", "none", "false", "-"})
    _note(machine, "consolidation", cells.says_yes(row, "consolidation"))
    connection = cells.text(row, "connection").casefold()
    _note(machine, "not-reachable", connection in {"disconnected", "inaccessible", "invalid", "orphaned", "unknown"})
    _note(machine, "suspended", "suspend" in cells.text(row, "power").casefold())
    version = _DIGITS.search(cells.text(row, "hardware"))
    _note(machine, "old-hardware", version is not None and 0 < int(version[0][:6]) < _OLDEST)


def of_disk(machine: Machine, cells: Cells, row: Row) -> None:
    """What the row of a disk tells."""
    mode = cells.text(row, "mode").casefold()
    sharing = cells.text(row, "sharing").casefold()
    bus = cells.text(row, "bus").casefold()
    _note(machine, "raw-disk", cells.says_yes(row, "raw"))
    _note(machine, "independent-disk", "independent" in mode)
    _note(machine, "multi-writer", "multi" in sharing)
    _note(machine, "shared-bus", bus not in {"", "nosharing", "none", "-", "false"})


def of_tools(machine: Machine, cells: Cells, row: Row) -> None:
    """What the row of vTools tells of a machine that runs."""
    tools = cells.text(row, "tools").casefold()
    running = cells.text(row, "power").casefold() in {"poweredon", "on", "powered on"}
    _note(machine, "no-tools", running and "not" in tools and "install" in tools)


def of_device(machine: Machine, cells: Cells, row: Row, kind: str) -> None:
    """What the row of a device tells; a CD drive counts only when something is in it."""
    if kind == "vSnapshot":
        _note(machine, "snapshots", True)
    elif kind == "vUSB":
        _note(machine, "usb", True)
    else:
        _note(machine, "cd-connected", cells.says_yes(row, "connected"))


def of_network(machine: Machine, cells: Cells, row: Row) -> None:
    """What the row of an adapter tells."""
    _note(machine, "direct-path", cells.says_yes(row, "direct"))


def _note(machine: Machine, word: str, is_so: bool) -> None:
    if is_so:
        machine.hindrances[word] = machine.hindrances.get(word, 0) + 1
