"""What Python keeps for this module are the lists of words that lie beside it, see `newsparse.words.wordcache`."""
