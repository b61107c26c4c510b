"""Ids, what names them, attributes of selectors, countries and time zones."""

from __future__ import annotations

import pytest
from marked_inventories import BASE, with_base

APPLICATION = "applications:\n  - {id: a1, "
RULE = "rules:\n  - {id: r, not_before: 2026-02-01, match: "

DANGLING = [
    ("servers:\n  - {id: s1, site: ►odl}\n", "no site 'odl'", "did you mean 'old'?"),
    ("servers:\n  - {id: s1, site: old, target: ►nwe}\n", "no site 'nwe'", "did you mean 'new'?"),
    ("sites:\n  - {id: new}\n  - {id: old, target: ►ops}\n", "no site 'ops'", "'ops' is a team"),
    ("links:\n  - {between: [old, ►elsewhere], gbps: 1}\n", "no site 'elsewhere'", "add it to the inventory"),
    (APPLICATION + "servers: [s1, ►S1]}\n", "no server 'S1'", "did you mean 's1'?"),
    (APPLICATION + "user_sites: [►nowhere]}\n", "no site 'nowhere'", ""),
    (APPLICATION + "effort: {►op: 1}}\n", "no team 'op'", "did you mean 'ops'?"),
    (APPLICATION + "crew: {►op: 1}}\n", "no team 'op'", ""),
    (APPLICATION + "on_call: {►op: 1}}\n", "no team 'op'", ""),
    (APPLICATION + "technical_owner: ►op}\n", "no team 'op'", ""),
    (APPLICATION + "depends_on: [{app: ►sso}]}\n", "no application 'sso'", ""),
    (APPLICATION + "depends_on: [{app: ►s1}]}\n", "no application 's1'", "'s1' is a server"),
    (APPLICATION + "depends_on: [{service: ►desk}]}\n", "no service 'desk'", ""),
    (APPLICATION + "depends_on: [{app: ►a1/lift}]}\n", "no application 'a1/lift'", ""),
    (APPLICATION + "after: ►itsm}\n", "no external milestone or tranche 'itsm'", ""),
    (APPLICATION + "windows: [weekend, ►weeknight]}\n", "no window 'weeknight'", ""),
    ("policy: {gates: [{id: g, days_before: 1, committee: ►steering}]}\n", "no committee 'steering'", ""),
    ("policy: {wave_limits: {effort: {►op: 3}}}\n", "no team 'op'", ""),
    ("policy: {cadence: [{limits: {effort: {►op: 3}}}]}\n", "no team 'op'", ""),
    ("policy: {rehearsals: [{id: h, days_before: 1, effort: {►op: 3}}]}\n", "no team 'op'", ""),
    ("policy: {rehearsals: [{id: h, days_before: 1, only: {app: ►a2}}]}\n", "no application 'a2'", ""),
    ("policy: {hypercare: {overrides: [{match: {site: ►odl}, hours: 3}]}}\n", "no site 'odl'", ""),
    ("streams: [{id: x, match: {app: ►a2}}]\n", "no application 'a2'", ""),
    ("streams: [{id: x, match: {}, policy: {wave_limits: {effort: {►op: 3}}}}]\n", "no team 'op'", ""),
    ("contracts: [{id: c, ends: 2026-12-01, match: {site: ►odl}}]\n", "no site 'odl'", ""),
    ("rules: [{id: r, windows: [►weeknight], match: {app: a1}}]\n", "no window 'weeknight'", ""),
    ("rules: [{id: r, apart: [{app: a1}, {app: ►a2}]}]\n", "no application 'a2'", ""),
    ("rules: [{id: r, before: [{app: [a1, ►a2]}, {app: a1}]}]\n", "no application 'a2'", ""),
    (RULE + "{app: ►A1}}\n", "no application 'A1'", "did you mean 'a1'?"),
    (RULE + "{any: [{site: old}, {target: ►odl}]}}\n", "no site 'odl'", ""),
    (RULE + "{not: {user: ►odl}}}\n", "no site 'odl'", ""),
    (RULE + "[{server: s1}, {server: ►s2}]}\n", "no server 's2'", ""),
    (RULE + "{tranche: ►t1}}\n", "no tranche 't1'", ""),
    (RULE + "{stream: [main, ►mian]}}\n", "no stream 'mian'", "did you mean 'main'?"),
    (
        "calendar: {freezes: [{from: 2026-01-05, to: 2026-01-06, match: {app: ►a2}}]}\n",
        "no application 'a2'",
        "add it to the inventory, or take the name out",
    ),
    (
        "calendar: {windows: [{id: w, days: [sat], from: 22:30, hours: 8, match: {app: ►a2}}]}\n",
        "no application 'a2'",
        "",
    ),
    ("defaults: [{servers: {site: ►odl}, set: {kind: vm}}]\n", "no site 'odl'", ""),
    ("defaults: [{servers: {site: old}, set: {target: ►odl}}]\n", "no site 'odl'", ""),
    ("defaults: [{applications: {}, set: {effort: {►op: 1}}}]\n", "no team 'op'", ""),
]


