"""Exports of trackers and tables of events → what somebody would type after `waveplan record FILE`."""
