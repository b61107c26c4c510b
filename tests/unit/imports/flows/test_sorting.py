"""The fate of a flow: whose ends it has, which rule speaks of it, which way it goes."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.captures import ESTATE, flow, judged, loaded, only

from waveplan.domain.flow_rules import FlowRules
from waveplan.domain.inventory import Inventory
from waveplan.imports.flows.addresses import kind_of
from waveplan.imports.flows.directory import Directory
from waveplan.imports.flows.rule_files import shipped_rules
from waveplan.imports.harvest import Flow, FlowEnd


@pytest.fixture
def estate(tmp_path: Path) -> Inventory:
    inventory = loaded(tmp_path).inventory
    assert inventory is not None
    return inventory


@pytest.mark.parametrize(
    ("end", "server"),
    [
        (FlowEnd(server="web-01"), "web-01"),
        (FlowEnd(server="WEB-01"), "web-01"),
        (FlowEnd(server="web-01.example.org"), "web-01"),  # no domain of it is known
        (FlowEnd(server="app-01.example.org."), "app-01"),
        (FlowEnd(server="app-01"), "app-01"),
        (FlowEnd(server="app-01.other.org"), ""),  # its domain is known, and is another one
        (FlowEnd(address="10.1.0.31"), "db-01"),
        (FlowEnd(address="10.1.0.31/32"), "db-01"),
        (FlowEnd(address="::ffff:10.1.0.31"), "db-01"),
        (FlowEnd(address="fd00:0:0::31"), "db-01"),
        (FlowEnd(server="10.1.0.31"), "db-01"),
        (FlowEnd(server="unheard-of", address="10.1.0.31"), "db-01"),
        (FlowEnd(server="web-01", address="10.1.0.31"), "web-01"),  # names come before addresses
    ],
)
def test_ends_are_servers_by_name_then_address(end: FlowEnd, server: str, estate: Inventory) -> None:
    assert Directory(estate).find(end).server == server


@pytest.mark.parametrize(
    ("end", "strange"),
    [
        (FlowEnd(address="8.8.8.8"), "public"),
        (FlowEnd(address="10.9.9.9"), "private"),
        (FlowEnd(server="nobody"), "name"),
        (FlowEnd(server="nobody", address="8.8.8.8"), "public"),
        (FlowEnd(server="nobody", address="10.9.9.9"), "name"),
    ],
)
def test_strangers_are_told_by_kind(end: FlowEnd, strange: str, estate: Inventory) -> None:
    assert Directory(estate).find(end).strange == strange


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("127.0.0.1", "loopback"),
        ("::1", "loopback"),
        ("224.0.0.251", "multicast"),
        ("ff02::1", "multicast"),
        ("255.255.255.255", "broadcast"),
        ("10.1.0.255", "broadcast"),
        ("169.254.1.2", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("0.0.0.0", "unspecified"),
        ("192.168.1.2", "private"),
        ("[2a00:1450::1]", "public"),
        ("web-01", None),
        ("", None),
    ],
)
def test_addresses_have_kinds(address: str, kind: str | None) -> None:
    assert kind_of(address) == kind


@pytest.mark.parametrize("address", ["127.0.0.1", "224.0.0.251", "10.1.0.255", "169.254.1.2"])
def test_addresses_of_no_server_are_ignored(address: str, estate: Inventory) -> None:
    assert only(judged(estate, [flow("web-01", address)])).fate == "ignored"


def test_a_name_of_two_servers_is_of_neither(tmp_path: Path) -> None:
    inventory = loaded(tmp_path, ESTATE.replace("[10.1.0.12]", "[10.1.0.11]")).inventory
    assert inventory is not None
    directory = Directory(inventory)
    assert directory.find(FlowEnd(address="10.1.0.11")).strange == "ambiguous"
    assert directory.find(FlowEnd(server="web-02", address="10.1.0.11")).server == "web-02"
    assert list(directory.clashes()) == [("10.1.0.11", ["web-01", "web-02"])]


@pytest.mark.parametrize(
    ("each", "fate", "rule"),
    [
        (flow("web-01", "db-01", 1521), "kept", None),
        (flow("web-01", "app-01"), "one application", None),
        (flow("web-01", "10.1.0.11"), "one server", None),
        (flow("web-01", "10.9.9.9"), "unresolved", None),
        (flow("web-01", "8.8.8.8", 53), "noise", "dns"),
        (flow("web-01", "db-01", 123, protocol="udp"), "noise", "ntp"),
        (flow("web-01", "db-01", None, protocol="icmp"), "noise", "icmp"),
        (flow("web-01", "db-01", 3389), "noise", "administration"),
        (flow("web-01", "db-01", 22), "noise", "administration"),
        (flow("web-01", "db-01", 22, transferred=10**12), "kept", "heavy-file-transfer"),
        (flow("web-01", "db-01", 9999, process="node_exporter"), "noise", "monitoring-processes"),
        (flow("web-01", "db-01", 9999, process="VeeamAgent.exe"), "noise", "backup-processes"),
        (flow("web-01", "db-01", 9999, process="CSFalconService"), "noise", "antivirus"),
        (flow("web-01", "db-01", 8530), "noise", "patching-ports"),
        (flow("web-01", "db-01", 161), "noise", "snmp"),
        (flow("web-01", "db-01", 88), "noise", "directory-logins"),
        (flow("web-01", "db-01", 636), "kept", "directory"),
        (flow("web-01", "db-01", 7789), "tie", "cluster-heartbeat"),
    ],
)
def test_shipped_rules_know_the_usual(each: Flow, fate: str, rule: str | None, estate: Inventory) -> None:
    found = only(judged(estate, [each]))
    assert (found.fate, found.rule.id if found.rule else None) == (fate, rule)


def test_what_is_in_a_cluster_already_is_noise(tmp_path: Path) -> None:
    text = ESTATE.replace("{id: db-01,", "{id: db-01, cluster: pair,").replace(
        "{id: db-02,", "{id: db-02, cluster: pair,"
    )
    inventory = loaded(tmp_path, text).inventory
    assert inventory is not None
    found = only(judged(inventory, [flow("db-01", "db-02", 5022)]))
    assert (found.fate, found.rule.id if found.rule else None) == ("noise", "replication-in-cluster")


def test_seldom_means_something_only_beside_what_is_frequent(estate: Inventory) -> None:
    rare = flow("web-01", "db-01", 1521, seen=2)
    assert only(judged(estate, [rare])).fate == "kept"
    busy = flow("web-02", "db-02", 1521, seen=30)
    thrice = flow("app-01", "db-01", 1521, seen=3)
    fates = {each.source.server: each.fate for each in judged(estate, [rare, busy, thrice]).flows}
    assert fates == {"web-01": "noise", "web-02": "kept", "app-01": "kept"}


def _wide(servers: int) -> str:
    extra = "".join(f"  - {{id: n{number:02}}}\n" for number in range(servers))
    return ESTATE.replace("applications:\n", extra + "applications:\n", 1)


def test_tools_that_touch_everything_are_noise_and_what_all_use_is_shared(tmp_path: Path) -> None:
    inventory = loaded(tmp_path, _wide(30)).inventory
    assert inventory is not None
    names = [f"n{number:02}" for number in range(30)]
    scanned = [flow("web-01", name, port) for name in names for port in range(7000 + 40, 7000 + 62)]
    touched = [flow("web-02", name, 15_777) for name in names]
    used = [flow(name, "db-02", 15_888) for name in names]
    rules = {
        each.source.key: each.rule.id if each.rule else None for each in judged(inventory, [*scanned, *touched]).flows
    }
    assert rules == {"web-01": "scanner", "web-02": "touches-everything"}
    shared = judged(inventory, used).flows
    assert {each.rule.id for each in shared if each.rule} == {"reached-by-everything"}


def test_replies_are_put_together_with_what_they_answer(estate: Inventory) -> None:
    flows = [flow("web-01", "db-01", 1521), flow("db-01", "web-01", 51_000), flow("db-02", "web-01", 51_000)]
    found = {
        (each.source.server, each.target.server, each.flow.port, each.flow.turned)
        for each in judged(estate, flows).flows
    }
    assert found == {
        ("web-01", "db-01", 1521, False),
        ("web-01", "db-01", 1521, True),
        ("db-02", "web-01", 51_000, False),  # nothing shows that it answers
    }


def test_a_server_of_several_applications_says_little(tmp_path: Path) -> None:
    more = "".join(f"  - {{id: extra-{number}, servers: [db-01]}}\n" for number in range(3))
    inventory = loaded(tmp_path, ESTATE + more).inventory
    assert inventory is not None
    assert only(judged(inventory, [flow("web-01", "db-01", 1521)])).fate == "unclear"
    named = Flow(FlowEnd(server="web-01"), FlowEnd(server="db-01", application="extra-1"), 1521, connections=9)
    assert only(judged(inventory, [named])).providers == ("extra-1",)
    process = flow("web-01", "db-01", 1521, process="extra-2")
    assert only(judged(inventory, [process])).providers == ("extra-2",)


def _own(**rule: object) -> FlowRules:
    base = shipped_rules()
    return base.model_copy(update={"rules": [*FlowRules.model_validate({"rules": [rule]}).rules, *base.rules]})


@pytest.mark.parametrize(
    ("match", "holds"),
    [
        ({"ports": "8000-9000"}, True),
        ({"ports": [1, 2]}, False),
        ({"source": "web-*"}, True),
        ({"source": "portal"}, True),  # an application's name
        ({"source": "10.1.0.0/24"}, True),
        ({"source": "10.2.0.0/16"}, False),
        ({"target": ["nothing", "DB-0?"]}, True),
        ({"either": "db-01"}, True),
        ({"either": "rates*"}, False),
        ({"protocols": "udp"}, False),
        ({"processes": "java*"}, True),
        ({"ports": 8443, "target": "web-01"}, False),  # all must hold
        ({"per_day_from": 1000}, True),
        ({"per_day_from": 1001}, False),
        ({"megabytes_per_day_from": 2}, True),
        ({"megabytes_per_day_from": 2.1}, False),
        ({"both_ways": True}, False),
        ({"source_reaches": 2}, False),
        ({"target_reached_by": 1}, True),
    ],
)
def test_rules_of_one_s_own(match: dict[str, object], holds: bool, estate: Inventory) -> None:
    each = flow("web-01", "db-01", 8443, process="java", transferred=2_000_000)
    found = only(judged(estate, [each], _own(id="mine", action="drop", match=match)))
    assert (found.fate == "noise") is holds


def test_calls_both_ways_are_seen(estate: Inventory) -> None:
    rules = _own(id="mine", action="hard", match={"both_ways": True})
    found = judged(estate, [flow("web-01", "db-01", 1521), flow("db-01", "web-01", 8443)], rules)
    assert [each.rule.id for each in found.flows if each.rule] == ["mine", "mine"]
