"""Backstage's catalogue: entities of many documents and files."""

from __future__ import annotations

from pathlib import Path

from support.foreign_exports import dependencies, fates, harvest_of, reasons, said, told

HEAD = "apiVersion: backstage.io/v1alpha1\nkind: {}\nmetadata: {{name: {}}}\nspec: {{{}}}\n"


def test_a_component_has_its_owner_system_and_what_it_needs() -> None:
    harvest = harvest_of("backstage", "artist-lookup-component.yaml")

    assert told(harvest, "application") == {
        "artist-lookup": {
            "technical_owner": "team-a",
            "labels.description": "Artist Lookup",
            "labels.type": "service",
            "labels.lifecycle": "experimental",
            "labels.system": "artist-engagement-portal",
            "labels.tags": ("java", "data"),
        },
        "artists-db": {},
    }
    assert dependencies(harvest) == [("artist-lookup", "artists-db")]
    assert said(harvest) == [
        ("WP518", "14:15", "no file tells of the resource 'artists-db'; it is taken for an application of that name")
    ]


def test_every_document_is_accounted_for_and_references_are_followed() -> None:
    harvest = harvest_of("backstage", "catalog.yaml")

    assert told(harvest, "application") == {
        "player": {
            "technical_owner": "Team B",  # of its system, as its profile says
            "domain": "music",
            "servers": ("web-01",),
            "labels.title": "The Player",
            "labels.type": "website",
            "labels.lifecycle": "production",
            "labels.system": "streaming",
            "labels.tags": ("java", "eu"),
            "labels.example_com_tier": "web",
        },
        "playback": {
            "technical_owner": "guest",
            "labels.type": "service",
            "labels.lifecycle": "production",
            "labels.part_of": "player",
        },
        "billing/Invoices": {
            "technical_owner": "team-a",
            "labels.type": "service",
            "labels.lifecycle": "deprecated",
        },
        "player-db": {
            "technical_owner": "Team B",
            "servers": ("web-01",),
            "labels.type": "database",
            "labels.kind": "resource",
        },
        "nowhere": {},
    }
    assert told(harvest, "server") == {
        "web-01": {"labels.description": "Front server", "labels.type": "server", "labels.kind": "resource"}
    }
    assert list(told(harvest, "team")) == ["Team B", "guest", "team-a"]
    assert dependencies(harvest) == [
        ("player", "billing/Invoices"),
        ("player", "player-db"),
        ("player", "nowhere"),
        ("player", "playback"),  # by its interface, which does not make playback depend on itself
        ("playback", "player-db"),
    ]
    assert fates(harvest) == {"imported": 6, "merged": 4, "skipped": 4}
    assert reasons(harvest)[85] == "an entity of kind 'location' is nothing that is planned"
    assert [(code, place) for code, place, _ in said(harvest)] == [
        ("WP518", "33:7"),
        ("WP515", "34:7"),
        ("WP518", "28:32"),
    ]


def test_folders_are_read_and_references_go_across_files(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.yaml").write_text(HEAD.format("Component", "a", "dependsOn: ['component:b']"))
    (tmp_path / "deep" / "b.yml").write_text(HEAD.format("Component", "b", "type: service"))

    harvest = harvest_of("backstage", tmp_path)

    assert (dependencies(harvest), harvest.findings) == ([("a", "b")], [])


def test_a_resource_that_is_called_like_a_component_is_another_thing(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    component = HEAD.format("Component", "orders", "dependsOn: ['resource:orders']")
    file.write_text(f"{component}---\n{HEAD.format('Resource', 'orders', 'type: database')}")

    harvest = harvest_of("backstage", file)

    assert list(told(harvest, "application")) == ["orders", "resource:orders"]
    assert dependencies(harvest) == [("orders", "resource:orders")]


def test_a_bomb_of_aliases_is_refused_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "bomb.yaml"
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    file.write_text("\n".join(lines))

    harvest = harvest_of("backstage", file)

    assert [finding.code for finding in harvest.findings] == ["WP110"]
    assert harvest.records == []


def test_what_is_wrong_in_one_document_leaves_those_before_it(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(f"{HEAD.format('Component', 'a', 'type: service')}---\nkind: [unclosed\n---\nx: y\n")

    harvest = harvest_of("backstage", file)

    assert list(told(harvest, "application")) == ["a"]
    assert [finding.code for finding in harvest.findings] == ["WP101"]


def test_values_of_a_wrong_shape_say_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: a, tags: {x: y}, labels: [z]}\n"
        "spec: {owner: [1], dependsOn: {a: b}, system: {c: d}, consumesApis: [[e]], type: ''}\n"
    )

    harvest = harvest_of("backstage", file)

    assert (told(harvest, "application"), harvest.findings) == ({"a": {}}, [])


def test_a_file_of_something_else_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "k8s.yaml"
    file.write_text("apiVersion: v1\nkind: Service\nmetadata: {name: a}\n")

    harvest = harvest_of("backstage", file)

    assert [(finding.code, finding.severity) for finding in harvest.findings] == [("WP510", "error")]
    assert fates(harvest) == {"skipped": 1}
