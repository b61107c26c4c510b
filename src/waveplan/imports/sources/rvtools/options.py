"""What is asked of the reader: which machines count, and what custom attributes mean."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from waveplan.domain.findings import printable
from waveplan.errors import UsageError
from waveplan.imports.values import UnreadableCellError, read_flag

OPTIONS: Mapping[str, str] = {
    "templates": "yes: import templates too",
    "placeholders": "yes: import placeholders of Site Recovery Manager too",
    "system": "yes: import the vCLS machines that vSphere makes for itself too",
    "off": "no: leave machines that are powered off out",
    "hosts": "yes: import ESXi hosts as physical servers",
    "site": "the site of all machines, in place of their Datacenter",
    "environment": "the column (a custom attribute, Folder, Annotation) that says prod, test, dev …",
    "application": "the column that names the application of a machine, or several",
    "owner": "the column that names the business owner of the application",
}
"""Key → what it does, in English."""


@dataclass(frozen=True, slots=True)
class Options:
    """The same, read."""

    templates: bool = False
    placeholders: bool = False
    system: bool = False
    off: bool = True
    hosts: bool = False
    site: str = ""
    environment: str = ""
    application: str = ""
    owner: str = ""


def options_of(given: Mapping[str, str]) -> Options:
    """Options as they were typed; raises UsageError for one that there is not, or that is neither yes nor no."""
    read: dict[str, str | bool] = {}
    for key, text in given.items():
        if key not in OPTIONS:
            near = difflib.get_close_matches(key, OPTIONS, n=1)
            known = ", ".join(near or OPTIONS)
            raise UsageError(
                "--option {key}: rvtools has no such option; there is {known}", key=printable(key), known=known
            )
        read[key] = _yes_or_no(key, text) if isinstance(_default(key), bool) else text
    return Options(**read)  # type: ignore[arg-type]


def _default(key: str) -> str | bool:
    return getattr(Options(), key)  # type: ignore[no-any-return]


def _yes_or_no(key: str, text: str) -> bool:
    try:
        flag = read_flag(text)
    except UnreadableCellError:
        flag = None
    if flag is None:
        raise UsageError("--option {key} is yes or no, and not {text}", key=key, text=repr(text))
    return flag
