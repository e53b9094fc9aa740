"""Lines that name other stories: links to them, and the labels before them."""
