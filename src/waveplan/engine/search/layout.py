"""Where everything lies in the two arrays that compiled code works on: the problem, and a plan under way.

Each is one flat array of whole numbers that begins with a header: single numbers, and where each table begins, so
`a[a[DAY] + position]` is a position's day. One array in place of fifty is what makes compiling short and calls cheap:
numba takes an array apart into seven values, and counts references to it, in every call.

Shapes stand beside the names below; a table of several dimensions lies row after row, and a name with `_PTR` says where
the rows of the ragged table named like it begin, one entry more than there are rows. Units:

- DAY, HOME_DAY, LOT_DAY, STAGE_GAP, CARE_FIRST, CARE_LAST, FIRST_CARE, LAST_CARE: whole days, days of the calendar as
  numbers
- WEEK, RANK: ISO weeks as numbers; the order of starts
- weights of TIE: parts of a weight, of which `weight_scale` make 1; VALUE, MOST_VALUE, BEST_VALUE of coexistence: the
  same × days
- HOURS, CUTOVER, TEST, ROLLBACK, TRANSPORT: the common unit of `WindowWork`, in which all hours are whole numbers
- FIT, DOWN: eight and five numbers each, in the order and the units of `WindowFit` and `DowntimeLimit`; TERM: link,
  position, coefficient; LINK_AMOUNT [link × lot]: units of the link's pool
- AMOUNT, CAPACITY, LOAD, ROOM, ELEMENT_WEIGHT, UNION_…, CHARGE, LIMIT, USED: whole units of each limit, as scaled by
  itself
- PENALTY, BEST_PENALTY: thousandths of the limits that are exceeded, summed up
- POINTS, HELD_POINTS: criticality points; SHARE, RISK, MOST_RISK: RISK_SCALE-ths of a point
- ORDINAL, NEEDED, STAGE_END, STAGE_WEEK, AT_ONCE, MOST_WAVES, WAVES: numbers of waves
- LEVEL, UNTIL_MOST, STARTS_LEAST: levels: starts and ends in the order of time, equal where they are at one moment
"""

from __future__ import annotations

from itertools import count

import numpy as np

NOWHERE = -1  # the position of a lot that has none yet
NO_DAY = -(2**40)  # its day
NO_LIMIT = 2**62
NEVER = -1  # in place of calendars that keep a gate from a day: nothing lets it fall on that day
ALL = -1  # stands for every stream

IN, OUT = np.int64(1), np.int64(-1)  # typed, so that code they are handed to is compiled once, not for each of them
NONE = np.int64(0)

COEXISTENCE, MOVED_LOTS, CRITICALITY_RISK, NOTHING = 0, 1, 2, 3  # what a search can make smaller
RISK_SCALE = 5_354_228_880  # the least common multiple of 1…24: what a criticality point counts in the first wave

# --- the problem: `a` ------------------------------------------------------------------------------------------------
_next = count().__next__

# single numbers
LOTS, POSITIONS, STREAMS, RESOURCES, STAGES, UNIONS = (_next() for _ in range(6))
GOAL, MOST_WAVES, MOST_VALUE, MOST_MOVED, MOST_RISK, RISKY = (
    _next() for _ in range(6)
)  # what is made smaller; what is held
DEEP = _next()  # whether any rule must be looked at wave by wave when a change is accepted
WORDS = _next()  # 64-bit words in one row of a table of bits over positions
LOT_WORDS = _next()  # the same for bits over lots

# by position
DAY, RANK, WEEK, STREAM_OF, HOURS, DONE = (_next() for _ in range(6))  # DONE: waves there are (1), or are not (0)
# by stream
STREAM_PTR, PLAIN, AT_ONCE, NEXT_GATE = (_next() for _ in range(4))  # PLAIN: numbers of waves matter to no rule
STAGE_GAP, STAGE_WEEK, STAGE_END = (_next() for _ in range(3))  # stream × stage
# by lot
LOT_STREAM, ALLOWED, NEEDED, HOME_DAY, CARE, GROUPS = (_next() for _ in range(6))  # ALLOWED: bits over positions
POINTS, SHARE = _next(), _next()  # criticality points; what one of them counts in the n-th wave (from 0)
CUTOVER, TEST, ROLLBACK, TRANSPORT = (_next() for _ in range(4))
TIE_PTR, TIE = _next(), _next()  # other lot, weight
# amounts of which a wave holds so much: lot × resource; stream × stage × resource
AMOUNT, CAPACITY, RESOURCE_DIVISOR = (_next() for _ in range(3))
# what the lots of a wave touch together, each element once
TOUCH_PTR, TOUCH, ELEMENT_WEIGHT, ELEMENT_UNION, UNION_STREAM, UNION_LIMIT, UNION_DIVISOR = (_next() for _ in range(7))
# union × position: where it is booked, so that waves of one window come together; nowhere when it does not count
UNION_PLACE = _next()
# budgets over several positions
POOL_PTR, POOL, CHARGE_PTR, CHARGE, LIMIT, LIMIT_DIVISOR, ASLEEP, WAKES_PTR, WAKES = (_next() for _ in range(9))
# orders: other lot, rows of LEVEL of the first and of the second, block of rows of CLASH or NOWHERE, whether it leads
BEFORE_PTR, BEFORE, AFTER_PTR, AFTER, LEVEL, CLASH_PTR, CLASH, APART_PTR, APART = (_next() for _ in range(9))
# groups: an order, the lot's row of LEVEL, whether it waits; how many lots must have a place before those that wait
GROUP_PTR, GROUP, FIRSTS, GROUP_ORDERS, LEVELS = (_next() for _ in range(5))
# preludes of a lot; number of the day by position, the position that stands for each day; prelude × day: may it begin
LEAD_PTR, LEAD, PRELUDES, DAYS, DAY_INDEX, DAY_PLACE, OPENS = (_next() for _ in range(7))
# hypercare by profile × position; gates by position: where their records begin, which hold the base day, the working
# days that are needed, how many days there are, then for each the calendars that have it off and those that bar it
CARE_FIRST, CARE_LAST, DECIDING_PTR, DECIDING, EARLY_PTR, EARLY, GATE = (_next() for _ in range(7))
# windows: records of what shares a link; sets of lots as bits
FIT_PTR, FIT, DOWN_PTR, DOWN, TERM, SETS, LINK_AMOUNT, WATCH_PTR, WATCH = (_next() for _ in range(9))

PROBLEM_HEADER = _next()

# --- a plan under way: `s` -------------------------------------------------------------------------------------------
_next = count().__next__

WAVES, VALUE, MOVED, RISK, PENALTY, RANDOM, BEST_VALUE, BEST_PENALTY, PLACED = (_next() for _ in range(9))
# by lot
POS, LOT_DAY, SEAT, BEST = (_next() for _ in range(4))
# by position
HELD, MEMBERS, HELD_POINTS, ORDINAL, FIRST_CARE, LAST_CARE = (_next() for _ in range(6))
LOAD, ROOM = _next(), _next()  # × resource
TOUCHING, UNION_LOAD, UNION_ROOM = (_next() for _ in range(3))  # element × position; union × position
USED, AWAKE = _next(), _next()  # by budget
UNTIL, STARTS, UNTIL_MOST, STARTS_LEAST, GONE_FIRST = (_next() for _ in range(5))  # group order × level; by group order
LED, FIRST = _next(), _next()  # prelude × day; by prelude
CHANGE_LOT, CHANGE_TO, CHANGE_FROM = (_next() for _ in range(3))  # the change that is being tried

STATE_HEADER = _next()
