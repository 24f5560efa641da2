"""Lines to kinds, and a stream of lines to articles: what each line looks like."""
