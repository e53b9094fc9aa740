"""What pages say of articles beside their texts: feeds, sitemaps, listings, marked dates."""
