"""The words of the page of changes, of the kinds of change, and of the same story elsewhere."""

CHANGES: dict[str, tuple[str, str]] = {
    "kind_correction": ("ralat", "correction notice"),
    "kind_rewritten": ("ditulis ulang", "rewritten"),
    "kind_headline": ("judul", "headline"),
    "kind_number": ("angka", "number"),
    "kind_name": ("nama", "name"),
    "kind_paragraph-added": ("paragraf ditambahkan", "paragraph added"),
    "kind_paragraph-removed": ("paragraf dihapus", "paragraph removed"),
    "kind_typo": ("salah ketik", "typo"),
}
