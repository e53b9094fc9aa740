"""One file a verb. Scrapy takes every command class found here for a command: keep bases out."""
