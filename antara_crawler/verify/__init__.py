"""Whether all that was kept is there and says what it said; and mending what can be mended."""
