"""RVTools: machines with all that their sheets say, in the words of every version."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from support.rvtools import FULL, Sheets, codes, csv_folder, read, servers, values, workbook

from waveplan.errors import UnreadableInputError

SAMPLE = Path(__file__).parent / "samples" / "rvtools" / "example1.xlsx"


def _renamed(sheets: Sheets, names: dict[str, str]) -> Sheets:
    return {
        sheet: [{names.get(f"{sheet}.{key}", names.get(key, key)): value for key, value in row.items()} for row in rows]
        for sheet, rows in sheets.items()
    }


def test_a_machine_has_what_all_its_sheets_say(tmp_path: Path) -> None:
    harvest = read(workbook(tmp_path / "export.xlsx", FULL))

    (server,) = servers(harvest).values()
    assert values(server) == {
        "site": "Lyon",
        "kind": "vm",
        "technology": "vmware",
        "vcpu": Decimal(4),
        "ram_gb": Decimal(16),
        "os": "Red Hat Enterprise Linux 8 (64-bit)",
        "power": "on",
        "hostname": "erp-db.corp.example",
        "addresses": ("10.0.0.7", "10.1.0.7"),
        "disk_gb": Decimal("107.374182"),
        "transfer_gb": Decimal("20.97152"),
        "labels.vsphere_cluster": "C1",
        "labels.host": "esx1",
        "labels.folder": "/prod/erp",
        "labels.vcenter": "vc.corp.example",
        "labels.annotation": "Ask Finance",
        "labels.cost_centre": "4711",
        "labels.blockers": ("snapshots", "raw-disk"),
    }
    assert str(server.location("vcpu")).endswith("export.xlsx:vInfo!F2")
    assert (server.keys.instance, server.keys.uuid, server.keys.macs, server.keys.fqdn) == (
        ("5f3c9a8e-1b2d-4c7e-9a10-2f6b8d4e7c31", "500b85c1-ef0d-37fb-6897-61c47157f858"),
        "420b85c1-ef0d-37fb-6897-61c47157f858",
        ("00:50:56:aa:bb:cc",),
        "erp-db.corp.example",
    )
    assert codes(harvest) == ["WP501", "WP504", "WP504", "WP507"]


INTERNAL = {
    "vInfo.VM": "vInfoVMName",
    "vInfo.Powerstate": "vInfoPowerstate",
    "vInfo.Template": "vInfoTemplate",
    "vInfo.SRM Placeholder": "vInfoSRMPlaceHolder",
    "vInfo.DNS Name": "vInfoGuestHostName",
    "vInfo.CPUs": "vInfoCPUs",
    "vInfo.Memory": "vInfoMemory",
    "vInfo.Total disk capacity MiB": "vInfoTotalDiskCapacityMiB",
    "vInfo.Primary IP Address": "vInfoPrimaryIPAddress",
    "vInfo.Provisioned MiB": "vInfoProvisioned",
    "vInfo.In Use MiB": "vInfoInUse",
    "vInfo.Folder": "vInfoFolder",
    "vInfo.HW version": "VInfoVersion",
    "vInfo.Annotation": "vInfoAnnotation",
    "vInfo.Datacenter": "vInfoDataCenter",
    "vInfo.Cluster": "vInfoCluster",
    "vInfo.Host": "vInfoHost",
    "vInfo.OS according to the configuration file": "vInfoOS",
    "vInfo.OS according to the VMware Tools": "vInfoOSTools",
    "vInfo.VM ID": "vInfoObjectID",
    "vInfo.SMBIOS UUID": "vInfoSMBIOSUUID",
    "vInfo.VM UUID": "vInfoUUID",
    "vInfo.VI SDK Server": "vInfoVISDKServer",
    "vInfo.VI SDK UUID": "vInfoVISDKUUID",
    "vDisk.VM": "vDiskVMName",
    "vDisk.Disk": "vDiskName",
    "vDisk.Capacity MiB": "vDiskCapacityMiB",
    "vDisk.Raw": "vDiskRaw",
    "vPartition.VM": "vPartitionVMName",
    "vPartition.Disk": "vPartitionDisk",
    "vPartition.Capacity MiB": "vPartitionCapacityMiB",
    "vPartition.Consumed MiB": "vPartitionConsumedMiB",
    "vNetwork.VM": "vNetworkVMName",
    "vNetwork.Mac Address": "vNetworkMacAddress",
    "vNetwork.IPv4 Address": "vNetworkIP4Address",
    "vNetwork.IPv6 Address": "vNetworkIP6Address",
    "vSnapshot.VM": "vSnapshotVMName",
    "vSnapshot.Name": "vSnapshotName",
}
OLD = {
    "Total disk capacity MiB": "Total disk capacity MB",
    "Provisioned MiB": "Provisioned MB",
    "In Use MiB": "In Use MB",
    "Capacity MiB": "Capacity MB",
    "Consumed MiB": "Consumed MB",
    "vNetwork.IPv4 Address": "IP Address",
}
SHOUTED = {key: key.upper() for sheet in FULL.values() for key in sheet[0] if key != "Cost centre"}


@pytest.mark.parametrize("names", [INTERNAL, OLD, SHOUTED], ids=["internal", "old", "shouted"])
def test_headers_of_other_versions_say_the_same(tmp_path: Path, names: dict[str, str]) -> None:
    usual = read(csv_folder(tmp_path / "usual", FULL))
    other = read(csv_folder(tmp_path / "other", _renamed(FULL, names)))

    assert [values(each) for each in servers(other).values()] == [values(each) for each in servers(usual).values()]
    assert [each.keys for each in servers(other).values()] == [each.keys for each in servers(usual).values()]
    assert codes(other) == codes(usual)


@pytest.mark.parametrize("left", ["vInfo", "vDisk", "vPartition", "vNetwork", "vSnapshot"])
def test_any_sheet_alone_names_its_machines(tmp_path: Path, left: str) -> None:
    harvest = read(csv_folder(tmp_path, {left: FULL[left]}))

    assert list(servers(harvest)) == ["erp-db"]
    assert harvest.accounts.rows() == len(FULL[left])


def test_the_sample_is_read_whole() -> None:
    harvest = read(SAMPLE)

    assert len(servers(harvest)) == 9
    assert {sheet: sum(fates.values()) for (_, sheet), fates in harvest.accounts.by_table()} == {
        **dict.fromkeys(("vInfo", "vCPU", "vMemory", "vDisk", "vPartition"), 9),
        "vHost": 7,
    }


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,024", 1024), ("1.024", 1024), ("1 024", 1024), ("1024", 1024), ("1’024", 1024), ("1024.0", 1024)],
)
def test_marks_between_thousands_of_any_country_are_read(tmp_path: Path, text: str, number: int) -> None:
    folder = csv_folder(tmp_path, {"vInfo": [{"VM": "a", "Powerstate": "poweredOn", "Memory": text}]}, ";")

    assert values(servers(read(folder))["a"])["ram_gb"] == Decimal(number) / 1024


def test_what_cannot_be_read_is_told_once_a_cell_and_counted_beyond_ten(tmp_path: Path) -> None:
    rows = [{"VM": f"m{number}", "Powerstate": "poweredOn", "CPUs": "many"} for number in range(15)]

    harvest = read(csv_folder(tmp_path, {"vInfo": rows}))

    told = [finding.message for finding in harvest.findings if finding.code == "WP503"]
    assert len(told) == 11
    assert "5 more values of column CPUs cannot be read" in told
    assert len(servers(harvest)) == 15


def test_a_cell_that_holds_vm_is_empty(tmp_path: Path) -> None:
    row = {"VM": "a", "Powerstate": "VM", "DNS Name": "VM", "Datacenter": "VM", "Annotation": "VM", "VM ID": "VM"}

    harvest = read(csv_folder(tmp_path, {"vInfo": [row, {"VM": "VM", "Powerstate": "poweredOn"}]}))

    assert values(servers(harvest)["a"]) == {"site": "source", "kind": "vm", "technology": "vmware"}
    assert [(str(entry.reason), rows) for entry, rows in harvest.accounts.reasons() if entry.reason] == [
        ("no machine is named", 1)
    ]


def test_text_that_is_too_long_for_a_label_is_cut(tmp_path: Path) -> None:
    row = {"VM": "a", "Powerstate": "poweredOn", "Annotation": "x" * 1_000_000}

    label = values(servers(read(csv_folder(tmp_path, {"vInfo": [row]})))["a"])["labels.annotation"]

    assert str(label) == "x" * 499 + "…"


def test_columns_that_nobody_knows_are_told_once(tmp_path: Path) -> None:
    own = {"VM": "a", "VM ID": "1", "Cost centre": "x"}
    sheets: Sheets = {"vInfo": [{**own, "Powerstate": "poweredOn"}], "vDisk": [{**own, "Colour": "red"}], "vCPU": [own]}

    told = [finding.message for finding in read(csv_folder(tmp_path, sheets)).findings if finding.code == "WP501"]

    assert told == [
        "columns that RVTools does not write by itself are kept as labels: Cost centre",
        "columns of vDisk that are not known are not read: Colour",
    ]


@pytest.mark.parametrize("name", ["vInfo", "tabvInfo", "RVTools_tabvInfo", "rvtools-VINFO-2026", "Lyon vInfo"])
def test_sheets_are_known_by_what_their_names_hold(tmp_path: Path, name: str) -> None:
    sheets: Sheets = {name: [{"VM": "a"}], "vSwitch": [{"Switch": "s"}]}

    harvest = read(workbook(tmp_path / "a.xlsx", sheets))

    assert list(servers(harvest)) == ["a"]
    assert [finding.message for finding in harvest.findings if finding.code == "WP508"] == [
        "sheets that say nothing of machines are not read: vSwitch"
    ]


def test_files_without_machines_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b,c\n1,2,3\n", encoding="utf-8")

    with pytest.raises(UnreadableInputError, match="no sheet names a machine"):
        read(tmp_path / "a.csv")
