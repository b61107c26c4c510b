"""Findings as people read them."""

from __future__ import annotations

import pytest
from golden.sample import printed

from waveplan.domain.findings import Finding, Location
from waveplan.render.findings import findings_concise, findings_text, summary_line
from waveplan.render.language import translator

EN, FR = translator("en"), translator("fr")
WRONG = Finding(
    "WP107",
    "server '{server}' does not exist",
    {"server": "erp\x1b[31m-db-9"},
    location=Location("inventory.yaml", 12, 16),
    hint="did you mean '{name}'?",
    hint_values={"name": "erp-db-1"},
)
UNWISE = Finding("WP215", "[b]3[/b] items stand alone", severity="warning", location=Location("inventory.yaml", 3, 1))


def _text(*findings: Finding, line: str | None = None, where: str = "inventory.yaml", width: int = 80) -> str:
    line_of = None if line is None else (lambda location: line)
    return printed(findings_text(findings, EN, line_of=line_of, where=where), width, wrap=False)


def test_findings_in_full() -> None:
    """In order of place: place, severity, code, message; the line with a caret; what to do next; how many there are."""
    assert _text(WRONG, UNWISE, line="    servers: [a, erp-db-9]") == (
        "inventory.yaml:3:1: warning WP215: [b]3[/b] items stand alone\n"
        "  3 |     servers: [a, erp-db-9]\n"
        "    | ^\n"
        "\n"
        "inventory.yaml:12:16: error WP107: server 'erp\\x1b[31m-db-9' does not exist\n"
        "  12 |     servers: [a, erp-db-9]\n"
        "     |                ^\n"
        "  hint: did you mean 'erp-db-1'?\n"
        "\n"
        "1 error, 1 warning in inventory.yaml\n"
    )


def test_long_lines_are_left_to_the_terminal() -> None:
    """A place is never torn apart, whatever the width."""
    finding = Finding("WP107", "x" * 300, location=Location("a" * 100, 1, 1))
    assert _text(finding, width=40).splitlines()[0] == f"{'a' * 100}:1:1: error WP107: {'x' * 300}"


@pytest.mark.parametrize(
    ("line", "column", "excerpt", "caret"),
    [
        ("\tname: \x1b[2J", 2, "\\tname: \\x1b[2J", 2),
        ("名前: x", 4, "名前: x", 5),
        ("short", 99, "short", 5),
        ("", 1, "", 0),
        ("a" * 50 + "b" * 200, 51, "a" * 50 + "b" * 50, 50),
        ("a" * 300 + "b", 301, "a" * 99 + "b", 99),
    ],
)
def test_carets_stand_below_the_column(line: str, column: int, excerpt: str, caret: int) -> None:
    """With escaped characters, wide ones, places past the end, and long lines cut around the place."""
    finding = Finding("WP107", "text", location=Location("f", 7, column))
    head, source, mark, *_ = _text(finding, line=line).splitlines()
    assert head == f"f:7:{column}: error WP107: text"
    assert source.removeprefix("  7 |").removeprefix(" ") == excerpt
    assert mark == f"    | {' ' * caret}^"


def test_findings_without_a_place_or_a_readable_line() -> None:
    """The message stands alone."""
    assert _text(Finding("WP221", "demand above all capacity")) == (
        "error WP221: demand above all capacity\n\n1 error in inventory.yaml\n"
    )
    unreadable = printed(findings_text([WRONG], EN, line_of=lambda place: None), wrap=False)
    assert " | " not in unreadable and unreadable.endswith("\n1 error\n")


def test_clean() -> None:
    """Nothing found is said too."""
    assert _text() == "inventory.yaml: clean\n"
    assert summary_line([], FR).plain == "aucun constat"


def test_concise() -> None:
    """One line each."""
    assert printed(findings_concise([WRONG, UNWISE], EN), wrap=False).splitlines() == [
        "inventory.yaml:3:1: warning WP215: [b]3[/b] items stand alone",
        "inventory.yaml:12:16: error WP107: server 'erp\\x1b[31m-db-9' does not exist",
    ]


def test_french() -> None:
    """Severity, hint and summary are translated; codes and places are not."""
    text = printed(findings_text([WRONG, UNWISE], FR, where="inventory.yaml"), wrap=False)
    assert "inventory.yaml:12:16: erreur WP107" in text
    assert "  conseil\u00a0: " in text
    assert text.endswith("1 erreur, 1 avertissement dans inventory.yaml\n")
