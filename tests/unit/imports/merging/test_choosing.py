"""Whose word counts where sources disagree, and how that is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from support.harvests import harvest

from waveplan.domain.precedence import SourcePrecedence
from waveplan.imports.merging import Ref, United, united
from waveplan.imports.merging.loading import load_precedence, load_sources

TODAY = dt.date(2026, 11, 27)


def precedence(**given: Any) -> SourcePrecedence:
    return SourcePrecedence.model_validate({"waveplan_precedence": "1", **given})


def three(cmdb_as_of: str = "") -> list:
    return [
        harvest("rvtools", ("server", "web01", {"os": "Linux", "vcpu": 4}), as_of="2026-11-01"),
        harvest("cmdb", ("server", "WEB01", {"os": "RHEL 8", "environment": "test"}), as_of=cmdb_as_of),
        harvest("sheet", ("server", "web01", {"os": "rhel 8", "vcpu": "4.0"})),
    ]


def os_of(union: United) -> Any:
    return union.entries["server"][0].fields["os"]


@pytest.mark.parametrize(
    ("given", "wins"),
    [
        ({}, "cmdb"),  # by name, where nothing is said
        ({"sources": ["rvtools", "cmdb"]}, "rvtools"),
        ({"sources": ["rvtools"], "fields": {"servers.os": ["sheet"]}}, "sheet"),
        ({"sources": ["rvtools"], "fields": {"os": ["cmdb", "sheet"]}}, "cmdb"),
        ({"sources": ["rvtools"], "fields": {"applications.os": ["cmdb"]}}, "rvtools"),
    ],
)
def test_a_field_s_own_order_goes_before_that_of_sources(given: dict, wins: str) -> None:
    assert os_of(united(three(), precedence(**given), TODAY)).said.source == wins


def test_each_conflict_is_listed_with_both_values_and_their_places() -> None:
    union = united(three(), precedence(sources=["rvtools"]), TODAY)

    (conflict,) = union.conflicts  # 4 and 4.0 are one value, RHEL 8 in any case too
    assert (conflict.thing.name, conflict.path) == ("web01", "os")
    assert [(each.value, each.source) for each in (conflict.settled.said, *conflict.settled.others)] == [
        ("Linux", "rvtools"),
        ("RHEL 8", "cmdb"),
        ("rhel 8", "sheet"),
    ]
    assert str(conflict.settled.others[0].location()) == "cmdb.csv:2:2"
    assert [finding.code for finding in union.findings] == ["WP538"]


def test_a_stale_source_yields_whatever_its_place_and_still_tells_what_it_alone_knows() -> None:
    first = precedence(sources=[{"name": "cmdb", "stale_after_days": 90}, "rvtools"])

    fresh, stale = (united(three(day), first, TODAY) for day in ("2026-09-01", "2026-08-01"))

    assert (os_of(fresh).value, os_of(stale).value) == ("RHEL 8", "Linux")
    assert stale.entries["server"][0].fields["environment"].value == "test"
    assert [finding.code for finding in stale.findings if finding.code == "WP541"] == ["WP541"]


def test_a_source_of_unknown_day_is_not_stale() -> None:
    assert os_of(united(three(), precedence(sources=["sheet"], stale_after_days=1), TODAY)).said.source == "sheet"


def test_what_a_reader_assumed_counts_after_what_any_source_says() -> None:
    assumed = harvest("a", ("server", "web01", {"os": "guessed"}))
    record = assumed.records[0]
    given = record.given["os"]
    object.__setattr__(given, "assumed", "nothing said it")

    assert os_of(united([assumed, *three()], precedence(sources=["a"]), TODAY)).value == "RHEL 8"


def test_lists_are_gathered_from_all_sources_that_are_fresh() -> None:
    one = harvest(
        "one", ("server", "a", {"site": "Paris"}), ("server", "b", {}), ("application", "ERP", {"servers": ["a"]})
    )
    two = harvest("two", ("application", "erp", {"servers": ["b", "nobody"]}), as_of="2020-01-01")

    both = united([one, two])
    stale = united([one, two], precedence(stale_after_days=30), TODAY)

    assert both.entries["application"][0].fields["servers"].value == (Ref("server", 0), Ref("server", 1))
    assert stale.entries["application"][0].fields["servers"].value == (Ref("server", 0),)
    assert [each.code for each in both.findings] == ["WP539"]


def test_near_names_of_different_sources_are_asked_about_and_kept_apart() -> None:
    one = harvest("one", ("application", "Finance ERP", {}), ("application", "Payroll 1", {}))
    two = harvest("two", ("application", "ERP Finance", {}), ("application", "Payroll 2", {}))

    union = united([one, two])

    assert len(union.entries["application"]) == 4
    assert [(each.code, each.subjects) for each in union.findings] == [("WP540", ("ERP Finance", "Finance ERP"))]


def test_sites_and_teams_that_are_only_named_become_entries_once() -> None:
    union = united(
        [
            harvest("one", ("server", "a", {"site": "Paris DC"}), ("server", "b", {"site": "PARIS  dc"})),
            harvest("two", ("application", "ERP", {"technical_owner": "Systems"}), ("site", "Lyon", {})),
        ]
    )

    assert [site.name for site in union.entries["site"]] == ["Lyon", "PARIS  dc"]
    assert [team.name for team in union.entries["team"]] == ["Systems"]


def test_applications_may_name_what_they_depend_on_themselves() -> None:
    union = united(
        [harvest("one", ("application", "Shop", {"depends_on": ["SSO", "Shop"]}), ("application", "SSO", {}))]
    )

    assert union.entries["application"][0].ties == {Ref("application", 1): {}}


def test_a_file_of_precedence_is_held_against_the_format(tmp_path: Path) -> None:
    file = tmp_path / "precedence.yaml"
    file.write_text(
        "waveplan_precedence: 1\nsources: [rvtools, {name: cmdb, mode: revue}]\n"
        "fields: {servers.oss: [cmdb], os: [cmdb]}\n"
    )

    loaded = load_precedence(str(file))

    assert loaded.precedence is None
    assert [(each.code, each.location.line, each.location.column) for each in loaded.findings if each.location] == [
        ("WP104", 2, 39),
        ("WP103", 3, 10),
    ]


def test_a_file_of_sources_names_files_from_its_own_folder(tmp_path: Path) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text(
        "waveplan_sources: 1\nprecedence: order.yaml\nsources:\n  - {format: rvtools, files: a.xlsx, name: north}\n"
    )

    loaded = load_sources(str(file), ["rvtools"])

    assert loaded.sources is not None
    assert [(each.format, each.files, each.name) for each in loaded.sources] == [
        ("rvtools", [str(tmp_path / "a.xlsx")], "north")
    ]
    assert loaded.precedence == str(tmp_path / "order.yaml")
    assert [finding.code for finding in load_sources(str(file), ["csv"]).findings] == ["WP107"]
