"""What a person looks at: the explanation, the report, the progress."""
