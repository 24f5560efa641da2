"""The words that newsparse knows, as TOML files, and the style and template of the report."""
