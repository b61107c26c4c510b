"""Importing on the command line: what is asked is made sure, files are read and written, and all of it is told."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path

from waveplan import api
from waveplan.cli import exit_codes, flow_imports, mapping_suggestions, merge_imports
from waveplan.cli.inventory_requests import ImportRequest
from waveplan.cli.session import Session
from waveplan.cli.unreadable import told_to_programs
from waveplan.errors import UsageError

_HELP = "help"


def run(ask: ImportRequest, session: Session) -> int:
    """Read, write, tell; returns the exit code.

    Millions of records live until the end: looking for garbage among them would take a third of the time.
    """
    gc.disable()
    try:
        return _run(ask, session)
    finally:
        gc.enable()


def _run(ask: ImportRequest, session: Session) -> int:
    if ask.apply_review is not None:
        return flow_imports.apply(ask, session)
    if ask.suggest_mapping:
        return mapping_suggestions.suggest(ask, session)
    if ask.source is None:
        raise UsageError("say what wrote the files: `waveplan import help` lists the formats")
    if ask.source == _HELP:
        return _list_formats(session)
    if ask.settings and _HELP in ask.settings:
        return _list_options(ask.source, session)
    if Path(ask.source).suffix in {".yaml", ".yml", ".json"} and not ask.files:
        return merge_imports.merge_listed(ask, session)
    if not ask.files:
        raise UsageError("name the files to import")
    options = mapping_suggestions.with_mapping(_options(ask.settings), ask)
    if _is_of_flows(ask):
        with told_to_programs(session, ask.output_format, ask.files):
            harvest = api.gather(ask.source, ask.files, ask.name or "", options)
        return flow_imports.propose(ask, session, harvest)
    with told_to_programs(session, ask.output_format, ask.files):
        harvest = api.gather(ask.source, ask.files, ask.name or "", options)
    code = merge_imports.merge(ask, session, [harvest])
    if harvest.flows and code == exit_codes.CLEAN:
        _tell_of_flows(ask, session)
    return code


def _tell_of_flows(ask: ImportRequest, session: Session) -> None:
    """Flows come into an inventory through a review only: what writes one."""
    command = f"waveplan import flows {' '.join(ask.files or ())} --into {ask.into or ask.output} -o review.yaml"
    session.note(session.say("Flows become dependencies through a review: {command}", command=command))


def _is_of_flows(ask: ImportRequest) -> bool:
    """Whether a review is asked for: always of captures; of what has records too where -o stands beside --into."""
    known = api.import_sources().get(ask.source or "")
    if known is None or known.yields == "records":
        return False
    return known.yields == "flows" or (ask.into is not None and ask.output is not None)


def _list_formats(session: Session) -> int:
    for name, source in api.import_sources().items():
        session.words(f"{name}{session.translator().colon}{session.say(source.title)}")
    return exit_codes.CLEAN


def _list_options(source: str, session: Session) -> int:
    sources = api.import_sources()
    if source not in sources:
        api.gather(source, [], "", {})  # says what there is
    for key, what in sources[source].options.items():
        session.words(f"{key}{session.translator().colon}{session.say(what)}")
    if not sources[source].options:
        session.note(session.say("{format} has no options.", format=source))
    return exit_codes.CLEAN


def _options(given: Sequence[str] | None) -> dict[str, str]:
    read = {}
    for text in given or ():
        key, equals, value = text.partition("=")
        if not equals or not key.strip():
            raise UsageError("--option takes KEY=VALUE, and not {text}", text=repr(text))
        read[key.strip()] = value.strip()
    return read
