"""What a capture proposes: dependencies with weights, common services, clusters, applications; and how certainly."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from support.captures import ESTATE, flow, harvest_of, loaded

from waveplan import api
from waveplan.domain.flow_review import ProposedApplication, ProposedDependency, ProposedMembers
from waveplan.imports.flows.stems import Stems
from waveplan.imports.harvest import Flow, FlowEnd


def proposed(folder: Path, *flows: Flow, text: str = ESTATE, rules: str = "") -> api.FlowProposals:
    source = None
    if rules:
        path = folder / "rules.yaml"
        path.write_text(f"waveplan_flow_rules: 1\n{rules}\n", encoding="utf-8")
        source = str(path)
    found = api.flow_rules(source)
    assert not found.findings
    return api.propose_flows(loaded(folder, text), [harvest_of(flows)], found)


def dependencies(found: api.FlowProposals) -> list[ProposedDependency]:
    return [each.entry for each in found.review.sections["dependencies"]]


def applications(found: api.FlowProposals) -> list[ProposedApplication]:
    return [each.entry for each in found.review.sections["applications"]]


def test_the_caller_consumes_whom_it_calls(tmp_path: Path) -> None:
    (entry,) = dependencies(proposed(tmp_path, flow("web-01", "db-01", 1521, process="oracle", seen=10)))
    assert (entry.consumer, entry.provider, entry.coupling) == ("portal", "orders", "soft")
    assert (entry.weight, entry.reason) == (Decimal(2), "1521/tcp, ? → oracle")


@pytest.mark.parametrize(
    ("seen", "transferred", "weight"),
    [(9, 0, 1), (10, 0, 2), (99, 0, 2), (100, 0, 3), (9, 999_999, 1), (9, 10**6, 2), (9, 10**11, 10), (100, 10**6, 3)],
)
def test_weights_follow_the_scale_by_the_heavier_of_number_and_volume(
    seen: int, transferred: int, weight: int, tmp_path: Path
) -> None:
    (entry,) = dependencies(proposed(tmp_path, flow("web-01", "db-01", seen=seen, transferred=transferred)))
    assert entry.weight == weight


def test_the_scale_can_be_another_one(tmp_path: Path) -> None:
    rules = "weights: {per_day: [{from: 0, weight: 4}]}"
    (entry,) = dependencies(proposed(tmp_path, flow("web-01", "db-01", seen=9), rules=rules))
    assert entry.weight == 4


def test_a_chatty_database_weighs_twice(tmp_path: Path) -> None:
    (entry,) = dependencies(proposed(tmp_path, flow("web-01", "db-01", 1521, seen=10_000)))
    assert (entry.weight, entry.coupling) == (10, "soft")


@pytest.mark.parametrize(
    ("flows", "certainty"),
    [
        ([flow("web-01", "db-01", seen=99)], 60),
        ([flow("web-01", "db-01", seen=100)], 70),
        ([flow("web-01", "db-01", seen=100, process="java")], 80),
        ([flow("web-01", "db-01", seen=100, process="java"), flow("web-02", "db-01")], 90),
        ([flow("web-01", "db-01", seen=100, turned=True)], 40),
        ([flow("web-01", "rates-test", seen=100)], 50),
    ],
)
def test_certainty_is_points_for_and_against(flows: list[Flow], certainty: int, tmp_path: Path) -> None:
    (entry,) = dependencies(proposed(tmp_path, *flows))
    assert entry.certainty == certainty
    assert entry.decision == ("accept" if certainty >= 80 else "undecided")


def test_flows_across_environments_are_told(tmp_path: Path) -> None:
    found = proposed(tmp_path, flow("web-01", "rates-test", 5432))
    assert "crosses environments: prod → test" in [
        str(each) for each in found.review.sections["dependencies"][0].because
    ]
    (finding,) = [each for each in found.findings if each.code == "WP550"]
    assert finding.message == "flows from prod to test (1): web-01 → rates-test:5432"


def test_what_calls_both_ways_very_often_may_be_hard_and_is_never_accepted_by_itself(tmp_path: Path) -> None:
    both = [flow("web-01", "db-01", 1521, seen=200_000, process="x"), flow("db-01", "web-01", 8443, seen=200_000)]
    for entry in dependencies(proposed(tmp_path, *both)):
        assert (entry.coupling, entry.decision) == ("hard", "undecided")
        assert entry.certainty <= 40


def test_what_the_inventory_says_already_is_not_proposed(tmp_path: Path) -> None:
    found = proposed(tmp_path, flow("db-02", "db-01", 1521), flow("web-01", "db-01", 1521))
    assert [(entry.consumer, entry.provider) for entry in dependencies(found)] == [("portal", "orders")]
    assert found.proposals.confirmed == [("stock", "orders")]
    assert proposed(tmp_path, flow("web-01", "db-01")).proposals.unseen == [("stock", "orders")]


def _crowd(number: int) -> tuple[str, list[Flow]]:
    names = [f"c{each:02}" for each in range(number)]
    text = ESTATE.replace(
        "applications:\n", "".join(f"  - {{id: s-{name}}}\n" for name in names) + "applications:\n", 1
    )
    text += "".join(f"  - {{id: {name}, servers: [s-{name}]}}\n" for name in names)
    return text, [flow(f"s-{name}", "db-01", 8443) for name in names]


@pytest.mark.parametrize(("number", "common"), [(9, 0), (10, 1)])
def test_what_many_consume_is_a_common_service(number: int, common: int, tmp_path: Path) -> None:
    text, flows = _crowd(number)
    found = proposed(tmp_path, *flows, text=text)
    services = [each.entry for each in found.review.sections["common_services"]]
    assert len(services) == common
    assert len(dependencies(found)) == (0 if common else number)
    if common:
        assert services[0].provider == "orders"
        assert services[0].consumers == [f"c{each:02}" for each in range(number)]


def test_flows_of_shared_rules_alone_are_shared(tmp_path: Path) -> None:
    (entry,) = dependencies(proposed(tmp_path, flow("web-01", "db-01", 389)))
    assert (entry.coupling, entry.weight) == ("shared", None)
    (entry,) = dependencies(proposed(tmp_path, flow("web-01", "db-01", 389), flow("web-01", "db-01", 8443)))
    assert entry.coupling == "soft"


def test_heartbeats_make_a_cluster(tmp_path: Path) -> None:
    found = proposed(tmp_path, flow("db-01", "db-02", 5405), flow("db-02", "db-01", 5405))
    (tie,) = [each.entry for each in found.review.sections["ties"]]
    assert (tie.cluster, tie.servers, tie.certainty) == ("db-01-cluster", ["db-01", "db-02"], 80)
    assert not dependencies(found)


# --- applications --------------------------------------------------------------------------------------------------


def _with(*servers: str, text: str = ESTATE) -> str:
    return text.replace("applications:\n", "".join(f"  - {{{each}}}\n" for each in servers) + "applications:\n", 1)


def test_labels_come_before_names(tmp_path: Path) -> None:
    text = _with("id: crm-web-01, labels: {app: Sales}", "id: erp-db-01, labels: {Application: Sales}")
    (entry,) = applications(proposed(tmp_path, text=text))
    assert (entry.id, entry.name, entry.servers) == ("sales", "Sales", ["crm-web-01", "erp-db-01"])
    assert (entry.certainty, entry.decision) == (90, "accept")


def test_the_capture_s_own_words_are_taken(tmp_path: Path) -> None:
    text = _with("id: n1", "id: n2")
    flows = [
        Flow(FlowEnd(server="n1", application="Sales"), FlowEnd(server="n2", application="Sales"), 1, connections=5),
        Flow(FlowEnd(server="n1", application="Sales"), FlowEnd(server="db-01"), 8443, connections=500),
    ]
    found = proposed(tmp_path, *flows, text=text)
    (entry,) = applications(found)
    assert (entry.id, entry.certainty) == ("sales", 75)
    (dependency,) = dependencies(found)
    assert (dependency.consumer, dependency.provider) == ("sales", "orders")
    assert dependency.certainty <= 75


def test_names_with_a_stem_in_common_make_an_application(tmp_path: Path) -> None:
    text = _with("id: crm-web-01", "id: crm-db-01", "id: lonely")
    found = proposed(tmp_path, flow("crm-web-01", "crm-db-01", 5432), text=text)
    (entry,) = applications(found)
    assert (entry.id, entry.servers, entry.certainty) == ("crm", ["crm-db-01", "crm-web-01"], 80)
    assert found.proposals.lonely == ["lonely"]
    (unseen,) = applications(proposed(tmp_path, text=text))
    assert (unseen.certainty, unseen.decision) == (60, "undecided")


def test_environments_are_kept_apart(tmp_path: Path) -> None:
    text = _with(*(f"id: crm-{tier}-{env}, environment: {env}" for tier in ("web", "db") for env in ("prod", "test")))
    assert [(entry.id, entry.environment) for entry in applications(proposed(tmp_path, text=text))] == [
        ("crm", None),
        ("crm-test", "test"),
    ]


def test_servers_join_an_application_whose_name_they_bear(tmp_path: Path) -> None:
    text = _with("id: orders-db-09")
    (backed,) = proposed(tmp_path, text=text).review.sections["members"]
    entry = backed.entry
    assert isinstance(entry, ProposedMembers)
    assert (entry.app, entry.servers) == ("orders", ["orders-db-09"])


def test_servers_that_talk_to_one_application_alone_may_be_of_it(tmp_path: Path) -> None:
    text = _with("id: n1")
    (backed,) = proposed(tmp_path, flow("n1", "db-01"), text=text).review.sections["members"]
    assert (backed.entry.app, backed.entry.decision) == ("orders", "undecided")


def test_what_names_do_not_tell_flows_do(tmp_path: Path) -> None:
    names = [f"n{number}" for number in range(1, 7)]
    text = _with(*(f"id: {name}" for name in names))
    groups = [names[:3], names[3:]]
    flows = [flow(one, other, 9000) for group in groups for one in group for other in group if one < other]
    flows += [flow("n1", "n4", seen=5), flow("n1", "db-01", seen=5), flow("n4", "web-01", seen=5)]
    found = applications(proposed(tmp_path, *flows, text=text))
    assert [entry.servers for entry in found] == groups
    assert all(entry.decision == "undecided" for entry in found)


def test_a_server_that_talks_and_is_of_nothing_may_be_one_of_its_own(tmp_path: Path) -> None:
    text = _with("id: gate-7")
    flows = [flow("gate-7", "db-01"), flow("gate-7", "web-01"), flow("gate-7", "db-02")]
    found = proposed(tmp_path, *flows, text=text)
    (entry,) = applications(found)
    assert (entry.id, entry.servers, entry.certainty) == ("gate", ["gate-7"], 35)
    assert all(each.certainty <= 35 for each in dependencies(found))


def test_applications_of_one_server_each_give_way_to_a_better_one(tmp_path: Path) -> None:
    text = _with("id: crm-web-01", "id: crm-db-01", "id: hand-01", "id: hand-02")
    text += "  - {id: crm-web-01, servers: [crm-web-01]}\n  - {id: crm-db-01, name: crm-db-01, servers: [crm-db-01]}\n"
    text += "  - {id: hand-01, servers: [hand-01], domain: finance}\n  - {id: hand-02, servers: [hand-02]}\n"
    found = proposed(tmp_path, flow("crm-web-01", "crm-db-01", 5432), text=text)
    (entry,) = applications(found)
    assert (entry.id, sorted(entry.replaces)) == ("crm", ["crm-db-01", "crm-web-01"])  # hand-01 says more


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("web-portal-01", "portal"),
        ("portal-db-02.example.org", "portal"),
        ("portalweb03", "portal"),
        ("ledger5-web-02", "ledger5"),
        ("par-stock-db01", "par-stock"),
        ("web-01", ""),
        ("srv0815", ""),
        ("10.1.0.9", ""),
        ("Élan-web-1", "elan"),
    ],
)
def test_stems_of_names(name: str, stem: str) -> None:
    names = {name: name, "x": "portal-1", "y": "other-1", "z": "third-1"}
    assert Stems(names, ["web", "db", "srv"]).of(name) == stem


def test_what_all_names_have_says_nothing() -> None:
    names = [f"acme-{word}-{number}" for word in ("crm", "erp") for number in range(5)]
    assert {Stems(dict(zip(names, names, strict=True)), []).of(name) for name in names} == {"crm", "erp"}
