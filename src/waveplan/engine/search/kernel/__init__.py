"""Compiled moves: what one costs is what it touches, not the whole plan.

Every change, from one lot to two whole waves, is a list of lots and where they go. It is tried in steps, the cheapest
first, and taken back at the first rule it breaks: value, orders, amounts, the sequence of waves, then what must be
looked at wave by wave. `layout` says where everything lies in the two arrays.
"""
