"""Entries of adoption as they are read, and their texts in files beside the inventory."""

from __future__ import annotations

from pathlib import Path

import pytest

from waveplan.loading import load_inventory

BASE = """waveplan: 1
programme: {name: n, start: 2026-01-05, deadline: 2026-06-30}
sites: [{id: paris, users: 5}]
applications: [{id: crm, user_sites: [paris]}]
adoption:
  - {id: a, kind: training, %s}
"""


def messages(tmp_path: Path, entry: str) -> list[str]:
    (tmp_path / "inventory.yaml").write_text(BASE % entry, encoding="utf-8")
    return [f"{each.code} {each.message}" for each in load_inventory(str(tmp_path / "inventory.yaml")).findings]


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("days_before: 1, team: nobody", "WP107 there is no team 'nobody'"),
        ("days_before: 1, audience: {site: rome}", "WP107 there is no site 'rome'"),
        ("days_before: 1, audience: {persna: x}", "WP130 people have no attribute 'persna'"),
        ("days_before: 1, match: {persna: x}", "WP130 nothing has an attribute 'persna'"),
        ("days_before: 1, effort: 2", "WP104 'effort' needs a 'team'"),
        ("days_before: 1, threshold: 0.5", "WP104 'threshold' and 'criteria' go with a survey"),
        ("days_before: 1, days_after: 1", "WP104 give one of 'days_before', 'days_after'"),
        ("owner: me", "WP104 give one of 'days_before', 'days_after'"),
        ("days_before: -1", "WP104"),
        ("days_before: 1, days: 0", "WP104"),
        ("days_before: 1, template: {fr: {subject: x}}", "WP104 give one of 'text' or 'file'"),
        ("days_before: 1, template: {fr: {text: x, file: y}}", "WP104 give one of 'text' or 'file'"),
        (
            "days_before: 1, template: {fr: {file: ../x.txt}}",
            "WP158 cannot read ../x.txt: it does not lie in the folder",
        ),
        ("days_before: 1, template: {fr: {file: /etc/hostname}}", "WP158 cannot read /etc/hostname: it does not lie"),
        ("days_before: 1, template: {fr: {file: none.txt}}", "WP158 cannot read none.txt: there is no such file"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, entry: str, says: str) -> None:
    assert [each for each in messages(tmp_path, entry) if not each.startswith(says)] == []
    assert messages(tmp_path, entry)


def test_a_text_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_bytes(b"\xef\xbb\xbfSujet\r\n\r\nCorps\r\n{date}\r\n")
    own = "template: {fr: {file: texts/a.txt}, en: {subject: Mine, file: texts/a.txt}}"
    assert messages(tmp_path, f"days_before: 1, {own}") == []
    loaded = load_inventory(str(tmp_path))
    assert loaded.inventory is not None
    template = loaded.inventory.adoption[0].template
    assert isinstance(template, dict)
    assert (template["fr"].subject, template["fr"].text) == ("Sujet", "Corps\n{date}")
    assert template["en"].subject == "Mine"
    assert (template["en"].text or "").startswith("Sujet")


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("secret", encoding="utf-8")
    folder = tmp_path / "inventory"
    folder.mkdir()
    (folder / "a.txt").symlink_to(outside)
    assert messages(folder, "days_before: 1, template: {fr: {file: a.txt}}") == [
        "WP158 cannot read a.txt: it does not lie in the folder of the inventory"
    ]
