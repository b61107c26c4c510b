"""Rows through a mapping: fields, words, units, filters, joins, and what becomes of every row."""

from __future__ import annotations

import datetime as dt

import pytest
from support.mapped import MappedFolder, fates, reasons, told, values

from waveplan.errors import UsageError

SHEET = """\
Parc au 1er mars;;;;;
Nom du serveur;Site;Env;RAM (Go);Disque To;Application
erp-db;Paris;Production;64;1,5;ERP
erp-app;Paris;Production;16;0,2;ERP
sso;Lyon;Recette;8;;SSO
;Lyon;;1;;
"""
MAPPING = """\
sheets:
  - makes:
      - kind: server
        name: Nom du serveur
        fields: {site: Site, environment: Env, ram_gb: RAM (Go), disk_gb: Disque To}
      - {kind: application, name: Application, fields: {servers: Nom du serveur}}
"""


def test_one_row_makes_several_things_and_every_row_is_accounted_for(here: MappedFolder) -> None:
    harvest = here.read(MAPPING, parc=SHEET)
    assert values(harvest) == {
        ("server", "erp-db"): {"site": "Paris", "environment": "prod", "ram_gb": "64", "disk_gb": "1500"},
        ("server", "erp-app"): {"site": "Paris", "environment": "prod", "ram_gb": "16", "disk_gb": "200"},
        ("server", "sso"): {"site": "Lyon", "environment": "preprod", "ram_gb": "8"},
        ("application", "ERP"): {"servers": ("erp-db", "erp-app")},
        ("application", "SSO"): {"servers": ("sso",)},
    }
    assert fates(harvest) == {"imported": 3, "skipped": 2}
    assert reasons(harvest) == [
        (1, "it stands above the headers"),
        (6, "nothing that the mapping makes has a name here"),
    ]
    assert not harvest.findings


def test_values_know_their_cell(here: MappedFolder) -> None:
    server = here.read(MAPPING, parc=SHEET).records[0]
    assert str(server.location("ram_gb")).endswith("parc.csv:3:4")
    assert str(server.location()).endswith("parc.csv:3:1")


def test_what_a_mapping_can_do_with_a_value(here: MappedFolder) -> None:
    sheet = """\
Host,Domain,IP 1,IP 2,D1 (GB),D2 (MB),OS,Tier,Tags,Note
a,example.org,10.0.0.1,10.0.0.2 | 10.0.0.3,100,500,Ubuntu 22.04 LTS,gold,x;y,
b,,,10.0.0.9,50,,,iron,,told
"""
    harvest = here.read(
        """\
sheets:
  makes:
    kind: server
    name: Host
    keys: {fqdn: {template: "{Host}.{Domain}"}}
    fields:
      addresses: [IP 1, IP 2]
      disk_gb: {columns: [D1 (GB), D2 (MB)], combine: sum}
      os: {column: OS, extract: "^([a-zA-Z]+)", default: Linux}
      environment: {column: Tier, values: {Gold: prod}, otherwise: test}
      cluster: {column: Tags, split: ";"}
      technology: {constant: x86}
      labels.note: {columns: [Note, Tier]}
      labels.both: {columns: [Host, Tier], combine: join}
""",
        servers=sheet,
    )
    assert values(harvest) == {
        ("server", "a"): {
            "addresses": ("10.0.0.1", "10.0.0.2", "10.0.0.3"),
            "disk_gb": "100.5",
            "os": "Ubuntu",
            "environment": "prod",
            "cluster": ("x", "y"),
            "technology": "x86",
            "labels.note": "gold",
            "labels.both": "a gold",
        },
        ("server", "b"): {
            "addresses": ("10.0.0.9",),
            "disk_gb": "50",
            "os": "Linux",
            "environment": "test",
            "technology": "x86",
            "labels.note": "told",
            "labels.both": "b iron",
        },
    }
    assert [record.keys.fqdn for record in harvest.records] == ["a.example.org", ""]
    assert not harvest.findings


def test_filters_of_sheets_and_of_records(here: MappedFolder) -> None:
    sheet = "Name,Status,Type\na,In use,VM\nb,Retired,VM\nc,in USE since 2020,Switch\nd,In use,Template\n"
    harvest = here.read(
        """\
sheets:
  when: {Status: [In use*]}
  unless: {Type: Template}
  makes: {kind: server, name: Name, when: {Type: VM}}
""",
        servers=sheet,
    )
    assert list(values(harvest)) == [("server", "a")]
    assert reasons(harvest) == [
        (3, "the mapping takes rows whose 'Status' is In use*"),
        (4, "the mapping takes rows whose 'Type' is VM"),
        (5, "the mapping leaves out rows whose 'Type' is Template"),
    ]


