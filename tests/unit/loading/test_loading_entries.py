"""Entries that are wrong: code, place, words and suggestion, one by one and all at once."""

from __future__ import annotations

import pytest
from marked_inventories import BASE, with_base

SITE = "sites:\n  - {id: new, roles: [target]}\n  - {id: old, target: new, "
SERVER = "servers:\n  - {id: s1, site: old, "
APPLICATION = "applications:\n  - {id: a1, "

UNKNOWN_KEYS = [
    (SITE + "►contry: FR}\n", "unknown key 'contry'", "did you mean 'country'?"),
    (SITE + "►Roles: [source]}\n", "unknown key 'Roles'", "did you mean 'roles'?"),
    (SITE + "capacity: {►vcpus: 3}}\n", "unknown key 'vcpus'", "did you mean 'vcpu'?"),
    (SITE + "blackouts: [{from: 2026-01-01, to: 2026-01-02, ►raison: x}]}\n", "'raison'", "did you mean 'reason'?"),
    (SERVER + "►disk_tb: 3}\n", "unknown key 'disk_tb'", "did you mean 'disk_gb'?"),
    (APPLICATION + "effort: {ops: {►per_servers: 1}}}\n", "'per_servers'", "did you mean 'per_server'?"),
    (APPLICATION + "depends_on: [{app: a1, ►wait: 3}]}\n", "unknown key 'wait'", "did you mean 'weight'?"),
    (APPLICATION + "►zzz: 1}\n", "unknown key 'zzz'", "waveplan schema inventory"),
    (
        "links:\n  - {between: [old, new], gbps: 1, ►zzz: 1}\n",
        "unknown key 'zzz'",
        "between, gbps, efficiency, background_gbps, background, seed_days, costs",
    ),
    ("►aplications: []\n", "unknown section 'aplications'", "did you mean 'applications'?"),
    ("►zzz: []\n", "unknown section 'zzz'", "sections are: waveplan, programme, defaults"),
    ("policy: {hypercare: {►hour: 3}}\n", "unknown key 'hour'", "did you mean 'hours'?"),
    ("policy: {earliest_wave_by_criticality: {►hight: 2}}\n", "unknown key 'hight'", "did you mean 'high'?"),
    ("policy: {cadence: [{limits: {►server: 2}}]}\n", "unknown key 'server'", "did you mean 'servers'?"),
    ("streams: [{id: x, match: {}, policy: {►gate: []}}]\n", "unknown key 'gate'", "did you mean 'gates'?"),
]


@pytest.mark.parametrize(("text", "said", "advised"), UNKNOWN_KEYS)
def test_unknown_keys_stand_at_the_key_with_the_nearest_one(expect_one, text: str, said: str, advised: str) -> None:
    if "app: a1" in text:
        text = "applications:\n  - {id: a2}\n" + text.partition("\n")[2].replace("app: a1", "app: a2")
    expect_one(text, "WP103", said, advised)


