"""RVTools: machines that share a disk, and what of a machine hinders a move."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.rvtools import codes, csv_folder, read, servers, values

DISK = {"Disk": "Hard disk 2", "Capacity MiB": 1024, "Raw": "False"}


@pytest.mark.parametrize(
    "disk",
    [
        {**DISK, "Sharing mode": "sharingMultiWriter", "Path": "[ds1] sql/quorum.vmdk"},
        {**DISK, "Shared Bus": "physicalSharing", "Disk Path": "[ds1] sql/quorum.vmdk"},
        {**DISK, "Raw": "True", "Raw LUN ID": "naa.600601"},
    ],
)
def test_machines_with_one_disk_become_a_cluster(tmp_path: Path, disk: dict[str, object]) -> None:
    rows = [{"VM": name, "VM ID": f"vm-{name}", **disk} for name in ("sql-2", "sql-1")]
    alone = {"VM": "web", "VM ID": "vm-web", **DISK, "Path": "[ds1] web/web.vmdk"}
    infos = [{"VM": row["VM"], "Powerstate": "poweredOn", "VM ID": row["VM ID"]} for row in (*rows, alone)]

    harvest = read(csv_folder(tmp_path, {"vInfo": infos, "vDisk": [*rows, alone]}))

    clusters = {name: values(record).get("cluster") for name, record in servers(harvest).items()}
    assert clusters == {"sql-1": "shared-disks-sql-1", "sql-2": "shared-disks-sql-1", "web": None}
    (finding,) = [each for each in harvest.findings if each.code == "WP509"]
    assert finding.subjects == ("sql-1", "sql-2")


def test_machines_that_share_by_a_third_one_are_one_cluster(tmp_path: Path) -> None:
    paths = {"a": ["1"], "b": ["1", "2"], "c": ["2"], "d": ["3"], "e": ["3"]}
    rows = [
        {"VM": name, "VM ID": name, "Disk": path, "Capacity MiB": 1, "Path": f"[ds] {path}.vmdk"}
        for name, each in paths.items()
        for path in each
    ]

    harvest = read(csv_folder(tmp_path, {"vDisk": rows}))

    assert {name: values(record)["cluster"] for name, record in servers(harvest).items()} == {
        **dict.fromkeys("abc", "shared-disks-a"),
        **dict.fromkeys("de", "shared-disks-d"),
    }


def test_a_disk_that_everybody_names_is_not_believed(tmp_path: Path) -> None:
    rows = [
        {"VM": f"m{n}", "VM ID": f"vm-{n}", "Disk": "1", "Capacity MiB": 1, "Path": "[x] x.vmdk"} for n in range(40)
    ]

    harvest = read(csv_folder(tmp_path, {"vDisk": rows}))

    assert all("cluster" not in record.given for record in servers(harvest).values())
    assert "WP509" in codes(harvest)


@pytest.mark.parametrize(
    ("sheet", "row", "word"),
    [
        ("vInfo", {"FT State": "running"}, "fault-tolerance"),
        ("vInfo", {"Consolidation Needed": "True"}, "consolidation"),
        ("vInfo", {"Connection state": "orphaned"}, "not-reachable"),
        ("vInfo", {"Powerstate": "suspended"}, "suspended"),
        ("vInfo", {"HW version": "vmx-08"}, "old-hardware"),
        ("vDisk", {"Disk Mode": "independent_persistent"}, "independent-disk"),
        ("vDisk", {"Raw": "True"}, "raw-disk"),
        ("vDisk", {"Shared Bus": "virtualSharing"}, "shared-bus"),
        ("vDisk", {"Sharing mode": "sharingMultiWriter"}, "multi-writer"),
        ("vUSB", {"Device Type": "USB controller"}, "usb"),
        ("vCD", {"Connected": "True"}, "cd-connected"),
        ("vNetwork", {"Direct Path IO": "True"}, "direct-path"),
        ("vTools", {"Tools": "toolsNotInstalled", "Powerstate": "poweredOn"}, "no-tools"),
        ("vSnapshot", {"Name": "old"}, "snapshots"),
    ],
)
def test_what_hinders_a_move_is_a_label_and_a_finding(
    tmp_path: Path, sheet: str, row: dict[str, str], word: str
) -> None:
    harvest = read(csv_folder(tmp_path, {sheet: [{"VM": "a", "VM ID": "vm-1", **row}]}))

    assert values(servers(harvest)["a"])["labels.blockers"] == (word,)
    assert "WP504" in codes(harvest)


def test_what_hinders_nothing_is_no_label(tmp_path: Path) -> None:
    row = {
        "VM": "a",
        "FT State": "notConfigured",
        "HW version": 19,
        "Connection state": "connected",
        "Powerstate": "poweredOn",
    }
    cd = {"VM": "a", "Connected": "False", "Device Type": "Remote device"}

    harvest = read(csv_folder(tmp_path, {"vInfo": [row], "vCD": [cd]}))

    assert "labels.blockers" not in servers(harvest)["a"].given
    assert "WP504" not in codes(harvest)
