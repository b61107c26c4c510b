"""Foreign data → inventory: sheets and exports are read as records, records are united, what is united is written.

`tables` reads sheets and delimited text row by row; each module of `sources` turns one tool's files into a `Harvest`
of records, flows and an account of every row. Nothing here prints, asks or plans.
"""
