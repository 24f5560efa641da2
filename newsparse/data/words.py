"""Nothing: what Python keeps for this module are the lists of words that lie beside it, see `newsparse.wordcache`."""
