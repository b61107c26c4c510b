"""What is accepted reaches the inventory's text, and nothing else in it changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.captures import ESTATE

from waveplan import api
from waveplan.errors import UsageError


def apply(folder: Path, review: str, *, source: str = "inventory.yaml") -> api.AppliedReview:
    """Apply a review as the command does."""
    path = folder.parent / f"{folder.name}-review.yaml"
    path.write_text("waveplan_flow_review: 1\n" + review, encoding="utf-8")
    read = api.flow_review(str(path))
    assert read is not None
    assert read.review is not None, read.findings
    inventory = api.load(str(folder / source))
    assert inventory.inventory is not None, [each.message for each in inventory.findings]
    applied = api.applied_review(read, str(folder / source), inventory.sources.root)
    for file, text in applied.texts:
        file.write_bytes(text.encode("utf-8"))
    after = api.load(str(folder / source))
    assert after.inventory is not None, [each.message for each in after.findings]
    return applied


def outcomes(applied: api.AppliedReview) -> list[str]:
    return [each.outcome for each in applied.done]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "estate"
    inside.mkdir()
    (inside / "inventory.yaml").write_text(ESTATE, encoding="utf-8")
    return inside


def text_of(folder: Path) -> str:
    return (folder / "inventory.yaml").read_bytes().decode("utf-8")


DEPENDENCY = "dependencies:\n  - {decision: accept, consumer: portal, provider: orders, weight: 3, reason: 1521/tcp}\n"


def test_a_dependency_is_added_below_what_its_consumer_says(folder: Path) -> None:
    assert outcomes(apply(folder, DEPENDENCY)) == ["written"]
    new = "    depends_on:\n      - {app: orders, coupling: soft, weight: 3, reason: 1521/tcp}\n"
    after = ESTATE.replace("# three of them\n", "# three of them\n" + new)
    assert text_of(folder) == after
    assert outcomes(apply(folder, DEPENDENCY)) == ["there"]
    assert text_of(folder) == after


def test_a_dependency_is_added_between_braces(folder: Path) -> None:
    apply(folder, "dependencies:\n  - {decision: accept, consumer: orders, provider: stock}\n")
    assert "  - {id: orders, servers: [db-01], depends_on: [{app: stock, coupling: soft}]}\n" in text_of(folder)
    apply(
        folder,
        "dependencies:\n  - {decision: accept, consumer: stock, provider: portal, coupling: shared, weight: 9}\n",
    )
    assert "depends_on: [{app: orders, weight: 2}, {app: portal, coupling: shared}]}" in text_of(folder)


def test_only_what_is_accepted_is_written(folder: Path) -> None:
    entries = ["{decision: reject, consumer: portal, provider: orders}", "{consumer: portal, provider: stock}"]
    review = "dependencies:\n" + "".join(f"  - {entry}\n" for entry in entries)
    applied = apply(folder, review)
    assert (outcomes(applied), applied.texts) == (["rejected", "undecided"], [])
    assert text_of(folder) == ESTATE


def test_what_the_inventory_says_stays_unless_it_is_to_change(folder: Path) -> None:
    entry = "consumer: stock, provider: orders, coupling: hard, weight: 5}\n"
    applied = apply(folder, "dependencies:\n  - {decision: accept, " + entry)
    assert outcomes(applied) == ["there"]
    assert str(applied.done[0].why).startswith("the inventory says coupling: soft, weight: 2")
    assert text_of(folder) == ESTATE
    assert outcomes(apply(folder, "dependencies:\n  - {decision: change, " + entry)) == ["changed"]
    assert text_of(folder) == ESTATE.replace("{app: orders, weight: 2}", "{app: orders, weight: 5, coupling: hard}")
    assert outcomes(apply(folder, "dependencies:\n  - {decision: change, " + entry)) == ["there"]


def test_an_application_comes_with_its_dependencies(folder: Path) -> None:
    (folder / "inventory.yaml").write_text(ESTATE.replace("applications:", "  - {id: n1}\n  - {id: n2}\napplications:"))
    review = (
        "applications:\n  - {decision: accept, id: crm, name: CRM, servers: [n1, n2]}\n"
        "dependencies:\n  - {decision: accept, consumer: crm, provider: orders, weight: 2}\n"
        "  - {decision: accept, consumer: portal, provider: crm}\n"
    )
    assert outcomes(apply(folder, review)) == ["written"] * 3
    new = "  - id: crm\n    name: CRM\n    servers: [n1, n2]\n    depends_on:\n"
    assert text_of(folder).endswith(f"{new}      - {{app: orders, coupling: soft, weight: 2}}\n")
    before = text_of(folder)
    assert outcomes(apply(folder, review)) == ["there"] * 3
    assert text_of(folder) == before


def test_a_dependency_waits_for_its_application(folder: Path) -> None:
    (folder / "inventory.yaml").write_text(ESTATE.replace("applications:", "  - {id: n1}\napplications:"))
    review = (
        "applications:\n  - {id: crm, servers: [n1]}\n"
        "dependencies:\n  - {decision: accept, consumer: crm, provider: orders}\n"
        "  - {decision: accept, consumer: portal, provider: orders}\n"
    )
    applied = apply(folder, review)
    assert outcomes(applied) == ["undecided", "refused", "written"]
    (finding,) = applied.findings
    assert (finding.code, finding.message) == (
        "WP552",
        "crm → orders cannot be written: there is no application 'crm', or it is not accepted yet",
    )


def test_members_join_and_clusters_are_named(folder: Path) -> None:
    (folder / "inventory.yaml").write_text(ESTATE.replace("applications:", "  - {id: n1, cluster: old}\napplications:"))
    review = (
        "members:\n  - {decision: accept, app: orders, servers: [n1]}\n"
        "ties:\n  - {decision: accept, cluster: pair, servers: [n1, db-02]}\n"
    )
    assert outcomes(apply(folder, review)) == ["written"] * 2
    assert "{id: orders, servers: [db-01, n1]}" in text_of(folder)
    assert "{id: n1, cluster: [old, pair]}" in text_of(folder)
    assert "{id: db-02, addresses: [10.1.0.32], cluster: pair}" in text_of(folder)
    assert outcomes(apply(folder, review)) == ["there"] * 2


def test_a_common_service_is_shared_by_each_consumer(folder: Path) -> None:
    review = "common_services:\n  - {decision: accept, provider: orders, consumers: [portal, rates, stock]}\n"
    assert outcomes(apply(folder, review)) == ["written", "written", "there"]
    assert text_of(folder).count("{app: orders, coupling: shared}") == 2


def test_applications_of_one_server_make_room(folder: Path) -> None:
    alone = "  - {id: n1, servers: [n1]}   # imported\n  - id: n2\n    servers: [n2]\n"
    (folder / "inventory.yaml").write_text(
        ESTATE.replace("applications:", "  - {id: n1}\n  - {id: n2}\napplications:") + alone
    )
    review = (
        "applications:\n  - {decision: accept, id: crm, servers: [n1, n2], replaces: [n1, n2]}\n"
        "dependencies:\n  - {decision: accept, consumer: n1, provider: orders}\n"
    )
    assert outcomes(apply(folder, review)) == ["written"] * 2
    assert "  - {id: n1, servers" not in text_of(folder)
    assert text_of(folder).endswith(
        "  - id: crm\n    servers: [n1, n2]\n    depends_on:\n      - {app: orders, coupling: soft}\n"
    )


def test_an_application_that_says_more_by_now_stays(folder: Path) -> None:
    text = ESTATE.replace("applications:", "  - {id: n1}\n  - {id: n2}\napplications:")
    (folder / "inventory.yaml").write_text(text + "  - {id: n1, servers: [n1], domain: sales}\n")
    applied = apply(folder, "applications:\n  - {decision: accept, id: crm, servers: [n1, n2], replaces: [n1]}\n")
    assert outcomes(applied) == ["refused"]
    assert "says more by now" in applied.findings[0].message


@pytest.mark.parametrize(
    ("review", "why"),
    [
        (
            "applications:\n  - {decision: accept, id: portal, servers: [db-02]}\n",
            "there already is an application 'portal'",
        ),
        ("applications:\n  - {decision: accept, id: crm, servers: [nobody]}\n", "there is no server 'nobody'"),
        ("members:\n  - {decision: accept, app: crm, servers: [db-01]}\n", "there is no application 'crm'"),
        ("ties:\n  - {decision: accept, cluster: c, servers: [nobody]}\n", "there is no server 'nobody'"),
        (
            "dependencies:\n  - {decision: accept, consumer: portal, provider: portal}\n",
            "both ends are application 'portal'",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_words(review: str, why: str, folder: Path) -> None:
    applied = apply(folder, review)
    assert outcomes(applied) == ["refused"]
    assert why in applied.findings[0].message
    assert text_of(folder) == ESTATE


def test_the_file_that_holds_an_entry_is_the_one_that_changes(folder: Path) -> None:
    head, applications = ESTATE.split("applications:\n")
    (folder / "inventory.yaml").write_text(head, encoding="utf-8")
    (folder / "b.yaml").write_text("applications:\n" + applications, encoding="utf-8")
    (folder / "c.yaml").write_text("# the rest\nservers:\n  - {id: n1}\n", encoding="utf-8")
    (folder / "old-review.yaml").write_text("waveplan_flow_review: 1\n", encoding="utf-8")
    review = DEPENDENCY + "applications:\n  - {decision: accept, id: crm, servers: [n1]}\n"
    applied = apply(folder, review, source=".")
    assert [file.name for file, _ in applied.texts] == ["b.yaml"]
    assert "- id: crm" in (folder / "b.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_line_ends_and_marks_stay(ending: str, mark: str, folder: Path) -> None:
    before = mark + ESTATE.replace("\n", ending)
    (folder / "inventory.yaml").write_bytes(before.encode("utf-8"))
    apply(folder, DEPENDENCY + "ties:\n  - {decision: accept, cluster: pair, servers: [db-01, db-02]}\n")
    after = text_of(folder)
    assert after.startswith(mark + "waveplan: 1" + ending)
    assert after.replace("\r\n", "").count("\n") == (0 if ending == "\r\n" else after.count("\n"))


def test_a_text_that_cannot_be_kept_is_left_alone(folder: Path) -> None:
    text = ESTATE.replace("[{app: orders, weight: 2}]", "&common [{app: orders, weight: 2}]").replace(
        "{id: rates, ", "{id: rates, depends_on: *common, "
    )
    (folder / "inventory.yaml").write_text(text, encoding="utf-8")
    for consumer in ("rates", "stock"):  # the alias, and what both would change
        with pytest.raises(UsageError, match="write it by hand"):
            apply(folder, f"dependencies:\n  - {{decision: accept, consumer: {consumer}, provider: portal}}\n")
    assert text_of(folder) == text
