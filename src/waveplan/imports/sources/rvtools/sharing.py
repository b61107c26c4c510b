"""Disks that several machines have: these machines move together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from waveplan.imports.sources.rvtools.cells_read import Cells
from waveplan.imports.sources.rvtools.machines import DiskFact, Machine
from waveplan.imports.tables.model import Row

MOST_SHARING = 32  # more machines than this never share a disk: the cells say something else
_FILE = re.compile(r"\[[^\]]+\].*\.vmdk\Z", re.IGNORECASE)


def disk_fact(cells: Cells, row: Row, machine: Machine) -> DiskFact | None:
    """By what a disk would be known in another machine: its file, its LUN; None where neither is told."""
    within = machine.identity.vcenter or machine.identity.scope
    keys, column = [], 0
    for name in ("path", "path_too"):
        path = cells.text(row, name)
        if _FILE.match(path):
            keys.append(f"{within}/{machine.datacenter}/{path.casefold()}")
            column = column or cells.column(name)
            break
    lun = cells.text(row, "lun")
    if lun and cells.says_yes(row, "raw"):
        keys.append(f"lun/{lun.casefold()}")
        column = column or cells.column("lun")
    return DiskFact(tuple(keys), row.place, column) if keys else None


def sharing(machines: Sequence[Machine]) -> tuple[list[list[Machine]], list[list[Machine]]]:
    """Groups of machines that share disks; and those that are too many to be believed."""
    holders: dict[str, dict[int, Machine]] = defaultdict(dict)
    for machine in machines:
        for disk in machine.disks:
            for key in disk.keys:
                holders[key][id(machine)] = machine
    groups = [list(each.values()) for each in holders.values() if len(each) > 1]
    believed = [group for group in groups if len(group) <= MOST_SHARING]
    return _joined(believed), [group for group in groups if len(group) > MOST_SHARING]


def _joined(groups: Iterable[list[Machine]]) -> list[list[Machine]]:
    """Groups that have a machine in common are one; in the order of their first rows."""
    head: dict[int, int] = {}
    members: dict[int, list[Machine]] = {}
    for group in groups:
        heads = sorted({head[id(each)] for each in group if id(each) in head})
        whole = {id(each): each for old in heads for each in members.pop(old)} | {id(each): each for each in group}
        number = heads[0] if heads else id(group[0])
        members[number] = list(whole.values())
        head.update(dict.fromkeys(whole, number))
    found = [sorted(each, key=lambda machine: machine.place) for each in members.values()]
    return sorted(found, key=lambda group: group[0].place)
