"""An empty module. Its place in the cache of compiled modules holds the folded words: `newsparse.words.vocab`."""
