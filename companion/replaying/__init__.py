"""A whole meeting at once, from a transcript or a recording that the user owns."""
