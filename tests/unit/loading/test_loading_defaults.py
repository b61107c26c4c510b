"""What `defaults` fill in, in which order, and what they refuse."""

from __future__ import annotations

import pytest
from marked_inventories import with_base

SITES = "sites:\n  - {id: old, type: datacentre, target: new}\n  - {id: plant, type: plant}\n  - {id: new}\n"
SERVERS = (
    "servers:\n  - {id: s1, site: old, technology: as400}\n  - {id: s2, site: plant, target: new, kind: physical}\n"
)
APPLICATIONS = "applications:\n  - {id: a1, servers: [s1]}\n  - {id: a2, servers: [s2], domain: hr}\n"


@pytest.fixture
def filled(read):
    """The inventory that some lines of `defaults` make of two servers on two sites."""

    def filling(*lines: str):
        text = with_base("defaults:\n" + "".join(f"  - {line}\n" for line in lines) + SITES + SERVERS + APPLICATIONS)
        loaded = read(text)
        assert loaded.findings == ()
        return loaded.inventory

    return filling


def test_an_entrys_own_value_wins(filled) -> None:
    found = filled("{servers: {}, set: {kind: appliance, vcpu: 2}}").servers
    assert [(server.kind, server.vcpu) for server in found] == [("appliance", 2), ("physical", 2)]


def test_an_own_value_wins_even_where_it_is_the_formats_default(read) -> None:
    text = with_base("defaults: [{servers: {}, set: {kind: physical}}]\nservers: [{id: s1, site: old, kind: vm}]\n")
    assert read(text).inventory.servers[0].kind == "vm"


def test_an_empty_value_is_filled(read) -> None:
    text = with_base("defaults: [{servers: {}, set: {kind: physical}}]\nservers: [{id: s1, site: old, kind: }]\n")
    assert read(text).inventory.servers[0].kind == "physical"


def test_a_later_line_wins(filled) -> None:
    found = filled(
        "{servers: {}, set: {method: replicate, vcpu: 2}}", "{servers: {technology: as400}, set: {method: ship}}"
    ).servers
    assert [(server.method, server.vcpu) for server in found] == [("ship", 2), ("replicate", 2)]


def test_a_line_sees_what_lines_before_it_filled_in(filled) -> None:
    found = filled(
        "{sites: {type: plant}, set: {region: west}}",
        "{sites: {region: west}, set: {languages: [fr]}}",
        "{sites: {languages: fr}, set: {country: FR}}",
    ).sites
    assert [(site.region, site.languages, site.country) for site in found] == [
        (None, [], None),
        ("west", ["fr"], "FR"),
        (None, [], None),
    ]


def test_servers_look_at_their_sites_and_targets(filled) -> None:
    found = filled(
        "{sites: {id: plant}, set: {region: west}}",
        "{servers: {site.region: west}, set: {vcpu: 1}}",
        "{servers: {target: new}, set: {ram_gb: 3}}",
        "{servers: {target.type: cloud}, set: {disk_gb: 9}}",
        "{sites: {id: new}, set: {type: cloud}}",
    ).servers
    assert [(server.vcpu, server.ram_gb, server.disk_gb) for server in found] == [(None, 3, 9), (1, 3, 9)]


def test_applications_look_at_their_servers_and_their_sites(filled) -> None:
    found = filled(
        "{servers: {technology: as400}, set: {cluster: big}}",
        "{applications: {site: old}, set: {domain: finance}}",
        "{applications: {site.type: plant}, set: {criticality: high}}",
        "{applications: {cluster: big}, set: {dry_run: true}}",
        "{applications: {server.kind: physical}, set: {effort: {ops: {each: 2, per_server: 0.5}}}}",
        "{applications: {target: new, not: {technology: as400}}, set: {hypercare_hours: 9}}",
    ).applications
    first, second = found
    assert (first.domain, first.criticality, first.dry_run, first.effort) == ("finance", "medium", True, {})
    assert (second.domain, second.criticality, second.dry_run) == ("hr", "high", False)
    assert (second.effort["ops"].per_server, second.hypercare_hours) == (second.effort["ops"].each / 4, 9)
    assert first.hypercare_hours is None


