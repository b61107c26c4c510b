"""What people see: plans, lots, graphs and findings as text for a screen, in their language.

Modules are imported one by one, by who needs them, so that a check does not load what draws charts.
"""
