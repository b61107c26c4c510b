"""RVTools: which machines count, which of several rows and files are one machine, and what they belong to."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from support.rvtools import FULL, Sheets, codes, csv_folder, read, servers, values, workbook

from waveplan.errors import UsageError

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
