"""Makes an archive anew from the captures alone: every answer of every crawl, in their order."""
