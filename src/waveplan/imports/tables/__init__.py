"""Sheets and delimited text, row by row, with limits that hostile files meet before memory does."""
