"""ExchangedModel files → elements and relations, read as a stream; entities and external references are refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from waveplan.imports.forms.collecting import Collection
from waveplan.imports.forms.register import one_line
from waveplan.imports.records import located
from waveplan.imports.tables.model import RowPlace
from waveplan.imports.tables.refusals import not_read
from waveplan.imports.tables.stored import stored_file

_CHUNK = 1 << 16
_MOST_BYTES = 300_000_000
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_ARCHI = "archimatetool.com"
_EXCHANGE = "opengroup.org/xsd/archimate"
_DIAGRAMS = ("Diagram", "Sketch", "Canvas")  # how Archi calls what it draws
_RELATION = "Relationship"


@dataclass(slots=True)
class ModelPart:
    """An element or a relation of a model."""

    identifier: str
    type: str  # without `Relationship`
    place: RowPlace
    name: str = ""
    source: str = ""
    target: str = ""
    documentation: str = ""
    properties: list[tuple[str, str, RowPlace]] = field(default_factory=list)  # name or reference, value, where


@dataclass(slots=True)
class ExchangedModel:
    """What a file holds."""

    elements: dict[str, ModelPart] = field(default_factory=dict)
    relations: list[ModelPart] = field(default_factory=list)
    names_of_properties: dict[str, str] = field(default_factory=dict)
    again: list[ModelPart] = field(default_factory=list)  # elements whose identifier stood before


def read_model(path: Path, collection: Collection) -> ExchangedModel | None:
    """The model of a file; None, and a finding, where it is another kind of XML.

    Raises UnreadableInputError for a file that is no XML, or would take what no model needs.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser, ParseError

    stored = stored_file(path)
    if stored.size > _MOST_BYTES:
        raise not_read(stored.name, "it is larger than {most} MB: no model is", most=_MOST_BYTES // 1_000_000)
    builder = _Builder(stored.name)
    parser = DefusedXMLParser(target=builder)
    builder.parser = parser.parser
    try:
        with stored.open() as opened:
            while chunk := opened.read(_CHUNK):
                parser.feed(chunk)
        parser.close()
    except ParseError as error:
        line, column = error.position
        raise not_read(
            stored.name, "it is not whole XML, line {line}, column {column}", line=line, column=column + 1
        ) from None
    except DefusedXmlException:
        raise not_read(stored.name, "it holds entities or refers to other files, which no model needs") from None
    if not builder.is_model:
        template = "this is no ArchiMate model: its first element is '{name}'"
        hint = "export the model in the Open Group's exchange format"
        place = located(RowPlace(stored.name, "", 1))
        collection.telling.note("WP510", place, template, {"name": builder.root}, hint=hint)
        return None
    return builder.model


class _Builder:
    """Takes the parser's events. Of names in several languages the first one counts."""

    def __init__(self, file: str) -> None:
        self.model = ExchangedModel()
        self.root = ""
        self.is_model = False
        self.parser: object = None  # who knows the line
        self._file = file
        self._part: ModelPart | None = None
        self._definition = ""
        self._property: tuple[str, RowPlace] | None = None
        self._stack: list[str] = []
        self._text: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element of XML begins."""
        namespace, _, name = tag.rpartition("}")
        self._stack.append(name)
        self._text.clear()
        if not self.root:
            self.root = name
            self.is_model = name == "model" and (_EXCHANGE in namespace or _ARCHI in namespace)
        elif name in {"element", "relationship"}:
            self._begin(attributes)
        elif name in {"propertyDefinition", "propertydef"}:
            self._definition = attributes.get("identifier", "")
            if attributes.get("name"):
                self.model.names_of_properties[self._definition] = one_line(attributes["name"])
        elif name == "property":
            self._begin_property(attributes)

    def data(self, text: str) -> None:
        """Text between tags."""
        self._text.append(text)

    def end(self, tag: str) -> None:
        """An element of XML ends."""
        name = tag.rpartition("}")[2]
        self._stack.pop()
        inside = self._stack[-1] if self._stack else ""
        text = "".join(self._text)
        self._text.clear()
        if name in {"element", "relationship"}:
            self._keep()
        elif name in {"name", "label"} and inside in {"element", "relationship"} and self._part:
            self._part.name = self._part.name or one_line(text)
        elif name == "name" and inside in {"propertyDefinition", "propertydef"}:
            self.model.names_of_properties.setdefault(self._definition, one_line(text))
        elif name == "documentation" and inside in {"element", "relationship"} and self._part:
            self._part.documentation = self._part.documentation or one_line(text)
        elif name == "value" and self._property and self._part:
            key, place = self._property
            self._part.properties.append((key, text.strip(), place))
            self._property = None

    def close(self) -> None:
        """The end of the file."""

    def _begin(self, attributes: dict[str, str]) -> None:
        kind = attributes.get(_TYPE, "").rpartition(":")[2]
        self._part = ModelPart(
            identifier=attributes.get("identifier") or attributes.get("id", ""),
            type=kind.removesuffix(_RELATION),
            place=RowPlace(self._file, "", self._line()),
            name=one_line(attributes.get("name", "")),
            source=attributes.get("source", ""),
            target=attributes.get("target", ""),
        )

    def _begin_property(self, attributes: dict[str, str]) -> None:
        key = attributes.get("propertyDefinitionRef") or attributes.get("identifierref") or attributes.get("key", "")
        place = RowPlace(self._file, "", self._line())
        if "value" in attributes and self._part:  # as Archi writes it
            self._part.properties.append((key, attributes["value"].strip(), place))
        else:
            self._property = (key, place)

    def _keep(self) -> None:
        part, self._part = self._part, None
        if part is None or not part.type or part.type.endswith("DiagramModel") or part.type.startswith(_DIAGRAMS):
            return
        if part.source and part.target:
            self.model.relations.append(part)
        elif part.identifier in self.model.elements:
            self.model.again.append(part)
        else:
            self.model.elements[part.identifier] = part

    def _line(self) -> int:
        return int(getattr(self.parser, "CurrentLineNumber", 1))
