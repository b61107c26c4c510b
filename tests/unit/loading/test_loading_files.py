"""Where inventories come from: files, folders, standard input; their size, encoding and kind."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

import pytest
from marked_inventories import BASE

from waveplan.errors import UnreadableInputError
from waveplan.loading import load_inventory

HEAD = BASE.partition("sites:")[0]


def write(folder: Path, **texts: str) -> str:
    """Files in a folder; `__` in a name is a slash, `_` at its start a dot."""
    for name, text in texts.items():
        path = folder / (name.replace("__", "/").replace("dot_", ".") + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return str(folder)


def found(loaded) -> list[tuple[str, str, int, int]]:
    return [
        (each.code, Path(each.location.file).name, each.location.line, each.location.column) for each in loaded.findings
    ]


def test_a_file_is_remembered_by_name_and_content(tmp_path: Path) -> None:
    path = tmp_path / "exit.yaml"
    path.write_text(BASE)
    loaded = load_inventory(str(path))
    assert [(each.file, each.sha256) for each in loaded.files] == [
        ("exit.yaml", hashlib.sha256(BASE.encode()).hexdigest())
    ]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = load_inventory("-", stdin=io.BytesIO(BASE.replace("old}", "odl}").encode()))
    assert str(loaded.findings[0].location) == "<stdin>:8:20"
    assert [each.file for each in loaded.files] == ["-"]

    class Standard:
        buffer = io.BytesIO(BASE.encode())

    monkeypatch.setattr("sys.stdin", Standard())
    assert load_inventory("-").inventory is not None


def test_a_folder_is_one_inventory(tmp_path: Path) -> None:
    source = write(
        tmp_path,
        z=HEAD + "policy: {wave_limits: {servers: 3}}\n",
        a="servers: [{id: s1, site: old}]\npolicy: {wave_limits: {applications: 2}, preparation_days: 9}\n",
        b__one="servers: [{id: s2, site: old}]\napplications: [{id: a1, servers: [s1, s2]}]\n",
        b="sites: [{id: old, target: new}, {id: new}]\npolicy: {preparation_days: 9}\n",
    )
    (tmp_path / "b" / "two.yml").write_text("applications: [{id: a2, depends_on: [{app: a1}]}]\n")
    (tmp_path / "b" / "notes.txt").write_text("[")
    loaded = load_inventory(source)
    assert found(loaded) == []
    inventory = loaded.inventory
    assert [server.id for server in inventory.servers] == ["s1", "s2"]
    assert [application.id for application in inventory.applications] == ["a1", "a2"]
    assert (inventory.policy.wave_limits.servers, inventory.policy.wave_limits.applications) == (3, 2)
    assert [each.file for each in loaded.files] == ["a.yaml", "b.yaml", "b/one.yaml", "b/two.yml", "z.yaml"]
    place = loaded.sources.locate(("applications", 1, "depends_on", 0, "app"))
    assert (Path(place.file).name, place.line, place.column) == ("two.yml", 1, 44)


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    source = write(tmp_path, main=BASE, dot_git__config="[", dot_notes="[", sub__dot_x="[")
    assert load_inventory(source).findings == ()


def test_findings_across_files_name_both_places(tmp_path: Path) -> None:
    source = write(
        tmp_path,
        a=BASE + "policy: {preparation_days: 3}\n",
        b="servers:\n  - {id: s1, site: old}\npolicy: {preparation_days: 4}\ncalendar: {windows: {}}\n",
        c="calendar: {windows: []}\npolicy: [x]\n",
    )
    loaded = load_inventory(source)
    assert found(loaded) == [
        ("WP106", "b.yaml", 2, 10),
        ("WP111", "b.yaml", 3, 28),
        ("WP104", "b.yaml", 4, 21),
        ("WP111", "c.yaml", 1, 21),
        ("WP111", "c.yaml", 2, 9),
    ]
    assert loaded.findings[0].message.endswith(f"the server at {tmp_path / 'a.yaml'}:8:10")
    assert loaded.findings[1].message == f"'preparation_days' differs from what {tmp_path / 'a.yaml'}:11:28 gives"
    assert loaded.inventory is None


def test_an_empty_value_in_one_file_yields_to_the_other(tmp_path: Path) -> None:
    loaded = load_inventory(write(tmp_path, a=BASE.replace("teams: [{id: ops}]", "teams:"), b="teams: [{id: ops}]\n"))
    assert loaded.findings == ()
    assert [team.id for team in loaded.inventory.teams] == ["ops"]


def test_the_same_scalar_twice_is_no_matter(tmp_path: Path) -> None:
    assert load_inventory(write(tmp_path, a=BASE, b=HEAD)).findings == ()


def test_a_broken_file_hides_findings_of_others_but_causes_none(tmp_path: Path) -> None:
    source = write(
        tmp_path,
        a=HEAD + "sites: [{id: old, colour: red}, {id: new}]\napplications: [{id: a1, servers: [s1]}]\n",
        b="servers: [\n",
    )
    # 's1' may well stand in the file that cannot be read
    assert [(code, file) for code, file, _, _ in found(load_inventory(source))] == [
        ("WP103", "a.yaml"),
        ("WP101", "b.yaml"),
    ]


def test_plans_and_empty_files_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    loaded = load_inventory(
        write(tmp_path, inventory=BASE, plan="waveplan_plan: 1\nwaves: []\n", empty="", comment="# later\n")
    )
    assert loaded.findings == ()
    assert [each.file for each in loaded.files] == ["inventory.yaml"]


def test_a_foreign_file_in_a_folder_is_named(tmp_path: Path) -> None:
    loaded = load_inventory(write(tmp_path, inventory=BASE, compose="image: x\nports: []\n"))
    assert found(loaded) == [("WP125", "compose.yaml", 1, 1)]
    assert "'.'" in loaded.findings[0].advice


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "~\n"])
def test_an_empty_inventory(tmp_path: Path, text: str) -> None:
    loaded = load_inventory(write(tmp_path, empty=text))
    assert found(loaded) == [("WP105", "empty.yaml", 1, 1)]
    alone = load_inventory(str(tmp_path / "empty.yaml"))
    assert found(alone) == [("WP105", "empty.yaml", 1, 1)]
    assert alone.inventory is None


@pytest.mark.parametrize(("text", "line", "shown"), [("\n- a\n", 2, "a list"), ("just words\n", 1, "'just words'")])
def test_a_document_that_is_no_mapping(read, text: str, line: int, shown: str) -> None:
    loaded = read(text)
    assert [(each.code, each.location.line) for each in loaded.findings] == [("WP104", line)]
    assert shown in loaded.findings[0].message


def test_another_kind_of_file(read) -> None:
    plan = read("# a plan\nwaveplan_plan: 1\nwaves: []\n")
    assert [(each.code, each.location.line) for each in plan.findings] == [("WP125", 2)]
    assert "(plan)" in plan.findings[0].message
    actuals = read("waveplan_actuals: 1\n")
    assert "(file of actuals)" in actuals.findings[0].message
    foreign = read("apiVersion: v1\nkind: Pod\n")
    assert [each.code for each in foreign.findings] == ["WP125"]


@pytest.mark.parametrize(
    ("data", "line", "column", "byte", "hint"),
    [
        (BASE.encode() + b"# caf\xe9\n", 11, 6, "0xE9", "encoding UTF-8"),
        ("# é€😀 ".encode() + b"\xff\n", 1, 7, "0xFF", "encoding UTF-8"),
        (b"a: 1\r\nb: 2\r\nc\xc3(\r\n", 3, 2, "0xC3", "encoding UTF-8"),
        (BASE.encode("utf-16"), 1, 1, "0xFF", "UTF-16"),
    ],
)
def test_what_is_not_utf8(read, data: bytes, line: int, column: int, byte: str, hint: str) -> None:
    loaded = read(data)
    assert [(each.code, each.location.line, each.location.column) for each in loaded.findings] == [
        ("WP109", line, column)
    ]
    assert byte in loaded.findings[0].message
    assert hint in loaded.findings[0].advice


def test_a_file_of_200_megabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as opened:
        opened.truncate(200_000_000)
    loaded = load_inventory(str(path))
    assert found(loaded) == [("WP110", "huge.yaml", 1, 1)]
    assert "--max-size" in loaded.findings[0].advice


def test_the_size_limit_holds_for_all_files_together_and_can_be_raised(tmp_path: Path) -> None:
    size = len(BASE.encode())
    source = write(tmp_path, a=BASE, b="# " + "x" * 98 + "\n")
    assert found(load_inventory(source, max_bytes=size + 100)) == [("WP110", "b.yaml", 1, 1)]
    assert load_inventory(source, max_bytes=size + 101).findings == ()


def test_the_size_limit_holds_for_streams(tmp_path: Path) -> None:
    assert found(load_inventory("-", stdin=io.BytesIO(BASE.encode()), max_bytes=50)) == [("WP110", "<stdin>", 1, 1)]
    assert load_inventory("-", stdin=io.BytesIO(BASE.encode()), max_bytes=len(BASE)).inventory is not None


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_an_endless_file_is_not_read_to_its_end() -> None:
    assert [code for code, *_ in found(load_inventory("/dev/zero", max_bytes=10_000_000))] == ["WP110"]


def test_what_cannot_be_read_at_all(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for source, said in (
        (str(tmp_path / "missing.yaml"), "no such file"),
        (str(tmp_path / "empty"), "no *.yaml or *.yml file"),
        ("a\0b", "cannot read a\\x00b"),
        ("red\x1b[31m", "cannot read red\\x1b[31m"),
        ("x" * 5000, "cannot read"),
    ):
        with pytest.raises(UnreadableInputError) as raised:
            load_inventory(source)
        assert said in str(raised.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="everything is permitted to the superuser")
def test_reading_may_not_be_permitted(tmp_path: Path) -> None:
    path = tmp_path / "locked.yaml"
    path.write_text(BASE)
    path.chmod(0)
    with pytest.raises(UnreadableInputError, match="not permitted"):
        load_inventory(str(path))
