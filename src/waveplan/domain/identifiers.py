"""Names for the kinds of identifier, so that a type checker tells a server from a site."""

from typing import NewType

ItemId = NewType("ItemId", str)
ServerId = NewType("ServerId", str)
SiteId = NewType("SiteId", str)
TeamId = NewType("TeamId", str)
LotId = NewType("LotId", str)
SlotId = NewType("SlotId", str)
WaveId = NewType("WaveId", str)
StreamId = NewType("StreamId", str)