def test_sheets_are_joined_and_misses_told(here: MappedFolder) -> None:
    harvest = here.read(
        """\
sheets:
  - file: servers.csv
    join: {file: apps.csv, on: {App: Name}, prefix: "App "}
    makes:
      - {kind: server, name: Server}
      - {kind: application, name: App, fields: {servers: Server, criticality: App Level, cutover_hours: App Hours}}
""",
        servers="Server,App\ns1,erp\ns2,crm\ns3,\ns4,ERP\n",
        apps="Name,Level,Hours\nERP,High,1.500\nHR,Low,2.5\nERP,Low,3\n,,\n",
    )
    assert values(harvest)["application", "erp"] == {
        "servers": ("s1", "s4"),
        "criticality": "high",
        "cutover_hours": "1.5",  # 2.5 beside it decides
    }
    assert values(harvest)["application", "crm"] == {"servers": ("s2",)}
    assert told(harvest) == ["servers.csv:3:2 WP531 one value of 'App' is not in the joined sheet: crm"]
    assert reasons(harvest) == [
        (2, "its columns were added to the rows that name it"),
        (3, "no row names it"),
        (4, "an earlier row has the same value where it is joined"),
    ]
    assert fates(harvest) == {"imported": 4, "skipped": 2, "merged": 1}


def test_dependencies_and_links(here: MappedFolder) -> None:
    harvest = here.read(
        """\
sheets:
  - file: deps*
    makes: {kind: dependency, fields: {consumer: Source, provider: {column: Target, split: ","}, coupling: Force}}
  - file: links*
    makes: {kind: link, fields: {between: [A, B], gbps: Débit (Mbps)}}
""",
        deps='Source,Target,Force\nERP,"SSO, DNS",forte\nCRM,,faible\n',
        links="A;B;Débit (Mbps)\nParis;Lyon;500\nParis;;10\n",
    )
    assert values(harvest) == {
        ("dependency", "ERP → SSO"): {"consumer": "ERP", "provider": "SSO", "coupling": "hard"},
        ("dependency", "ERP → DNS"): {"consumer": "ERP", "provider": "DNS", "coupling": "hard"},
        ("link", "Paris — Lyon"): {"between": ("Paris", "Lyon"), "gbps": "0.5"},
    }
    assert fates(harvest) == {"imported": 2, "skipped": 2}


def test_depends_on_makes_dependencies(here: MappedFolder) -> None:
    harvest = here.read(
        "sheets: {makes: {kind: application, name: App, fields: {depends_on: Needs}}}",
        apps="App,Needs\nERP,SSO; DNS\nSSO,-\n",
    )
    assert [record.name for record in harvest.records if record.kind == "dependency"] == ["ERP → SSO", "ERP → DNS"]


def test_a_column_decides_how_its_dates_and_numbers_are_written(here: MappedFolder) -> None:
    sheet = "Name;End;Disk\na;05/03/2026;1.234\nb;25/03/2026;12,5\nc;2026-03-07;7\n"
    harvest = here.read(
        "sheets: {makes: {kind: server, name: Name, fields: {end_of_support: End, disk_gb: Disk}}}", servers=sheet
    )
    assert values(harvest)["server", "a"] == {"end_of_support": "2026-03-05", "disk_gb": "1234"}
    assert not harvest.findings


def test_what_no_column_decides_is_asked_once_and_left_out(here: MappedFolder) -> None:
    sheet = "Name;End;Disk\na;05/03/2026;1.234\nb;07/08/2026;2.345\nc;09/09/2026;\n"
    mapping = "sheets: {makes: {kind: server, name: Name, fields: {end_of_support: End, disk_gb: Disk}}}"
    harvest = here.read(mapping, servers=sheet)
    assert values(harvest) == {
        ("server", "a"): {},
        ("server", "b"): {},
        ("server", "c"): {"end_of_support": "2026-09-09"},
    }
    assert told(harvest) == [
        (
            "servers.csv:2:2 WP529 'End' is left out in 2 rows where it is not clear: "
            "'05/03/2026' may be 2026-03-05 or 2026-05-03: does the day or the month come first?"
        ),
        (
            "servers.csv:2:3 WP529 'Disk' is left out in 2 rows where it is not clear: "
            "'1.234' may be 1.234 or 1234: is the decimal mark a point or a comma?"
        ),
    ]
    answered = here.read(f"date_order: mdy\n{mapping}", options={"decimal": ","}, servers=sheet)
    assert values(answered)["server", "a"] == {"end_of_support": "2026-05-03", "disk_gb": "1234"}
    assert not answered.findings


def test_the_mapping_of_one_column_comes_before_what_the_command_states(here: MappedFolder) -> None:
    harvest = here.read(
        """\
sheets:
  makes: {kind: server, name: N, fields: {end_of_support: {column: End, date_order: dmy}, not_before: B}}
""",
        options={"date_order": "mdy"},
        servers="N,End,B\na,05/03/2026,05/03/2026\n",
    )
    assert values(harvest)["server", "a"] == {"end_of_support": "2026-03-05", "not_before": "2026-05-03"}


def test_cells_that_cannot_be_read_are_told_with_their_place_and_the_row_is_read(here: MappedFolder) -> None:
    harvest = here.read(
        "sheets: {makes: {kind: server, name: Name, fields: {vcpu: CPU, environment: Env}}}",
        servers="Name,CPU,Env\na,many,Production\nb,4,Moon\n",
    )
    assert values(harvest) == {("server", "a"): {"environment": "prod"}, ("server", "b"): {"vcpu": "4"}}
    assert told(harvest) == [
        "servers.csv:2:2 WP528 'vcpu' is left out: 'many' is not a number",
        "servers.csv:3:3 WP528 'environment' is left out: 'Moon' is none of prod, preprod, test, dev, dr",
    ]


