"""What clocks show, for formats that know no zones: arithmetic on these goes by clocks on purpose."""

from __future__ import annotations

import datetime as dt

ClockTime = dt.datetime
"""A date and a time of day without a zone: no moment, which is why it has a name of its own."""


def clock(moment: dt.datetime) -> ClockTime:
    """What the clocks of its own zone show at a moment."""
    return moment.replace(tzinfo=None)
