"""Kinds to roles to the record: what each line is here."""