def test_services_look_at_their_sites(read) -> None:
    text = with_base(
        "defaults:\n  - {services: {site.type: plant}, set: {kind: field_support}}\n"
        "  - {services: {service: far}, set: {domain: x}}\n"
        + SITES
        + "services:\n  - {id: near, sites: [plant]}\n  - {id: far, sites: [old]}\n"
        + "  - {id: all, sites: {target: new}}\n"
    )
    inventory = read(text).inventory
    found = {service.id: (service.kind, service.domain) for service in inventory.services}
    assert found["near"] == ("field_support", None)
    assert found["far"][1] == "x"


def test_services_are_filled_in(read) -> None:
    from waveplan.loading.defaults import apply_defaults
    from waveplan.loading.entries import read_sections
    from waveplan.loading.report import ReadingReport
    from waveplan.loading.yaml_reader import read_yaml

    text = with_base(
        "defaults:\n  - {services: {site.type: plant}, set: {kind: field_support}}\n"
        "  - {services: {service: far}, set: {domain: x}}\n"
        + SITES
        + "services:\n  - {id: near, sites: [plant]}\n  - {id: far, sites: [old]}\n"
        + "  - {id: all, sites: {type: plant}}\n"
    )
    report = ReadingReport("inventory")
    root, _ = read_yaml(report.texts.add("i.yaml", text), report)
    found = read_sections(root, True, report)
    apply_defaults(root, found, report)
    assert [(each.kind, each.domain) for each in found.entries("services")] == [
        ("field_support", None),
        ("other", "x"),
        ("field_support", None),
    ]


def test_a_required_value_can_be_filled_in(read) -> None:
    text = with_base(
        "defaults: [{servers: {technology: as400}, set: {site: old}}]\n"
        "servers:\n  - {id: s1, technology: as400}\n  - id: s2\n"
    )
    loaded = read(text)
    assert [(each.code, each.location.line, each.location.column) for each in loaded.findings] == [("WP105", 12, 5)]
    assert "no line of 'defaults'" in loaded.findings[0].message
    mended = read(text.replace("  - id: s2\n", ""))
    assert mended.inventory.servers[0].site == "old"


WRONG = [
    ("defaults: [{servers: {}, set: {►knd: vm}}]\n", "WP103", "did you mean 'kind'?"),
    ("defaults: [{servers: {}, set: {kind: ►vmm}}]\n", "WP104", "did you mean 'vm'?"),
    ("defaults: [{servers: {}, set: {►id: x}}]\n", "WP103", "'id' cannot be filled in"),
    ("defaults: [{applications: {}, set: {effort: {ops: ►-1}}}]\n", "WP104", "from 0 to"),
    ("defaults: [{applications: {}, set: {slot: ►2026-02-30}}]\n", "WP108", "does not exist"),
    ("defaults: [►{servers: {}, sites: {}, set: {}}]\n", "WP104", "give one of"),
    ("defaults: [►{servers: {}}]\n", "WP105", "'set' is missing"),
]


@pytest.mark.parametrize(("text", "code", "said"), WRONG)
def test_wrong_lines_stand_at_their_place(expect_one, text: str, code: str, said: str) -> None:
    expect_one(text, code, said)


def test_a_section_that_takes_no_defaults(read) -> None:
    loaded = read(with_base("defaults: [{teams: {}, set: {crew: 3}}]\n"))
    found = {(each.code, each.location.column) for each in loaded.findings}
    assert ("WP103", 13) in found


def test_dozens_of_lines_over_ten_thousand_servers(read) -> None:
    lines = "".join(f"  - {{servers: {{technology: t{n}, site.type: plant}}, set: {{vcpu: {n}}}}}\n" for n in range(40))
    servers = "".join(f"  - {{id: s{n}, site: plant, technology: t{n % 80}}}\n" for n in range(10_000))
    text = with_base(f"defaults:\n{lines}{SITES}servers:\n{servers}applications: [{{id: a1}}]\n")
    loaded = read(text)
    assert [loaded.inventory.servers[n].vcpu for n in (0, 39, 40, 80)] == [0, 39, None, 0]
