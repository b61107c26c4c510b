"""How the cutover of a wave ended, from its own line and from those of its lots and their items."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from waveplan.domain.plan import Plan, Wave
from waveplan.imports.progress.lines import LineSaid
from waveplan.imports.progress.said import ReadProgress

_DONE = frozenset({"done", "go"})
_BACK = frozenset({"rolled_back", "refused"})


@dataclass(frozen=True, slots=True)
class CutoverLines:
    """Lines about one wave: its own, if there is one, and those of its lots and items."""

    wave: Wave
    plan: Plan
    own: LineSaid | None
    parts: Sequence[LineSaid]

    @property
    def lots(self) -> list[LineSaid]:
        """Lines of lots."""
        return [line for line in self.parts if line.part.kind == "lot"]

    @property
    def deciding(self) -> LineSaid | None:
        """The line that says that it is over: the wave's own; else the last of its lots, once all of them say so."""
        if self.own is not None and self.own.meaning in _DONE | _BACK:
            return self.own
        over = [line for line in self.lots if line.meaning in _DONE | _BACK]
        if not over or len(over) < len(self.wave.lots):
            return None
        return max(over, key=lambda line: (line.row.done or dt.date.min, line.row.place))

    @property
    def back(self) -> list[LineSaid]:
        """Lines of lots and items that were rolled back."""
        return [line for line in self.parts if line.meaning in _BACK]

    @property
    def is_all_back(self) -> bool:
        """Whether nothing of the wave stayed where it was moved to."""
        if self.own is not None and self.own.meaning in _BACK:
            return True
        named = {line.part.id for line in self.back}
        lots = self.plan.lots_by_id()
        return all(lot in named or (lot in lots and named.issuperset(lots[lot].items)) for lot in self.wave.lots)

    @property
    def waiting(self) -> list[str]:
        """Lots that are open although the wave is over."""
        return [line.part.id for line in self.lots if line.meaning == "open"]

    def lines(self) -> Iterator[LineSaid]:
        """All of them."""
        yield from [self.own] if self.own is not None else []
        yield from self.parts


def read_cutover(lines: CutoverLines, as_of: dt.date, read: ReadProgress) -> None:
    """The entry of a wave that is over; else its lines are passed over."""
    line = lines.deciding
    if line is None:
        for each in lines.lines():
            read.skip(each.row.place, "it is still open")
        return
    if lines.waiting and not lines.is_all_back:
        template = "{wave} is done, yet its lots {lots} are open: close them, or say that they were rolled back"
        read.skip(line.row.place, template, unclear=True, wave=lines.wave.id, lots=", ".join(lines.waiting))
        return
    day = line.day(lines.wave.date, as_of)
    if not lines.back and line.meaning in _DONE:
        read.said.append(line.said(("cutover", lines.wave.id, "done"), day))
        return
    reason = next((each.row.reason for each in [line, *lines.back] if each.row.reason), "")
    if lines.is_all_back:
        read.said.append(line.said(("cutover", lines.wave.id, "rolled-back"), day, reason=reason))
        return
    named = sorted({each.part.id for each in lines.back})
    read.said.append(line.said(("cutover", lines.wave.id, "partial"), day, reason=reason, rolled_back=named))
