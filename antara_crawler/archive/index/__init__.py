"""The words of the articles as they are searched: analysed, indexed, grouped for counting."""
