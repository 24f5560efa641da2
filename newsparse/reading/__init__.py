"""Reading inputs: find them, open, uncompress and decode each of them, or refuse it."""
