"""The steering view as slides: tables that can be edited, charts of the presentation itself, text that fits."""

from waveplan.slides.steering import steering_slides

__all__ = ["steering_slides"]
