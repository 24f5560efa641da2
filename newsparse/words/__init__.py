"""All words that the parser knows, from the files in newsparse/data, and how they are kept ready."""
