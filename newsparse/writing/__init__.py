"""Records to bytes: the formats, and the output that is replaced as a whole."""
