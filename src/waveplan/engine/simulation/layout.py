"""Where everything lies in the two arrays of a simulation: what may go wrong (`r`), and one history (`x`).

Built like `engine.search.layout`: a header of single numbers and of where each table begins. A *unit* is a wave of the
plan, whose lots stay together; a *place* is a position of the planning problem.

- chances: 2³² is certain; shares: `WHOLE` is 1; a spread is `KNOTS` + 1 quantiles, in the unit of what it is of
- days count from the programme's start; NEVER is after all days, LONG_AGO before them
- LOAD, ROOM, OFFER, CHARGE: millionths of a person-day; hours: millionths of an hour; CREW: people
"""

from __future__ import annotations

from itertools import count

NEVER = 2**40
LONG_AGO = -(2**40)
WHOLE = 1_000_000
KNOTS = 4096
SURE = 2**32
TRIES = 2  # tries of each unit that have draws of their own; later ones share what is left
NOTHING = -1

# kinds of effects
TEAM, CLOSED, LINK, LONGER = range(4)
# why a unit is not let through, or is rolled back
DECIDED, AWAITED, SHUT, EFFORT, PEOPLE, TRAFFIC, UNREADY, BACK, OVERRUN = range(9)
CAUSES = 9
# what a unit waits for
GATE, START, RESULT, DONE, STRANDED = range(5)
# entries of the log: unit, place, kind, day, cause
NO_GO, CALLED_OFF, ROLLED_BACK, FINISHED = range(4)
LOG_WIDTH = 5

# --- what may go wrong: `r` ------------------------------------------------------------------------------------------
_next = count().__next__

UNITS, PLACES, TEAMS, ROWS, CREWS, PAIRS, MILESTONES, EVENTS, EFFECTS = (_next() for _ in range(9))
DRAWS, DIM_EVENT, DIM_MILESTONE, DIM_TRY, DIM_EFFORT, DIM_LATE = (_next() for _ in range(6))
TODAY, DAYS, ANY_EFFORT, LINKED = (_next() for _ in range(4))
# by unit
UNIT_PTR, UNIT_LOT, HOME, BEGINS_AS, HELD_UNTIL = (_next() for _ in range(5))  # HELD_UNTIL: to be moved at once
NO_CHANCE, NOTICE, BACK_CHANCE, BACK_NEXT, AGAIN, ATTEMPTS = (_next() for _ in range(6))
WORK_SPREAD, WORK, ROLLBACK, TRANSPORT, CROSSING = (_next() for _ in range(5))  # CROSSING: unit × pair
PREPARATION, FOLLOW_PTR, FOLLOW, MILE_PTR, MILE = (_next() for _ in range(5))
EFFORT_PTR, EFFORT_OF = _next(), _next()  # unit × team: dimension, spread, weight
# unit × place
GATE_DAY, RUN_LAST, USABLE, CHARGE_PTR, CHARGE, CREW_PTR, CREW = (_next() for _ in range(7))
# by place
HOURS, NEAR_PTR, NEAR = (_next() for _ in range(3))
# weeks of teams; crews and people on call on some day
ROW_TEAM, ROW_MONDAY, ROW_OFFER, ROW_BASE, OFFER_DAY, CREW_TEAM, CREW_LIMIT = (_next() for _ in range(7))
# milestones: the day promised, the chance that it is kept, how late it is otherwise, from which day on
PROMISED, KEPT, LATE_SPREAD, LATE_FROM = (_next() for _ in range(4))
# events and their effects
STRIKES, STRIKE_FIRST, STRIKE_LAST, LASTS = (_next() for _ in range(4))
EFFECT_PTR, KIND, OF, VALUE, HITS = (_next() for _ in range(5))  # HITS: effect × unit
SPREAD = _next()

RISK_HEADER = _next()

# --- a history: `x` --------------------------------------------------------------------------------------------------
_next = count().__next__

PLACE, PHASE, NEXT, GATES_HELD, CUTOVERS_HELD, NO_GOES, BACKS, PUSHER, TRIAL, LIFTED = (_next() for _ in range(10))
SHARE, ARRIVES, STRUCK, OVER, ABSORBED, LOAD, MANNED = (_next() for _ in range(7))
SINCE, WEIGHED = _next(), _next()  # first day of preparations that have not led to a cutover; shares that are counted
LOGGED = _next()

HISTORY_HEADER = _next()

# --- slips remembered: `m` -------------------------------------------------------------------------------------------
_next = count().__next__

SLOTS, WIDTH, USED, MOST, RUN = (_next() for _ in range(5))  # SLOTS: a power of two; RUN: the one that `s` is of

MEMORY_HEADER = _next()
UNKNOWN, FOUND, NONE_LEFT = range(3)
