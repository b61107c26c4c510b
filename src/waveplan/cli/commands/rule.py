"""`waveplan rule`: what a finding means, with an example and how to mend it."""

from __future__ import annotations

import difflib
from typing import Annotated

import typer

from waveplan.cli.options import JsonOption, OpenSession
from waveplan.cli.session import Session
from waveplan.domain.catalogue import CATALOGUE, CatalogueEntry, is_house_code
from waveplan.errors import UsageError
from waveplan.rule_pages import page, title


def rule(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="[CODE]",
            help="A code like WP305; without one, all of them.",
            autocompletion=lambda: list(CATALOGUE),
        ),
    ] = None,
    as_json: JsonOption = False,
    *,
    session: OpenSession,
) -> None:
    """Explain a finding: meaning, example, how to mend it."""
    entries = list(CATALOGUE.values()) if code is None else [_entry(code, session)]
    if as_json:
        from waveplan.export.json_text import document

        known = [{"code": entry.code, "severity": entry.severity, "title": entry.title} for entry in entries]
        session.result(document("rules", {"rules": known}) if code is None else document("rule", known[0]))
    elif code is None:
        for entry in entries:
            session.words(f"{entry.code}  {session.say(entry.severity):<13}  {title(entry.code, session.language())}")
        session.note(session.say("Next: {command}", command="waveplan rule WP305"))
    else:
        session.words(page(entries[0].code, session.language()))


def _entry(code: str, session: Session) -> CatalogueEntry:
    wanted = code.strip().upper()
    if wanted in CATALOGUE:
        return CATALOGUE[wanted]
    if is_house_code(wanted):
        raise UsageError("{code} is a rule of the house: what it says stands in the file of its rule", code=wanted)
    near = difflib.get_close_matches(wanted, CATALOGUE, n=1)
    message = session.say("There is no finding {code}.", code=code)
    if near:
        message += " " + session.say("Did you mean {name}?", name=near[0])
    raise UsageError(message)
