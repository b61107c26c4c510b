"""From a planning problem of integers to an assignment of lots to positions, with values and proven bounds.

Nothing here knows inventories, lots, calendars or plans; nothing elsewhere imports OR-Tools or numba.
"""
