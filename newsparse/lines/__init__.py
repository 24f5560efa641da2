"""Kinds of lines: what each line looks like, whatever stands around it."""
