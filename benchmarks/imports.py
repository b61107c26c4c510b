"""How long imports take, and how much memory: `python benchmarks/imports.py`.

Each line is a process of its own: CPU seconds of all its threads, and the peak of its memory. Files are made in a
temporary folder first; `--csv` takes as much room on the disk as it says.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

WAVEPLAN = Path(sys.executable).with_name("waveplan")
READ_ALL = (
    "import sys; from pathlib import Path; from waveplan.imports.tables.opening import tables_of\n"
    "print(sum(1 for table in tables_of(Path(sys.argv[1])) for _ in table.rows()), 'rows')"
)
COMMON = ("Datacenter", "Cluster", "Host", "Folder", "OS according to the configuration file", "VM ID", "VI SDK Server")
FILLED = {  # of the columns that RVTools writes, those that are not empty
    "vInfo": ("VM", "Powerstate", "Template", "SRM Placeholder", "Config status", "DNS Name", "Connection state",
              "Guest state", "Heartbeat", "Consolidation Needed", "PowerOn", "Creation date", "CPUs",
              "Memory", "Active Memory", "NICs", "Disks", "Total disk capacity MiB", "Latency Sensitivity", "CBT",
              "Primary IP Address", "Network #1", "Num Monitors", "Video Ram KiB", "Resource pool", "FT State",
              "Provisioned MiB", "In Use MiB", "Unshared MiB", "HA Restart Priority", "Boot delay", "Firmware",
              "HW version", "Path", "Annotation", "SMBIOS UUID", "VM UUID", "VI SDK API Version", "VI SDK UUID"),
    "vDisk": ("VM", "Powerstate", "Template", "Disk", "Disk Key", "Disk UUID", "Capacity MiB", "Raw", "Disk Mode",
              "Sharing mode", "Thin", "Controller", "Shared Bus", "Path"),
    "vPartition": ("VM", "Powerstate", "Template", "Disk", "Capacity MiB", "Consumed MiB", "Free MiB", "Free %"),
    "vNetwork": ("VM", "Powerstate", "Template", "NIC label", "Adapter", "Network", "Connected", "Mac Address",
                 "IPv4 Address"),
}  # fmt: skip


def cell(column: str, number: int) -> str | int:
    """What a machine has in a column."""
    values: dict[str, str | int] = {
        "VM": f"vm-{number:06d}",
        "Powerstate": "poweredOn",
        "DNS Name": f"vm-{number:06d}.corp.example",
        "CPUs": 4,
        "Memory": 16384,
        "Primary IP Address": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
        "IPv4 Address": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
        "Mac Address": f"00:50:56:{number >> 16 & 255:02x}:{number >> 8 & 255:02x}:{number & 255:02x}",
        "HW version": 19,
        "Path": f"[ds{number % 50}] vm-{number:06d}/vm-{number:06d}.vmdk",
        "Disk UUID": f"6000c291-f112-64ea-5152-{number:012x}",
        "Datacenter": f"DC{number % 5}",
        "Cluster": f"C{number % 40}",
        "Host": f"esx{number % 400}.corp.example",
        "VM ID": f"vm-{number}",
        "SMBIOS UUID": f"420b85c1-ef0d-37fb-6897-{number:012x}",
        "VM UUID": f"500b85c1-ef0d-37fb-6897-{number:012x}",
        "VI SDK Server": "vc.corp.example",
        "VI SDK UUID": "5f3c9a8e-1b2d-4c7e-9a10-2f6b8d4e7c31",
    }
    if column in values:
        return values[column]
    return 51200 if column.endswith("MiB") else "False" if column in {"Template", "Raw"} else column.lower()


def export(path: Path, machines: int, sheets: tuple[str, ...]) -> Path:
    """A workbook of RVTools: a row for each machine in each sheet."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    for name in sheets:
        sheet, columns = book.add_worksheet(name), (*FILLED[name], *COMMON)
        sheet.write_row(0, 0, columns)
        for number in range(machines):
            sheet.write_row(number + 1, 0, [cell(column, number) for column in columns])
    book.close()
    return path


