"""Formats that other tools read, each written from the neutral view: pure, the same bytes from the same plan."""

from waveplan.export.formats.protocol import Asked, Exported
from waveplan.export.formats.registry import FORMATS, Format

__all__ = ["FORMATS", "Asked", "Exported", "Format"]
