"""Exports of Azure Migrate: its import template, discovered servers, assessments, connections."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from support.foreign_exports import fates, harvest_of, reasons, said, told

from waveplan.imports.harvest import Flow, FlowEnd


def test_the_template_adds_disks_up_and_keeps_what_is_in_use_as_a_label() -> None:
    harvest = harvest_of("azure-migrate", "import.csv")

    assert told(harvest, "server") == {
        "web-01": {
            "addresses": ("10.1.0.11", "fe80::1"),
            "vcpu": "2",
            "ram_gb": "4",
            "disk_gb": "164",
            "os": "Windows Server 2016 10.0.14393",
            "kind": "vm",
            "labels.os_architecture": "64-bit",
            "labels.hypervisor": "VMware",
            "labels.boot_type": "BIOS",
            "labels.storage_in_use_gb": "30",
        },
        "db-01": {
            "addresses": ("10.1.0.31",),
            "vcpu": "8",
            "ram_gb": "32",
            "disk_gb": "120",
            "os": "Ubuntu Linux 20.04",
            "kind": "physical",
            "labels.os_architecture": "64-bit",
            "labels.boot_type": "UEFI",
        },
    }
    assert fates(harvest) == {"imported": 2, "merged": 1}
    assert reasons(harvest) == {4: "a row before it tells of the same thing"}
    assert said(harvest) == [
        ("WP530", "1:11", "columns that are not read: 'Number of disks', 'Disk 1 read throughput (MB per second)'")
    ]


def test_an_assessment_and_a_list_of_discovered_servers_are_read_by_their_own_headings() -> None:
    harvest = harvest_of("azure-migrate", "assessed_machines.csv", "discovered.csv")

    assert told(harvest, "server")["app-01"] == {
        "addresses": ("10.1.0.21",),
        "vcpu": "4",
        "ram_gb": "16",
        "disk_gb": "127.5",
        "os": "Windows Server 2019 Datacenter",
        "labels.boot_type": "BIOS",
        "labels.azure_readiness": "Ready",
        "labels.azure_size": "Standard_D4s_v3",
        "labels.azure_group": "prod",
    }
    assert told(harvest, "server")["web-02"] == {
        "addresses": ("10.1.0.12",),
        "hostname": "web-02.corp.example",
        "vcpu": "2",
        "ram_gb": "8",
        "disk_gb": "80",
        "os": "Windows Server 2012 R2",
        "end_of_support": "2023-10-10",
        "power": "on",
        "labels.os_support": "Out of support",
        "labels.host": "esx-01",
        "labels.env": "prod",
        "labels.owner": "retail",
    }


def test_the_empty_template_is_known() -> None:
    harvest = harvest_of("azure-migrate", "header_only.csv")

    assert (harvest.records, harvest.accounts.rows(), [each.code for each in harvest.findings]) == ([], 0, ["WP530"])


def test_connections_of_both_layouts_are_added_up_as_one_capture() -> None:
    harvest = harvest_of("azure-dependencies", "dependencies.csv", "dependencies-new.csv")

    portal = FlowEnd("web-01", "10.1.0.11", "Portal", "nginx"), FlowEnd("app-01", "10.1.0.21", "Portal", "java")
    assert harvest.flows[0] == Flow(
        *portal,
        port=8443,
        sightings=2,
        connections=4211,
        first=datetime(2026, 5, 12),  # noqa: DTZ001
        last=datetime(2026, 5, 12, 9),  # noqa: DTZ001
    )
    assert [(flow.source.server, flow.target.server or flow.target.address, flow.port) for flow in harvest.flows] == [
        ("web-01", "app-01", 8443),
        ("web-02", "app-01", 8443),
        ("app-01", "db-01", 1521),
        ("app-02", "db-01", 1521),
        ("app-02", "203.0.113.9", 443),
        ("batch-01", "db-01", 1521),
    ]
    assert told(harvest, "server") == {
        "web-01": {"addresses": ("10.1.0.11",)},
        "app-01": {"addresses": ("10.1.0.21",)},
        "web-02": {"addresses": ("10.1.0.12",)},
        "db-01": {"addresses": ("10.1.0.31",)},
        "app-02": {"addresses": ("10.1.0.22",)},
        "batch-01": {"addresses": ("10.1.0.41",)},
    }
    assert fates(harvest) == {"imported": 8}
    assert harvest.as_of == date(2026, 5, 12)
    assert [(code, place) for code, place, _ in said(harvest)] == [("WP519", "2:1")]


def test_the_order_of_days_is_what_the_column_leaves(tmp_path: Path) -> None:
    head = "Time slot,Source server name,Source IP,Destination server name,Destination IP,Destination port\n"
    file = tmp_path / "a.csv"
    file.write_text(
        f"{head}05/12/2026 09:00:00,a,10.0.0.1,b,10.0.0.2,80\n25/12/2026 09:30:00,a,10.0.0.1,b,10.0.0.2,80\n"
    )

    harvest = harvest_of("azure-dependencies", file)

    assert (harvest.flows[0].first, harvest.flows[0].last) == (
        datetime(2026, 12, 5, 9),  # noqa: DTZ001
        datetime(2026, 12, 25, 9, 30),  # noqa: DTZ001
    )
    assert harvest.findings == []


def test_afternoons_are_read(tmp_path: Path) -> None:
    head = "Date,Source Server Name,Destination IP,Destination Port,Connection Count\n"
    file = tmp_path / "a.csv"
    file.write_text(f"{head}5/31/2026 3:05:00 PM,a,10.0.0.2,443,3\n")

    (flow,) = harvest_of("azure-dependencies", file).flows

    assert (flow.first, flow.connections) == (datetime(2026, 5, 31, 15, 5), 3)  # noqa: DTZ001


def test_what_cannot_be_read_of_a_connection_is_told_and_the_rest_is_kept(tmp_path: Path) -> None:
    head = "Time slot,Source server name,Source IP,Destination server name,Destination IP,Destination port\n"
    file = tmp_path / "a.csv"
    file.write_text(f"{head}whenever,a,10.0.0.999,b,10.0.0.2,http\n,,,b,,80\n,a,,,,80\n")

    harvest = harvest_of("azure-dependencies", file)

    assert harvest.flows == [Flow(FlowEnd("a"), FlowEnd("b", "10.0.0.2"))]
    assert fates(harvest) == {"imported": 1, "skipped": 2}
    assert [(code, place) for code, place, _ in said(harvest)] == [("WP528", "2:6"), ("WP528", "2:3"), ("WP528", "2:1")]
