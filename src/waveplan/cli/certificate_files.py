"""Where the certificates of a plan are: in a file beside it, named after it."""

from __future__ import annotations

from pathlib import Path


def certificate_beside(plan: str) -> str | None:
    """`plan.certificate.json` for `plan.yaml`; none for a plan on standard input."""
    return None if plan == "-" else str(Path(plan).with_suffix(".certificate.json"))


def read_certificate(name: str | None) -> bytes | None:
    """The file as it is; None when it is not there, or cannot be read."""
    try:
        return None if name is None else Path(name).read_bytes()
    except OSError:
        return None
