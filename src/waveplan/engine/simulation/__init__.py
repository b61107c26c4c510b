"""Compiled simulation: histories of a plan in which gates say no, cutovers roll back and what slips pushes the rest."""
