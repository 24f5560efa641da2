"""The lexicon: all words that the parser knows, from the files in newsparse/data."""
