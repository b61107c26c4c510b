"""The review as people edit it: an entry a line, above it what speaks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from waveplan.domain.findings import Phrase
from waveplan.domain.flow_review import Proposed
from waveplan.export.plan_facts import plain_number
from waveplan.export.tree_yaml import word
from waveplan.imports.flows.deciding import Review
from waveplan.imports.flows.proposals import SECTIONS, Backed
from waveplan.render.language import Language

_WIDTH = 118
_BANDS = ((80, 100), (50, 79), (0, 49))


def review_text(review: Review, language: Language) -> str:
    """The whole file; the same review gives the same text."""
    lines = [*_head(review, language)]
    for section in SECTIONS:
        entries = review.sections[section]
        if entries:
            lines += ["", *_commented(_TITLES(language)[section], ""), f"{section}:"]
            lines += _entries(entries, language)
    return "".join(f"{line}\n" for line in lines)


def _head(review: Review, language: Language) -> Iterator[str]:
    captured = review.captured
    yield "waveplan_flow_review: 1"
    for sentence in (
        language.say("Proposals from captured flows. Nothing reaches the inventory before this file is applied."),
        language.say(
            "Give each a decision: accept, reject, or change (edit the entry; it is then written even over what the "
            "inventory says). What stays undecided is not written."
        ),
        language.say("Then: waveplan import --apply THIS-FILE --into INVENTORY"),
        language.say("Decisions stay when a later capture is read into this file; `note:` is yours."),
    ):
        yield from _commented(sentence, "")
    yield "captured:"
    yield f"  files: {_listed(captured.files)}"
    if captured.fingerprint:
        yield f"  fingerprint: {word(captured.fingerprint)}"
    yield f"  rows: {captured.rows}"
    if captured.first is not None and captured.last is not None:
        yield f"  first: {captured.first.isoformat()}"
        yield f"  last: {captured.last.isoformat()}"


def _TITLES(language: Language) -> dict[str, str]:  # noqa: N802
    return {
        "applications": language.say("Applications for servers that have none"),
        "members": language.say("Servers that join an application that is there"),
        "ties": language.say("Servers that replicate to each other: one cluster"),
        "common_services": language.say("Common services: all that consume them do so as shared, which ties nothing"),
        "dependencies": language.say("Dependencies: who consumes whom"),
    }


def _entries(entries: Sequence[Backed[Any]], language: Language) -> Iterator[str]:
    for lowest, highest in _BANDS:
        inside = [each for each in entries if lowest <= each.entry.certainty <= highest]
        if not inside:
            continue
        span = {"lowest": lowest, "highest": language.percent(Decimal(highest) / 100)}
        yield f"  # --- {language.say('certain by {lowest} to {highest}', **span)} ---"
        for each in inside:
            yield from _commented(_why(each.because, each.entry.certainty, language), "  ")
            yield from _line(each.entry)


def _why(because: Sequence[Phrase], certainty: int, language: Language) -> str:
    text = language.listing(language.phrase(phrase) for phrase in because)
    return f"{language.percent(Decimal(certainty) / 100)}{language.colon}{text}"


def _commented(text: str, indent: str) -> Iterator[str]:
    """A remark, folded between words."""
    line = ""
    for each in text.split(" "):
        if line and len(indent) + 4 + len(line) + 1 + len(each) > _WIDTH:
            yield f"{indent}# {line}"
            line = "  "
        line = f"{line} {each}" if line.strip() else f"{line}{each}"
    yield f"{indent}# {line}"


def _line(entry: Proposed) -> Iterator[str]:
    """An entry between braces, folded between its values where it is long."""
    parts = [f"{name}: {_value(value)}" for name, value in _given(entry)]
    line = "  - {"
    for number, part in enumerate(parts):
        piece = part + (", " if number + 1 < len(parts) else "}")
        if line.strip() not in {"- {", ""} and len(line) + len(piece.rstrip()) > _WIDTH:
            yield line.rstrip()
            line = "     "
        yield from (folded := list(_folded(line + piece)))[:-1]
        line = folded[-1]
    yield line


def _folded(line: str) -> Iterator[str]:
    """A line cut after commas of its list."""
    while len(line) > _WIDTH and ", " in line[8:]:
        place = line.rfind(", ", 8, _WIDTH)
        place = line.find(", ", 8) if place < 0 else place
        if place + 2 >= len(line):
            break
        yield line[: place + 1]
        line = "       " + line[place + 2 :]
    yield line


def _given(entry: Proposed) -> Iterator[tuple[str, Any]]:
    """What an entry says, its decision first."""
    first = ("decision", "consumer", "provider", "app", "id", "name", "cluster")
    last = ("certainty", "capture", "note")
    fields = [*first, *(each for each in type(entry).model_fields if each not in (*first, *last)), *last]
    for name in fields:
        value = getattr(entry, name, None)
        if value not in (None, []):
            yield name, value


def _value(value: Any) -> str:
    if isinstance(value, list):
        return _listed(value)
    return plain_number(value) if isinstance(value, int | Decimal) else word(str(value))


def _listed(values: Sequence[str]) -> str:
    return "[" + ", ".join(map(word, values)) + "]"
