"""Every format by its name. A new one is one entry here; its module is loaded only when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from waveplan.export.formats.protocol import Asked, Exported, Writer
from waveplan.export.programme import ProgrammeView, Words


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, how its files end, whether they are binary, and what it is asked with.

    `module` stands beside this one and has a `write`. `extra` and `needs` are the package's extra and the library that
    a missing one is told by; `settings` are the keys of `--set`, each with its default.
    """

    name: str
    extension: str
    module: str
    binary: bool = False
    several: bool = False  # whether it may be many files
    extra: str | None = None
    needs: str | None = None
    options: frozenset[str] = frozenset()
    settings: Mapping[str, str] = field(default_factory=dict)

    def write(self, view: ProgrammeView, words: Words, asked: Asked) -> Exported:
        """A programme in this format; settings that were not given have their defaults."""
        writer = cast(Writer, importlib.import_module(f"waveplan.export.formats.{self.module}").write)
        return writer(view, words, replace(asked, settings={**self.settings, **asked.settings}))


_ACCOUNT = {"account": "", "region": ""}
_CLUSTER = {
    "namespace": "openshift-mtv",
    "source": "source-provider",
    "destination": "host",
    "target-namespace": "",
    "network-map": "network-map",
    "storage-map": "storage-map",
}
_ALL = (
    Format("ics", "ics", "ics", options=frozenset({"since"})),
    Format("ms-project", "xml", "ms_project"),
    Format("xlsx", "xlsx", "xlsx", binary=True, extra="xlsx", needs="xlsxwriter"),
    Format("csv", "csv", "csv_tables", several=True, options=frozenset({"table", "semicolon"})),
    Format("mermaid", "md", "mermaid", several=True),
    Format("plantuml", "puml", "plantuml"),
    Format(
        "jira",
        "csv",
        "jira",
        options=frozenset({"ids"}),
        settings={"epic": "Epic", "task": "Task", "subtask": "Sub-task"},
    ),
    Format(
        "azure-devops",
        "csv",
        "azure_devops",
        options=frozenset({"ids"}),
        settings={"epic": "Epic", "feature": "Feature", "story": "User Story", "state": "New"},
    ),
    Format("aws-cmf", "csv", "aws_cmf", settings=_ACCOUNT),
    Format("aws-mgn", "csv", "aws_mgn", settings=_ACCOUNT),
    Format("forklift", "yaml", "forklift", several=True, settings=_CLUSTER),
)
FORMATS: Mapping[str, Format] = {each.name: each for each in _ALL}
