"""A page's nodes as the lines that a reader sees."""
