"""A file that cannot be read, where programs read the findings: one of them, beside the message for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from waveplan.cli.findings import hand_over
from waveplan.cli.options import FindingFormat
from waveplan.cli.session import Session
from waveplan.domain.findings import Finding, Location
from waveplan.errors import UnreadableInputError

_OF_PROGRAMS = frozenset({"azure", "github", "gitlab", "junit", "sarif"})


@contextmanager
def told_to_programs(session: Session, output_format: FindingFormat, files: Sequence[str | None]) -> Iterator[None]:
    """Write an unreadable file as a finding where a program waits for findings; the error goes on its way all the same.

    `files` are those that were named: the one that the error is about is its place.
    """
    try:
        yield
    except UnreadableInputError as error:
        if output_format in _OF_PROGRAMS:
            named = str(error.values.get("name", ""))
            place = named or next((file for file in files if file and file in str(error)), "")
            finding = Finding(
                code="WP413",
                template=error.sentence,
                values=error.values,
                location=Location(place) if place else None,
                hint="name a file that is there; paths count from the folder in which waveplan is called",
            )
            hand_over(session, [finding], output_format, subject=place)
        raise
