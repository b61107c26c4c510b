"""One module for each command. They import what is heavy inside their functions, so that `--help` opens at once."""