@pytest.mark.parametrize(("text", "said", "advised"), DANGLING)
def test_names_that_nobody_bears(expect_one, text: str, said: str, advised: str) -> None:
    expect_one(text, "WP107", f"there is {said}", advised)


def test_the_default_window_can_be_named_unless_others_are_given(read) -> None:
    text = with_base(APPLICATION + "windows: [weekend]}\n")
    assert read(text).findings == ()
    text += "calendar: {windows: [{id: night, days: [tue], from: 22:30, hours: 6}]}\n"
    assert [each.code for each in read(text).findings] == ["WP107"]


def test_a_name_missing_in_many_places_is_one_finding_at_the_first(expect_one) -> None:
    text = "applications:\n  - {id: a1, effort: {►dba: 1}}\n  - {id: a2, crew: {dba: 1}, on_call: {dba: 1}}\n"
    expect_one(text, "WP107", "there is no team 'dba'; it is named 3 times, here first")


def test_thousands_of_missing_names_are_found_quickly(read) -> None:
    servers = "".join(f"  - {{id: server-{number:05d}, site: old}}\n" for number in range(5000))
    applications = "".join(
        f"  - {{id: app-{number:05d}, servers: [serv3r-{number:05d}, nothing-like-{number * 7}]}}\n"
        for number in range(5000)
    )
    text = with_base(f"servers:\n{servers}applications:\n{applications}")
    findings = read(text).findings
    assert len(findings) == 10_000
    assert findings[0].advice == "did you mean 'server-00000'?"
    assert findings[-2].advice == "did you mean 'server-04999'?"


UNIQUE = [
    ("servers:\n  - {id: s1, site: old}\n  - {id: ►s1, site: old}\n", "that of the server at "),
    ("teams: [{id: ops}, {id: ►ops}]\n", "that of the team at "),
    ("rules: [{id: r, together: {domain: x}}, {id: ►r, together: {domain: y}}]\n", "that of the rule at "),
    (
        "contracts: [{id: x, ends: 2026-12-01, match: {}}]\ntranches: [{id: ►x, match: {}}]\n",  # each ends: `end x`
        "that of the contract at ",
    ),
    ("streams: [{id: ►main, match: {}}]\n", "the stream of everything"),
    ("policy: {gates: [{id: g, days_before: 1}, {id: ►g, days_before: 2}]}\n", "that of the gate at "),
    (
        "policy: {rehearsals: [{id: h, days_before: 1}, {id: ►h, days_before: 2}]}\n",
        "that of the rehearsal at ",
    ),
]


@pytest.mark.parametrize(("text", "said"), UNIQUE)
def test_an_id_stands_for_one_thing(expect_one, text: str, said: str) -> None:
    expect_one(text, "WP106", said)


def test_the_later_place_is_the_finding_wherever_sections_stand(read) -> None:
    tranches, contracts = "tranches: [{id: x, match: {}}]\n", "contracts: [{id: x, ends: 2026-12-01, match: {}}]\n"
    loaded = read("waveplan: 1\n" + tranches + BASE.partition("\n")[2] + contracts)
    finding = loaded.findings[0]
    assert (finding.code, finding.location.line, finding.location.column) == ("WP106", 12, 18)
    assert finding.message.startswith("the id 'x' is already that of the tranche at ")
    assert finding.message.endswith("inventory.yaml:2:17")
    assert finding.path == ("contracts", 0, "id")


def test_things_of_several_kinds_may_have_one_id(read) -> None:
    """An application and a server; a team and a link; a site and a rule."""
    same = "links: [{id: ops, between: [old, new], gbps: 1}]\nrules: [{id: old, together: {domain: x}}]\n"
    assert read(BASE + "  - {id: s1}\n" + same).findings == ()


def test_an_id_without_a_kind_where_two_kinds_have_it(expect_one) -> None:
    text = "services: [{id: a1, sites: [old]}]\nrules: [{id: r, together: {id: [s, ►a1]}}]\n"
    expect_one(text, "WP136", "'a1' is an application and a service", "write app: a1 or service: a1")


