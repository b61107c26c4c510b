"""The review over several captures: decisions stay, what is new and what has gone is told, the text reads back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.captures import ESTATE, flow, harvest_of, loaded

from waveplan import api
from waveplan.domain.flow_review import FlowReview
from waveplan.imports.harvest import Flow
from waveplan.render.language import translator

PORTAL_ORDERS = flow("web-01", "db-01", 1521, process="oracle")
PORTAL_STOCK = flow("web-01", "db-02", 1521, process="oracle", seen=20)


class ReviewFile:
    """A review that capture after capture is read into."""

    def __init__(self, folder: Path, inventory: str = ESTATE) -> None:
        self.folder, self.inventory = folder, inventory
        self.path = folder / "review.yaml"

    def take(self, *flows: Flow, language: str = "en") -> api.FlowProposals:
        earlier = api.flow_review(str(self.path), must_exist=False)
        assert earlier is None or earlier.review is not None, earlier.findings
        found = api.propose_flows(
            loaded(self.folder, self.inventory), [harvest_of(flows)], api.flow_rules(None), earlier
        )
        self.path.write_text(api.flow_review_text(found, translator(language)), encoding="utf-8")
        return found

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def read(self) -> FlowReview:
        found = api.flow_review(str(self.path))
        assert found is not None
        assert found.review is not None, found.findings
        return found.review

    def edit(self, old: str, new: str) -> None:
        assert self.text.count(old) == 1, self.text
        self.path.write_text(self.text.replace(old, new), encoding="utf-8")


@pytest.fixture
def review(tmp_path: Path) -> ReviewFile:
    return ReviewFile(tmp_path)


def _told(review: ReviewFile) -> list[tuple[str, str, str, str | None]]:
    return [(each.consumer, each.provider, each.decision, each.capture) for each in review.read.dependencies]


def test_the_most_certain_comes_first_and_says_accept(review: ReviewFile) -> None:
    review.take(PORTAL_STOCK, PORTAL_ORDERS)
    assert _told(review) == [("portal", "orders", "accept", None), ("portal", "stock", "undecided", None)]
    assert re.search(r"# 80%: port 1521/tcp: web-01 → db-01, seen 1000×; processes \? → oracle\n", review.text)


def test_the_same_capture_again_changes_no_byte(review: ReviewFile) -> None:
    review.take(PORTAL_ORDERS, PORTAL_STOCK)
    first = review.text
    review.take(PORTAL_STOCK, PORTAL_ORDERS)
    assert review.text == first


def test_decisions_and_what_was_written_by_hand_stay(review: ReviewFile) -> None:
    review.take(PORTAL_ORDERS, PORTAL_STOCK)
    undecided = "consumer: portal, provider: stock"
    review.edit("{decision: accept, consumer: portal,", "{decision: change, note: ask the owner, consumer: portal,")
    review.edit("coupling: soft, weight: 4,", "coupling: hard, weight: 9,")
    review.edit("{decision: undecided, " + undecided, "{decision: reject, " + undecided)
    review.take(flow("web-01", "db-01", 1521, seen=10**6), PORTAL_STOCK)
    one, other = review.read.dependencies
    assert (one.decision, one.coupling, one.weight, one.note) == ("change", "hard", 9, "ask the owner")
    assert (other.decision, other.capture) == ("reject", None)
    assert "this capture says coupling soft, weight 20" in review.text


def test_what_is_new_is_marked_till_the_next_capture(review: ReviewFile) -> None:
    review.take(PORTAL_ORDERS)
    found = review.take(PORTAL_ORDERS, PORTAL_STOCK)
    assert found.review.new == 1
    assert _told(review)[1] == ("portal", "stock", "undecided", "new")
    second = review.text
    review.take(PORTAL_ORDERS, PORTAL_STOCK)
    assert review.text == second
    review.take(PORTAL_ORDERS, PORTAL_STOCK, flow("db-01", "web-01", 8443, seen=5))
    assert {each[:2]: each[3] for each in _told(review)} == {
        ("portal", "orders"): None,
        ("portal", "stock"): None,
        ("orders", "portal"): "new",
    }


def test_what_has_gone_is_told_if_somebody_decided_on_it(review: ReviewFile) -> None:
    review.take(PORTAL_ORDERS, PORTAL_STOCK)
    found = review.take(flow("db-01", "web-01", 8443))
    assert ("portal", "orders", "accept", "gone") in _told(review)
    assert found.review.forgotten == 1  # the other one was undecided
    (finding,) = [each for each in found.findings if each.code == "WP553"]
    assert finding.message == "decided before, and not seen in this capture (1): portal → orders"
    review.take(PORTAL_ORDERS)
    assert ("portal", "orders", "accept", None) in _told(review)


def test_what_stands_in_the_inventory_meanwhile_is_no_news(tmp_path: Path) -> None:
    review = ReviewFile(tmp_path)
    review.take(PORTAL_ORDERS)
    review.inventory = ESTATE.replace(
        "{id: orders, servers: [db-01]}", "{id: orders, servers: [db-01], depends_on: [{app: portal}]}"
    )
    review.inventory = review.inventory.replace("    # a remark", "    depends_on: [{app: orders}]\n    # a remark")
    found = review.take(PORTAL_ORDERS)
    assert _told(review) == [("portal", "orders", "accept", None)]
    assert "it stands in the inventory" in review.text
    assert not found.review.gone


def test_a_common_service_that_was_rejected_becomes_dependencies(tmp_path: Path) -> None:
    names = [f"c{each:02}" for each in range(12)]
    text = ESTATE.replace(
        "applications:\n", "".join(f"  - {{id: s-{name}}}\n" for name in names) + "applications:\n", 1
    )
    review = ReviewFile(tmp_path, text + "".join(f"  - {{id: {name}, servers: [s-{name}]}}\n" for name in names))
    flows = [flow(f"s-{name}", "db-01", 8443) for name in names]
    review.take(*flows)
    assert [each.provider for each in review.read.common_services] == ["orders"]
    review.edit("{decision: undecided, provider: orders", "{decision: reject, provider: orders")
    review.take(*flows)
    assert len(review.read.dependencies) == 12


def test_long_entries_are_folded_and_read_back(tmp_path: Path) -> None:
    servers = [f"crm-db-with-a-long-name-{number:03}" for number in range(40)]
    others = [f"other-{number}" for number in range(40)]
    listed = "".join(f"  - {{id: {name}}}\n" for name in (*servers, *others))
    text = ESTATE.replace("applications:\n", f"{listed}applications:\n", 1)
    review = ReviewFile(tmp_path, text)
    review.take()
    assert servers in [entry.servers for entry in review.read.applications]
    assert max(map(len, review.text.splitlines())) <= 120


def test_wild_names_do_not_break_the_file(review: ReviewFile) -> None:
    wild = ["a: b, {c} # d", "- x", "'\"", "é\u2028ü", "null", "\x1b[31m", "*&!|>%@`"]
    review.take(*(flow("web-01", "db-01", 1521, process=name) for name in wild))
    (entry,) = review.read.dependencies
    assert entry.reason is not None
    assert "\x1b" not in review.text


def test_it_is_written_in_the_reader_s_language(review: ReviewFile) -> None:
    review.take(PORTAL_ORDERS, language="fr")
    assert "# 80\u202f%\u00a0: port 1521/tcp\u00a0: web-01 → db-01, vu 1000×" in review.text
    assert _told(review) == [("portal", "orders", "accept", None)]


@pytest.mark.parametrize(
    ("old", "new", "code", "message"),
    [
        (
            "{decision: accept",
            "{decision: accpet",
            "WP104",
            "'decision' cannot be 'accpet'; it is one of",
        ),
        ("consumer: portal, ", "", "WP105", "'consumer' is missing"),
        ("dependencies:", "dependencys:", "WP103", "unknown key 'dependencys'"),
    ],
)
def test_slips_are_told_with_their_place(old: str, new: str, code: str, message: str, review: ReviewFile) -> None:
    review.take(PORTAL_ORDERS)
    review.edit(old, new)
    found = api.flow_review(str(review.path))
    assert found is not None
    assert found.review is None
    (finding,) = found.findings
    assert finding.code == code
    assert message in finding.message
    assert finding.location is not None
    assert finding.location.line > 5


def test_one_proposal_twice_is_told(review: ReviewFile) -> None:
    review.take(PORTAL_ORDERS)
    review.path.write_text(review.text + "  - {consumer: portal, provider: orders}\n", encoding="utf-8")
    found = api.flow_review(str(review.path))
    assert found is not None
    assert [each.code for each in found.findings] == ["WP106"]


def test_one_more_consumer_of_an_accepted_service_is_asked_about(tmp_path: Path) -> None:
    names = [f"c{each:02}" for each in range(12)]
    servers = "".join(f"  - {{id: s-{name}}}\n" for name in names)
    text = ESTATE.replace("applications:\n", f"{servers}applications:\n", 1)
    review = ReviewFile(tmp_path, text + "".join(f"  - {{id: {name}, servers: [s-{name}]}}\n" for name in names))
    flows = [flow(f"s-{name}", "db-01", 8443) for name in names]
    review.take(*flows[:11])
    review.edit("{decision: undecided, provider: orders", "{decision: accept, provider: orders")
    review.take(*flows)
    assert review.read.common_services[0].consumers == names[:11]
    (entry,) = review.read.dependencies
    assert (entry.consumer, entry.provider, entry.coupling, entry.capture) == ("c11", "orders", "shared", "new")