WRONG_VALUES = [
    (SERVER + "vcpu: ►1e308}\n", "'vcpu' must be from 0 to 1000000000, not '1e308'"),
    (SERVER + "vcpu: ►two}\n", "'vcpu' must be a number, not 'two'"),
    (SERVER + "vcpu: ►1,5}\n".replace("1,5", "'1,5'"), "'vcpu' must be a number, not '1,5' | write digits, with '.'"),
    (SERVER + "disk_gb: ►0.0000001}\n", "more than six decimal places"),
    (SERVER + "kind: ►wm}\n", "'kind' cannot be 'wm'; it is one of physical, vm, partition, appliance"),
    (SERVER + "kind: ►VM}\n", "did you mean 'vm'?"),
    (SERVER + "verified_on: ►01/02/2026}\n", "'verified_on' must be a date like 2026-03-14, not '01/02/2026'"),
    (SERVER + "labels: {rack: ►{R1: x}}}\n", "'rack' must be a word, not a mapping"),
    (SERVER + "labels: ►rack}\n", "'labels' must be a mapping of keys to values, not 'rack'"),
    (SITE + "capacity: {vcpu: ►-1}}\n", "'vcpu' must be from 0 to 1000000000, not '-1'"),
    (SITE + "users: {office: ►2.5}}\n", "'office' must be a whole number, not '2.5'"),
    (SITE + "users: ►many}\n", "'users' must be a number, not 'many'"),
    (SITE + "roles: ►source}\n", "'roles' must be a list, not 'source'"),
    (SITE + "roles: [source, ►dest]}\n", "an entry of 'roles' cannot be 'dest'"),
    (APPLICATION + "dry_run: ►yes}\n", "'dry_run' must be true or false, not 'yes'"),
    (APPLICATION + "effort: {ops: ►1e308}}\n", "'ops' must be from 0 to 1000000000, not '1e308'"),
    (APPLICATION + "crew: {ops: ►[2]}}\n", "'ops' must be a number, not a list"),
    (APPLICATION + "depends_on: [►{}]}\n", "give one of 'app' or 'service'"),
    (APPLICATION + "depends_on: ►a2}\n", "'depends_on' must be a list, not 'a2'"),
    ("applications:\n  - {id: a1}\n  - ►a2\n", "an entry of 'applications' must be a mapping of keys to values"),
    ("applications:\n  - {id: ►a b}\n", "'a b' cannot be an id", "letters, digits"),
    ('applications:\n  - {id: ►"a\\e[31m"}\n', r"'a\x1b[31m' cannot be an id"),
    ('applications:\n  - {id: ►"a\\nb"}\n', r"'a\nb' cannot be an id"),
    ("applications: ►{a1: {}}\n", "'applications' must be a list, not a mapping", "'- '"),
    ("policy: ►[]\n", "'policy' must be a mapping of keys to values, not a list"),
    ("links: [{between: ►[old], gbps: 1}]\n", "'between' needs at least 2 entries; it has 1"),
    ("links: [{between: ►[old, new, old], gbps: 1}]\n", "'between' takes at most 2 entries; it has 3"),
    ("links: [{between: [old, new], gbps: ►0}]\n", "'gbps' must be more than 0, not 0"),
    ("links: [{between: [old, new], gbps: 1, efficiency: ►1.5}]\n", "'efficiency' must be at most 1, not 1.5"),
    ("calendar:\n  windows: [{id: w, days: [sat], from: 22:30, hours: ►0}]\n", "'hours' must be more than 0, not 0"),
    ("calendar:\n  windows: [{id: w, days: [sat], from: ►24:30, hours: 1}]\n", "time of day like 22:30, not '24:30'"),
    (
        "calendar:\n  windows: [{id: w, days: [►saturday], from: 22:30, hours: 1}]\n",
        "an entry of 'days' must be a day of the week",
    ),
    ("calendar:\n  windows:\n    - ►{id: w, from: 22:30, hours: 1}\n", "give one of 'days' (of the week), 'dates'"),
    ("calendar:\n  freezes: [{from: 2026-01-01, to: 2026-01-02, match: ►all}]\n", "'match' is not a selector"),
    (
        "calendar:\n  freezes: [{from: 2026-01-01, to: 2026-01-02, match: {domain: ►{x: y}}}]\n",
        "'domain' must be a word or a list of words",
    ),
    ("committees: [{id: c, every: month, day: ►thu}]\n", "needs 'day' like 'first tue'"),
    ("policy: {cadence: [{waves: 1}, ►{min_gap_days: 3}, {waves: 3}]}\n", "stage 2 of the cadence has no 'waves'"),
    ("policy: {earliest_wave_by_criticality: {high: ►0}}\n", "'high' must be at least 1, not 0"),
    ("objective: {goals: [{goal: waves}, {goal: finish}, {goal: ►waves}]}\n", "the goal 'waves' is given twice"),
    ("objective: {goals: [{goal: finish, tolerance: ►some%}]}\n", "'tolerance' must be a number"),
    ("objective: {goals: ►[]}\n", "'goals' needs at least 1 entries; it has 0"),
    ("rules: [►{id: r}]\n", "a rule holds one of 'together', 'apart', 'before'"),
    ("rules: [►{id: r, apart: [{app: a1}]}]\n", "'apart' needs at least two selectors"),
    ("ignore: [{code: ►WP999, reason: x}]\n", "no finding has the code 'WP999'", "waveplan rule"),
]


@pytest.mark.parametrize(("text", "words"), [(text, words) for text, *words in WRONG_VALUES])
def test_wrong_values_are_said_plainly(expect_one, text: str, words: list[str]) -> None:
    expect_one(text, "WP104", *words)


MISSING = [
    ("teams:\n  - {id: ops}\n  - ►{name: x}\n", "'id' is missing", "add 'id: …'"),
    ("servers:\n  - {id: s1, site: old}\n  - ►id: s2\n    vcpu: 2\n", "'site' is missing", "add 'site: …'"),
    ("servers:\n  - {id: s1, site: old}\n  - id: s2\n    site:►\n", "'site' is missing", ""),
    ("calendar:\n  freezes:\n    - ►from: 2026-01-01\n", "'to' is missing", "add 'to: …'"),
    ("links: [►{between: [old, new]}]\n", "'gbps' is missing", ""),
    ("programme: ►{name: x, start: 2026-01-05}\n", "'deadline' is missing", ""),
]


@pytest.mark.parametrize(("text", "said", "advised"), MISSING)
def test_missing_keys_stand_at_their_mapping(expect_one, text: str, said: str, advised: str) -> None:
    expect_one(text, "WP105", said, advised)


IMPOSSIBLE = [
    ("programme: {name: x, start: 2026-01-05, deadline: ►2026-02-30}\n", "'2026-02-30', a day that does not exist"),
    ("programme: {name: x, start: 2026-01-05, deadline: ►2026-01-04}\n", "the deadline (2026-01-04) lies before"),
    (
        "calendar:\n  freezes: [{from: 2026-05-02, to: ►2026-05-01}]\n",
        "'to' (2026-05-01) lies before 'from' (2026-05-02)",
    ),
    (SITE + "blackouts: [{from: 2026-05-02, to: ►2026-05-01}]}\n", "lies before 'from' (2026-05-02)"),
    ("teams: [{id: ops, available: {from: 2026-05-02, to: ►2026-05-01}}]\n", "lies before 'from' (2026-05-02)"),
    ("teams: [{id: ops, absences: [{from: 2026-05-02, to: ►2026-05-01}]}]\n", "lies before 'from' (2026-05-02)"),
    (APPLICATION + "slot: ►2026-04-31}\n", "'slot' is '2026-04-31', a day that does not exist"),
]


