"""The formats: one Agreement in, one document out."""
