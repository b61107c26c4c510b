"""Histories in which the replanning itself decides what becomes of what slips; it never knows what is still to come."""
