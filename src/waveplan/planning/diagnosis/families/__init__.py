"""Kinds of facts, one file a family."""
