"""Work that is spread: several inventories and plans, portfolios, scenarios; processes, shares, a cluster."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.clusters import Cluster, cluster
from support.command_line import IMPOSSIBLE, SMALL, Waveplan

BROKEN = SMALL.replace("servers: [s3]", "servers: [s9]")
SCENARIOS = """\
waveplan_scenarios: 1
inventory: small.yaml
scenarios:
  - {id: today, name: As it stands}
  - {id: late, overlay: {applications: [{id: crm, not_before: 2026-06-01}]}}
  - {id: never, overlay: {applications: [{id: erp, not_after: 2026-02-10}]}}
  - {id: wrong, overlay: {servers: [{id: s1, site: nowhere}]}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where `waveplan` runs: a good, a broken and an impossible inventory, and the plan of the good one."""
    for name, text in (("small", SMALL), ("broken", BROKEN), ("impossible", IMPOSSIBLE)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "scenarios.yaml").write_text(SCENARIOS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def planned(folder: Path, waveplan: Waveplan) -> Path:
    """The folder with a plan, and one that somebody broke."""
    assert waveplan("solve", "small.yaml", "--reproducible", "-q", "-o", "plan.json").code == 0
    plan = json.loads((folder / "plan.json").read_text())
    plan["waves"] = plan["waves"][1:]
    (folder / "short.json").write_text(json.dumps(plan))
    return folder


def shares(waveplan: Waveplan, folder: Path, count: int, *words: str) -> list[str]:
    """What a command says of each share, in files."""
    names = []
    for number in range(1, count + 1):
        done = waveplan(*words, "--shard", f"{number}/{count}")
        assert done.code == 0, done.err
        names.append(f"share-{number}.json")
        (folder / names[-1]).write_text(done.out, encoding="utf-8")
    return names


@pytest.mark.parametrize("spread", [(), ("--workers", "2")])
def test_several_inventories_are_each_told_by_themselves(
    waveplan: Waveplan, folder: Path, spread: tuple[str, ...]
) -> None:
    done = waveplan("validate", "small.yaml", "broken.yaml", "none.yaml", "small.yaml", *spread)
    assert done.code == 2  # the worst of all
    assert done.out.count("small.yaml: clean") == 2
    assert "broken.yaml:14" in done.out and "s9" in done.out
    assert "cannot read none.yaml: there is no such file" in done.err


def test_programs_get_one_document_of_all(waveplan: Waveplan, folder: Path) -> None:
    done = waveplan("validate", "broken.yaml", "none.yaml", "small.yaml", "--json")
    found = json.loads(done.out)["findings"]
    assert {each["code"] for each in found} == {"WP104", "WP413"} or "WP413" in {each["code"] for each in found}
    assert done.code == 2


@pytest.mark.parametrize("spread", [(), ("--workers", "2")])
def test_several_plans_are_checked_each_with_its_inventory(
    waveplan: Waveplan, planned: Path, spread: tuple[str, ...]
) -> None:
    done = waveplan("check", "plan.json", "small.yaml", "short.json", "small.yaml", *spread)
    assert done.code == 1
    assert "plan.json: clean" in done.out
    assert "WP301" in done.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check", "plan.json", "small.yaml", "plan.json"), "each plan goes with its inventory"),
        (("check", "plan.json", "small.yaml", "--workers", "2", "--proofs"), "--proofs is for one plan"),
        (("check", "a", "b", "c", "d", "--actuals", "e"), "--actuals is for one plan"),
        (("check", "a", "b", "--dask", "tcp://h:1", "--rules", "r.py"), "--rules are files of this machine"),
        (("validate", "small.yaml", "-"), "only files"),
        (("validate", "small.yaml", "--shard", "3/2"), "--shard takes"),
        (("validate", "small.yaml", "--workers", "2", "--dask", "tcp://h:1"), "give one of them"),
        (("solve", "small.yaml", "--shard", "1/2"), "--shard goes with --portfolio"),
        (("solve", "small.yaml", "--threads", "2"), "--threads goes with --portfolio"),
        (("solve", "small.yaml", "--portfolio", "2", "--allow-unplanned"), "does not go with --allow-unplanned"),
        (("solve", "small.yaml", "--portfolio", "2", "--shard", "1/2", "-o", "p.yaml"), "merge -o"),
        (("scenarios", "scenarios.yaml", "--shard", "1/2", "-o", "plans"), "merge -o"),
        (("merge", "small.yaml"), "small.yaml is not a share"),
        (("merge", "none.json"), "cannot read none.json"),
    ],
)
def test_what_cannot_be_is_told(waveplan: Waveplan, folder: Path, words: tuple[str, ...], said: str) -> None:
    done = waveplan(*words)
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err


def test_shares_of_findings_come_to_what_the_whole_command_says(waveplan: Waveplan, folder: Path) -> None:
    words = ("validate", "small.yaml", "broken.yaml", "none.yaml", "impossible.yaml")
    names = shares(waveplan, folder, 3, *words)
    whole, merged = waveplan(*words), waveplan("merge", *reversed(names))
    assert (merged.out, merged.code) == (whole.out, whole.code)
    assert waveplan("merge", *names, "--json").out == waveplan(*words, "--json").out


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_shares_that_do_not_belong_together_are_refused(waveplan: Waveplan, folder: Path, lang: str) -> None:
    names = shares(waveplan, folder, 2, "validate", "small.yaml", "broken.yaml")
    other = waveplan("validate", "small.yaml", "--shard", "1/2")
    (folder / "other.json").write_text(other.out, encoding="utf-8")
    said = {
        "en": ("share 2 of 2 is missing", "share 1 of 2 is there more than once", "is of other work than"),
        "fr": ("la part 2 sur 2 manque", "la part 1 sur 2 est là plusieurs fois", "relève d’un autre travail"),
    }[lang]
    for files, words in zip(([names[0]], [names[0], *names], [names[0], "other.json"]), said, strict=True):
        done = waveplan("merge", *files, "--lang", lang)
        assert done.code == 2
        assert words in done.err


def test_a_share_of_another_version_is_refused(waveplan: Waveplan, folder: Path) -> None:
    names = shares(waveplan, folder, 1, "validate", "small.yaml")
    share = json.loads((folder / names[0]).read_text())
    (folder / "old.json").write_text(json.dumps({**share, "waveplan": "0.0.1"}))
    done = waveplan("merge", "old.json")
    assert done.code == 2
    assert "old.json was made by waveplan 0.0.1" in done.err


@pytest.mark.parametrize("changed", ["results", "shard", "of", "kind", "sha256"])
def test_a_share_that_somebody_broke_is_refused(waveplan: Waveplan, folder: Path, changed: str) -> None:
    names = shares(waveplan, folder, 1, "validate", "small.yaml")
    share = json.loads((folder / names[0]).read_text())
    for wrong in (None, 7, "x", [None], {"$": "Finding", "of": {}}):
        (folder / "wrong.json").write_text(json.dumps({**share, changed: wrong}))
        done = waveplan("merge", "wrong.json")
        assert done.code == 2, (wrong, done.out, done.err)
        assert "wrong.json" in done.err and "internal error" not in done.err


def test_a_portfolio_is_the_same_wherever_it_is_solved(waveplan: Waveplan, folder: Path) -> None:
    words = ("solve", "small.yaml", "--portfolio", "3", "--reproducible", "--time-limit", "4")
    assert waveplan(*words, "-q", "-o", "here.json").code == 0
    assert waveplan(*words, "-q", "-o", "there.json", "--workers", "2").code == 0
    names = shares(waveplan, folder, 2, *words)
    assert waveplan("merge", *names, "-q", "-o", "merged.json").code == 0
    here = (folder / "here.json").read_bytes()
    assert here == (folder / "there.json").read_bytes() == (folder / "merged.json").read_bytes()
    solve = json.loads(here)["solve"]
    assert solve["portfolio"] == {"members": 3, "best": 0}
    assert solve["workers"] == 1
    assert waveplan("check", "here.json", "small.yaml").code == 0


def test_a_portfolio_proves_that_there_is_no_plan(waveplan: Waveplan, folder: Path) -> None:
    words = ("solve", "impossible.yaml", "--portfolio", "2", "--reproducible", "--no-diagnosis", "--time-limit", "4")
    assert waveplan(*words).code == 3
    names = shares(waveplan, folder, 2, *words)
    done = waveplan("merge", *names)
    assert done.code == 3
    assert "proven" in done.err


def test_scenarios_are_the_same_wherever_they_are_solved(waveplan: Waveplan, folder: Path) -> None:
    words = ("scenarios", "scenarios.yaml", "--reproducible", "--threads", "1", "--time-limit", "4", "--json")
    here, there = waveplan(*words), waveplan(*words, "--workers", "2")
    assert (here.code, here.out) == (there.code, there.out)
    names = shares(waveplan, folder, 2, *words)
    merged = waveplan("merge", *names, "--json", "-o", "plans")
    assert (merged.code, merged.out) == (here.code, here.out)
    assert sorted(each.name for each in (folder / "plans").iterdir()) == ["late.plan.yaml", "today.plan.yaml"]
    assert waveplan("check", "plans/today.plan.yaml", "small.yaml").code == 0


class TestOnACluster:
    """A real scheduler and two real workers."""

    @pytest.fixture(scope="class")
    def two_workers(self, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
        pytest.importorskip("distributed")
        with cluster(tmp_path_factory.mktemp("cluster"), 2) as made:
            yield made

    @pytest.mark.filterwarnings("ignore")
    def test_all_commands_come_to_the_same_there(self, waveplan: Waveplan, planned: Path, two_workers: Cluster) -> None:
        commands = [
            ("solve", "small.yaml", "--portfolio", "2", "--reproducible", "--time-limit", "4", "--format", "json"),
            ("scenarios", "scenarios.yaml", "--reproducible", "--threads", "1", "--time-limit", "4", "--json"),
            ("validate", "small.yaml", "broken.yaml", "none.yaml"),
            ("check", "plan.json", "small.yaml", "short.json", "small.yaml"),
        ]
        for words in commands:
            here, there = waveplan(*words), waveplan(*words, "--dask", two_workers.address)
            assert (there.code, there.out) == (here.code, here.out), there.err
            assert "Traceback" not in there.err

    def test_where_nobody_answers_it_is_told(self, waveplan: Waveplan, folder: Path) -> None:
        done = waveplan("validate", "small.yaml", "--dask", "nonsense", "--lang", "fr")
        assert done.code == 2
        assert "aucun ordonnanceur Dask ne répond" in done.err
