"""A mapping file is held against the format before a row is read, every finding at its place."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from support.mapped import MappedFolder

from waveplan import api
from waveplan.imports.mapping.fields import MAPPED_KINDS, field_type, known_fields
from waveplan.imports.mapping.loading import load_mapping
from waveplan.imports.mapping.patterns import compiled_pattern, extracted, matches
from waveplan.imports.values import UnreadableCellError


def findings(folder: Path, text: str) -> list[str]:
    file = folder / "mapping.yaml"
    file.write_text(text, encoding="utf-8")
    loaded = load_mapping(str(file))
    assert (loaded.mapping is None) == any(each.severity == "error" for each in loaded.findings)
    return [
        f"{each.location.line}:{each.location.column} {each.code} {each.message} | {each.advice}"
        for each in loaded.findings
        if each.location
    ]


def test_fields_that_the_format_does_not_have(tmp_path: Path) -> None:
    assert findings(
        tmp_path,
        """\
waveplan_mapping: 1
sheets:
  - makes:
      - kind: server
        name: Name
        fields:
          ram: RAM
          labels: Rack
          id: Name
          disks: Disks
          effort.dba: Days
      - kind: application
        name: App
        fields: {effort.dba.each: D, crew.dba: C, labels.x: X, max_downtime: M, users.office: U}
""",
    ) == [
        "7:11 WP525 of the kind server there is no field 'ram' that a column can fill | did you mean 'ram_gb'?",
        (
            "8:11 WP525 of the kind server there is no field 'labels' that a column can fill"
            " | write it with what it is for: labels.NAME"
        ),
        "9:11 WP525 of the kind server there is no field 'id' that a column can fill | ids are made from 'name'",
        "10:11 WP525 of the kind server there is no field 'disks' that a column can fill | did you mean 'disk_gb'?",
        (
            "11:11 WP525 of the kind server there is no field 'effort.dba' that a column can fill"
            " | what nothing else fits is a label: labels.NAME"
        ),
        (
            "14:64 WP525 of the kind application there is no field 'max_downtime' that a column can fill"
            " | did you mean 'max_downtime_hours'?"
        ),
        (
            "14:81 WP525 of the kind application there is no field 'users.office' that a column can fill"
            " | did you mean 'user_sites'?"
        ),
    ]


def test_words_units_encodings_and_patterns_that_cannot_be(tmp_path: Path) -> None:
    found = findings(
        tmp_path,
        """\
waveplan_mapping: 1
sheets:
  - encoding: klingon
    delimiter: "||"
    makes:
      kind: server
      name: {template: Name}
      fields:
        environment: {column: Env, values: {P: produktion}, otherwise: moon}
        ram_gb: {column: RAM, unit: parsec}
        vcpu: {constant: many}
        os: {column: OS, extract: "(a+)+$"}
        technology: {column: T, extract: "("}