def test_gates_are_local_to_their_policy(read) -> None:
    gates = "{gates: [{id: go, days_before: 1}]}"
    assert read(BASE + f"policy: {gates}\nstreams: [{{id: x, match: {{}}, policy: {gates}}}]\n").findings == ()


UNKNOWN_ATTRIBUTES = [
    (RULE + "{►tecnology: as400}}\n", "'tecnology'", "did you mean 'technology'?"),
    (RULE + "{►site.contry: FR}}\n", "'site.contry'", "did you mean 'site.country'?"),
    (RULE + "{►target.users: 3}}\n", "'target.users'", ""),
    (RULE + "{►server.knd: vm}}\n", "'server.knd'", "did you mean 'server.kind'?"),
    (RULE + "{►effort: 3}}\n", "'effort'", ""),
    (RULE + "{►label.x: 3}}\n", "'label.x'", "labels.*"),
    (RULE + "{►labels: 3}}\n", "'labels'", ""),
    (RULE + "{►labels.: 3}}\n", "'labels.'", ""),
    (RULE + "{any: [{not: {►colour: red}}]}}\n", "'colour'", ""),
    ("policy: {keep_apart: [environment, ►domian]}\n", "'domian'", "did you mean 'domain'?"),
    ("rules: [{id: r, together: {domain: x}, by: ►sites.region}]\n", "'sites.region'", "did you mean 'site.region'?"),
    ("defaults: [{sites: {►kind: vm}, set: {region: x}}]\n", "no entry of 'sites' has a 'kind'", ""),
    ("defaults: [{servers: {►domain: x}, set: {kind: vm}}]\n", "no entry of 'servers' has a 'domain'", ""),
    ("defaults: [{applications: {►stream: x}, set: {domain: x}}]\n", "no entry of 'applications' has a 'stream'", ""),
]


@pytest.mark.parametrize(("text", "said", "advised"), UNKNOWN_ATTRIBUTES)
def test_attributes_that_nothing_has(expect_one, text: str, said: str, advised: str) -> None:
    expect_one(text, "WP130", said, advised)


KNOWN_ATTRIBUTES = [
    "id",
    "app",
    "domain",
    "family",
    "criticality",
    "environment",
    "strategy",
    "processes",
    "technology",
    "cluster",
    "server",
    "server.os",
    "site",
    "site.region",
    "site.country",
    "site.labels.tier",
    "target",
    "target.type",
    "user",
    "user.languages",
    "labels.x",
    "labels.a.b",
    "data_classes",
    "business_owner",
    "kind",
    "service",
    "stream",
    "tranche",
    "slot",
    "dry_run",
    "server.labels.rack",
]


@pytest.mark.parametrize("attribute", KNOWN_ATTRIBUTES)
def test_attributes_that_items_have(read, attribute: str) -> None:
    found = read(BASE + RULE.replace("match: ", f"match: {{{attribute}: main}}}}\n")).findings
    assert [each.code for each in found if each.code == "WP130"] == []


SELF = "applications:\n  - {id: a1, depends_on: [{app: a2}, {app: ►a1, coupling: hard}]}\n  - {id: a2}\n"


def test_nothing_depends_on_itself(expect_one) -> None:
    expect_one(SELF, "WP127", "'a1' depends on itself")


PLACES = [
    ("sites:\n  - {id: old, country: ►UK, target: new}\n  - {id: new}\n", "'UK'", "did you mean 'GB'?"),
    ("sites:\n  - {id: old, country: ►fr, target: new}\n  - {id: new}\n", "'fr'", "did you mean 'FR'?"),
    ("sites:\n  - {id: old, country: ►France, target: new}\n  - {id: new}\n", "'France'", "two letters"),
    ("sites:\n  - {id: old, country: ►FRA, target: new}\n  - {id: new}\n", "'FRA'", "two letters"),
    ("teams: [{id: ops, country: ►ZZ}]\n", "'ZZ'", "two letters"),
    (APPLICATION + "allowed_countries: [DE, ►XY]}\n", "'XY'", ""),
    ("defaults: [{sites: {}, set: {country: ►QQ}}]\n", "'QQ'", ""),
    (
        'sites:\n  - {id: old, country: FR, subdivision: ►"75", target: new}\n  - {id: new}\n',
        "'75' is not a subdivision of FR",
        "57",
    ),
    ("teams: [{id: ops, country: FR, subdivision: ►FR-57}]\n", "'FR-57'", "did you mean '57'?"),
    ("teams: [{id: ops, subdivision: ►BY}]\n", "the subdivision 'BY' has no 'country'", "give its country"),
    (
        "sites:\n  - {id: old, timezone: ►Paris, target: new}\n  - {id: new}\n",
        "'Paris'",
        "did you mean 'Europe/Paris'?",
    ),
    (
        "programme: {name: x, start: 2026-01-05, deadline: 2026-12-18, timezone: ►Europe/Pari}\n",
        "'Europe/Pari' is not a time zone",
        "did you mean 'Europe/Paris'?",
    ),
    (
        "calendar: {windows: [{id: w, days: [sat], from: 22:30, hours: 8, timezone: ►new york}]}\n",
        "'new york'",
        "did you mean 'America/New_York'?",
    ),
    ("sites:\n  - {id: old, timezone: ►site, target: new}\n  - {id: new}\n", "'site' is not a time zone", ""),
    ("sites:\n  - {id: old, timezone: ►../../etc/passwd, target: new}\n  - {id: new}\n", "not a time zone", ""),
    ("sites:\n  - {id: old, timezone: ►Europe, target: new}\n  - {id: new}\n", "not a time zone", ""),
]


