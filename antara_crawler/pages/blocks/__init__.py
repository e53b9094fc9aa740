"""Lines to typed blocks: what is body text, and what is something else, with its reason."""
