"""All that was read of one source in one go."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from waveplan.domain.findings import Finding
from waveplan.imports.accounts import Accounts
from waveplan.imports.records import Record


@dataclass(frozen=True, slots=True)
class FlowEnd:
    """One end of observed traffic; what the capture does not say stays empty."""

    server: str = ""
    address: str = ""
    application: str = ""
    process: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """Traffic seen from a client to a server's port, added up over the capture."""

    source: FlowEnd
    target: FlowEnd
    port: int | None = None
    protocol: str = ""
    sightings: int = 1  # rows of the capture, or intervals in which it was seen
    connections: int = 0
    transferred: int = 0  # bytes, both ways
    first: datetime | None = None
    last: datetime | None = None
    turned: bool = False  # the capture showed the reply: ends were exchanged


@dataclass(slots=True)
class Harvest:
    """What a source yields."""

    source: str  # the name under which precedence and provenance know it: the format, unless one is given
    records: list[Record] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    accounts: Accounts = field(default_factory=Accounts)
    findings: list[Finding] = field(default_factory=list)
    as_of: date | None = None  # when the source was taken, where it says so
    by_hand: bool = False  # answers of people: written like edits by hand, and never remembered as a source's


@dataclass(frozen=True, slots=True)
class Reading:
    """What is asked of a reader, beside its files."""

    name: str = ""  # of the source
    options: Mapping[str, str] = field(default_factory=dict)  # `templates=yes`, in the reader's own words


@dataclass(frozen=True, slots=True)
class Source:
    """A tool whose files can be read."""

    name: str  # as typed: `waveplan import NAME`
    title: str  # in English; translated where it is shown
    read: Callable[[Sequence[Path], Reading], Harvest]
    yields: Literal["records", "flows", "both"] = "records"
    options: Mapping[str, str] = field(default_factory=dict)  # key → what it does, in English
