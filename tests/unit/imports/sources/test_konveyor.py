"""Konveyor's exports are read by position."""

from __future__ import annotations

from pathlib import Path

from support.foreign_exports import dependencies, fates, harvest_of, reasons, said, told

HEAD = "Record Type 1,Application Name,Description,Comments,Business Service,Dependency,Dependency Direction\n"


def test_applications_have_their_owner_repository_binary_and_tags() -> None:
    harvest = harvest_of("konveyor", "tackle2-hub_template_application_import.csv")

    assert told(harvest, "application")["Gateway"] == {
        "domain": "Retail",
        "business_owner": "John Doe <jdoe@example.com>",
        "labels.description": "API Gateway",
        "labels.repository_type": "git",
        "labels.repository": "https://git-acme.local/gateway.git",
        "labels.binary": "corp.acme.demo:gateway:0.1.1-SNAPSHOT:war",
        "labels.contributors": "John Doe <jdoe@example.com>, Jane Smith <jsmith@example.com>",
        "labels.operating_system": "RHEL 8",
        "labels.language": "Java",
        "labels.runtime": "Spring Boot",
    }
    assert dependencies(harvest) == [("Gateway", "Inventory"), ("Gateway", "Customers")]
    assert (fates(harvest), harvest.findings) == ({"imported": 5}, [])


def test_blanks_before_quotation_marks_do_not_move_columns() -> None:
    harvest = harvest_of("konveyor", "tackle2-ui_template_application_import.csv")

    assert told(harvest, "application")["Customer Management"]["labels.contributors"] == (
        "Sam Taylor <sam.taylor@example.com>, Jamie Lee <jamie.lee@example.com>"
    )
    assert told(harvest, "application")["Customer Management"]["labels.operating_system"] == "RHEL 8"
    assert fates(harvest) == {"imported": 3}


def test_names_that_differ_by_blanks_or_capitals_are_one_and_it_is_said(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(
        f"{HEAD}1,Customers\n1,Gateway\n2,Gateway ,,,,customers,southbound\n2,GATEWAY,,,,Customers,southbound\n"
    )

    harvest = harvest_of("konveyor", file)

    assert list(told(harvest, "application")) == ["Customers", "Gateway"]
    assert dependencies(harvest) == [("Gateway", "Customers")]
    assert reasons(harvest) == {5: "the same dependency was read before"}
    alike = "'{}' and '{}' of row {} differ only in blanks or capitals; they are taken for one"
    assert said(harvest) == [
        ("WP517", "4:1", alike.format("Gateway ", "Gateway", 3)),
        ("WP517", "4:1", alike.format("customers", "Customers", 2)),
        ("WP517", "5:1", alike.format("GATEWAY", "Gateway", 3)),
    ]


def test_northbound_turns_a_dependency_round_and_what_is_wrong_is_accounted_for(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    rows = "1,A\n2,A,,,,B,northbound\n2,A,,,,B,sideways\n2,A,,,,,southbound\n3,A\n1,\n,,\n"
    file.write_text(HEAD + rows)

    harvest = harvest_of("konveyor", file)

    assert dependencies(harvest) == [("B", "A")]
    assert reasons(harvest) == {
        4: "its direction is neither northbound nor southbound",
        5: "one end of the dependency is not named",
        6: "its record type is not known",
        7: "the row names nothing",
    }
    assert said(harvest) == [("WP518", "3:6", "'B' is no application of these files; it is taken as one by its name")]
    assert fates(harvest) == {"imported": 2, "skipped": 4}


def test_two_tags_of_one_category_are_both_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"{HEAD}1,A{',' * 16}Database,Oracle,Database,Redis,,lost,Runtime,\n")

    assert told(harvest_of("konveyor", file), "application") == {"A": {"labels.database": ("Oracle", "Redis")}}
