"""The hard rules of the format, one a file: each takes the facts of a plan and yields a finding per violation."""
