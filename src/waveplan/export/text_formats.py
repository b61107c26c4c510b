"""What other programs read as text: findings, graphs, plans, each by the name of its format.

A new format is one entry here; its module is loaded when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast

if TYPE_CHECKING:
    from waveplan.domain.findings import Finding
    from waveplan.domain.plan import Plan
    from waveplan.export.graph_view import GraphView

Content = TypeVar("Content", contravariant=True)


class TextFormat(Protocol[Content]):
    """Writes one thing as text; `asked` is what single formats take besides."""

    def __call__(self, content: Content, **asked: Any) -> str:
        """The text."""


@dataclass(frozen=True, slots=True)
class _Written(Generic[Content]):
    """A format whose module stands beside this one."""

    module: str
    function: str

    def __call__(self, content: Content, **asked: Any) -> str:
        writer = getattr(import_module(f"waveplan.export.{self.module}"), self.function)
        return cast(str, writer(content, **asked))


FINDINGS: Mapping[str, TextFormat[Iterable[Finding]]] = {
    name: _Written(f"findings_{name}", "format_findings")
    for name in ("azure", "github", "gitlab", "json", "junit", "sarif")
}
GRAPHS: Mapping[str, TextFormat[GraphView]] = {
    name: _Written(f"graph_{name}", f"format_{name}") for name in ("dot", "mermaid", "svg", "graphml")
}
PLANS: Mapping[str, TextFormat[Plan]] = {
    "json": _Written("plan_json", "dump_plan_json"),
    "yaml": _Written("plan_yaml", "dump_plan"),
}
