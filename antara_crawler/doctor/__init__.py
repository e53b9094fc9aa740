"""How well a portal's pages are read: one page looked into, or a whole portal at first contact."""
