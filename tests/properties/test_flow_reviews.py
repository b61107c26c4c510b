"""Captures of any traffic: all of it is accounted for, its order does not matter, applying twice is applying once."""

from __future__ import annotations

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from support.captures import ESTATE, loaded

from waveplan import api
from waveplan.imports.harvest import Harvest, Reading
from waveplan.imports.sources.flows import SOURCE
from waveplan.loading.list_edits import added_to_list, text_root, value_of, with_edits
from waveplan.render.language import translator
from waveplan.usecases.flows import fates_of

NAMES = (
    "web-01",
    "web-02",
    "app-01.example.org",
    "10.1.0.31",
    "db-02",
    "rates-test",
    "n1",
    "n2",
    "10.9.9.9",
    "8.8.8.8",
    "",
    "::1",
)
INVENTORY = ESTATE.replace("applications:\n", "  - {id: n1}\n  - {id: n2}\napplications:\n", 1)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from((51_234, 1521, 443, "")),
        st.sampled_from(NAMES),
        st.sampled_from((1521, 443, 53, 389, 5405, 50_000, "?", "")),
        st.sampled_from(("java", "zabbix_agentd", "")),
        st.integers(0, 10**6),
        st.sampled_from(("2026-05-01", "2026-05-12 10:00", "")),
    ),
    max_size=25,
)
HEAD = "source,source port,target,port,process,connections,time\n"


def _capture(folder: Path, rows: list[tuple[object, ...]]) -> Harvest:
    path = folder / "capture.csv"
    path.write_text(HEAD + "".join(",".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
    return SOURCE.read([path], Reading())


def _review(folder: Path, harvest: Harvest) -> tuple[api.FlowProposals, str]:
    found = api.propose_flows(loaded(folder, INVENTORY), [harvest], api.flow_rules(None))
    return found, api.flow_review_text(found, translator("en"))


@settings(deadline=None, max_examples=12)
@given(rows=ROWS, seed=st.integers(0, 9))
def test_rows_are_accounted_for_and_their_order_does_not_matter(rows: list[tuple[object, ...]], seed: int) -> None:
    with TemporaryDirectory() as name:
        harvest = _capture(Path(name), rows)
        imported = sum(fates["imported"] for _, fates in harvest.accounts.by_table())
        assert sum(flow.sightings for flow in harvest.flows) == imported
        found, text = _review(Path(name), harvest)
        assert sum(fates_of(found.sorted).values()) == len(found.sorted.flows)
        assert sum(each.flow.sightings for each in found.sorted.flows) == imported
        random.Random(seed).shuffle(rows)
        assert _review(Path(name), _capture(Path(name), rows))[1] == text


@settings(deadline=None, max_examples=12)
@given(rows=ROWS, decision=st.sampled_from(("accept", "change")))
def test_applying_twice_is_applying_once(rows: list[tuple[object, ...]], decision: str) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        _, text = _review(folder, _capture(folder, rows))
        review, inventory = folder / "review.txt", folder / "inventory.yaml"
        review.write_text(text.replace("{decision: undecided", f"{{decision: {decision}"), encoding="utf-8")
        _apply(review, inventory)
        once = inventory.read_bytes()
        assert api.load(str(inventory)).inventory is not None
        assert _remarks(once.decode()) == _remarks(INVENTORY)
        _apply(review, inventory)
        assert inventory.read_bytes() == once


def _remarks(text: str) -> list[str]:
    return [line.partition("#")[2] for line in text.splitlines() if "#" in line]


def _apply(review: Path, inventory: Path) -> None:
    read, standing = api.flow_review(str(review)), api.load(str(inventory))
    assert read is not None
    assert read.review is not None, read.findings
    for path, text in api.applied_review(read, str(inventory), standing.sources.root).texts:
        path.write_bytes(text.encode("utf-8"))


LISTS = st.sampled_from(
    (
        "",
        "key: []",
        "key: [a]",
        "key: [a, {b: c}]",
        "key:\n- a",
        "key:\n  - a   # why\n  - b: c\n    d: e",
        "key:",
        "key: ~",
        "key: a",
    )
)
AROUND = st.sampled_from(("", "# remark\n", "other: 1\n", "other: {a: [1]}\n# end\n", "other: |\n  text\n"))


@settings(deadline=None, max_examples=60)
@given(held=LISTS, before=AROUND, after=AROUND, number=st.integers(1, 3), ending=st.sampled_from(("\n", "\r\n")))
def test_entries_are_added_to_any_list_and_nothing_else_changes(
    held: str, before: str, after: str, number: int, ending: str
) -> None:
    later = after.replace("other", "later")
    text = f"first: 0\n{before}{held}\n{later}".replace("\n", ending)
    entries = [lambda indent, flow, each=each: f"{{new: {each}}}" for each in range(number)]
    edit = added_to_list(text, text_root(text), "key", entries)
    new = with_edits(text, [edit])
    wanted = yaml.safe_load(text)
    there = wanted.get("key")
    wanted["key"] = [*(there if isinstance(there, list) else [] if there is None else [there])]
    wanted["key"] += [{"new": each} for each in range(number)]
    assert yaml.safe_load(new) == wanted
    assert _remarks(new) == _remarks(text)
    assert value_of(text_root(new), "key") is not None
