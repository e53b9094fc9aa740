"""Our Scrapy components: what joins spider, captures and archive during a run."""
