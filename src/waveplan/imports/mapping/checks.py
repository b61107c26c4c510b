"""A mapping held against the format: fields that exist, words that fields take, patterns that can be used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from waveplan.domain.findings import Path
from waveplan.domain.import_mapping import ColumnUse, ImportMapping, MappedRecord, MappedSheet
from waveplan.imports.mapping.fields import FieldType, field_type, known_fields, open_fields
from waveplan.imports.mapping.patterns import compiled_pattern, template_columns
from waveplan.imports.mapping.typed import read_typed
from waveplan.imports.mapping.uses import KEY_TYPES, NAME
from waveplan.imports.values import UnreadableCellError, is_unit
from waveplan.loading.report import ReadingReport, suggestion
from waveplan.loading.tree import MappingNode, mark_of


def check_mapping(mapping: ImportMapping, root: MappingNode, report: ReadingReport) -> None:
    """Report what the format does not have, or no cell could ever give."""
    for number, sheet in enumerate(mapping.sheets):
        _check_sheet(sheet, ("sheets", number), root, report)


def _check_sheet(sheet: MappedSheet, path: Path, root: MappingNode, report: ReadingReport) -> None:
    for place, choice in ((path, sheet), *(((*path, "join", n), each) for n, each in enumerate(sheet.join))):
        if choice.encoding is not None and not _is_encoding(choice.encoding):
            mark, values = mark_of(root, (*place, "encoding")), {"name": choice.encoding}
            hint = "write utf-8, cp1252, utf-16 or another that Python knows"
            report.add("WP104", mark, "'{name}' is no encoding", values, path=place, hint=hint)
        if choice.delimiter is not None and len(choice.delimiter) != 1:
            mark = mark_of(root, (*place, "delimiter"))
            report.add("WP104", mark, "a delimiter is one character", path=place, hint='write ";", "," or "\\t"')
    for number, record in enumerate(sheet.makes):
        for use_path, use, kind in _uses(record, (*path, "makes", number), root, report):
            _check_use(use, kind, use_path, root, report)


def _is_encoding(name: str) -> bool:
    import codecs

    try:
        return codecs.lookup(name)._is_text_encoding  # base64 and the like are no encodings of text
    except (LookupError, ValueError):
        return False


def _uses(
    record: MappedRecord, path: Path, root: MappingNode, report: ReadingReport
) -> Iterator[tuple[Path, ColumnUse, FieldType]]:
    if record.name is not None:
        yield (*path, "name"), record.name, NAME
    for key, kind in KEY_TYPES.items():
        use = getattr(record.keys, key)
        if use is not None:
            yield (*path, "keys", key), use, kind
    for name, use in record.fields.items():
        found = field_type(record.kind, name)
        if found is None:
            _report_field(record, name, (*path, "fields", name), root, report)
        else:
            yield (*path, "fields", name), use, found


def _report_field(record: MappedRecord, name: str, path: Path, root: MappingNode, report: ReadingReport) -> None:
    head = name.partition(".")[0]
    hint: dict[str, Any]
    if head in open_fields(record.kind):
        hint = {"hint": "write it with what it is for: {field}.NAME", "hint_values": {"field": head}}
    elif name == "id":
        hint = {"hint": "ids are made from 'name'"}
    else:
        known = known_fields(record.kind)
        hint = suggestion(name, known, "what nothing else fits is a label: labels.NAME")
    template = "of the kind {kind} there is no field '{field}' that a column can fill"
    values = {"kind": record.kind, "field": name}
    report.add("WP525", mark_of(root, path, key=True), template, values, path=path, **hint)


def _check_use(use: ColumnUse, kind: FieldType, path: Path, root: MappingNode, report: ReadingReport) -> None:
    for key, text, check in (("extract", use.extract, compiled_pattern), ("template", use.template, template_columns)):
        if text is not None:
            try:
                check(text)
            except UnreadableCellError as error:
                mark = mark_of(root, (*path, key))
                template = "'{key}' cannot be used: {why}"
                report.add("WP532", mark, template, {"key": key, "why": error.phrase}, path=path)
    if use.unit is not None and not is_unit(use.unit):
        mark = mark_of(root, (*path, "unit"))
        hint = "write KB, MB, GB, TB, KiB, MiB, GiB, TiB, Ko, Mo, Go, To, bytes; Mbps, Gbps; min, h, d"
        report.add("WP104", mark, "'{name}' is no unit", {"name": use.unit}, path=path, hint=hint)
    told = [((*path, key), getattr(use, key)) for key in ("constant", "otherwise", "default")]
    for where, text in (*told, *(((*path, "values", word), text) for word, text in use.values.items())):
        if text is not None:
            _check_word(text, kind, where, root, report)


def _check_word(text: str, kind: FieldType, path: Path, root: MappingNode, report: ReadingReport) -> None:
    """A word of the mapping itself that its field does not take."""
    try:
        read_typed(text, kind)
    except UnreadableCellError as error:
        report.add("WP104", mark_of(root, path), "'{key}': {why}", {"key": path[-1], "why": error.phrase}, path=path)
