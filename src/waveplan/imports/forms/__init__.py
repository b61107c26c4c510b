"""What the exports of a tool look like: headings → fields as data, and what applies such data to tables.

A source's headings stand in `sources/columns/NAME.yaml`. `lines` finds the headings of a table and reads its rows by
them; `register` puts together what several rows say of one thing; `telling` words what could not be read.
"""
