"""Timestamps: from a line to the time that it states, and the rest of the line."""
