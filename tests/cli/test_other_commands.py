"""`init`, `lots`, `impact`, `show`, `rule`, `schema`, `doctor`: as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from support.command_line import DATACENTRE_EXIT, ROOT, SMALL, Waveplan

from waveplan.domain.catalogue import CATALOGUE

# --- init ----------------------------------------------------------------------------------------------------------


TEMPLATES = ["first-steps", "datacentre-exit", "outsourcing-transition", "support-outsourcing", "shared-services"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_init_writes_an_inventory_that_validates(waveplan: Waveplan, tmp_path: Path, template: str) -> None:
    done = waveplan("init", "programme", "--template", template)
    assert done.code == 0
    assert "Next: waveplan solve programme" in done.err
    written = sorted((tmp_path / "programme").rglob("*.yaml"))
    texts = sorted((tmp_path / "programme").rglob("*.txt"))
    assert sorted(done.out.split()) == sorted(str(file.relative_to(tmp_path)) for file in (*written, *texts))
    for file in texts:  # they are sent to people, as they stand
        name = file.relative_to(tmp_path / "programme")
        assert file.read_bytes() == (ROOT / "examples" / template / name).read_bytes()
    for file in written:
        first, rest = file.read_text(encoding="utf-8").split("\n", 1)
        schema = file.parent / first.removeprefix("# yaml-language-server: $schema=")
        kind = "scenarios" if file.name == "scenarios.yaml" else "inventory"
        assert schema.resolve() == (tmp_path / "programme" / f"{kind}.schema.json").resolve()
        assert json.loads(schema.read_text(encoding="utf-8"))["$schema"].startswith("https://json-schema.org/")
        name = file.relative_to(tmp_path / "programme")
        assert rest == (ROOT / "examples" / template / name).read_text(encoding="utf-8")
    assert waveplan("validate", "programme").code == 0


@pytest.mark.parametrize("template", TEMPLATES)
def test_init_writes_a_french_inventory_to_who_reads_french(waveplan: Waveplan, tmp_path: Path, template: str) -> None:
    done = waveplan("init", "programme", "--template", template, "--lang", "fr")

    assert done.code == 0
    for file in sorted((ROOT / "examples" / "fr" / template).rglob("*.yaml")):
        name = file.relative_to(ROOT / "examples" / "fr" / template)
        _, rest = (tmp_path / "programme" / name).read_text(encoding="utf-8").split("\n", 1)
        assert rest == file.read_text(encoding="utf-8")


def test_scenarios_of_a_template_are_of_their_schema(waveplan: Waveplan, tmp_path: Path) -> None:
    assert waveplan("init", "programme", "--template", "shared-services").code == 0
    schema = Draft202012Validator(json.loads((tmp_path / "programme" / "scenarios.schema.json").read_text("utf-8")))
    schema.validate(yaml.load((tmp_path / "programme" / "scenarios.yaml").read_text("utf-8"), _Yaml12))


def test_the_first_template_solves_as_it_stands(waveplan: Waveplan) -> None:
    assert waveplan("init", "programme").code == 0
    done = waveplan("solve", "programme", "--reproducible")
    assert done.code == 0
    assert "W01" in done.out


def test_init_overwrites_nothing(waveplan: Waveplan, tmp_path: Path) -> None:
    folder = tmp_path / "programme"
    folder.mkdir()
    (folder / "inventory.yaml").write_text("mine")
    done = waveplan("init", "programme")
    assert (done.code, done.out) == (2, "")
    assert "inventory.yaml" in done.err
    assert [file.name for file in folder.iterdir()] == ["inventory.yaml"]
    assert (folder / "inventory.yaml").read_text() == "mine"


def test_init_does_not_mix_with_other_yaml_files(waveplan: Waveplan, tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("a: b")
    done = waveplan("init", ".")
    assert (done.code, "other.yaml" in done.err) == (2, True)
    assert not (tmp_path / "inventory.yaml").exists()


def test_init_into_a_folder_that_holds_other_things(waveplan: Waveplan, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("ours")
    assert waveplan("init", ".").code == 0
    assert (tmp_path / "inventory.yaml").exists()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("taken",), "is a file"),
        (("taken/programme",), "taken"),
        (("programme", "--template", "first-step"), "first-steps"),
    ],
)
def test_init_says_what_is_in_the_way(
    waveplan: Waveplan, tmp_path: Path, arguments: tuple[str, ...], expected: str
) -> None:
    (tmp_path / "taken").write_text("")
    done = waveplan("init", *arguments)
    assert (done.code, done.out) == (2, "")
    assert expected in done.err


# --- lots, impact --------------------------------------------------------------------------------------------------


def test_lots_as_a_table_and_as_data(waveplan: Waveplan, small: Path) -> None:
    table = waveplan("lots", "small.yaml")
    data = waveplan("lots", "small.yaml", "--json")
    assert (table.code, data.code) == (0, 0)
    lots = json.loads(data.out)["lots"]
    assert [lot["items"] for lot in lots] == [["crm", "sso"], ["erp"]]
    assert lots[0]["because"] == [{"tie": "shared server", "of": ["crm", "sso"], "server": "s2"}]
    assert all(lot["id"] in table.out for lot in lots)


def test_why_two_items_are_in_one_lot(waveplan: Waveplan, small: Path) -> None:
    assert "crm shares the server s2 with sso" in waveplan("lots", "small.yaml", "--why", "crm").out
    assert "s2" in waveplan("lots", "small.yaml", "--why", "crm", "--why", "sso").out
    assert "alone" in waveplan("lots", "small.yaml", "--why", "erp").out
    chains = json.loads(waveplan("lots", "small.yaml", "--why", "crm", "--json").out)["chains"]
    assert chains == [[{"from": "crm", "to": "sso", "tie": "shared server", "of": ["crm", "sso"], "server": "s2"}]]


@pytest.mark.parametrize(
    ("items", "expected"),
    [(("crn",), "Did you mean crm?"), (("crm", "erp"), "nothing ties them"), (("crm", "sso", "erp"), "--why")],
)
def test_why_not(waveplan: Waveplan, small: Path, items: tuple[str, ...], expected: str) -> None:
    done = waveplan("lots", "small.yaml", *(word for item in items for word in ("--why", item)))
    assert (done.code, done.out) == (2, "")
    assert expected in done.err


def test_errors_of_the_inventory_stand_beside_its_lots(waveplan: Waveplan, tmp_path: Path) -> None:
    (tmp_path / "large.yaml").write_text(SMALL + "policy: {lot_limits: {applications: 1}}\n")
    done = waveplan("lots", "large.yaml")
    assert done.code == 1
    assert "crm" in done.out
    assert "WP202" in done.err


def test_impact(waveplan: Waveplan, small: Path) -> None:
    done = waveplan("impact", "small.yaml", "sso")
    assert done.code == 0
    assert "crm (1)" in done.out
    data = json.loads(waveplan("impact", "small.yaml", "s2", "--json").out)
    assert (data["kind"], data["direct"]["items"], data["consumers"]["items"]) == ("server", ["crm", "sso"], ["erp"])
    unknown = waveplan("impact", "small.yaml", "ssso")
    assert (unknown.code, "did you mean sso" in unknown.err) == (2, True)


def test_the_graph_for_people(waveplan: Waveplan, small: Path) -> None:
    done = waveplan("graph", "small.yaml")
    assert done.code == 0
    assert "sso first" in done.out
    near = waveplan("graph", "small.yaml", "--around", "crm", "--hops", "1")
    assert "sso" in near.out
    assert "erp" not in near.out


@pytest.mark.parametrize(
    ("graph_format", "beginning"),
    [("dot", "digraph"), ("mermaid", "flowchart"), ("svg", "<svg"), ("graphml", "<?xml")],
)
def test_the_graph_for_other_programs(
    waveplan: Waveplan, small: Path, tmp_path: Path, graph_format: str, beginning: str
) -> None:
    done = waveplan("graph", "small.yaml", "--format", graph_format)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(beginning)
    assert all(item in done.out for item in ("crm", "sso", "erp"))
    assert waveplan("graph", "small.yaml", "--format", graph_format, "-o", "graph").out == ""
    assert (tmp_path / "graph").read_text(encoding="utf-8") == done.out
    assert "erp" not in waveplan("graph", "small.yaml", "--format", graph_format, "--around", "crm", "--hops", "1").out


@pytest.mark.parametrize("graph_format", ["tree", "dot"])
def test_the_graph_around_what_is_not_there(waveplan: Waveplan, small: Path, graph_format: str) -> None:
    done = waveplan("graph", "small.yaml", "--format", graph_format, "--around", "ssoo")
    assert (done.code, done.out, "sso" in done.err) == (2, "", True)


# --- show ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["--waves", "--gantt", "--lots", "--load", "--calendar", "--milestones", "--goals"])
def test_each_view_comes_from_the_plan_alone(waveplan: Waveplan, small_plan: Path, view: str) -> None:
    (small_plan.parent / "small.yaml").unlink()
    english = waveplan("show", "plan.yaml", view)
    french = waveplan("show", "plan.yaml", view, "--lang", "fr")
    assert (english.code, english.err, french.code) == (0, "", 0)
    assert english.out != french.out


def test_a_gantt_with_a_row_for_each_lot(waveplan: Waveplan, small_plan: Path) -> None:
    done = waveplan("show", "plan.yaml", "--gantt", "--lots")
    lots = json.loads(waveplan("show", "plan.yaml", "--json").out)["lots"]
    assert all(lot["id"] in done.out for lot in lots)


def test_one_wave_by_any_of_its_names(waveplan: Waveplan, small_plan: Path) -> None:
    wave = json.loads(waveplan("show", "plan.yaml", "--json").out)["waves"][1]
    shown = {waveplan("show", "plan.yaml", "--wave", name).out for name in (wave["id"], "W02", "main/W02", "w2")}
    assert len(shown) == 1
    data = json.loads(waveplan("show", "plan.yaml", "--wave", "W02", "--json").out)
    assert (data["id"], data["lots"][0]["items"]) == (wave["id"], ["erp"])
    unknown = waveplan("show", "plan.yaml", "--wave", "W07")
    assert (unknown.code, "W02" in unknown.err, "main/" in unknown.err) == (2, True, False), unknown.err


def test_a_plan_from_standard_input(waveplan: Waveplan, small_plan: Path) -> None:
    done = waveplan("show", "-", stdin=small_plan.read_bytes())
    assert done.out == waveplan("show", "plan.yaml").out


def test_an_inventory_for_a_plan(waveplan: Waveplan, small: Path) -> None:
    done = waveplan("show", "small.yaml")
    assert (done.code, done.out) == (1, "")
    assert "WP125" in done.err


# --- rule, schema, doctor ------------------------------------------------------------------------------------------


def test_every_finding_has_a_page(waveplan: Waveplan) -> None:
    listed = waveplan("rule")
    assert [line.split()[0] for line in listed.out.splitlines()] == list(CATALOGUE)
    page = waveplan("rule", "wp305")
    assert (page.code, page.out.startswith("# WP305")) == (0, True)
    assert json.loads(waveplan("rule", "WP305", "--json").out)["severity"] == "error"


def test_the_schemas_accept_the_examples_and_a_plan(waveplan: Waveplan, small_plan: Path) -> None:
    schemas = {name: json.loads(waveplan("schema", name).out) for name in ("inventory", "plan")}
    part = json.loads(waveplan("schema", "inventory", "--part").out)
    for schema in (*schemas.values(), part):
        Draft202012Validator.check_schema(schema)
    inventory = Draft202012Validator(schemas["inventory"])
    inventory.validate(yaml.load(SMALL, _Yaml12))
    inventory.validate(yaml.load((ROOT / "examples/first-steps/inventory.yaml").read_text(encoding="utf-8"), _Yaml12))
    for file in DATACENTRE_EXIT.rglob("*.yaml"):
        Draft202012Validator(part).validate(yaml.load(file.read_text(encoding="utf-8"), _Yaml12))
    Draft202012Validator(schemas["plan"]).validate(yaml.load(small_plan.read_text(encoding="utf-8"), _Yaml12))
    assert not inventory.is_valid({"waveplan": 1, "programm": {}})


class _Yaml12(yaml.SafeLoader):
    """Reads scalars as editors do, who know YAML 1.2: no dates, no sexagesimal numbers."""

    yaml_implicit_resolvers = {
        first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def test_the_doctor_finds_this_installation_well(waveplan: Waveplan) -> None:
    done = waveplan("doctor")
    assert (done.code, "BROKEN" in done.out) == (0, False)
    probes = {probe["name"]: probe for probe in json.loads(waveplan("doctor", "--json").out)["probes"]}
    assert {"Python", "waveplan", "ortools", "time zones", "public holidays", "small solve"} <= probes.keys()
    countries = int(probes["public holidays"]["found"].split()[0])
    assert 200 < countries < 300, "a country under two names is one country"


def test_the_doctor_names_what_is_broken(waveplan: Waveplan, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    (broken / "holidays").mkdir(parents=True)
    (broken / "holidays" / "__init__.py").write_text("raise ImportError('half installed')")
    done = waveplan("doctor", PYTHONPATH=str(broken))
    assert done.code == 1
    assert "BROKEN  holidays" in done.out
    assert "half installed" in done.out
    assert "holidays" in done.err
