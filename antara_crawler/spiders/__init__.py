"""How pages are found: requests, paging, when to stop. No selectors, no SQL."""
