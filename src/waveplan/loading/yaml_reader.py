"""YAML text → raw tree, in one pass over the parser's events.

Every scalar stays the word it was: fields, not spellings, decide types. Only a plain `null`, `~` or nothing
at all is no value. Words that Unicode holds equal, whichever way their accents are written, are made equal (NFC), so
that one id is one id. Tags, merge keys and several documents are refused, aliases and nesting are bounded, and
everything is reported with its place.
"""

from __future__ import annotations

from typing import Any, NoReturn
from unicodedata import normalize

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from waveplan.loading.anchors import Anchors, Overgrown
from waveplan.loading.repeated_keys import mended_mapping, report_cut_texts
from waveplan.loading.report import ReadingReport
from waveplan.loading.source_map import SourceText
from waveplan.loading.syntax import explain_syntax, explain_unreadable_character
from waveplan.loading.tree import MappingNode, Node, SequenceNode

MAX_DEPTH = 60
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where it was built in


class _GivenUpError(Exception):
    """The rest of the file cannot be read; why was already reported."""


def read_yaml(source: SourceText, report: ReadingReport) -> tuple[Node, bool]:
    """The tree of a text (None for an empty one), and whether it could be read to its end."""
    reader = _Reader(source, report)
    read = reader.read()
    return reader.roots[0] if read and reader.roots else None, read


def read_yaml_stream(source: SourceText, report: ReadingReport) -> tuple[list[Node], bool]:
    """The trees of all documents of a text as far as it can be read, and whether it could be read to its end."""
    reader = _Reader(source, report, several=True)
    read = reader.read()
    return reader.roots, read


class _Reader:
    def __init__(self, source: SourceText, report: ReadingReport, *, several: bool = False) -> None:
        self.roots: list[Any] = []
        self._several = several
        self._source = source
        self._report = report
        self._anchors = Anchors(len(source.text))
        self._open: list[tuple[list[Any], list[int], int, str | None]] = []

    def read(self) -> bool:
        """Fill `roots`; whether the text could be read to its end."""
        try:
            self._documents(PARSER(self._source.text).get_event)
        except _GivenUpError:
            return False
        except yaml.MarkedYAMLError as error:
            if "nesting depth" in (error.problem or ""):  # libyaml looks ahead, and may refuse before anything is read
                self._report_depth(self._source.base + (error.problem_mark.index if error.problem_mark else 0))
                return False
            innermost = self._open[-1][2] if self._open else None
            explain_syntax(error, self._source, innermost, self._report)
        except (yaml.YAMLError, ValueError):
            explain_unreadable_character(self._source, self._report)
        else:
            return True
        return False

    def _documents(self, next_event: Any) -> None:
        """The loop that sees every event; it is kept flat because it runs for every word of a large inventory."""
        base = self._source.base
        open_, anchors = self._open, self._anchors
        values: list[Any] = self.roots
        marks: list[int] = []
        while True:
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                word = event.value if event.value.isascii() else normalize("NFC", event.value)
                mark = event.start_mark.index + base
                values.append(None if word in _NOTHING and event.implicit[0] else word)
                marks.append(mark)
                if event.tag is not None or event.anchor is not None:
                    self._check_tag(event, mark)
                    anchors.keep(event.anchor, values[-1])
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                mark = event.start_mark.index + base
                marks.append(mark)
                open_.append((values, marks, mark, event.anchor))
                if event.tag is not None or event.anchor is not None or len(open_) > MAX_DEPTH:
                    self._check_start(event, mark)
                values, marks = [], []
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                node = self._mapping(values, marks) if kind is MappingEndEvent else SequenceNode(values)
                if kind is SequenceEndEvent:
                    node.marks = marks
                values, marks, node.mark, anchor = open_.pop()
                values.append(node)
                if anchor is not None:
                    anchors.keep(anchor, node)
            elif kind is AliasEvent:
                marks.append(event.start_mark.index + base)
                values.append(self._alias(event.anchor, marks[-1]))
            elif kind is DocumentStartEvent:
                if values and not self._several:
                    self._refuse_second(event.start_mark.index + base)
            elif kind is StreamEndEvent:
                return
            elif kind is DocumentEndEvent:
                anchors.forget()

    def _mapping(self, values: list[Any], marks: list[int]) -> MappingNode:
        if None in values:
            report_cut_texts(values, marks, self._source, self._report)
        try:
            node = MappingNode(zip(values[::2], values[1::2], strict=True))
        except TypeError:  # a list or a mapping stands where a key belongs
            return mended_mapping(values, marks, self._report)
        if 2 * len(node) != len(values) or None in node or "<<" in node:
            return mended_mapping(values, marks, self._report)
        node.marks = marks
        return node

    def _report_depth(self, mark: int) -> None:
        self._report.add(
            "WP110",
            mark,
            "more than {limit} levels of nesting",
            {"limit": MAX_DEPTH},
            hint="nothing in the format needs so many; the rest of this file was not read",
        )

    def _check_start(self, event: Any, mark: int) -> None:
        if len(self._open) > MAX_DEPTH:
            self._report_depth(mark)
            raise _GivenUpError
        self._check_tag(event, mark)
        self._anchors.open(event.anchor)

    def _check_tag(self, event: Any, mark: int) -> None:
        if event.tag is not None:
            self._report.add(
                "WP101",
                mark,
                "the tag '{tag}' has no meaning here",
                {"tag": event.tag},
                hint="take it out; put quotes around a text that starts with '!'",
            )

    def _alias(self, name: str, mark: int) -> Any:
        try:
            return self._anchors.use(name, len(self._open), MAX_DEPTH)
        except KeyError:
            self._report.add(
                "WP101",
                mark,
                "'*{name}' refers to an anchor that was not set before it",
                {"name": name},
                hint="write '&{name}' before the value it stands for, or quote a text that starts with '*'",
                hint_values={"name": name},
            )
            return None
        except Overgrown as error:
            self._report.add("WP110", mark, error.template, {"name": name}, hint="write out what this alias stands for")
            raise _GivenUpError from None

    def _refuse_second(self, mark: int) -> NoReturn:
        self._report.add(
            "WP101",
            mark,
            "a second document begins in this file",
            hint="keep one document a file: take out the line '---', or make a folder of several files",
        )
        raise _GivenUpError
