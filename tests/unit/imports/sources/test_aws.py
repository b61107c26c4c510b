"""Exports of AWS tools: the intake form of Cloud Migration Factory, Migration Hub, Application Migration Service."""

from __future__ import annotations

from pathlib import Path

from support.foreign_exports import fates, harvest_of, reasons, said, told


def test_the_intake_form_gives_servers_with_their_labels_and_applications_with_their_strategy() -> None:
    harvest = harvest_of("aws-cmf", "server-list.csv")

    assert told(harvest, "server")["Server1"] == {
        "os": "windows server 2012 R2",
        "hostname": "server1.example.local",
        "environment": "dev",
        "target": "us-east-1",
        "labels.wave": "Wave 1",
        "labels.aws_account": "111122223333",
        "labels.tier": "web",
        "labels.subnets": "subnet-1111",
        "labels.security_groups": ("sg-1111", "sg-2222"),
        "labels.subnets_test": "subnet-1111",
        "labels.security_groups_test": "sg-3333",
        "labels.instance_type": "m4.large",
        "labels.tenancy": "Shared",
        "labels.costcenter": "123",
        "labels.bu": "IT",
        "labels.location": "US",
    }
    assert told(harvest, "application") == {
        "app01-hr": {
            "servers": ("Server1", "Server2"),
            "strategy": "rehost",
            "environment": "dev",
            "labels.wave": "Wave 1",
        },
        "app02-sales": {
            "servers": ("Server3", "Server4", "Server5"),
            "strategy": "rehost",
            "environment": "prod",
            "labels.wave": "Wave 2",
        },
        "app03-sales": {
            "servers": ("Server6", "Server7", "Server8"),
            "strategy": "rehost",
            "environment": "prod",
            "labels.wave": "Wave 3",
        },
    }
    assert told(harvest, "site") == {"us-east-1": {"type": "cloud"}, "us-west-2": {"type": "cloud"}}
    assert fates(harvest) == {"imported": 8}
    assert harvest.findings == []


def test_an_intake_form_with_a_mark_of_its_encoding_is_read_too() -> None:
    harvest = harvest_of("aws-cmf", "test_valid.csv")

    assert told(harvest, "server") == {
        "unittest1": {
            "os": "redhat",
            "hostname": "unittest1.testdomain.local",
            "target": "us-east-1",
            "labels.wave": "Unittest Wave 1",
            "labels.aws_account": "123456789012",
            "labels.testkey": "testvalue",
        }
    }
    assert [record.keys.fqdn for record in harvest.records if record.kind == "server"] == ["unittest1.testdomain.local"]


def test_each_strategy_of_the_form_has_its_word_and_one_that_is_open_is_told(tmp_path: Path) -> None:
    words = ("Retire", "Retain", "Relocate", "Rehost", "Repurchase", "Replatform", "Rearchitect", "TBC")
    rows = "\n".join(f"s{number},app{number},{word}" for number, word in enumerate(words))
    file = tmp_path / "intake.csv"
    file.write_text(f"server_name,app_name,r_type\n{rows}\n")

    harvest = harvest_of("aws-cmf", file)

    assert [given.get("strategy") for given in told(harvest, "application").values()] == [
        "retire",
        "retain",
        "relocate",
        "rehost",
        "repurchase",
        "replatform",
        "refactor",
        None,
    ]
    assert told(harvest, "server")["s7"] == {"labels.strategy": "TBC"}
    assert said(harvest) == [
        ("WP513", "9:3", "the strategy 'TBC' of 'app7' is none of the format's; it is kept as labels.strategy")
    ]


def test_an_application_whose_servers_differ_takes_the_strategy_of_most_and_it_is_said(tmp_path: Path) -> None:
    file = tmp_path / "intake.csv"
    file.write_text("server_name,app_name,r_type\na,erp,Retire\nb,erp,Rehost\nc,erp,Rehost\n")

    harvest = harvest_of("aws-cmf", file)

    assert told(harvest, "application")["erp"]["strategy"] == "rehost"
    assert said(harvest) == [
        (
            "WP522",
            "2:3",
            "the servers of 'erp' have several strategies: rehost (2), retire (1); the application takes 'rehost'",
        )
    ]


def test_migration_hub_gives_servers_by_all_their_keys() -> None:
    harvest = harvest_of("aws-migration-hub", "import.csv")

    assert told(harvest, "server") == {
        "app1": {
            "addresses": ("10.0.0.5", "10.0.0.6"),
            "hostname": "app1.example.org",
            "os": "Linux CentOS 7",
            "vcpu": "4",
            "ram_gb": "8",
            "labels.vmware_moref": "vm-12",
            "labels.vcenter": "vc-1",
            "labels.wave": "Wave 2",
            "labels.env": "prod",
            "labels.zone": "1",
            "labels.tags": "batch",
        },
        "db1.example.org": {
            "hostname": "db1.example.org",
            "os": "Windows Server 2016",
            "vcpu": "8",
            "ram_gb": "16",
        },
        "3": {},
    }
    assert told(harvest, "application") == {
        "Orders": {"servers": ("app1", "db1.example.org"), "labels.wave": "Wave 2"},
        "Billing": {"servers": ("app1",), "labels.wave": "Wave 2"},
    }
    keys = next(record.keys for record in harvest.records if record.name == "app1")
    assert (keys.external, keys.uuid, keys.macs) == (
        "1",
        "4209ce4a-2d52-9a20-bd1f-d9f4e4d2b1a1",
        ("00:50:56:aa:bb:cc",),
    )
    assert said(harvest) == [
        ("WP530", "1:15", "columns that are not read: 'RAM.UsedSizeInMB.Avg', 'CPU.UsagePct.Max'"),
        ("WP528", "4:2", "'SMBiosId' is left out: 'not-a-uuid' is not a UUID"),
    ]


def test_a_template_that_nobody_filled_yields_nothing_and_is_no_error() -> None:
    harvest = harvest_of("aws-migration-hub", "header_only_partial.csv")

    assert (harvest.records, harvest.accounts.rows()) == ([], 0)
    assert [finding.code for finding in harvest.findings] == ["WP530"]


def test_the_inventory_of_application_migration_has_tags_of_servers_and_of_applications() -> None:
    harvest = harvest_of("aws-mgn", "inventory.csv")

    assert told(harvest, "server")["srv-1"] == {
        "os": "Linux",
        "hostname": "srv-1.example.org",
        "target": "eu-west-3",
        "labels.aws_account": "111122223333",
        "labels.wave": "Wave 1",
        "labels.wave_description": "First wave",
        "labels.costcenter": "4711",
    }
    assert told(harvest, "application") == {
        "Orders": {
            "servers": ("srv-1", "srv-2"),
            "labels.wave": "Wave 1",
            "labels.description": "Order entry",
            "labels.owner": "retail",
        }
    }
    assert [code for code, _, _ in said(harvest)] == ["WP530"]


def test_a_row_without_a_server_is_skipped(tmp_path: Path) -> None:
    file = tmp_path / "intake.csv"
    file.write_text("server_name,app_name,r_type\n,erp,Rehost\n")

    harvest = harvest_of("aws-cmf", file)

    assert (fates(harvest), reasons(harvest)) == ({"skipped": 1}, {2: "the row names nothing"})
