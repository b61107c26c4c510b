"""Inventories on the command line: read and reviewed, their errors told beside the result."""

from __future__ import annotations

from dataclasses import dataclass

from waveplan import api
from waveplan.cli import exit_codes
from waveplan.cli.findings import show_beside
from waveplan.cli.session import Session
from waveplan.cli.streams import standard_input
from waveplan.domain.inventory import Inventory

BYTES_IN_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class ReadInventory:
    """What commands that look into an inventory start from; None where errors kept it from being read."""

    inventory: Inventory | None
    session: Session
    exit_code: int
    validation: api.Validation


def max_bytes(max_size: int | None) -> int | None:
    """The option's megabytes in bytes."""
    return None if max_size is None else max_size * BYTES_IN_MB


def validated(source: str, session: Session, max_size: int | None) -> tuple[api.Validation, Session]:
    """What an inventory means, and the session in the language of its programme."""
    validation = api.validate(source, max_bytes=max_bytes(max_size), stdin=standard_input())
    inventory = validation.inventory
    return validation, session if inventory is None else session.speaking(inventory.programme.language)


def read_inventory(source: str, session: Session, max_size: int | None) -> ReadInventory:
    """Read and review an inventory. Errors are shown on standard error and decide the exit code."""
    validation, session = validated(source, session, max_size)
    show_beside(session, [finding for finding in validation.findings if finding.severity == "error"])
    code = exit_codes.FINDINGS if validation.has_errors else exit_codes.CLEAN
    return ReadInventory(validation.inventory, session, code, validation)
