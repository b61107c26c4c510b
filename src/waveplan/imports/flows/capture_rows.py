"""From a row of a capture to who talks to whom on which port, or to why it tells nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from waveplan.domain.findings import Phrase
from waveplan.domain.flow_rules import HIGHEST_PORT
from waveplan.imports.flows.columns import CaptureColumns
from waveplan.imports.flows.moments import NOTHING, Readings, moment_readings
from waveplan.imports.flows.totals import FlowKey, FlowTotals
from waveplan.imports.flows.words import capture_words, word_set
from waveplan.imports.harvest import FlowEnd
from waveplan.imports.tables.model import CellValue, Row
from waveplan.imports.values.numbers import number_readings

_EPHEMERAL = 32_768
_OLD_SERVICES = 1024
_PORT = re.compile(r"([0-9]{1,5})(?:\.0+)?(?:/[A-Za-z0-9]+)?\Z")
_WITH_PORT = re.compile(r"(.+?):([0-9]{1,5})\Z")
_PATH = re.compile(r".*[/\\]")
_TAIL = re.compile(r"[\s\[(:].*|\.\d+\Z")


class CaptureRows:
    """Rows of one table."""

    def __init__(self, columns: CaptureColumns, totals: FlowTotals, ephemeral_from: int = _EPHEMERAL) -> None:
        self._columns = columns
        self._totals = totals
        self._ephemeral = ephemeral_from
        self._at: Callable[[str], int | None] = columns.at.get
        self._known: dict[tuple[CellValue, ...], FlowEnd] = {}
        self.listening: set[tuple[str, int]] = set()

    def learn(self, row: Row) -> None:
        """A listening socket tells which of a host's ports are its own."""
        if _text(row, self._at("state")).casefold() in word_set("listening"):
            port = read_port(_cell(row, self._at("source_port")))
            if port is not None:
                self.listening.add((row.place.file, port))

    def add(self, row: Row) -> Phrase | None:
        """Add a row up, or say why it tells nothing."""
        if _text(row, self._at("state")).casefold() in word_set("listening"):
            return Phrase("a socket that listens: nobody talks")
        if _text(row, self._at("action")).casefold() in word_set("refused"):
            return Phrase("the connection was refused")
        key = self._key(row)
        if isinstance(key, Phrase):
            return key
        connections = _whole(_cell(row, self._at("connections")))
        transferred = sum(int(_amount(_cell(row, at)) * unit.gigabytes * 10**9) for at, unit in self._columns.volumes)
        first, last = self._moments(row)
        self._totals.add(key, connections, transferred, first, last)
        return None

    def _key(self, row: Row) -> FlowKey | Phrase:
        source, own_port = self._end(row, "source")
        target, port = self._end(row, "target")
        if not (source.server or source.address or source.application):
            return Phrase("the row names no source")
        if not (target.server or target.address or target.application):
            return Phrase("the row names no target")
        given = _cell(row, self._at("target_port"))
        if given is not None and port is None and str(given).strip() not in word_set("nothing"):
            return Phrase("'{given}' is no port", {"given": str(given)[:40]})
        turned = False
        if self._is_reply(own_port, port, row.place.file):
            source, target, port = target, source, own_port
            turned = not self._columns.is_local
        if port is not None and port >= self._ephemeral:
            port = None  # a client's own: there are as many of them as connections
        protocol = _text(row, self._at("protocol")).casefold()
        return source, target, port, capture_words()["protocols"].get(protocol, protocol), turned

    def _is_reply(self, own: int | None, port: int | None, file: str) -> bool:
        """Whether the port at the source is the one that is asked."""
        if own is None or port is None or own == 0:
            return False
        if (file, own) in self.listening:
            return True
        if port >= self._ephemeral:
            return own < self._ephemeral
        return own < _OLD_SERVICES <= port and not self._columns.is_local

    def _end(self, row: Row, side: str) -> tuple[FlowEnd, int | None]:
        at = self._at
        cells = tuple(_cell(row, at(f"{side}_{part}")) for part in ("name", "address", "application", "process"))
        port = read_port(_cell(row, at(f"{side}_port")))
        known = self._known.get(cells)
        if known is None:
            name, own = _parted(_word(cells[0]))
            address, other = _parted(_word(cells[1]))
            port = port if port is not None else own if own is not None else other
            known = FlowEnd(name, address, _word(cells[2]), process_name(_word(cells[3])))
            if own is None and other is None:
                self._known[cells] = known
        return known, port

    def _moments(self, row: Row) -> tuple[Readings, Readings]:
        time = moment_readings(_cell(row, self._at("time"))) if "time" in self._columns.at else NOTHING
        first = moment_readings(_cell(row, self._at("first"))) if "first" in self._columns.at else time
        last = moment_readings(_cell(row, self._at("last"))) if "last" in self._columns.at else time
        return first, last


def process_name(text: str) -> str:
    """A process without its path, its arguments and its number, so that it is one however often it is started."""
    return _TAIL.sub("", _PATH.sub("", text.strip().strip('"')))[:60]


@lru_cache(maxsize=65_536)
def read_port(cell: CellValue) -> int | None:
    """A port by its number, with or without its protocol, or by a well-known name."""
    text = "" if cell is None else str(cell).strip()
    found = _PORT.match(text)
    given = found[1] if found else capture_words()["services"].get(text.casefold())
    return int(given) if given is not None and int(given) <= HIGHEST_PORT else None


def _parted(word: str) -> tuple[str, int | None]:
    """A name or an IPv4 address, and the port behind it."""
    found = _WITH_PORT.match(word)
    if found is None or found[1].count(":") or int(found[2]) > HIGHEST_PORT:
        return word, None
    return found[1], int(found[2])


def _cell(row: Row, at: int | None) -> CellValue:
    return row.cells[at] if at is not None and at < len(row.cells) else None


def _text(row: Row, at: int | None) -> str:
    cell = _cell(row, at)
    return "" if cell is None else str(cell).strip()


def _word(cell: CellValue) -> str:
    text = "" if cell is None else str(cell).strip()
    return "" if text.casefold() in word_set("nothing") else text[:255]


def _whole(cell: CellValue) -> int:
    return int(_amount(cell))


def _amount(cell: CellValue) -> Decimal:
    """A count or a volume; 1.234 and 1,234 are more likely thousands than parts of one. Nothing where it is none."""
    if cell is None or isinstance(cell, bool):
        return Decimal(0)
    text = str(cell).strip()
    if text.isascii() and text.isdigit() and len(text) <= 18:
        return Decimal(text)
    readings = [each for each in number_readings(text).values() if each >= 0 and each.adjusted() < 18]
    return max(readings, default=Decimal(0))
