"""An article's fields other than its body: title, times, byline, section, tags."""
