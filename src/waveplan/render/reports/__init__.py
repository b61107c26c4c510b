"""Reports: what people read and hand on, as tables on the terminal, as Markdown, as CSV."""
