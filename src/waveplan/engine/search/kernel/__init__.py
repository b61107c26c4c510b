"""Compiled moves: what one costs is what it touches, not the whole plan.

Every change, from one lot to two whole waves, is a list of lots and where they go. It is tried in steps, the cheapest
first, and taken back at the first rule it breaks: value, orders, amounts, the sequence of waves, then what must be
looked at wave by wave.

Every function takes the same two flat int64 arrays: `a`, the problem, which is only read, and `s`, the plan under way.
`layout` says where each table lies in them, with shapes and units. Lots, positions, streams and stages are their
numbers in `PlanningProblem`; a change is a list of lots in `s[CHANGE_LOT]`, beside it where each comes from and goes.
"""
