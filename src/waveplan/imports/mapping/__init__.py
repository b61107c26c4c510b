"""Any spreadsheet through a mapping file: which columns fill which fields, checked against the format.

`loading` reads the mapping and `checks` holds it against the format (`fields`); `selecting` finds the sheets that it
means, `reading` their rows, `gathering` puts together what rows say of one thing. `suggesting` writes a first mapping
from headers and values.
"""
