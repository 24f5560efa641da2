"""Views for people: explanation, records for reading, report, progress bar, messages."""