@pytest.mark.parametrize(("text", "said", "advised"), PLACES)
def test_places_that_nobody_knows(expect_one, text: str, said: str, advised: str) -> None:
    expect_one(text, "WP112", said, advised)


def test_many_wrong_zones_are_found_quickly(read) -> None:
    sites = "".join(f"  - {{id: x{number}, timezone: Europe/P{number}}}\n" for number in range(2000))
    loaded = read(BASE.replace("teams:", sites + "teams:"))
    assert [each.code for each in loaded.findings] == ["WP112"] * 2000
    assert loaded.findings[0].location.line == 6


def test_places_that_everybody_knows(read) -> None:
    text = (
        "defaults: [{sites: {id: old}, set: {country: FR}}]\n"
        'sites:\n  - {id: old, subdivision: "57", timezone: Europe/Paris, target: new}\n'
        "  - {id: new, country: DE, subdivision: BY}\n"
        "calendar: {windows: [{id: w, days: [sat], from: 22:30, hours: 8, timezone: site}]}\n"
    )
    assert read(with_base(text)).findings == ()


def test_a_subdivision_is_checked_against_the_country_that_defaults_fill_in(expect_one) -> None:
    expect_one(
        "defaults: [{sites: {}, set: {country: DE}}]\n"
        'sites:\n  - {id: old, subdivision: ►"57", target: new}\n  - {id: new}\n',
        "WP112",
        "'57' is not a subdivision of DE",
    )


def test_the_parts_of_a_transition_are_read_and_checked(read) -> None:
    text = BASE.replace("[s1]}", "[s1], steps: [{id: lift}, {id: land, target: new, min_gap_days: 3}]}") + (
        "external_milestones: [{id: m, date: 2026-04-01}]\n"
        "tranches: [{id: t, match: {service: desk}, after: [m]}]\n"
        "services: [{id: desk, sites: {country: FR}, depends_on: [{app: a1/land}]}]\n"
    )
    assert read(text).findings == ()
    broken = read(text.replace("date: 2026-04-01", "date: soon").replace("after: [m]", "after: [n]"))
    assert [each.code for each in broken.findings] == ["WP104", "WP107"]


def test_empty_sections_are_no_matter(read) -> None:
    assert read(BASE + "services: []\ntranches:\npilots: []\n").findings == ()


@pytest.mark.parametrize("after", ["►t", "[m, ►t]"])
def test_a_tranche_does_not_wait_for_itself(expect_one, after: str) -> None:
    milestones = "external_milestones: [{id: m, date: 2026-04-01}]\n"
    text = f"{milestones}tranches: [{{id: t, match: {{app: a1}}, after: {after}}}]\n"
    expect_one(text, "WP127", "tranche 't' waits for itself")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "knowledge_transfers: [{id: k, match: {app: a1}, stages: ►[{name: x, days: 1}, {name: x, days: 2}]}]\n",
            "two stages are called x",
        ),
        (
            "services: [{id: d}]\napplications: [{id: a1, steps: ►[{id: lift}, {id: end, strategy: retire}]}]\n",
            "step end has the strategy retire, which never cuts over",
        ),
    ],
)
def test_stages_and_steps_that_contradict_themselves(expect_one, text: str, said: str) -> None:
    expect_one(text, "WP104", said)


def test_something_must_be_planned(expect_one) -> None:
    expect_one("►" + with_base("applications: []\n"), "WP126", "no application and no service", whole=True)
