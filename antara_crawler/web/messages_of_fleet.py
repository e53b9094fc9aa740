"""The words of the page of a fleet's machines and portals, in Indonesian and English."""

FLEET: dict[str, tuple[str, str]] = {
    "fleet": ("Mesin & portal", "Machines & portals"),
    "fleet_hint": (
        "Halaman ini hanya dapat dibaca. Untuk mengatur, di baris perintah:",
        "This page can only be read. To arrange things, on the command line:",
    ),
    "machines_alive": ("Mesin yang bekerja", "Machines alive"),
    "articles_a_minute": ("Artikel per menit", "Articles a minute"),
    "being_crawled": ("Sedang diambil", "Being crawled"),
    "machine": ("Mesin", "Machine"),
    "machines": ("Mesin", "Machines"),
    "no_machines": ("Belum ada mesin yang bekerja.", "No machine has worked yet."),
    "portals": ("Portal", "Portals"),
    "no_portals": ("Belum ada portal yang direncanakan.", "No portal is planned."),
    "crawls_at_once": ("Pengambilan", "Crawls"),
    "n_of_m": ("{n} dari {m}", "{n} of {m}"),
    "last_seen": ("Terakhir terlihat", "Last seen"),
    "last_success": ("Terakhir berhasil", "Last done"),
    "next_night": ("Malam berikutnya", "Next night"),
    "parts_left": (
        "{n} bagian pembacaan ulang tersisa",
        "{n} parts of its re-extraction left",
    ),
    "state.queued": ("dalam antrean", "queued"),
    "state.waiting": ("menunggu", "waiting"),
    "state.paused": ("ditangguhkan", "paused"),
    "state.alive": ("bekerja", "alive"),
    "state.silent": ("tidak terdengar", "silent"),
}
