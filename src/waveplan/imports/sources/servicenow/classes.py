"""What the classes of configuration items are to a plan."""

from __future__ import annotations

from functools import cache
from pathlib import PurePath
from typing import Literal

from waveplan.imports.forms.form import words_of
from waveplan.imports.values import folded

Nature = Literal["server", "application", "cluster", "pool", "site", "other", ""]
"""Servers of a cluster move together, those of a pool share hosts only; empty: nobody says."""

_ENDS: tuple[tuple[str, Nature], ...] = (("server_ends", "server"), ("application_ends", "application"))
_TABLES: tuple[tuple[str, Nature], ...] = (
    ("servers", "server"),
    ("applications", "application"),
    ("clusters", "cluster"),
    ("pools", "pool"),
    ("sites", "site"),
)


@cache
def nature_of(name: str) -> Nature:
    """What a class is, by its label or its name; classes that are not listed, by how they end."""
    word = folded(name)
    if not word:
        return ""
    for table, nature in _TABLES:
        if word in words_of("servicenow", table):
            return nature
    for table, nature in _ENDS:
        if any(word.endswith(f" {end}") for end in words_of("servicenow", table)):
            return nature
    if word.endswith((" server", " computer")):
        return "server"
    return "cluster" if word.endswith(" cluster") else "other"


def server_kind(name: str) -> str:
    """The kind of server that a class is; empty where it may be several."""
    word = folded(name)
    known = words_of("servicenow", "servers").get(word)
    if known is not None:
        return known
    return "vm" if nature_of(name) == "server" and word.endswith(("instance", "virtual machine", "vm")) else ""


def nature_of_file(file: str) -> Nature:
    """What a file that is called like a table lists."""
    stem = folded(PurePath(file).stem)
    for name, nature in words_of("servicenow", "files").items():
        if stem == name or stem.startswith(f"{name} "):
            return "server" if nature == "server" else "application"
    found = nature_of(stem) if stem.startswith("cmdb ci ") else ""
    return "" if found == "other" else found
