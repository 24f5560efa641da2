"""The command: options to a run, a run to its exit status."""