@pytest.mark.parametrize(("text", "said"), IMPOSSIBLE)
def test_impossible_dates_and_periods(expect_one, text: str, said: str) -> None:
    expect_one(text, "WP108", said)


def test_what_every_inventory_needs(read) -> None:
    loaded = read("# nothing but\nsites: []\n")
    found = [(each.code, each.location.line, each.message.partition(":")[0]) for each in loaded.findings]
    assert found == [
        ("WP105", 2, "'programme' is missing"),
        ("WP105", 2, "'waveplan' is missing"),
        ("WP126", 2, "there is nothing to plan"),
    ]


@pytest.mark.parametrize("version", ["2", "1.0", "[1]", "'01'"])
def test_other_versions_of_the_format_are_refused(read, version: str) -> None:
    loaded = read(BASE.replace("waveplan: 1", f"waveplan: {version}"))
    assert [(each.code, each.location.line, each.location.column) for each in loaded.findings] == [("WP104", 1, 11)]
    assert "waveplan: 1" in loaded.findings[0].advice


def test_the_version_may_be_quoted(read) -> None:
    assert read(BASE.replace("waveplan: 1", 'waveplan: "1"')).inventory is not None


def test_an_empty_value_is_not_given(read) -> None:
    loaded = read(
        with_base("servers:\n  - id: s1\n    site: old\n    target:\n    kind: ~\n    labels: null\nrules:\n")
    )
    assert loaded.findings == ()
    server = loaded.inventory.servers[0]
    assert (server.target, server.kind, server.labels) == (None, "vm", {})
    assert server.model_fields_set == {"id", "site"}


def test_one_bad_entry_hides_nothing_in_the_others(read) -> None:
    text = with_base(
        "sites:\n"
        "  - {id: old, roles: [sorce], target: new}\n"
        "  - {id: new, roles: [target]}\n"
        "servers:\n"
        "  - {id: s1, site: old, vcpu: x}\n"
        "  - {id: s2, site: odl, colour: red}\n"
        "applications:\n"
        "  - {id: a1, servers: [s1, s3], criticality: hihg, slot: 2026-02-30}\n"
        "  - {servers: [s2]}\n"
    )
    loaded = read(text)
    found = [(each.code, each.location.line) for each in loaded.findings]
    # s1 and s2 exist though their entries are wrong, and so does the site
    assert found == [
        ("WP104", 5),
        ("WP104", 8),
        ("WP107", 9),
        ("WP103", 9),
        ("WP107", 11),
        ("WP104", 11),
        ("WP108", 11),
        ("WP105", 12),
    ]
    assert loaded.inventory is None


def test_findings_tell_of_what_they_speak_and_where_it_is(read) -> None:
    loaded = read(with_base("servers:\n  - {id: s1, site: old}\n  - {id: s2, site: old, vcpu: x}\n"))
    finding = loaded.findings[0]
    assert finding.subjects == ("s2",)
    assert finding.path == ("servers", 1, "vcpu")
    assert finding.severity == "error"
    assert finding.document == "inventory"
    assert loaded.sources.locate(finding.path) == finding.location


def test_one_value_may_stand_for_a_list_where_the_format_says_so(read) -> None:
    loaded = read(with_base("sites:\n  - {id: old, target: new}\n  - {id: new, capacity: {vcpu: 10}}\n"))
    assert loaded.findings == ()
    assert [each.vcpu for each in loaded.inventory.sites[1].capacity] == [10]
    assert loaded.sources.locate(("sites", 1, "capacity", 0, "vcpu")).column == 32


def test_services_are_read_to_the_last_key(read) -> None:
    text = BASE + (
        "services:\n"
        "  - {id: d, sites: [old, [x]]}\n"
        "  - {id: e, sites: {contry: FR}}\n"
        "  - {id: f, sites: [odl], steps: [{id: a, min_gap: 2}], depends_on: [{service: f/a}, {service: f/b}]}\n"
        "  - {id: g, depends_on: [{service: d@old}, {service: d@nowhere}]}\n"
    )
    found = [(each.code, each.location.line, each.location.column) for each in read(text).findings]
    assert found == [
        ("WP104", 12, 26),
        ("WP130", 13, 21),
        ("WP107", 14, 21),
        ("WP103", 14, 43),
        ("WP107", 14, 96),
        ("WP107", 15, 54),
    ]


def test_keys_that_look_like_the_models_own_marks(read) -> None:
    text = with_base('servers: [{id: s1, site: old, labels: {"a[b": {}, "[key]": {}}, "x[y]": 1}]\n')
    found = [(each.code, each.path[-1]) for each in read(text).findings]
    assert found == [("WP104", "a[b"), ("WP104", "[key]"), ("WP103", "x[y]")]
