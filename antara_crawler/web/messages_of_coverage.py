"""The words of how complete the archive is."""

COVERAGE: dict[str, tuple[str, str]] = {
    "complete": ("Kelengkapan {portal}, {year}", "How complete {portal} is, {year}"),
    "complete_hint": (
        "Portal menomori artikelnya berurutan. Terlihat: nomor yang diketahui ada artikelnya;"
        " tidak ada: sudah ditanyakan, bukan artikel; belum ditanyakan: belum diketahui.",
        "The portal numbers its articles one after the other. Seen: numbers known to be an"
        " article's; absent: asked for, and no article's; never asked for: not known.",
    ),
    "held": ("Tersimpan", "Held"),
    "seen": ("Terlihat", "Seen"),
    "absent_numbers": ("Tidak ada", "Absent"),
    "never_asked": ("Belum ditanyakan", "Never asked for"),
    "share": ("Bagian", "Share"),
    "rests_on": ("Dasar", "Rests on"),
    "by_numbers": ("semua nomor", "all numbers"),
    "by_day index": ("indeks harian", "day index"),
    "by_listing": ("daftar artikel", "listing"),
    "at_least": ("sedikitnya {share}", "at least {share}"),
    "silent": ("Hari sepi {year}", "Silent days of {year}"),
    "silent_hint": (
        "Lebih sedikit artikel daripada biasanya pada hari yang sama dalam minggu-minggu di"
        " sekitarnya.",
        "Fewer articles than is usual on the same weekday in the weeks around.",
    ),
    "silent_day": ("{day}: {n}, biasanya {low}–{high}", "{day}: {n}, usually {low}–{high}"),
}
