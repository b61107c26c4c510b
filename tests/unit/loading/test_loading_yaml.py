"""YAML as the loader reads it: words, places, and what it refuses."""

from __future__ import annotations

import pytest
from marked_inventories import BASE, unmarked, with_base

from waveplan.loading import load_inventory
from waveplan.loading.report import ReadingReport
from waveplan.loading.tree import MappingNode, SequenceNode, mark_of
from waveplan.loading.yaml_reader import MAX_DEPTH, read_yaml


def tree(text: str):
    """A text's raw tree and the report about it."""
    report = ReadingReport("inventory")
    return read_yaml(report.texts.add("file.yaml", text), report)[0], report


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("no", "no"),
        ("on", "on"),
        ("010", "010"),
        ("22:30", "22:30"),
        ("1e3", "1e3"),
        ("2026-01-01", "2026-01-01"),
        ("0x1F", "0x1F"),
        ("true", "true"),
        (".inf", ".inf"),
        ("null", None),
        ("Null", None),
        ("~", None),
        ("", None),
        ("'null'", "null"),
        ('"~"', "~"),
        ("''", ""),
        ("nullable", "nullable"),
        ("|\n  a\n  b", "a\nb\n"),
        ('"\\u00e9\\e"', "é\x1b"),
    ],
)
def test_every_scalar_stays_the_word_it_was(written: str, read: str | None) -> None:
    root, report = tree(f"key: {written}\n")
    assert root == {"key": read}
    assert report.findings() == ()


def test_words_reach_fields_as_they_were_written(read) -> None:
    text = with_base("applications:\n  - {id: no, name: 010, domain: on, servers: [s1], labels: {off: yes}}\n")
    text += "calendar:\n  windows: [{id: w, days: [sat], from: 22:30, hours: 8}]\n"
    loaded = read(text)
    assert loaded.findings == ()
    application = loaded.inventory.applications[0]
    assert (application.id, application.name, application.domain) == ("no", "010", "on")
    assert application.labels == {"off": "yes"}
    assert loaded.inventory.calendar.windows[0].start.strftime("%H:%M") == "22:30"