def sparse(path: Path) -> Path:
    """Nine machines, the last one in the last row that a sheet has."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("vInfo")
    sheet.write_row(0, 0, ["VM", "Powerstate", "VM ID"])
    for number in range(9):
        sheet.write_row(number + 1 if number < 8 else 1_048_575, 0, [f"vm-{number}", "poweredOn", f"id-{number}"])
    book.close()
    return path


def delimited(path: Path, megabytes: int) -> Path:
    """A capture as CSV, of so many MB."""
    block = "".join(f"2026-11-0{n % 9 + 1} 08:00;web-{n};app-{n % 99};443;nginx;{n * 7919}\n" for n in range(20_000))
    with path.open("w", encoding="utf-8") as file:
        file.write("first;source;target;port;process;bytes\n")
        while file.tell() < megabytes * 1_000_000:
            file.write(block)
    return path


@dataclass(frozen=True)
class Run:
    """A process that has ended."""

    what: str
    code: int
    cpu: float
    megabytes: int


def measured(what: str, *words: str) -> Run:
    """Run a command: its CPU seconds and the peak of its memory."""
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(what, process.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)


def imported(what: str, file: Path) -> Run:
    """The whole command, into a folder beside the file."""
    days = ("--start", "2027-02-01", "--deadline", "2027-12-17")
    return measured(what, str(WAVEPLAN), "import", "rvtools", str(file), "-o", str(file.with_suffix("")), *days)


def register(path: Path, machines: int) -> Path:
    """A CMDB's list of the same machines, in small letters or large, known by their full names."""
    with path.open("w", encoding="utf-8") as file:
        file.write("Name,Class,FQDN,Operating System,Environment\n")
        for number in range(machines):
            system, stage = f"Linux {number % 9}", ("Production", "Test", "Development")[number % 3]
            file.write(f"VM-{number:06d},Server,vm-{number:06d}.corp.example,{system},{stage}\n")
    return path


def merged(folder: Path, machines: int) -> Iterator[Run]:
    """Machines of vCenter, a CMDB of the same ones merged into them, and the same once more."""
    inventory = str(folder / "merged")
    days = ("--start", "2027-02-01", "--deadline", "2027-12-17")
    sheet = str(export(folder / "merged.xlsx", machines, ("vInfo",)))
    rows = str(register(folder / "cmdb.csv", machines))
    yield measured(
        f"{machines} machines, a new inventory", str(WAVEPLAN), "import", "rvtools", sheet, "-o", inventory, *days
    )
    yield measured(
        f"{machines} rows of a CMDB merged into it", str(WAVEPLAN), "import", "servicenow", rows, "--into", inventory
    )
    yield measured(
        "the same once more: nothing changes", str(WAVEPLAN), "import", "servicenow", rows, "--into", inventory
    )


def runs(folder: Path, rows: int, megabytes: list[int]) -> Iterator[Run]:
    """Every measurement, in turn."""
    four = ("vInfo", "vDisk", "vPartition", "vNetwork")
    yield imported(f"{rows} rows of {rows // 4} machines", export(folder / "sheets.xlsx", rows // 4, four))
    yield imported(f"{rows} machines, vInfo only", export(folder / "machines.xlsx", rows, ("vInfo",)))
    yield imported("nine rows, the last of a sheet's million", sparse(folder / "sparse.xlsx"))
    yield from merged(folder, rows)
    for size in megabytes:
        file = delimited(folder / "capture.csv", size)
        yield measured(f"every row of a CSV of {size} MB", sys.executable, "-c", READ_ALL, str(file))
        file.unlink()


def main() -> None:
    """Print a line for each measurement as it ends."""
    parser = argparse.ArgumentParser(description="Time imports.")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--csv", type=int, nargs="*", default=[50, 200], metavar="MB")
    given = parser.parse_args()
    print(f"{'what':45} {'code':>4} {'CPU s':>7} {'peak MB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for run in runs(Path(folder), given.rows, given.csv):
            print(f"{run.what:45} {run.code:4} {run.cpu:7.1f} {run.megabytes:8}", flush=True)


if __name__ == "__main__":
    main()
