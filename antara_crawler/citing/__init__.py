"""How to cite an archived article: in the words of four styles, and as data for programs."""
