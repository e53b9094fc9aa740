"""Pages that name articles: feeds, sitemaps, listings."""
