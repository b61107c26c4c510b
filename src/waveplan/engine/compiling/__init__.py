"""How loops are compiled, put together and kept on disk, and made ready before they are needed."""
