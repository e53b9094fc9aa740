"""Reading stored captures again with today's code: as the crawl reads, without fetching."""
