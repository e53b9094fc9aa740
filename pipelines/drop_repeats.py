"""Second on an item's way: paragraphs that say again what stood before are taken out."""

from dataclasses import replace

from antara_crawler.items import Article
from antara_crawler.text import without_repeats
from pipelines import Counting


class DropRepeats(Counting):
    """Keeps the first of each paragraph; the rest go to `article.removed`."""

    def process_item(self, item: object) -> object:
        """Return the article without repeats; anything else as it came."""
        if not isinstance(item, Article):
            return item
        kept, removed = without_repeats(item.paragraphs, item.dateline_text)
        self.stats.inc_value("paragraphs/repeated", len(removed))
        if not removed:
            return item
        return replace(item, paragraphs=kept, removed=removed)
