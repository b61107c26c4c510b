"""RVTools: machines with all that their sheets say, in the words of every version."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from support.rvtools import Sheets, codes, csv_folder, read, servers, values, workbook

from waveplan.errors import UnreadableInputError, UsageError

SAMPLE = Path(__file__).parent / "samples" / "rvtools" / "example1.xlsx"
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


LEFT_OUT: Sheets = {
    "vInfo": [
        {"VM": "kept", "Powerstate": "poweredOn", "Template": "False", "SRM Placeholder": "False", "VM ID": "vm-1"},
        {"VM": "image", "Powerstate": "poweredOff", "Template": "True", "SRM Placeholder": "False", "VM ID": "vm-2"},
        {"VM": "twin", "Powerstate": "poweredOff", "Template": "False", "SRM Placeholder": "True", "VM ID": "vm-3"},
        {"VM": "asleep", "Powerstate": "poweredOff", "Template": "False", "SRM Placeholder": "False", "VM ID": "vm-4"},
        {
            "VM": "vCLS-1a2b",
            "Powerstate": "poweredOn",
            "Template": "False",
            "SRM Placeholder": "False",
            "VM ID": "vm-5",
        },
    ],
    "vDisk": [{"VM": "image", "Disk": "Hard disk 1", "Capacity MiB": 10, "VM ID": "vm-2"}],
}


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({}, ["kept", "asleep"]),
        ({"templates": "yes"}, ["kept", "image", "asleep"]),
        ({"placeholders": "yes"}, ["kept", "twin", "asleep"]),
        ({"off": "no"}, ["kept"]),
        ({"system": "oui"}, ["kept", "asleep", "vCLS-1a2b"]),
    ],
)
def test_options_say_which_machines_count_and_the_others_are_told(
    tmp_path: Path, options: dict[str, str], names: list[str]
) -> None:
    harvest = read(csv_folder(tmp_path, LEFT_OUT), **options)

    assert list(servers(harvest)) == names
    told = {subject for finding in harvest.findings if finding.code == "WP506" for subject in finding.subjects}
    assert told == {str(row["VM"]) for row in LEFT_OUT["vInfo"]} - set(names)
    assert harvest.accounts.rows() == 6


def test_options_that_there_are_not_are_refused(tmp_path: Path) -> None:
    folder = csv_folder(tmp_path, LEFT_OUT)

    with pytest.raises(UsageError, match="there is templates"):
        read(folder, template="yes")
    with pytest.raises(UsageError, match="yes or no"):
        read(folder, templates="perhaps")


def test_a_cell_that_holds_vm_is_empty(tmp_path: Path) -> None:
    row = {"VM": "a", "Powerstate": "VM", "DNS Name": "VM", "Datacenter": "VM", "Annotation": "VM", "VM ID": "VM"}

    harvest = read(csv_folder(tmp_path, {"vInfo": [row, {"VM": "VM", "Powerstate": "poweredOn"}]}))

    assert values(servers(harvest)["a"]) == {"site": "source", "kind": "vm", "technology": "vmware"}
    assert [(str(entry.reason), rows) for entry, rows in harvest.accounts.reasons() if entry.reason] == [
        ("no machine is named", 1)
    ]


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


def test_columns_that_options_name_say_environment_application_and_owner(tmp_path: Path) -> None:
    rows = [
        {
            "VM": "a",
            "Powerstate": "poweredOn",
            "VM ID": "1",
            "Env": "Production",
            "App": "ERP; SSO",
            "Owner": "Finance",
        },
        {"VM": "b", "Powerstate": "poweredOn", "VM ID": "2", "Env": "srv_dev_x", "App": "ERP", "Owner": ""},
        {"VM": "c", "Powerstate": "poweredOn", "VM ID": "3", "Env": "nonsense", "App": "", "Owner": ""},
    ]

    harvest = read(csv_folder(tmp_path, {"vInfo": rows}), environment="env", application="App", owner="owner")

    found = {name: values(record).get("environment") for name, record in servers(harvest).items()}
    assert found == {"a": "prod", "b": "dev", "c": None}
    applications = {record.name: values(record) for record in harvest.records if record.kind == "application"}
    assert applications == {
        "ERP": {"servers": ("1/a", "2/b"), "business_owner": "Finance"},
        "SSO": {"servers": ("1/a",), "business_owner": "Finance", "environment": "prod"},
    }
    assert "WP503" in codes(harvest)


def test_machines_of_two_vcenters_that_are_called_alike_stay_two(tmp_path: Path) -> None:
    rows = [
        {"VM": "web", "Powerstate": "poweredOn", "Datacenter": "DC", "VM ID": "vm-1", "VI SDK Server": vcenter}
        for vcenter in ("vc-a", "vc-b")
    ]
    disks = [
        {"VM": "web", "Disk": "1", "Capacity MiB": size, "VM ID": "vm-1", "VI SDK Server": vcenter}
        for vcenter, size in (("vc-a", 1024), ("vc-b", 2048))
    ]

    harvest = read(csv_folder(tmp_path, {"vInfo": rows, "vDisk": disks}))

    records = [record for record in harvest.records if record.kind == "server"]
    assert [(values(each)["site"], values(each)["disk_gb"]) for each in records] == [
        ("DC (vc-a)", Decimal("1.073742")),
        ("DC (vc-b)", Decimal("2.147484")),
    ]
    assert records[0].keys.external != records[1].keys.external


def test_one_vcenter_exported_twice_counts_once(tmp_path: Path) -> None:
    first = read(workbook(tmp_path / "RVTools_export_2026-11-01.xlsx", FULL))
    newer = {**FULL, "vInfo": [{**FULL["vInfo"][0], "CPUs": 8}]}
    twice = read(
        tmp_path / "RVTools_export_2026-11-01.xlsx", workbook(tmp_path / "RVTools_export_2026-11-20.xlsx", newer)
    )

    (server,) = servers(twice).values()
    assert values(server) == {**values(servers(first)["erp-db"]), "vcpu": Decimal(8)}
    assert twice.accounts.rows() == 2 * first.accounts.rows()


def test_a_machine_named_twice_without_an_id_is_told(tmp_path: Path) -> None:
    rows = [{"VM": "a", "Powerstate": "poweredOn", "CPUs": n} for n in (1, 2)]

    harvest = read(csv_folder(tmp_path, {"vInfo": rows}))

    assert values(servers(harvest)["a"])["vcpu"] == 1
    assert "WP505" in codes(harvest)


def test_a_row_that_may_mean_two_machines_goes_to_none(tmp_path: Path) -> None:
    rows = [{"VM": "a", "Powerstate": "poweredOn", "VM ID": f"vm-{n}"} for n in (1, 2)]

    harvest = read(csv_folder(tmp_path, {"vInfo": rows, "vDisk": [{"VM": "a", "Disk": "1", "Capacity MiB": 5}]}))

    assert [entry.fate for entry in harvest.accounts.entries()] == ["imported", "imported", "skipped"]


def test_hosts_are_servers_when_they_are_asked_for_and_place_machines_in_any_case(tmp_path: Path) -> None:
    host = {
        "Host": "esx1.corp.example",
        "Datacenter": "Lyon",
        "# Cores": 32,
        "# Memory": 262144,
        "ESX Version": "ESXi 8",
    }
    sheets: Sheets = {"vInfo": [{"VM": "a", "Powerstate": "poweredOn", "Host": "esx1.corp.example"}], "vHost": [host]}

    assert values(servers(read(csv_folder(tmp_path, sheets)))["a"])["site"] == "Lyon"
    found = values(servers(read(tmp_path, hosts="yes"))["esx1.corp.example"])
    assert found == {
        "site": "Lyon",
        "kind": "physical",
        "technology": "vmware-host",
        "os": "ESXi 8",
        "vcpu": Decimal(32),
        "ram_gb": Decimal(256),
    }


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
