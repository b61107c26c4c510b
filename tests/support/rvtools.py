"""RVTools exports made for a test: rows by sheet, written as a folder of CSV files or as a workbook."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

from waveplan.imports.harvest import Harvest, Reading
from waveplan.imports.records import Record
from waveplan.imports.registry import known_sources

Cell = str | int | float | bool | None
Sheets = Mapping[str, Sequence[Mapping[str, Cell]]]

FULL: Sheets = {
    "vInfo": [
        {
            "VM": "erp-db",
            "Powerstate": "poweredOn",
            "Template": "False",
            "SRM Placeholder": "False",
            "DNS Name": "erp-db.corp.example",
            "CPUs": 4,
            "Memory": 16384,
            "Total disk capacity MiB": 1,
            "Primary IP Address": "10.0.0.7",
            "Provisioned MiB": 200000,
            "In Use MiB": 60000,
            "Folder": "/prod/erp",
            "HW version": 19,
            "Annotation": "Ask Finance",
            "Cost centre": "4711",
            "Datacenter": "Lyon",
            "Cluster": "C1",
            "Host": "esx1",
            "OS according to the configuration file": "Other Linux",
            "OS according to the VMware Tools": "Red Hat Enterprise Linux 8 (64-bit)",
            "VM ID": "vm-11",
            "SMBIOS UUID": "420b85c1-ef0d-37fb-6897-61c47157f858",
            "VM UUID": "500b85c1-ef0d-37fb-6897-61c47157f858",
            "VI SDK Server": "vc.corp.example",
            "VI SDK UUID": "5f3c9a8e-1b2d-4c7e-9a10-2f6b8d4e7c31",
        },
    ],
    "vDisk": [
        {"VM": "erp-db", "Disk": "Hard disk 1", "Capacity MiB": 51200, "Raw": "False", "VM ID": "vm-11"},
        {"VM": "erp-db", "Disk": "Hard disk 2", "Capacity MiB": 51200, "Raw": "True", "VM ID": "vm-11"},
    ],
    "vPartition": [{"VM": "erp-db", "Disk": "/", "Capacity MiB": 100000, "Consumed MiB": 20000, "VM ID": "vm-11"}],
    "vNetwork": [
        {
            "VM": "erp-db",
            "Mac Address": "00:50:56:AA:BB:CC",
            "IPv4 Address": "10.0.0.7, 10.1.0.7",
            "IPv6 Address": "fe80::1",
            "VM ID": "vm-11",
        }
    ],
    "vSnapshot": [{"VM": "erp-db", "Name": "before patch", "VM ID": "vm-11"}],
}
"""One machine, with something in every sheet."""


def csv_folder(folder: Path, sheets: Sheets, delimiter: str = ",") -> Path:
    """The files that RVTools writes for its sheets."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in sheets.items():
        with (folder / f"RVTools_tab{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)), delimiter=delimiter)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def workbook(file: Path, sheets: Sheets) -> Path:
    """The same as one workbook."""
    book = xlsxwriter.Workbook(str(file))
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        headers = list(dict.fromkeys(key for row in rows for key in row))
        sheet.write_row(0, 0, headers)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, [row.get(key) for key in headers])
    book.close()
    return file


def read(*files: Path, name: str = "", **options: str) -> Harvest:
    """What the reader makes of them."""
    return known_sources()["rvtools"].read(list(files), Reading(name, options))


def servers(harvest: Harvest) -> dict[str, Record]:
    """Servers by name."""
    return {record.name: record for record in harvest.records if record.kind == "server"}


def values(record: Record) -> dict[str, object]:
    """What is given, by path."""
    return {path: given.value for path, given in record.given.items()}


def codes(harvest: Harvest) -> list[str]:
    """Codes of what is told, sorted."""
    return sorted(finding.code for finding in harvest.findings)
