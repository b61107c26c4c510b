"""One module for each tool whose files can be read; each defines `SOURCE`, and is found by that."""
