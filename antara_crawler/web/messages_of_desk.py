"""The words of feeds and of the page as it was."""

DESK: dict[str, tuple[str, str]] = {
    "feed": ("Ikuti pencarian ini (Atom)", "Follow this search (Atom)"),
    "see_as_it_was": ("Lihat seperti aslinya", "See it as it was"),
    "as_it_was": ("Halaman seperti aslinya", "The page as it was"),
    "as_it_was_short": ("seperti aslinya", "as it was"),
    "as_it_was_of": ("Seperti aslinya, {at}", "As it was, {at}"),
    "as_it_was_at": ("Diambil {at}", "Fetched {at}"),
    "as_it_was_hint": (
        "Dari salinan asli, tanpa skrip, dan tanpa gambar dan gaya dari jaringan. Tautannya tidak"
        " berfungsi.",
        "From the raw record, without scripts, and without pictures and styles from the network."
        " Its links lead nowhere.",
    ),
}
