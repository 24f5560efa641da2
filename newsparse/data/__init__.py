"""The words, as TOML files, and the schema of the record."""
