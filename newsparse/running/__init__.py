"""The command: from the options to a run, and to its exit status."""
