"""Splitting a stream into articles: where one ends and the next begins."""
