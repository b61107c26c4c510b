"""Other ways to plan: each takes the planning problem's integers and gives every lot a position.

cp-sat    one time-indexed model of every rule for CP-SAT, with the goal, and nothing else
next-fit  move groups by servers, ascending, a new wave when one is full
ordered   providers first, then what is simple, each in the earliest wave that has room
"""
