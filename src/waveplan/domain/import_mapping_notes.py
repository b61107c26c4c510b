"""What the keys of a mapping file mean, in one line each: what an editor shows beside them."""

from __future__ import annotations

_DECIMAL = "The decimal mark of its numbers; not given, each column decides by what stands in it, or it is asked."
_ORDER = "dmy, mdy or ymd; not given, each column decides by what stands in it, or it is asked."
_WHEN = "Column → word or words, with * for any letters: rows of which all of these hold."
_UNLESS = "Column → word or words: rows of which any of these holds are left out."
_CHOICE = {
    "sheet": "Name of the sheet, with * for any letters; not given, every sheet that has the columns.",
    "file": "Name of the file, with * for any letters; not given, every file.",
    "header": "Row of the headers; not given, the first row that has the columns.",
    "encoding": "Of delimited text, such as cp1252; not given, it is found.",
    "delimiter": "Of delimited text; not given, it is found.",
}

IMPORT_MAPPING_NOTES: dict[str, dict[str, str]] = {
    "ImportMapping": {
        "waveplan_mapping": "Version of the format: 1.",
        "name": "The name under which precedence and provenance know this source; default: the format's.",
        "as_of": "The day on which the source was taken.",
        "decimal": _DECIMAL,
        "date_order": _ORDER,
        "sheets": "Sheets or files, and what their rows are; a sheet belongs to the first entry that it fits.",
    },
    "MappedSheet": {
        **_CHOICE,
        "decimal": _DECIMAL,
        "date_order": _ORDER,
        "when": _WHEN,
        "unless": _UNLESS,
        "join": "Other sheets whose columns are added.",
        "ignore": "Columns that are known and not wanted: nothing is said of them.",
        "makes": "What a row makes: one thing or several.",
    },
    "SheetJoin": {
        **_CHOICE,
        "on": "Column here → column there; all of them must agree.",
        "prefix": "Put before the names of its columns; without it, a column of the sheet itself comes first.",
    },
    "MappedRecord": {
        "kind": "site, team, server, application, service, dependency or link.",
        "name": "What tells one of them from another; rows of one name say together what it is.",
        "keys": "By what other sources know it.",
        "fields": "Field of the inventory → where it comes from; labels.rack, effort.dba.each, depends_on.",
        "when": _WHEN,
        "unless": _UNLESS,
    },
    "RecordKeys": {
        "external": "The source's own id.",
        "vcenter": "The vCenter, with instance.",
        "instance": "The instance UUID, with vcenter.",
        "uuid": "The BIOS UUID.",
    },
    "ColumnUse": {
        "column": "The column.",
        "columns": "Several columns, see combine.",
        "template": "A text with columns in braces: '{Host}.{Domain}'.",
        "constant": "The same value for every row.",
        "combine": "Of several columns the first that is not empty, all of them joined, or their sum.",
        "extract": "A regular expression; its first group, or all that it matches, is the value.",
        "split": "What parts several values in one cell; a word or a list of them.",
        "values": "What the column says → what the inventory says.",
        "otherwise": "For what `values` does not name.",
        "default": "For empty cells.",
        "unit": "The unit of numbers without one, such as MiB, Go, min; not given, the header's.",
        "decimal": _DECIMAL,
        "date_order": _ORDER,
    },
}
