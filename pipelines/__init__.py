"""The way of an item: tidy, drop repeats, check, store (one file each, thin)."""
