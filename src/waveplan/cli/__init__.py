"""The command line: parse, ask `waveplan.api`, show. Nothing else in waveplan prints or exits."""
