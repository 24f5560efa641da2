"""Timestamps: one line to the time that it states, and what was left of it."""
