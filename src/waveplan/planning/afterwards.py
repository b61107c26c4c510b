"""How long it takes to state, to check and to write a plan once it has been found."""

from __future__ import annotations

_AS_LOTS = 1.6  # of the time until lots are formed, reading and judging the inventory included: to state the plan, to
# check it, to write it. All look at the same applications, servers and lots on the same machine. Measured: 0.7 where
# lots are few, 1.3 to 1.9 at 3,000 lots or 10,000 servers.
_AS_FORMING = 15.0  # of the time in which lots are formed alone: 9 to 17 were measured, 14 where lots are few
_AS_PROBLEM = 1.0  # the same of the time in which lots and problem are formed, where the inventory was read before


def seconds_afterwards(began: float, formed: float, now: float) -> float:
    """What stating, checking and writing a plan are going to take, in seconds.

    It is told from when planning began, when the lots were formed and when the problem is, all since the run began: a
    slow machine is slow at each. Lots are formed in a moment where they are few, and the time until then is that of
    the interpreter, which nothing that follows takes once more.
    """
    return max(min(_AS_LOTS * formed, _AS_FORMING * (formed - began)), _AS_PROBLEM * (now - began))
