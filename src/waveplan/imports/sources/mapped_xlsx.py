"""The source `xlsx`: Excel workbooks, through a mapping file."""

from waveplan.imports.mapping.spreadsheets import spreadsheet_source

SOURCE = spreadsheet_source("xlsx", "Excel workbooks, through a mapping file")
