"""The source `csv`: delimited text, through a mapping file."""

from waveplan.imports.mapping.spreadsheets import spreadsheet_source

SOURCE = spreadsheet_source("csv", "delimited text, through a mapping file")
