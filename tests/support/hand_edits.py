"""A plan file edited as a person edits it: lines moved, dates and words typed over, everything else left as it is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

_WAVE = "  - id: "
_SECTION = re.compile(r"^\w")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


class PlanText:
    """The lines of a plan file. Lots go by the head of their id, `crm` for `crm-358c`; waves by their whole id."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()

    def __str__(self) -> str:
        return "".join(f"{line}\n" for line in self.lines)

    def move_lot(self, lot: str, to: str) -> None:
        """Move a lot's line into another wave; a wave that is left without lots goes."""
        line, source = self._visit(lot)
        named = self.lines.pop(line)
        self._name_lot(named, to)
        if not any(each.startswith("      - ") for each in self._lots_of(source)):
            first, last = self._wave(source)
            del self.lines[first:last]

    def copy_lot(self, lot: str, to: str) -> None:
        """Name a lot in a second wave."""
        self._name_lot(self.lines[self._visit(lot)[0]], to)

    def swap_lots(self, one: str, other: str) -> None:
        """Let two lots change places."""
        first, second = self._visit(one)[0], self._visit(other)[0]
        self.lines[first], self.lines[second] = self.lines[second], self.lines[first]

    def delete_lot(self, lot: str) -> None:
        """Delete a lot's own entry; waves that name it still do."""
        entry = re.compile(rf"  - id: {re.escape(lot)}-[0-9a-f]+$")
        first = next(index for index, line in enumerate(self.lines) if entry.match(line))
        last = first + 1
        while self.lines[last].startswith("    "):
            last += 1
        del self.lines[first:last]

    def move_wave(self, wave: str, to: str, slot: str | None = None) -> None:
        """Type another id, date and slot over a wave's; without `slot`, the same window so many days on."""
        old, new = (dt.date.fromisoformat(each.rpartition("/")[2][:10]) for each in (wave, to))
        first, last = self._wave(wave)
        for index in range(first, last):
            line = self.lines[index]
            if line.startswith(_WAVE):
                self.lines[index] = f"{_WAVE}{to}"
            elif line.startswith("    date: "):
                self.lines[index] = f"    date: {new.isoformat()}"
            elif line.startswith("    slot: "):
                self.lines[index] = f"    slot: {slot}" if slot else _shifted(line, new - old)

    def replace(self, old: str, new: str) -> None:
        """Type something over the only place where something else stands."""
        text = str(self)
        assert text.count(old) == 1, (old, text)
        self.lines = text.replace(old, new).splitlines()

    def delete(self, beginning: str) -> None:
        """Delete the only line that begins so."""
        found = [index for index, line in enumerate(self.lines) if line.startswith(beginning)]
        assert len(found) == 1, (beginning, str(self))
        del self.lines[found[0]]

    def apply(self, name: str, given: Mapping[str, str]) -> None:
        """Make one edit by its name."""
        edits: dict[str, Callable[..., None]] = {
            "move_lot": self.move_lot,
            "copy_lot": self.copy_lot,
            "swap_lots": self.swap_lots,
            "delete_lot": self.delete_lot,
            "move_wave": self.move_wave,
            "replace": self.replace,
            "delete": self.delete,
        }
        edits[name](**given)

    def wave_at(self, line: int) -> str | None:
        """The wave whose lines hold that one, counted from 1."""
        wave = None
        for above in reversed(self.lines[:line]):
            if above.startswith(_WAVE):
                wave = wave or above.removeprefix(_WAVE)
            elif _SECTION.match(above):
                return wave if above == "waves:" else None
        return None

    def _wave(self, wave: str) -> tuple[int, int]:
        """Its first line, and the one after its last."""
        first = self.lines.index(f"{_WAVE}{wave}")
        last = first + 1
        while self.lines[last].startswith("    "):
            last += 1
        return first, last

    def _lots_of(self, wave: str) -> list[str]:
        first, last = self._wave(wave)
        block = self.lines[first:last]
        return block[block.index("    lots:") + 1 :]

    def _visit(self, lot: str) -> tuple[int, str]:
        """The line in which a wave names a lot, and the wave."""
        named = re.compile(rf"      - {re.escape(lot)}-[0-9a-f]+$")
        found = [index for index, line in enumerate(self.lines) if named.match(line)]
        assert len(found) == 1, (lot, str(self))
        wave = self.wave_at(found[0] + 1)
        assert wave is not None
        return found[0], wave

    def _name_lot(self, named: str, to: str) -> None:
        first, last = self._wave(to)
        self.lines.insert(self.lines.index("    lots:", first, last) + 1, named)


def _shifted(line: str, days: dt.timedelta) -> str:
    return _DATE.sub(lambda match: (dt.date.fromisoformat(match[0]) + days).isoformat(), line)
