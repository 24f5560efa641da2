"""Inputs to text: which inputs a run has, and each one opened, uncompressed, decoded, or refused."""
