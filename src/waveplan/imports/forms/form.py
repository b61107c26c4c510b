"""A form: which headings a tool's export may have, and what each of them means; read from data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml

from waveplan.imports.records import Kind
from waveplan.imports.values import folded, without_unit


@dataclass(frozen=True, slots=True)
class FormColumn:
    """What a field is read from: the first of these headings whose cell is not empty.

    A path that begins with `@` is for the reader: `@name`, `@uuid`, `@status`.
    """

    path: str
    names: tuple[str, ...]  # folded
    read: str  # how, by the name of a function of `cells`
    unit: str = ""  # where neither the heading nor the cell names one
    pattern: re.Pattern[str] | None = None  # headings that are read too, each under the key that its group makes

    def path_of(self, heading: str) -> str:
        """The path that a heading of this column has."""
        match = None if self.pattern is None or heading in self.names else self.pattern.fullmatch(heading)
        return self.path + match[1].replace(" ", "_") if match and match.re.groups else self.path


@dataclass(frozen=True, slots=True)
class Form:
    """One layout of a tool's export."""

    name: str
    kind: Kind
    needs: tuple[tuple[str, ...], ...]  # of each of these paths one must have its heading, or it is another layout
    columns: tuple[FormColumn, ...]

    def column_of(self, heading: str) -> tuple[FormColumn, int] | None:
        """The column that a heading stands for, and its rank among that column's headings."""
        bare = _PREFIX.sub("", heading)
        for known in dict.fromkeys((folded(heading), folded(without_unit(heading)), folded(bare))):
            for column in self.columns:
                if known in column.names:
                    return column, column.names.index(known)
        for column in self.columns:
            if column.pattern and column.pattern.fullmatch(folded(heading)):
                return column, 0
        return None


_PREFIX = re.compile(r"\A\s*\[[^\]]{0,40}\]")  # what a heading belongs to: `[server]server_name`
_READ_AS = {
    "vcpu": "amount", "ram_gb": "memory", "disk_gb": "gigabytes", "environment": "environment", "power": "power",
    "criticality": "criticality", "strategy": "strategy", "kind": "server_kind", "addresses": "addresses",
    "cluster": "words", "end_of_support": "day", "verified_on": "day", "@macs": "macs", "@fqdn": "fqdn",
    "@uuid": "uuid", "hostname": "fqdn",
}  # fmt: skip


@cache
def data_of(source: str) -> Mapping[str, Any]:
    """All that the data of a source say."""
    text = files("waveplan.imports.sources").joinpath("columns", f"{source}.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return cast(Mapping[str, Any], yaml.load(text, Loader=loader))


@cache
def forms_of(source: str) -> tuple[Form, ...]:
    """The forms of a source, in the order of its data."""
    return tuple(_form(name, data) for name, data in data_of(source)["forms"].items())


@cache
def words_of(source: str, table: str) -> Mapping[str, str]:
    """What a source writes → what it means here, of one of its tables, by folded text."""
    told = data_of(source)[table]
    listed = told if isinstance(told, dict) else {table: told}
    return {folded(str(each)): str(word) for word, written in listed.items() for each in written}


def _form(name: str, data: Mapping[str, Any]) -> Form:
    columns = tuple(_column(path, each) for path, each in data["columns"].items())
    needs = tuple(tuple(each.split("|")) for each in data["needs"])
    return Form(name, data["kind"], needs, columns)


def _column(path: str, data: list[str] | Mapping[str, Any]) -> FormColumn:
    told: Mapping[str, Any] = {"names": data} if isinstance(data, list) else data
    return FormColumn(
        path=path,
        names=tuple(folded(str(each)) for each in told.get("names", ())),
        read=told.get("read", _READ_AS.get(path, "text")),
        unit=told.get("unit", ""),
        pattern=re.compile(told["pattern"]) if "pattern" in told else None,
    )
