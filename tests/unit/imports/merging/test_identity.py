"""Who is who across sources: the strongest key first, and never against a stronger one."""

from __future__ import annotations

import pytest
from support.harvests import harvest

from waveplan.imports.merging import United, united
from waveplan.imports.merging.normal_forms import address_form, fqdn_form, hostname_form, mac_form, uuid_form

UUID = "42110000-aabb-ccdd-eeff-001122334455"
SWAPPED = "00001142-bbaa-ddcc-eeff-001122334455"
OTHER = "42119999-aabb-ccdd-eeff-001122334455"


def servers(union: United) -> list[list[str]]:
    """The names that each server has in its sources."""
    return sorted(
        sorted(f"{source}:{record.name}" for source, record in each.records) for each in union.entries["server"]
    )


def codes(union: United) -> list[str]:
    return [finding.code for finding in union.findings]


def pair(one: dict, other: dict, names: tuple[str, str] = ("alpha", "beta")) -> United:
    return united([harvest("rvtools", ("server", names[0], one)), harvest("cmdb", ("server", names[1], other))])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"instance": ("vc", UUID)}, {"instance": ("VC", UUID.upper())}),
        ({"uuid": UUID}, {"uuid": UUID.replace("-", " ")}),
        ({"uuid": UUID}, {"uuid": f"VMware-{SWAPPED}"}),
        ({"macs": ["00:50:56:AA:BB:CC"]}, {"macs": ["0050.56aa.bbcc", "00:50:56:00:00:01"]}),
        ({"addresses": ["10.0.0.5"]}, {"addresses": ["10.0.0.9", "10.0.0.5/24"]}),
        ({"fqdn": "web01.example.org"}, {"fqdn": "WEB01.example.org."}),
        ({"hostname": "web01"}, {"fqdn": "web01.example.org"}),
    ],
)
def test_any_key_joins_what_nothing_contradicts(one: dict, other: dict) -> None:
    union = pair(one, other)

    assert servers(union) == [["cmdb:beta", "rvtools:alpha"]]
    assert codes(union) == []


def test_names_join_whatever_their_case_and_blanks() -> None:
    assert servers(pair({}, {}, ("Web 01", "WEB  01 "))) == [["cmdb:WEB  01 ", "rvtools:Web 01"]]


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ({"instance": ("vc", UUID), "uuid": UUID}, {"instance": ("vc", OTHER), "uuid": UUID}, "WP535"),
        ({"uuid": UUID, "macs": ["005056aabbcc"]}, {"uuid": OTHER, "macs": ["005056aabbcc"]}, "WP536"),
        ({"uuid": UUID, "addresses": ["10.0.0.5"]}, {"uuid": OTHER, "addresses": ["10.0.0.5"]}, "WP536"),
        ({"hostname": "a", "addresses": ["10.0.0.5"]}, {"hostname": "b", "addresses": ["10.0.0.5"]}, "WP536"),
        ({"uuid": UUID, "fqdn": "a.example.org"}, {"uuid": OTHER, "fqdn": "a.example.org"}, "WP537"),
        ({"fqdn": "a.example.org"}, {"fqdn": "a.example.com"}, "WP537"),
    ],
)
def test_a_stronger_key_that_contradicts_is_told_and_joins_nothing(one: dict, other: dict, code: str) -> None:
    union = pair(one, other)

    assert servers(union) == [["cmdb:beta"], ["rvtools:alpha"]]
    assert codes(union) == [code]


def test_clones_share_a_uuid_and_the_third_source_finds_its_own_by_name() -> None:
    vcenter = harvest(
        "rvtools",
        ("server", "web01", {"instance": ("vc", UUID), "uuid": UUID}),
        ("server", "web01-copy", {"instance": ("vc", OTHER), "uuid": UUID}),
    )
    cmdb = harvest("cmdb", ("server", "web01", {"uuid": UUID}))

    union = united([vcenter, cmdb])

    assert servers(union) == [["cmdb:web01", "rvtools:web01"], ["rvtools:web01-copy"]]
    assert codes(union) == ["WP535"]


def test_a_chain_of_values_does_not_join_what_is_known_to_differ() -> None:
    vcenter = harvest(
        "rvtools",
        ("server", "a", {"instance": ("vc", UUID), "macs": ["005056000001"]}),
        ("server", "b", {"instance": ("vc", OTHER), "macs": ["005056000002"]}),
    )
    cmdb = harvest("cmdb", ("server", "both", {"macs": ["005056000001", "005056000002"]}))

    union = united([vcenter, cmdb])

    assert len(servers(union)) == 3
    assert codes(union) == ["WP536"]


def test_a_source_tells_its_own_things_apart() -> None:
    union = united(
        [harvest("cmdb", ("server", "a", {"addresses": ["10.0.0.5"]}), ("server", "b", {"addresses": ["10.0.0.5"]}))]
    )

    assert servers(union) == [["cmdb:a"], ["cmdb:b"]]
    assert codes(union) == ["WP536"]


def test_rows_of_one_source_with_one_name_and_no_other_key_are_one() -> None:
    assert servers(united([harvest("cmdb", ("server", "a", {}), ("server", "A", {}))])) == [["cmdb:A", "cmdb:a"]]


def test_an_address_leads_to_another_machine_than_the_name() -> None:
    """An address given on: the host name says which machine is meant."""
    vcenter = harvest(
        "rvtools",
        ("server", "web01", {"fqdn": "web01.example.org", "addresses": ["10.0.0.5"]}),
        ("server", "db07", {"fqdn": "db07.example.org", "addresses": ["10.0.0.9"]}),
    )
    cmdb = harvest("cmdb", ("server", "Database 7", {"hostname": "db07", "addresses": ["10.0.0.5"]}))

    union = united([vcenter, cmdb])

    assert servers(union) == [["cmdb:Database 7", "rvtools:db07"], ["rvtools:web01"]]
    assert codes(union) == ["WP536"]


@pytest.mark.parametrize("none", ["127.0.0.1", "169.254.3.4", "0.0.0.0", "::1", "fe80::1", "n/a", "255.0"])
def test_addresses_that_are_nobodys_own_are_no_keys(none: str) -> None:
    assert address_form(none) == ""


def test_keys_that_identify_nothing_are_no_keys() -> None:
    assert uuid_form("00000000-0000-0000-0000-000000000000") == uuid_form("Not Settable") == ""
    assert uuid_form("03000200-0400-0500-0006-000700080009") == ""
    assert mac_form("ff:ff:ff:ff:ff:ff") == mac_form("00-00-00-00-00-00") == mac_form("12:34") == ""
    assert hostname_form("localhost.localdomain") == hostname_form("10.0.0.1") == fqdn_form("10.0.0.1") == ""
    assert address_form("::ffff:10.0.0.5") == "10.0.0.5"
