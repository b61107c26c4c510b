"""The source `ods`: OpenDocument spreadsheets, through a mapping file."""

from waveplan.imports.mapping.spreadsheets import spreadsheet_source

SOURCE = spreadsheet_source("ods", "OpenDocument spreadsheets, through a mapping file")
