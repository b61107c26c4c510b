"""Why an item is where it is, for people."""

from waveplan.render.explanations.view import explanation_view

__all__ = ["explanation_view"]
