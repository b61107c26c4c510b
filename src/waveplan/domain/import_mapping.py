"""The file that says how a spreadsheet is read: which sheets, what their rows are, which columns fill which fields."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from waveplan.domain.base import Model
from waveplan.domain.scalars import ONE_OR_MORE_WORDS, Day, PositiveCount, Word, as_list, parse_words

MappedKind = Literal["site", "team", "server", "application", "service", "dependency", "link"]
DecimalSign = Literal[".", ","]
DayOrder = Literal["ymd", "dmy", "mdy"]
Words = Annotated[list[Word], BeforeValidator(as_list)]
Wanted = dict[Word, Annotated[str | list[str], BeforeValidator(parse_words), WithJsonSchema(ONE_OR_MORE_WORDS)]]


def _or_column(schema: dict[str, Any]) -> None:
    mapping = dict(schema)
    schema.clear()
    schema["anyOf"] = [{"type": ["string", "number", "boolean"]}, {"type": "array"}, mapping]


class ColumnUse(Model):
    """Where a value comes from, and what becomes of it: extract, split, values, then the field's kind."""

    model_config = Model.model_config | {"json_schema_extra": _or_column}

    column: Word | None = None
    columns: list[Word] = []
    template: Word | None = None
    constant: Word | None = None
    combine: Literal["first", "join", "sum"] = "first"
    extract: Word | None = None
    split: Words = []
    values: dict[Word, Word] = {}
    otherwise: Word | None = None
    default: Word | None = None
    unit: Word | None = None
    decimal: DecimalSign | None = None
    date_order: DayOrder | None = None

    @model_validator(mode="before")
    @classmethod
    def _plain_columns(cls, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return {"columns": list(value)}
        return {"column": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_origin(self) -> ColumnUse:
        given = (self.column is not None, bool(self.columns), self.template is not None, self.constant is not None)
        if sum(given) != 1:
            raise PydanticCustomError("mapping", "give one of 'column', 'columns', 'template' or 'constant'")
        if self.otherwise is not None and not self.values:
            raise PydanticCustomError("mapping", "'otherwise' goes with 'values'")
        return self


class RecordKeys(Model):
    """Columns by which a thing is known to other sources."""

    external: ColumnUse | None = None
    vcenter: ColumnUse | None = None
    instance: ColumnUse | None = None
    uuid: ColumnUse | None = None
    macs: ColumnUse | None = None
    addresses: ColumnUse | None = None
    fqdn: ColumnUse | None = None
    hostname: ColumnUse | None = None

    @model_validator(mode="after")
    def _instance_has_its_vcenter(self) -> RecordKeys:
        if (self.vcenter is None) != (self.instance is None):
            raise PydanticCustomError("mapping", "'vcenter' and 'instance' go together")
        return self


class MappedRecord(Model):
    """One thing that a row makes."""

    kind: MappedKind
    name: ColumnUse | None = None
    keys: RecordKeys = RecordKeys()
    fields: dict[Word, ColumnUse] = {}
    when: Wanted = {}
    unless: Wanted = {}

    @model_validator(mode="after")
    def _named(self) -> MappedRecord:
        if self.kind == "dependency":
            if not {"consumer", "provider"} <= set(self.fields):
                raise PydanticCustomError("mapping", "a dependency needs the fields 'consumer' and 'provider'")
        elif self.kind == "link":
            if "between" not in self.fields:
                raise PydanticCustomError("mapping", "a link needs the field 'between'")
        elif self.name is None:
            raise PydanticCustomError("mapping", "give 'name': the column that tells one of them from the other")
        return self


class SheetChoice(Model):
    """Which sheet or file, and how it is read."""

    sheet: Word | None = None
    file: Word | None = None
    header: PositiveCount | None = None
    encoding: Word | None = None
    delimiter: Word | None = None


class SheetJoin(SheetChoice):
    """Another sheet or file whose columns are added, row by row, where the columns of `on` agree."""

    on: Annotated[dict[Word, Word], Field(min_length=1)]
    prefix: Word = ""


class MappedSheet(SheetChoice):
    """A sheet, or several alike, and what a row of it makes."""

    decimal: DecimalSign | None = None
    date_order: DayOrder | None = None
    when: Wanted = {}
    unless: Wanted = {}
    join: Annotated[list[SheetJoin], BeforeValidator(as_list)] = []
    ignore: Words = []
    makes: Annotated[list[MappedRecord], BeforeValidator(as_list), Field(min_length=1)]


class ImportMapping(Model):
    """A whole mapping file."""

    waveplan_mapping: Annotated[Literal["1"], BeforeValidator(str), WithJsonSchema({"enum": [1, "1"]})]
    name: Word | None = None
    as_of: Day | None = None
    decimal: DecimalSign | None = None
    date_order: DayOrder | None = None
    sheets: Annotated[list[MappedSheet], BeforeValidator(as_list), Field(min_length=1)]
