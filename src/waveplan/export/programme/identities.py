"""Identities that stay when other things change, by which other tools know a line of a plan again."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from waveplan.domain.plan import Milestone
from waveplan.export.programme.words import plain

_SLUG_LENGTH = 40
_TAG_LENGTH = 16


def slug(name: str) -> str:
    """A name in small letters, digits and hyphens, for keys and names of files."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:_SLUG_LENGTH].strip("-") or "programme"


def identity(programme: str, kind: str, identifier: str) -> str:
    """Programme (its slug), kind, id."""
    return f"{programme}:{kind}:{plain(identifier)}"


def milestone_identifier(milestone: Milestone) -> str:
    """What tells a milestone from others of its plan."""
    return f"{milestone.kind}/{milestone.id}/{milestone.site or ''}".rstrip("/")


def tag_of(key: str) -> str:
    """An identity in few letters, for fields that take no others."""
    return f"waveplan-{hashlib.sha256(key.encode()).hexdigest()[:_TAG_LENGTH]}"
