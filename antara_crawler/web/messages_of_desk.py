"""The words of feeds and of the page as it was."""

DESK: dict[str, tuple[str, str]] = {
    "feed": ("Ikuti pencarian ini (Atom)", "Follow this search (Atom)"),
}
