"""Which pages are known and in what state: the queue of the crawl, its due dates and failures."""
