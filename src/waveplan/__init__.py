"""waveplan plans IT transitions: from a plain-text inventory to checked, dated waves."""

__version__ = "0.1.0"
