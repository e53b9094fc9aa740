"""The words of the page of what goes wrong, in Indonesian and English."""

HEALTH: dict[str, tuple[str, str]] = {
    "health": ("Kesehatan", "Health"),
    "health_hint": (
        "Temuan scrapy health yang terakhir, dan yang selesai dalam 30 hari ini.",
        "What the last scrapy health found, and what was over in these 30 days.",
    ),
    "health_none": ("Tidak ada temuan.", "No findings."),
    "health_kind": ("Jenis", "Kind"),
    "health_what": ("Temuan", "Finding"),
    "health_since": ("Sejak", "Since"),
    "health_until": ("Sampai", "Until"),
    "health.silent": ("tidak ada berita", "silent"),
    "health.no run": ("tidak ada proses", "no run"),
    "health.differs": ("tidak cocok", "differs"),
    "health.empty": ("kosong", "empty"),
    "health.left out": ("tidak dimuat", "left out"),
    "health.failing": ("gagal", "failing"),
    "health.unreadable": ("tidak terbaca", "unreadable"),
    "health.changing": ("berubah", "changing"),
    "health.disk": ("ruang disk", "disk"),
    "health.verify": ("pemeriksaan", "verify"),
    "health.machine": ("mesin", "machine"),
    "health.fleet": ("antrean", "queue"),
}
