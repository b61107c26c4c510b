"""Captures whose fields are parted by blanks: VPC flow logs, and what `ss` and `netstat` print, as tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from waveplan.imports.flows.words import capture_words
from waveplan.imports.tables.model import Row, RowPlace, Table

_LOOKED_AT = 30
_VPC_LINE = re.compile(r"\d+ \S+ \S+ \S+ \S+ (\d+|-) (\d+|-) (\d+|-) (\d+|-) (\d+|-) \d+ \d+ \S+ \S+\Z")
_SOCKET_FIELDS = ("protocol", "state", "local address", "local port", "peer address", "peer port", "process")
_END = re.compile(r"(\[?[0-9A-Za-z:.%*\-]+\]?)[:.](\d{1,5}|\*)\Z")
_PROTOCOL = re.compile(r"(tcp|udp)[46]{0,2}\Z", re.IGNORECASE)
_STATE = re.compile(r"(ESTAB|ESTABLISHED|LISTEN|LISTENING|UNCONN|SYN|TIME|CLOSE|FIN|LAST|CLOSING|CLOSED)[A-Z0-9_-]*\Z")
_PROCESS = re.compile(r'users:\(\("([^"]+)"|\b\d+/(\S+)')


@dataclass(frozen=True, slots=True)
class SpacedTable:
    """A table of lines, each cut into cells; the first row holds names for them."""

    lines: Table
    fields: Sequence[str]
    cut: Callable[[str], Sequence[str] | None]
    has_header: bool = False

    @property
    def file(self) -> str:
        """The file as it was named."""
        return self.lines.file

    @property
    def sheet(self) -> str:
        """The sheet of the lines."""
        return self.lines.sheet

    def rows(self) -> Iterator[Row]:
        """The names, then each line; one that cannot be cut has a single cell."""
        rows = self.lines.rows()
        place = next(rows).place if self.has_header else RowPlace(self.file, self.sheet, 0)
        yield Row(place, tuple(self.fields))
        for row in rows:
            line = _line(row)
            cells = self.cut(line)
            yield Row(row.place, (line,) if cells is None else tuple(cell or None for cell in cells))


def spaced(table: Table) -> Table:
    """The table with its lines cut where they are those of a flow log or of a list of sockets; else as it is."""
    lines = [_line(row) for row in islice(table.rows(), _LOOKED_AT)]
    first = lines[0].split() if lines else []
    if "srcaddr" in first and "dstaddr" in first:
        return SpacedTable(table, first, str.split, has_header=True)
    if lines and all(map(_VPC_LINE.match, lines)):
        return SpacedTable(table, tuple(capture_words()["vpc"]), str.split)
    if sum(_socket(line) is not None for line in lines) * 2 > len(lines) - 4 and any(map(_socket, lines)):
        return SpacedTable(table, _SOCKET_FIELDS, _socket)
    return table


def _line(row: Row) -> str:
    return ",".join("" if cell is None else str(cell) for cell in row.cells).strip()


def _socket(line: str) -> Sequence[str] | None:
    """Protocol, state, both ends and process of a line that `ss` or `netstat` prints."""
    words = line.split()
    ends = [found for word in words if (found := _END.match(word))]
    if len(words) < 4 or len(ends) < 2 or ";" in line:
        return None
    protocol = next((word for word in words if _PROTOCOL.match(word)), "")
    state = next((word for word in words if _STATE.match(word)), "")
    if not protocol and not state:
        return None
    process = _PROCESS.search(line)
    name = (process[1] or process[2]) if process else ""
    return (protocol.lower()[:3] or "tcp", state, ends[0][1], ends[0][2], ends[1][1], ends[1][2], name)
