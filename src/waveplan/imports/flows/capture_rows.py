"""From a row of a capture to who talks to whom on which port, or to why it tells nothing."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from waveplan.domain.findings import Phrase
from waveplan.domain.flow_rules import HIGHEST_PORT
from waveplan.imports.flows.columns import CaptureColumns
from waveplan.imports.flows.moments import moment_readings
from waveplan.imports.flows.totals import FlowTotals, TotalKey
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
        self._totals = totals
        self._ephemeral = ephemeral_from
        self._is_local = columns.is_local
        self._width = 1 + max(columns.at.values())  # beyond the last column that counts stands nothing
        at = columns.at
        self._state, self._action = at.get("state", -1), at.get("action", -1)
        self._sides = [_side(columns, side) for side in ("source", "target")]
        self._ports = [at.get(f"{side}_port", -1) for side in ("source", "target")]
        self._protocol, self._connections = at.get("protocol", -1), at.get("connections", -1)
        time = at.get("time", -1)
        self._first, self._last = at.get("first", time), at.get("last", time)
        self._volumes = [(place, unit.gigabytes * 10**9) for place, unit in columns.volumes]
        self._width = max([self._width, *(place + 1 for place, _ in self._volumes)])
        self._known: dict[tuple[CellValue, ...], int] = {}
        self.listening: set[tuple[str, int]] = set()

    def learn(self, row: Row) -> None:
        """A listening socket tells which of a host's ports are its own."""
        cells = self._cells(row)
        if _text(cells[self._state]) in word_set("listening"):
            port = read_port(cells[self._ports[0]])
            if port is not None:
                self.listening.add((row.place.file, port))

    def add(self, row: Row) -> Phrase | None:
        """Add a row up, or say why it tells nothing."""
        cells = self._cells(row)
        if self._state >= 0 and _text(cells[self._state]) in word_set("listening"):
            return Phrase("a socket that listens: nobody talks")
        if self._action >= 0 and _text(cells[self._action]) in word_set("refused"):
            return Phrase("the connection was refused")
        key = self._key(cells, row.place.file)
        if isinstance(key, Phrase):
            return key
        transferred = 0
        for place, size in self._volumes:
            transferred += int(_amount(cells[place]) * size)
        first, last = moment_readings(cells[self._first]), moment_readings(cells[self._last])
        self._totals.add(key, int(_amount(cells[self._connections])), transferred, first, last)
        return None

    def _cells(self, row: Row) -> tuple[CellValue, ...]:
        """The cells of a row up to the last one that counts, and one that is empty, for columns that there are not."""
        cells = row.cells
        if len(cells) <= self._width:
            return (*cells, *((None,) * (self._width + 1 - len(cells))))
        return (*cells[: self._width], None)

    def _key(self, cells: tuple[CellValue, ...], file: str) -> TotalKey | Phrase:
        source, own_port = self._end(cells, 0)
        target, port = self._end(cells, 1)
        if source == 0:
            return Phrase("the row names no source")
        if target == 0:
            return Phrase("the row names no target")
        given = cells[self._ports[1]]
        if given is not None and port is None and str(given).strip() not in word_set("nothing"):
            return Phrase("'{given}' is no port", {"given": str(given)[:40]})
        turned = False
        if self._is_reply(own_port, port, file):
            source, target, port = target, source, own_port
            turned = not self._is_local
        if port is not None and port >= self._ephemeral:
            port = None  # a client's own: there are as many of them as connections
        return source, target, port, _protocol(cells[self._protocol]), turned

    def _is_reply(self, own: int | None, port: int | None, file: str) -> bool:
        """Whether the port at the source is the one that is asked."""
        if own is None or port is None or own == 0:
            return False
        if self._is_local and (file, own) in self.listening:
            return True
        if port >= self._ephemeral:
            return own < self._ephemeral
        return own < _OLD_SERVICES <= port and not self._is_local

    def _end(self, cells: tuple[CellValue, ...], side: int) -> tuple[int, int | None]:
        """The number of an end, 0 for nobody, and its port."""
        name, address, application, process = self._sides[side]
        words = (cells[name], cells[address], cells[application], cells[process])
        port = read_port(cells[self._ports[side]])
        known = self._known.get(words)
        if known is not None:
            return known, port
        called, own = _parted(_word(words[0]))
        at, other = _parted(_word(words[1]))
        end = FlowEnd(called, at, _word(words[2]), process_name(_word(words[3])))
        number = self._totals.number_of(end) if called or at or end.application else 0
        if own is None and other is None:
            self._known[words] = number
        return number, port if port is not None else own if own is not None else other


def _side(columns: CaptureColumns, side: str) -> tuple[int, int, int, int]:
    name, address, application, process = (
        columns.at.get(f"{side}_{part}", -1) for part in ("name", "address", "application", "process")
    )
    return name, address, application, process


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


def _text(cell: CellValue) -> str:
    return "" if cell is None else str(cell).strip().casefold()


@lru_cache(maxsize=4096)
def _protocol(cell: CellValue) -> str:
    named = _text(cell)
    return str(capture_words()["protocols"].get(named, named))


def _word(cell: CellValue) -> str:
    text = "" if cell is None else str(cell).strip()
    return "" if text.casefold() in word_set("nothing") else text[:255]


def _amount(cell: CellValue) -> Decimal | int:
    """A count or a volume; 1.234 and 1,234 are more likely thousands than parts of one. Nothing where it is none."""
    if cell is None or isinstance(cell, bool):
        return 0
    text = cell if isinstance(cell, str) else str(cell)
    if text.isascii() and text.isdigit() and len(text) <= 18:
        return int(text)
    readings = [each for each in number_readings(text).values() if each >= 0 and each.adjusted() < 18]
    return max(readings, default=Decimal(0))
