"""Roles of lines: what each line is in its article, and the record as their sum."""
