"""ServiceNow's lists of configuration items, and the relations between them."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.foreign_exports import dependencies, fates, harvest_of, reasons, said, told


def flows(harvest: object) -> list[tuple[str, str]]:
    return [
        (flow.source.server or flow.source.application, flow.target.server or flow.target.application)
        for flow in getattr(harvest, "flows")  # noqa: B009
    ]


def test_items_are_servers_and_applications_by_their_class() -> None:
    harvest = harvest_of("servicenow", "cmdb_ci.csv")

    assert told(harvest, "server") == {
        "web-01": {
            "site": "Paris DC",
            "environment": "prod",
            "os": "Linux Red Hat 8.6",
            "vcpu": "8",
            "ram_gb": "8",
            "disk_gb": "120",
            "addresses": ("10.1.0.11",),
            "hostname": "web-01.example.org",
            "labels.managed_by": "Jane Roe",
            "labels.support_group": "Unix",
        },
        "db-01": {
            "site": "Paris DC",
            "environment": "prod",
            "os": "Windows 2019 Datacenter",
            "vcpu": "16",
            "ram_gb": "64",
            "disk_gb": "2048",
            "addresses": ("10.1.0.31",),
            "labels.support_group": "Databases",
        },
        "vm-01": {"site": "Paris DC", "environment": "test", "kind": "vm"},
        "esx-01": {"site": "Paris DC", "kind": "physical", "labels.environment": "Bananas"},
    }
    assert told(harvest, "application") == {
        "Portal": {
            "environment": "prod",
            "business_owner": "Retail",
            "technical_owner": "Web",
            "criticality": "critical",
            "labels.ci_class": "cmdb_ci_business_app",
        },
        "ORCL@db-01": {"environment": "prod", "labels.ci_class": "cmdb_ci_db_ora_instance"},
    }
    assert told(harvest, "team") == {"Web": {}}
    assert told(harvest, "site") == {"Paris DC": {}}
    assert reasons(harvest) == {
        4: "it is no longer in use: install_status 7",
        5: "an item of class 'cmdb_ci_ip_switch' is neither server nor application",
        10: "a cluster is told by the servers that are its members",
        11: "the row names nothing",
    }
    assert [record.keys.external[-2:] for record in harvest.records if record.kind == "server"] == [
        "01",
        "02",
        "07",
        "08",
    ]
    assert [(code, place) for code, place, _ in said(harvest)] == [
        ("WP530", "1:20"),
        ("WP519", "2:13"),
        ("WP513", "9:8"),
    ]


def test_relations_become_hosting_dependencies_connections_and_ties() -> None:
    harvest = harvest_of("servicenow", "relations.csv", "cmdb_ci.csv")

    applications, servers = told(harvest, "application"), told(harvest, "server")
    assert {name: given.get("servers") for name, given in applications.items()} == {
        "Portal": ("web-01",),
        "ORCL@db-01": ("db-01",),
        "Billing": None,
    }
    assert dependencies(harvest) == [("Portal", "ORCL@db-01"), ("Portal", "Billing")]
    assert flows(harvest) == [("web-01", "db-01"), ("web-01", "vm-01")]
    assert (servers["vm-01"]["labels.host"], servers["db-01"]["cluster"]) == ("esx-01", ("sqlclu",))
    assert reasons(harvest, "relations.csv") == {
        8: "one of its ends is not imported: cmdb_ci_ip_switch",
        9: "one of its ends is not imported: install_status 7",
        12: "the type of the relation is not known",
        13: "the same relation was read before",
        14: "the relation has no type",
        15: "nothing says whether one of its ends is a server or an application",
        16: "the same relation was read before",
        17: "one end of the relation is not named",
    }
    assert harvest.accounts.rows() == 26


def test_without_lists_the_pattern_of_relations_says_what_things_are() -> None:
    harvest = harvest_of("servicenow", "cmdb_rel_ci.csv")

    assert told(harvest, "application") == {
        "Portal": {"servers": ("web-01", "web-02")},
        "Orders": {"servers": ("db-01",)},
        "Billing": {},
    }
    assert sorted(told(harvest, "server")) == ["app-01", "db-01", "web-01", "web-02"]
    assert dependencies(harvest) == [("Portal", "Orders"), ("Billing", "Orders")]
    assert flows(harvest) == [("web-01", "app-01")]
    assert fates(harvest) == {"imported": 6}
    taken = "no list says what these are; by their relations they are taken for {}: {}"
    assert said(harvest) == [
        ("WP516", "2:1", taken.format("servers", "'web-01', 'web-02', 'db-01', 'app-01'")),
        ("WP516", "2:1", taken.format("applications", "'Portal', 'Orders', 'Billing'")),
    ]


@pytest.mark.parametrize(
    ("kind", "consumer"),
    [
        ("Depends on::Used by", "a"),
        ("Used by::Depends on", "b"),
        ("Depends on", "a"),
        ("Used by", "b"),
        ("strange::Used by", "a"),
        ("Consumes::Consumed by", "a"),
        ("Sends data to::Receives data from", "b"),
        ("Receives data from::Sends data to", "a"),
        ("Provides::Provided by", "b"),
        ("Contains::Contained by", "a"),
        ("Connects to::Connected by", "a"),
    ],
)
def test_the_label_says_who_depends_on_whom(kind: str, consumer: str, tmp_path: Path) -> None:
    file = tmp_path / "rel.csv"
    file.write_text(f"parent,child,type,Parent Class,Child Class\na,b,{kind},Application,Application\n")

    provider = "b" if consumer == "a" else "a"
    assert dependencies(harvest_of("servicenow", file)) == [(consumer, provider)]


@pytest.mark.parametrize(("kind", "server"), [("Runs on::Runs", "b"), ("Hosts::Hosted on", "a"), ("Runs", "a")])
def test_the_label_says_who_hosts_whom(kind: str, server: str, tmp_path: Path) -> None:
    file = tmp_path / "rel.csv"
    file.write_text(f"parent,child,type\na,b,{kind}\n")

    harvest = harvest_of("servicenow", file)

    application = "a" if server == "b" else "b"
    assert told(harvest, "application") == {application: {"servers": (server,)}}


def test_a_machine_that_runs_something_and_runs_on_something_is_a_virtual_one(tmp_path: Path) -> None:
    file = tmp_path / "rel.csv"
    file.write_text("parent,child,type\nERP,vm-1,Runs on::Runs\nvm-1,esx-1,Virtualized by::Virtualizes\n")

    harvest = harvest_of("servicenow", file)

    assert told(harvest, "application") == {"ERP": {"servers": ("vm-1",)}}
    assert told(harvest, "server") == {"vm-1": {"labels.host": "esx-1"}}


def test_labels_of_columns_and_names_of_tables_are_known_and_sys_ids_are_looked_up(tmp_path: Path) -> None:
    server, application = "a" * 32, "b" * 32
    servers, applications, relations = (tmp_path / f"{name}.csv" for name in ("cmdb_ci_server", "apps", "rel"))
    servers.write_text(
        "Sys ID,Name,Operating System,OS Version,RAM (MB),CPU count,CPU core count,Disk space (GB),IP Address,"
        "Fully qualified domain name,Operational status\n"
        f"{server},srv,Windows Server,2019,16384,1,4,200,10.0.0.1,srv.example.org,Operational\n"
        f"{'c' * 32},gone,Windows Server,2003,,,,,,,Retired\n"
    )
    applications.write_text(
        f"Sys ID,Name,Class,Business criticality\n{application},ERP,Business Application,2 - somewhat critical\n"
    )
    relations.write_text(
        f"parent,child,type\n{application},{server},Runs on::Runs\n{'d' * 32},{server},Runs on::Runs\n"
    )

    harvest = harvest_of("servicenow", relations, servers, applications)

    assert told(harvest, "application") == {
        "ERP": {"servers": ("srv",), "criticality": "high", "labels.ci_class": "Business Application"}
    }
    assert told(harvest, "server") == {
        "srv": {
            "os": "Windows Server 2019",
            "ram_gb": "16",
            "vcpu": "4",
            "disk_gb": "200",
            "addresses": ("10.0.0.1",),
            "hostname": "srv.example.org",
        }
    }
    assert "one of its ends is not imported: a sys_id of no item of these files" in reasons(harvest).values()


def test_one_machine_of_two_classes_is_one_and_two_of_one_class_are_told(tmp_path: Path) -> None:
    file = tmp_path / "ci.csv"
    file.write_text(
        "sys_id,name,sys_class_name,ram\n"
        "1,vm-1,Linux Server,4096\n2,vm-1,VMware Virtual Machine Instance,4096\n3,vm-1,Linux Server,4096\n"
    )

    harvest = harvest_of("servicenow", file)

    assert told(harvest, "server") == {"vm-1": {"ram_gb": "4", "kind": "vm"}}
    assert fates(harvest) == {"imported": 1, "merged": 2}
    assert said(harvest) == [
        (
            "WP533",
            "4:1",
            "two items of class 'Linux Server' are called 'vm-1', with sys_id 1 and 3; they count as one",
        )
    ]


def test_an_item_of_which_nobody_says_what_it_is_is_told(tmp_path: Path) -> None:
    file = tmp_path / "things.csv"
    file.write_text("name,location\nthing,Paris\n")

    harvest = harvest_of("servicenow", file)

    assert harvest.records == []
    assert reasons(harvest) == {2: "nothing says whether it is a server or an application: export the column Class too"}


def test_a_cluster_of_hypervisors_ties_nothing(tmp_path: Path) -> None:
    file = tmp_path / "rel.csv"
    file.write_text(
        "parent,type,child,parent.sys_class_name,child.sys_class_name\n"
        "farm,Members::Member of,vm-1,cmdb_ci_vcenter_cluster,cmdb_ci_vmware_instance\n"
        "sqlclu,Members::Member of,sql-1,cmdb_ci_win_cluster,cmdb_ci_win_server\n"
    )

    assert told(harvest_of("servicenow", file), "server") == {
        "vm-1": {"labels.cluster": "farm"},
        "sql-1": {"cluster": ("sqlclu",)},
    }


def test_a_server_and_the_virtual_machine_that_it_is_are_one_machine(tmp_path: Path) -> None:
    items, relations = tmp_path / "ci.csv", tmp_path / "rel.csv"
    items.write_text(
        "sys_id,name,sys_class_name,os,ram,disk_space\n"
        "1,web01,Linux Server,RHEL 8,,\n2,PRD - web01,VMware Virtual Machine Instance,,8192,100\n3,ERP,Application,,,\n"
    )
    relations.write_text(
        "parent,child,type\nERP,PRD - web01,Runs on::Runs\nweb01,db01,Connects to::Connected by\n"
        "web01,PRD - web01,Instantiates::Instantiated by\nPRD - web01,db01,Connects to::Connected by\n"
    )

    harvest = harvest_of("servicenow", items, relations)

    assert told(harvest, "server") == {
        "web01": {"os": "RHEL 8", "ram_gb": "8", "disk_gb": "100", "kind": "vm"},
        "db01": {},
    }
    assert told(harvest, "application")["ERP"]["servers"] == ("web01",)
    assert [(flow.source.server, flow.target.server) for flow in harvest.flows] == [("web01", "db01")]
    assert harvest.accounts.rows() == 7


def test_raw_exports_name_types_of_relations_by_their_sys_ids(tmp_path: Path) -> None:
    file = tmp_path / "rel.csv"
    file.write_text(
        "parent,child,type\nERP,srv,60bc4e22c0a8010e01f074cbe6bd73c3\nCRM,ERP,1a9cb166f1571100a92eb60da2bce5c5\n"
    )

    harvest = harvest_of("servicenow", file)

    assert told(harvest, "application")["ERP"] == {"servers": ("srv",)}
    assert dependencies(harvest) == [("CRM", "ERP")]


def test_a_cluster_may_stand_at_either_end(tmp_path: Path) -> None:
    file = tmp_path / "rel.csv"
    file.write_text(
        "parent,type,child,Parent Class,Child Class\nsql-1,Cluster of::Cluster,sqlclu,Windows Server,Windows Cluster\n"
    )

    assert told(harvest_of("servicenow", file), "server") == {"sql-1": {"cluster": ("sqlclu",)}}