""",
    )
    assert [each.partition(" |")[0] for each in found] == [
        "3:15 WP104 'klingon' is no encoding",
        "4:16 WP104 a delimiter is one character",
        "7:24 WP532 'template' cannot be used: it names no column in braces, as '{Host}.{Domain}' does",
        "9:48 WP104 'P': 'produktion' is none of prod, preprod, test, dev, dr",
        "9:72 WP104 'otherwise': 'moon' is none of prod, preprod, test, dev, dr",
        "10:37 WP104 'parsec' is no unit",
        "11:26 WP104 'constant': 'many' is not a number",
        "12:35 WP532 'extract' cannot be used: it repeats a group that repeats or has alternatives",
        (
            "13:42 WP532 'extract' cannot be used: it is no regular expression "
            "(missing ), unterminated subpattern at position 0)"
        ),
    ]


@pytest.mark.parametrize(
    ("makes", "said"),
    [
        ("{kind: server}", "give 'name'"),
        ("{kind: dependency, fields: {consumer: A}}", "a dependency needs"),
        ("{kind: link}", "a link needs"),
        ("{kind: server, name: {column: A, constant: B}}", "give one of 'column'"),
        ("{kind: server, name: {column: A, otherwise: B}}", "'otherwise' goes with 'values'"),
        ("{kind: server, name: A, keys: {instance: B}}", "'vcenter' and 'instance' go together"),
        ("{kind: rack, name: A}", "'kind' cannot be 'rack'"),
        ("{kind: server, name: A, field: {}}", "unknown key 'field'"),
        ("[]", "'makes' needs at least 1"),
    ],
)
def test_entries_that_say_too_little_or_too_much(tmp_path: Path, makes: str, said: str) -> None:
    (only,) = findings(tmp_path, f"waveplan_mapping: 1\nsheets:\n  - makes: {makes}\n")
    assert said in only


def test_another_file_than_a_mapping(tmp_path: Path) -> None:
    (only,) = findings(tmp_path, "waveplan: 1\nprogramme: {}\n")
    assert "WP125 this file is of another kind (inventory); expected is the import mapping" in only
    assert "suggest-mapping" in findings(tmp_path, "")[0]


def test_a_mapping_with_errors_reads_nothing(here: MappedFolder) -> None:
    harvest = here.read("sheets: {makes: {kind: server, name: N, fields: {bogus: B}}}", servers="N,B\na,b\n")
    assert [each.code for each in harvest.findings] == ["WP525"]
    assert not harvest.records


@pytest.mark.parametrize(
    "pattern",
    ["(a|b)*", "(a*){2}", r"(a)\1", "(?=a)b", "(?<!a)b", "(?i)a", "a*b*c*d*", "a" * 201, "[a", "(x+)?y{2,}z*w+v*"],
)
def test_patterns_that_might_not_end_are_refused(pattern: str) -> None:
    with pytest.raises(UnreadableCellError):
        compiled_pattern(pattern)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"^([a-z]+)-", "erp-db-1", "erp"),
        (r"(?:v|version )([0-9.]+)", "version 7.3", "7.3"),
        (r"\d{1,3}\.\d{1,3}", "at 10.20", "10.20"),
        (r"[(*+]x", "a+x", "+x"),
        (r"(?P<site>[A-Z]{3})\d\d", "PAR01", "PAR"),
        (r"none", "else", None),
    ],
)
def test_patterns_take_what_is_wanted(pattern: str, text: str, found: str | None) -> None:
    assert extracted(compiled_pattern(pattern), text) == found


def test_a_hostile_cell_is_not_searched_beyond_its_beginning() -> None:
    assert extracted(compiled_pattern("(.*)-(.*)!"), "-" * 1_000_000) is None


def test_words_with_a_star() -> None:
    assert matches("Serveurs 2026", "serveurs*")
    assert matches("ÉTÉ", "ete")
    assert not matches("Mes serveurs", "serveurs*")
    assert not matches("aXb", "a.b")


@pytest.mark.parametrize("kind", MAPPED_KINDS)
def test_every_known_field_has_a_type(kind: str) -> None:
    assert all(field_type(kind, path) is not None for path in known_fields(kind))


def test_types_of_fields() -> None:
    asked = {
        ("server", "ram_gb"): "memory",
        ("server", "disk_gb"): "size",
        ("site", "capacity.disk_tb"): "size_tb",
        ("site", "users"): "count",
        ("site", "users.office"): "count",
        ("application", "effort.dba"): "amount",
        ("application", "rto_hours"): "hours",
        ("link", "gbps"): "speed",
        ("link", "efficiency"): "share",
        ("team", "available.from"): "day",
        ("server", "addresses"): "address",
    }
    assert {key: found.form for key in asked if (found := field_type(*key))} == asked
    assert field_type("application", "steps") is field_type("server", "disks.gb") is field_type("server", "x") is None


SAMPLES = Path(__file__).parents[1] / "samples"
MAPPINGS = [
    (SAMPLES / "spreadsheets" / "mapping.yaml").read_text(encoding="utf-8"),
    "{waveplan_mapping: 1, sheets: {makes: {kind: server, name: N}}}",
    "{waveplan_mapping: 1, sheets: [{sheet: S*, header: 3, when: {A: [x, y]}, makes: [{kind: site, name: [A, B]}]}]}",
    "{waveplan_mapping: 1, sheets: {makes: {kind: server, name: {column: N, split: ';'}, fields: {}}}}",
    "{waveplan_mapping: 2, sheets: {makes: {kind: server, name: N}}}",
    "{waveplan_mapping: 1, sheets: {makes: {kind: rack, name: N}}}",
    "{waveplan_mapping: 1, sheets: {header: 0, makes: {kind: server, name: N}}}",
    "{waveplan_mapping: 1, sheets: {decimal: x, makes: {kind: server, name: N}}}",
    "{waveplan_mapping: 1, sheets: {makes: {kind: server, name: N, unknown: 1}}}",
]


@pytest.mark.parametrize("text", MAPPINGS)
def test_schema_and_loader_agree(tmp_path: Path, text: str) -> None:
    schema = json.loads(api.schema("mapping"))
    errors = list(jsonschema.Draft202012Validator(schema).iter_errors(yaml.safe_load(text)))
    assert bool(errors) == bool(findings(tmp_path, text))