PLACED = """\
# a comment
top: word
list:
  - one
  - {a: 1, "b c": [x, ►here]}
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("before", ["", "é—😀: x\n"])
def test_places_count_characters_and_any_line_end(line_end: str, before: str) -> None:
    clean, place = unmarked(before + PLACED)
    root, report = tree(clean.replace("\n", line_end))
    location = report.texts.location(mark_of(root, ("list", 1, "b c", 1)))
    assert (location.line, location.column) == place


def test_a_path_that_leads_nowhere_is_placed_at_its_nearest_ancestor() -> None:
    root, report = tree("a:\n  b:\n    c: 1\n")
    ancestor = report.texts.location(mark_of(root, ("a", "b", "x", 3, "y")))
    assert (ancestor.line, ancestor.column) == (3, 5)
    key = report.texts.location(mark_of(root, ("a", "b"), key=True))
    assert (key.line, key.column) == (2, 3)


def test_paths_may_use_the_names_of_models_and_lists_of_one() -> None:
    root, report = tree("freezes:\n  - {from: 2026-01-01, to: 2026-02-02}\ncapacity: {vcpu: 3}\n")
    for path, place in (
        (("freezes", 0, "first"), (2, 12)),
        (("freezes", 0, "last"), (2, 28)),
        (("capacity", 0, "vcpu"), (3, 18)),
    ):
        location = report.texts.location(mark_of(root, path))
        assert (location.line, location.column) == place, path


def test_a_byte_order_mark_is_accepted(read) -> None:
    loaded = read(b"\xef\xbb\xbf" + BASE.replace("s1]", "s2]").encode())
    assert [(each.code, each.location.line, each.location.column) for each in loaded.findings] == [("WP107", 10, 24)]
    assert read(b"\xef\xbb\xbf" + BASE.encode()).inventory is not None


SYNTAX = [
    ("sites:\n►\t- {id: a}\n", "tab", "spaces"),
    ("sites:\n ►\t- {id: a}\n", "tab", "spaces"),
    ("sites: ►[a, b\nteams: []\n", "'['", "close it"),
    ("sites: ►[\n  {id: a},\n", "'['", "close it"),
    ("sites:\n  - ►{id: a]\n", "'{'", "close it"),
    ("sites:\n  - {id: ►'a}\n", "quote", "closing quote"),
    ('sites:\n  - {id: "a►\\q"}\n', "escape", "single quotes"),
    ("name: a►: b\n", "':'", "quotes"),
    ("sites: ►- a\n", "'- '", "new line"),
    ("name: ►@acme\n", "'@'", "quotes"),
    ("name: ►`acme`\n", "'`'", "quotes"),
    ("name: ►%acme\n", "'%'", "quotes"),
    ("name: *►.example.org\n", "name", "quotes"),
    ("name: 'it'►s'\n", "continue", "indented"),
    ("name: x\n  two\n  three►: 4\n", "':'", "quotes"),
    ("name: ►}\n", "missing", ""),
    ("a: 1\n...\n►b: 2\n", "end of the document", "one document"),
    ("name: a►\x07b\n", "U+0007", "binary"),
    ("name: a►\x00b\n", "U+0000", "UTF-16"),
    ("name: ►!!python/object:os.system x\n", "tag", "take it out"),
    ("name: ►!local x\n", "tag", "take it out"),
    ("name: ►*nobody\n", "'*nobody'", "&nobody"),
    ("a: 1\n►---\nb: 2\n", "second document", "one document a file"),
    ("? ►[a, b]\n: c\n", "key must be a word", "before ':'"),
    ("a:\n  ►: b\n", "continue", ""),
    ("a:\n  ►~: b\n", "key is missing", "quote '~'"),
]


@pytest.mark.parametrize(("text", "said", "advised"), SYNTAX)
def test_syntax_errors_are_placed_and_explained(text: str, said: str, advised: str) -> None:
    clean, place = unmarked(text)
    _, report = tree(clean)
    assert len(report.findings()) == 1
    finding = report.findings()[0]
    assert finding.code == "WP101"
    assert (finding.location.line, finding.location.column) == place, finding
    assert said in finding.message
    assert advised in finding.advice


def test_merge_keys_are_refused_in_favour_of_defaults() -> None:
    root, report = tree("a: &a {x: 1}\nb:\n  <<: *a\n  y: 2\n")
    finding = report.findings()[0]
    assert (finding.code, finding.location.line, finding.location.column) == ("WP103", 3, 3)
    assert "defaults" in finding.advice
    assert root["b"] == {"y": "2"}


def test_a_syntax_error_ends_reading_but_not_what_was_found_before(read) -> None:
    loaded = read("waveplan: 1\nprogramme: {name: a, name: b}\nsites: [\n")
    assert [(each.code, each.location.line) for each in loaded.findings] == [("WP102", 2), ("WP101", 3)]
    assert loaded.inventory is None


def test_duplicate_keys_name_both_places_and_reading_goes_on(read) -> None:
    text = BASE + "teams: [{id: dba, crw: 3}]\npolicy: {preparation_days: 1, preparation_days: 2}\n"
    loaded = read(text.replace("[s1]}", "[s1], effort: {dba: 1}}"))
    found = [(each.code, each.location.line, each.location.column) for each in loaded.findings]
    # the second 'teams' still counts: 'dba' exists, and its own mistake is found
    assert found == [("WP102", 11, 1), ("WP103", 11, 19), ("WP102", 12, 31)]
    assert "'teams'" in loaded.findings[0].message
    assert loaded.findings[0].message.endswith("inventory.yaml:6:1")


def test_a_key_given_often_is_one_finding() -> None:
    root, report = tree("a: {x: 1}\nb: 2\na: {y: 2, x: 3}\na: 4\nb: 5\n")
    assert [(each.code, each.location.line) for each in report.findings()] == [("WP102", 3), ("WP102", 5)]
    assert "3 times" in report.findings()[0].message
    assert root["b"] == "2"


def test_aliases_stand_for_what_they_name(read) -> None:
    text = with_base(
        "applications:\n"
        "  - {id: a1, servers: &both [s1, s2], effort: &usual {ops: 2}, domain: &d finance}\n"
        "  - {id: a2, servers: *both, effort: *usual, domain: *d}\n"
        "servers:\n  - {id: s1, site: old}\n  - {id: s2, site: old}\n"
    )
    loaded = read(text)
    assert loaded.findings == ()
    first, second = loaded.inventory.applications
    assert (first.servers, first.effort, first.domain) == (second.servers, second.effort, second.domain)


def test_an_anchor_may_be_set_again() -> None:
    root, report = tree("a: &x [1]\nb: *x\nc: &x {k: 2}\nd: *x\n")
    assert report.findings() == ()
    assert root == {"a": ["1"], "b": ["1"], "c": {"k": "2"}, "d": {"k": "2"}}


def bomb(levels: int, width: int, opening: str = "[", closing: str = "]") -> str:
    """Lists of lists of lists, each by alias."""
    lines = [f"x0: &x0 {opening}{', '.join(['lol'] * width)}{closing}"]
    lines += [f"x{n}: &x{n} {opening}{', '.join([f'*x{n - 1}'] * width)}{closing}" for n in range(1, levels)]
    return "\n".join(lines) + "\n"


def test_an_alias_bomb_is_defused_quickly(read) -> None:
    loaded = read(BASE + bomb(12, 10))
    assert [each.code for each in loaded.findings] == ["WP110"]
    assert loaded.findings[0].location.line == 15  # five levels of ten are 100,000 nodes
    assert "aliases" in loaded.findings[0].message


def test_a_thousand_uses_of_one_short_list_are_no_bomb(read) -> None:
    servers = "".join(f"  - {{id: t{number}, site: old, labels: *l}}\n" for number in range(1000))
    labels = ", ".join(f"k{number}: v" for number in range(40))
    loaded = read(with_base("servers:\n  - {id: s1, site: old, labels: &l {" + labels + "}}\n" + servers))
    assert loaded.findings == ()
    assert loaded.inventory.servers[1000].labels["k39"] == "v"


def test_what_is_wrong_with_an_aliased_value_is_said_once(read) -> None:
    dependencies = ", ".join(["{ap: a1}"] * 300)
    applications = "".join(f"  - {{id: b{number}, depends_on: *many}}\n" for number in range(150))
    loaded = read(with_base(f"applications:\n  - {{id: a1, depends_on: &many [{dependencies}]}}\n{applications}"))
    assert [each.code for each in loaded.findings] == ["WP103"] * 300
    assert loaded.findings[0].path == ("applications", 0, "depends_on", 0, "ap")


def test_an_alias_inside_itself_is_refused() -> None:
    _, report = tree("a: &a [1, *a]\n")
    finding = report.findings()[0]
    assert (finding.code, finding.location.column) == ("WP110", 11)
    assert "inside" in finding.message


def test_aliases_do_not_nest_past_the_limit() -> None:
    chain = "x0: &x0 [1]\n" + "".join(f"x{n}: &x{n} [*x{n - 1}]\n" for n in range(1, 200))
    root, report = tree(chain)
    assert root is None
    assert [(each.code, each.location.line) for each in report.findings()] == [("WP110", MAX_DEPTH)]


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_deep_nesting_is_refused_at_its_place(opening: str, closing: str) -> None:
    root, report = tree(opening * MAX_DEPTH + closing * MAX_DEPTH)
    assert root is not None and report.findings() == ()
    root, report = tree("# deep\n" + opening * 1000 + closing * 1000)
    finding = report.findings()[0]
    assert root is None
    assert (finding.code, finding.location.line) == ("WP110", 2)
    assert finding.location.column == MAX_DEPTH * len(opening) + 1


def test_block_nesting_is_refused_too(read) -> None:
    loaded = read("".join(" " * depth + "a:\n" for depth in range(1000)))
    assert [each.code for each in loaded.findings] == ["WP110"]


def test_the_pure_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch, read) -> None:
    import yaml

    text = BASE + "links:\n  - {between: [old, nowhere], gbps: 0}\nteams: &t []\n"
    fast = read(text).findings
    monkeypatch.setattr("waveplan.loading.yaml_reader.PARSER", yaml.SafeLoader)
    assert read(text).findings == fast
    assert [each.code for each in fast] == ["WP107", "WP104", "WP102"]
    for broken in ("a: [1\n", "a: 'x\n", "\ta: 1\n", "a: b: c\n", "a: \x07\n", 'a: "\\U00110000"\n'):
        assert [each.code for each in read(broken).findings] == ["WP101"], broken


def test_nodes_keep_where_they_begin() -> None:
    root, _ = tree("a:\n  - [x]\n")
    assert isinstance(root, MappingNode) and root.mark == 0
    assert isinstance(root["a"], SequenceNode) and root["a"].mark == 5 and root["a"][0].mark == 7


def test_the_garbage_collector_is_left_as_it_was(read) -> None:
    import gc

    read(BASE)
    assert gc.isenabled()
    gc.disable()
    try:
        read(BASE)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_loading_needs_no_more_than_its_name(tmp_path) -> None:
    path = tmp_path / "i.yaml"
    path.write_text(BASE)
    loaded = load_inventory(str(path))
    assert loaded.sources.locate(("servers", 0, "site")).line == 8
    assert [file.file for file in loaded.files] == ["i.yaml"]
