"""Exports of asset managers: NetBox, GLPI, iTop."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.foreign_exports import dependencies, fates, harvest_of, reasons, said, told


def test_netbox_tables_give_virtual_machines_with_sizes_and_addresses() -> None:
    harvest = harvest_of("netbox", "virtual_machines.csv")

    assert told(harvest, "server") == {
        "web-01": {
            "site": "Paris 1",
            "os": "Debian 12",
            "vcpu": "2",
            "ram_gb": "4",
            "disk_gb": "40",
            "addresses": ("10.1.0.11",),
            "labels.cluster": "prod-cluster",
            "labels.role": "Web server",
            "labels.tenant": "Retail",
            "labels.status": "active",
        },
        "db-01": {
            "site": "Paris 1",
            "os": "RHEL 9",
            "vcpu": "4",
            "ram_gb": "16",
            "disk_gb": "200",
            "addresses": ("10.1.0.31",),
            "power": "off",
            "labels.cluster": "prod-cluster",
            "labels.role": "Database",
            "labels.tenant": "Retail",
            "labels.status": "offline",
        },
        "bad-01": {
            "site": "Lyon",
            "ram_gb": "4",
            "disk_gb": "40",
            "labels.cluster": "prod-cluster",
            "labels.status": "active",
        },
    }
    assert told(harvest, "site") == {"Paris 1": {}, "Lyon": {}}
    assert reasons(harvest) == {
        4: "a row before it tells of the same thing",
        5: "the row names nothing",
    }
    assert said(harvest) == [
        ("WP530", "1:12", "columns that are not read: 'Owner mail'"),
        ("WP533", "4:8", "'db-01': vcpu is '4' in row 3 and '8' here; the first one is kept"),
        ("WP528", "6:8", "'vCPUs' is left out: 'two' is not a number"),
        ("WP528", "6:11", "'IP Address' is left out: '10.1.0.999' is not an IP address"),
    ]


def test_netbox_devices_are_servers_where_their_role_does_not_say_otherwise() -> None:
    harvest = harvest_of("netbox", "devices_import.csv")

    assert list(told(harvest, "server")) == ["esx-01", "A-3"]  # one without a name is called by its asset tag
    assert told(harvest, "server")["esx-01"] == {
        "kind": "physical",
        "site": "Paris 1",
        "os": "VMware ESXi 7",
        "environment": "prod",
        "labels.role": "Hypervisor",
        "labels.tenant": "IT",
        "labels.manufacturer": "Dell",
        "labels.model": "PowerEdge R740",
        "labels.serial": "SN123",
        "labels.asset_tag": "A-1",
        "labels.location": "Room A",
        "labels.rack": "R12",
        "labels.position": "10",
        "labels.face": "front",
        "labels.cost_center": "4711",
        "labels.status": "active",
    }
    assert reasons(harvest) == {3: "a device whose role is 'Access switch' is no server"}
    assert fates(harvest_of("netbox", "devices_import.csv", options={"devices": "all"})) == {"imported": 3}


def test_netbox_disks_without_a_unit_are_concluded_from_their_size() -> None:
    harvest = harvest_of("netbox", "virtual_machines_4_1.csv")

    servers = told(harvest, "server")
    assert (servers["app-01"]["disk_gb"], servers["app-02"]["disk_gb"]) == ("102.4", "60")
    assert servers["app-01"]["addresses"] == ("10.1.0.21", "2001:db8::21")
    assert servers["app-01"]["labels.tags"] == ("nightly", "eu")
    assert [(code, place) for code, place, _ in said(harvest)] == [("WP520", "2:8")]


def test_glpi_in_french_adds_memory_and_disks_up_and_leaves_workstations_out() -> None:
    harvest = harvest_of("glpi", "ordinateurs.csv", "appliances.csv")

    assert told(harvest, "server")["srv-erp-01"] == {
        "kind": "physical",
        "site": "Metz",
        "os": "Red Hat Enterprise Linux 8.6",
        "ram_gb": "32",
        "disk_gb": "1200",
        "addresses": ("10.2.0.11", "fe80::250:56ff:fe9a:1"),
        "labels.entity": "Siège > DSI",
        "labels.status": "En production",
        "labels.manufacturer": "Dell Inc.",
        "labels.serial": "ABC123",
        "labels.type": "Serveur",
        "labels.model": "PowerEdge R740",
        "labels.location": "Metz > Salle 1",
        "labels.updated": "2026-03-02 09:12",
        "labels.processor": "Intel Xeon Gold 6130",
        "labels.group_in_charge": "Systèmes",
    }
    virtual = told(harvest, "server")["vm-sql-01"]
    assert (virtual["kind"], virtual["ram_gb"], virtual["disk_gb"]) == ("vm", "32", "512.0005")
    assert told(harvest, "application") == {
        "ERP": {
            "servers": ("srv-erp-01", "vm-sql-01"),
            "environment": "prod",
            "technical_owner": "Systems",
            "labels.entity": "Head office",
            "labels.status": "In production",
            "labels.appliance_type": "Business",
            "labels.updated": "2026-03-02 09:12",
        }
    }
    assert told(harvest, "team") == {"Systems": {}}
    assert sorted(reasons(harvest).values()) == [
        "a computer of type 'Portable' is no server",
        "its status is 'Retired'",
        "its status is 'Réformé'",
    ]
    assert said(harvest) == [("WP530", "1:17", "columns that are not read: 'Couleur'")]


def test_glpi_takes_what_is_asked_for() -> None:
    options = {"retired": "yes", "computers": "all"}

    assert fates(harvest_of("glpi", "ordinateurs.csv", options=options)) == {"imported": 4}


def test_itop_links_applications_with_machines_and_with_software_on_machines() -> None:
    files = ("lnkApplicationSolutionToFunctionalCI", "ApplicationSolution", "DBServer", "Server", "VirtualMachine")
    harvest = harvest_of("itop", *(f"{name}.csv" for name in files))

    assert told(harvest, "server")["srv-a"] == {
        "kind": "physical",
        "site": "Grenoble",
        "os": "Linux Debian 12",
        "vcpu": "16",
        "ram_gb": "64",
        "addresses": ("10.0.0.1",),
        "labels.organisation": "Demo",
        "labels.status": "production",
        "labels.criticality": "high",
        "labels.description": "Main database",
        "labels.in_production_since": "2019-03-04",
        "labels.rack": "R1",
        "labels.brand": "Dell",
        "labels.model": "R740",
        "labels.serial": "SN-1",
    }
    virtual = told(harvest, "server")["vm-a"]
    assert (virtual["kind"], virtual["ram_gb"], virtual["labels.host"]) == ("vm", "16", "ESX1")
    assert told(harvest, "application") == {
        "MySQL on vm-b": {
            "servers": ("vm-b",),
            "organisation": "Demo",
            "labels.software": "MySQL",
            "labels.status": "active",
        },
        "CRM": {
            "servers": ("vm-a", "srv-a"),
            "organisation": "Demo",
            "criticality": "high",
            "labels.description": "Customer relations",
            "labels.in_production_since": "2020-01-01",
            "labels.status": "active",
        },
        "Portal": {"organisation": "Demo", "criticality": "medium", "labels.status": "active"},
    }
    assert dependencies(harvest) == [("Portal", "MySQL on vm-b")]
    assert fates(harvest) == {"imported": 9, "merged": 1, "skipped": 4}
    assert said(harvest) == [("WP528", "3:9", "'CPU' is left out: 'quatre' is not a number")]


def test_itop_processes_of_an_application_are_its_processes(tmp_path: Path) -> None:
    file = tmp_path / "links.csv"
    file.write_text("Solution applicative->Nom;Processus métier->Nom\nCRM;Vente\nCRM;Service\nCRM;Vente\n;Vente\n")

    harvest = harvest_of("itop", file)

    assert told(harvest, "application") == {"CRM": {"processes": ("Vente", "Service")}}
    assert fates(harvest) == {"imported": 2, "merged": 1, "skipped": 1}


@pytest.mark.parametrize("source", ["netbox", "glpi", "itop", "servicenow", "azure-migrate", "aws-cmf", "konveyor"])
def test_a_table_of_something_else_is_an_error_that_names_its_headings(source: str, tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text("colour,taste\nred,sweet\nblue,sour\n")

    harvest = harvest_of(source, file)

    assert harvest.records == []
    assert fates(harvest) == {"skipped": 3}
    (finding,) = harvest.findings
    assert (finding.code, finding.severity) == ("WP510", "error")
    assert "'colour', 'taste'" in finding.message


@pytest.mark.parametrize(
    ("role", "is_server"),
    [("Network server", True), ("Core switch", False), ("Patch panel", False), ("ESXi host", True), ("", True)],
)
def test_netbox_roles_say_what_is_a_server(role: str, is_server: bool, tmp_path: Path) -> None:
    file = tmp_path / "devices.csv"
    file.write_text(f"Name,Role,Type,Rack\nx,{role},R740,R1\n")

    assert list(told(harvest_of("netbox", file), "server")) == (["x"] if is_server else [])


def test_itop_lists_with_few_columns_are_told_by_their_class_or_file(tmp_path: Path) -> None:
    head = "name,org_name,status"
    files = {
        "Server.csv": f"{head}\nsrv,Demo,production\n",
        "ApplicationSolution.csv": f"{head}\nCRM,Demo,active\n",
        "NetworkDevice.csv": f"{head}\nsw,Demo,production\n",
        "all.csv": f"{head},finalclass\nvm,Demo,production,VirtualMachine\nERP,Demo,active,ApplicationSolution\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)

    harvest = harvest_of("itop", *(tmp_path / name for name in files))

    assert told(harvest, "server") == {
        "srv": {"kind": "physical", "labels.organisation": "Demo", "labels.status": "production"},
        "vm": {"kind": "vm", "labels.organisation": "Demo", "labels.status": "production"},
    }
    assert told(harvest, "application") == {
        "CRM": {"organisation": "Demo", "labels.status": "active"},
        "ERP": {"organisation": "Demo", "labels.status": "active"},
    }
    assert fates(harvest) == {"imported": 4, "skipped": 1}


def test_glpi_lists_of_all_assets_give_computers_only(tmp_path: Path) -> None:
    file = tmp_path / "assets.csv"
    file.write_text("Nom;Type d'élément;Numéro de série;Fabricant\nsrv;Ordinateur;S1;Dell\nlp;Imprimante;S2;HP\n")

    assert list(told(harvest_of("glpi", file), "server")) == ["srv"]