def test_the_same_over_and_over_is_counted(here: MappedFolder) -> None:
    rows = "".join(f"s{number},many\n" for number in range(100))
    found = here.read("sheets: {makes: {kind: server, name: Name, fields: {vcpu: CPU}}}", servers=f"Name,CPU\n{rows}")
    assert len(found.findings) == 21
    assert told(found)[0] == "servers.csv:1:2 WP528 80 more cells of 'CPU' cannot be read either"


def test_columns_that_are_missing_or_not_read_are_told_once(here: MappedFolder) -> None:
    harvest = here.read(
        "sheets: {ignore: [Rack], makes: {kind: server, name: Name, fields: {vcpu: CPUs, ram_gb: Memory}}}",
        servers="Name,CPU,Rack,Note\na,2,r1,x\nb,4,r2,y\n",
    )
    assert told(harvest) == [
        "servers.csv:1:1 WP526 there is no column 'CPUs' in this sheet",
        "servers.csv:1:1 WP526 there is no column 'Memory' in this sheet",
        "servers.csv:1:2 WP530 columns that the mapping does not read: CPU, Note",
    ]
    assert next(each.advice for each in harvest.findings if each.code == "WP526") == "did you mean 'CPU'?"


def test_headers_differ_by_case_accents_and_stars(here: MappedFolder) -> None:
    found = here.read(
        "sheets: {makes: {kind: server, name: nom du serveur, fields: {ram_gb: memory (in mb)}}}",
        servers="*NOM  du Sérveur,Memory (In MB)\na,2048\n",
    )
    assert values(found) == {("server", "a"): {"ram_gb": "2"}}


def test_rows_that_contradict_each_other(here: MappedFolder) -> None:
    harvest = here.read(
        "sheets: {makes: {kind: application, name: App, fields: {servers: S, business_owner: Owner}}}",
        apps="App,S,Owner\nERP,a,CFO\nerp,b,CIO\nERP,c,CFO\n",
    )
    assert values(harvest) == {("application", "ERP"): {"servers": ("a", "b", "c"), "business_owner": "CFO"}}
    assert told(harvest) == [
        "apps.csv:3:3 WP533 'business_owner' of ERP is CIO here and CFO at apps.csv:2, which is kept"
    ]
    assert fates(harvest) == {"imported": 1, "merged": 2}


def test_what_names_a_thing_may_be_constant_or_joined(here: MappedFolder) -> None:
    harvest = here.read(
        """\
sheets:
  - file: a.csv
    join: {file: b.csv, on: {Code: Code}}
    makes: [{kind: server, name: Label}, {kind: site, name: {constant: Paris}}]
""",
        a="Code,Size\n1,2\n",
        b="Code,Label\n1,web\n",
    )
    assert list(values(harvest)) == [("server", "web"), ("site", "Paris")]


def test_sheets_that_nothing_fits(here: MappedFolder) -> None:
    harvest = here.read(
        """\
sheets:
  - {file: servers.csv, makes: {kind: server, name: Name}}
  - {file: gone.csv, makes: {kind: server, name: Name}}
  - {file: other.csv, makes: {kind: site, name: Code}}
""",
        servers="Name\na\n",
        other="x,y\n1,2\n",
    )
    assert told(harvest) == [
        "mapping.yaml:1:1 WP527 entry 2 of the mapping is for 'gone.csv', and there is no such sheet",
        "other.csv:1:1 WP527 entry 3 of the mapping fits no sheet: none has a column that names what it makes",
    ]
    assert fates(harvest) == {"imported": 1, "skipped": 2}


def test_encoding_and_delimiter_may_be_stated(here: MappedFolder) -> None:
    harvest = here.read(
        'sheets: {encoding: mac_roman, delimiter: "~", makes: {kind: site, name: Été}}',
        sites="Été~Pays\nHélène~France\n".encode("mac_roman"),
    )
    assert values(harvest) == {("site", "Hélène"): {}}


def test_the_source_has_the_name_and_day_of_the_mapping(here: MappedFolder) -> None:
    harvest = here.read("name: cmdb\nas_of: 2026-03-01\nsheets: {makes: {kind: site, name: Site}}", s="Site\nParis\n")
    assert (harvest.source, harvest.as_of) == ("cmdb", dt.date(2026, 3, 1))


def test_without_a_mapping_the_way_to_one_is_told(here: MappedFolder) -> None:
    with pytest.raises(UsageError, match="suggest-mapping"):
        here.read(None, servers="Name\na\n")


@pytest.mark.parametrize("option", [{"decimal": ";"}, {"date_order": "dym"}])
def test_options_that_mean_nothing_are_refused(here: MappedFolder, option: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="the option"):
        here.read("sheets: {makes: {kind: site, name: Site}}", options=option, s="Site\nParis\n")
