"""From marks and paths to file, line and column."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from waveplan.domain.findings import Location, Path
from waveplan.loading.tree import Node, mark_of, path_in, spoken_path

_LINE_END = re.compile(r"\r\n?|\n")


class SourceText:
    """The text of one file, and the mark of its first character."""

    def __init__(self, name: str, text: str, base: int = 0) -> None:
        self.name = name
        self.text = text
        self.base = base

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def location(self, mark: int) -> Location:
        """File, line and column of a mark."""
        offset = mark - self.base
        line = bisect_right(self._line_starts, offset)
        return Location(self.name, line, offset - self._line_starts[line - 1] + 1)

    def between(self, start: int, end: int) -> str:
        """What stands from one mark to another."""
        return self.text[start - self.base : end - self.base]

    def line_up_to(self, mark: int) -> str:
        """What stands on the mark's line before it."""
        offset = mark - self.base
        start = self._line_starts[bisect_right(self._line_starts, offset) - 1]
        return self.text[start:offset]


class Texts:
    """All texts read so far, end to end, so that one number tells any place."""

    def __init__(self) -> None:
        self._texts: list[SourceText] = []
        self._bases: list[int] = []
        self.told_keys: set[int] = set()  # marks of keys that were reported as soon as they were read

    def add(self, name: str, text: str) -> SourceText:
        """Append a file's text."""
        last = self._texts[-1] if self._texts else None
        added = SourceText(name, text, last.base + len(last.text) + 1 if last else 0)
        self._texts.append(added)
        self._bases.append(added.base)
        return added

    def location(self, mark: int) -> Location:
        """File, line and column of a mark; the start of nothing when nothing was read."""
        if not self._texts:
            return Location("", 1, 1)
        return self._texts[max(bisect_right(self._bases, mark) - 1, 0)].location(mark)


class SourceMap:
    """Where each part of a loaded document stands; `root` is its tree."""

    def __init__(self, root: Node, texts: Texts, name: str) -> None:
        self.root = root
        self._texts = texts
        self._name = name

    def written(self, path: Path) -> Path | None:
        """A path as the text has it: keys by the file's names, a list of one that is given without its brackets left
        out. None when nothing stands there.
        """
        return path_in(self.root, path)

    def spoken(self, path: Path) -> str:
        """A path as people read it: `applications[erp].slot`; entries without an id by their number, from 1."""
        return spoken_path(self.root, path)

    def locate(self, path: Path) -> Location:
        """The place of what a path leads to, or of its nearest ancestor that is there."""
        if self.root is None:
            return Location(self._name)
        return self._texts.location(mark_of(self.root, path))
