"""ArchiMate models in the Open Group's exchange format, old and new, and as Archi keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.foreign_exports import dependencies, fates, harvest_of, reasons, said, told

from waveplan.errors import UnreadableInputError

HEAD = (
    '<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><elements>'
)


def model(tmp_path: Path, elements: dict[str, str], relations: list[tuple[str, str, str]]) -> Path:
    """A model of elements (name → type, the name being its identifier) and relations (source, type, target)."""
    file = tmp_path / "model.xml"
    parts = [
        f'<element identifier="{name}" xsi:type="{kind}"><name>{name}</name></element>'
        for name, kind in elements.items()
    ]
    ties = [f'<relationship identifier="{s}{t}" source="{s}" target="{t}" xsi:type="{k}"/>' for s, k, t in relations]
    file.write_text(f"{HEAD}{''.join(parts)}</elements><relationships>{''.join(ties)}</relationships></model>")
    return file


def test_a_model_of_exchange_3_gives_applications_servers_sites_and_what_ties_them() -> None:
    harvest = harvest_of("archimate", "exchange-3.xml")

    assert told(harvest, "application") == {
        "CRM": {
            "environment": "prod",
            "criticality": "high",
            "technical_owner": "Sales IT",
            "processes": ("Selling",),
            "servers": ("app-01.example.org", "db-01"),
            "labels.cost_center": "4711",
            "labels.data": "Customers",
            "labels.description": "Customer relations",
            "labels.element": "ApplicationComponent",
        },
        "ERP": {"labels.element": "ApplicationComponent"},
        "Web shop": {"labels.element": "ApplicationComponent"},
        "CRM reports": {"labels.part_of": "CRM", "labels.element": "ApplicationComponent"},
    }
    assert told(harvest, "server") == {
        "app-01.example.org": {"site": "Paris", "ram_gb": "16", "labels.vcpu": "many", "labels.element": "Node"},
        "db-01": {
            "site": "Paris",
            "kind": "physical",
            "os": "Red Hat Enterprise Linux 8",
            "labels.software": "PostgreSQL 15",
            "labels.element": "Device",
        },
    }
    assert (told(harvest, "site"), told(harvest, "team")) == ({"Paris": {}}, {"Sales IT": {}})
    assert dependencies(harvest) == [("Web shop", "ERP"), ("ERP", "CRM"), ("Web shop", "CRM")]
    assert [(flow.source.server, flow.target.server) for flow in harvest.flows] == [("app-01.example.org", "db-01")]
    assert fates(harvest) == {"imported": 18, "merged": 16, "skipped": 4}
    assert reasons(harvest)[60] == "one of its ends is no element of the model"
    assert said(harvest) == [
        ("WP528", "28:1", "'vCPU' is kept as a label: 'many' is not a number"),
        (
            "WP518",
            "58:1",
            "'Orphan service' belongs to no application or server of the model; what is said of it is left out",
        ),
    ]


def test_in_exchange_2_1_used_by_goes_from_provider_to_consumer() -> None:
    harvest = harvest_of("archimate", "exchange-2.1.xml")

    assert told(harvest, "application")["Portal"] == {
        "environment": "dev",
        "servers": ("web-01",),
        "labels.element": "ApplicationComponent",
    }
    assert dependencies(harvest) == [("Portal", "Directory")]
    assert (fates(harvest), harvest.findings) == ({"imported": 5, "merged": 4}, [])


def test_what_archi_keeps_is_read_too() -> None:
    harvest = harvest_of("archimate", "archi.archimate")

    assert told(harvest, "application")["Portal"] == {
        "environment": "dev",
        "labels.description": "Front door",
        "labels.element": "ApplicationComponent",
    }
    assert dependencies(harvest) == [("Portal", "Directory")]
    assert fates(harvest) == {"imported": 3}


@pytest.mark.parametrize(
    "relations",
    [
        [("node", "Assignment", "app")],
        [("node", "Serving", "app")],
        [("node", "Realization", "app")],
        [("node", "Composition", "app")],
        [("node", "Assignment", "soft"), ("soft", "Realization", "service"), ("service", "Serving", "app")],
        [("node", "Assignment", "file"), ("file", "Realization", "app")],
        [("node", "Composition", "soft"), ("soft", "Assignment", "file"), ("file", "Realization", "app")],
        [("node", "Assignment", "soft"), ("soft", "Serving", "app")],
    ],
)
def test_each_way_to_say_that_an_application_is_on_a_node(
    relations: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    elements = {
        "app": "ApplicationComponent",
        "node": "Node",
        "soft": "SystemSoftware",
        "service": "TechnologyService",
        "file": "Artifact",
    }

    harvest = harvest_of("archimate", model(tmp_path, elements, relations))

    assert told(harvest, "application")["app"]["servers"] == ("node",)


@pytest.mark.parametrize(
    ("kind", "consumer"), [("Serving", "b"), ("Flow", "b"), ("Triggering", "a"), ("Specialization", "")]
)
def test_each_relation_between_applications_has_its_direction(kind: str, consumer: str, tmp_path: Path) -> None:
    elements = {"a": "ApplicationComponent", "b": "ApplicationComponent"}

    harvest = harvest_of("archimate", model(tmp_path, elements, [("a", kind, "b")]))

    expected = {"a": [("a", "b")], "b": [("b", "a")], "": []}
    assert dependencies(harvest) == expected[consumer]


def test_elements_of_one_name_count_as_one_and_it_is_said(tmp_path: Path) -> None:
    file = tmp_path / "model.xml"
    element = '<element identifier="{}" xsi:type="Node"><name>db</name></element>\n'
    file.write_text(f"{HEAD}\n{element.format('n1')}{element.format('n2')}{element.format('n2')}</elements></model>")

    harvest = harvest_of("archimate", file)

    assert list(told(harvest, "server")) == ["db"]
    assert fates(harvest) == {"imported": 1, "merged": 2}
    assert said(harvest) == [("WP533", "3:1", "two elements are called 'db', here and in line 2; they count as one")]


def test_services_that_provide_each_other_in_a_circle_belong_to_nothing(tmp_path: Path) -> None:
    elements = {"a": "ApplicationService", "b": "ApplicationService", "app": "ApplicationComponent"}
    relations = [("a", "Realization", "b"), ("b", "Realization", "a"), ("a", "Serving", "app")]

    harvest = harvest_of("archimate", model(tmp_path, elements, relations))

    assert [code for code, _, _ in said(harvest)] == ["WP518"]


ENTITIES = '<!DOCTYPE m [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><model>&b;</model>'
OUTSIDE = '<!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/passwd">]><model>&a;</model>'


@pytest.mark.parametrize("text", [ENTITIES, OUTSIDE, "<model><a></model>", "no XML", "\0\0\0", f"{HEAD}<element"])
def test_what_is_no_model_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "model.xml"
    file.write_text(text)

    with pytest.raises(UnreadableInputError):
        harvest_of("archimate", file)


def test_other_xml_is_an_error_that_names_its_root(tmp_path: Path) -> None:
    file = tmp_path / "page.xml"
    file.write_text("<html><element/></html>")

    harvest = harvest_of("archimate", file)

    assert said(harvest) == [("WP510", "1:1", "this is no ArchiMate model: its first element is 'html'")]


def test_deep_nesting_and_long_texts_are_borne(tmp_path: Path) -> None:
    file = tmp_path / "model.xml"
    deep = "<x>" * 20_000 + "</x>" * 20_000
    element = f'<element identifier="a" xsi:type="Node"><name>{"n" * 300} \u202e🚀</name>{deep}</element>'
    file.write_text(f"{HEAD}{element}</elements></model>", encoding="utf-8")

    harvest = harvest_of("archimate", file)

    assert len(harvest.records) == 1
