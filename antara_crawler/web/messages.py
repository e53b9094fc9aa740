"""Every word of the reader's own, in Indonesian and English."""

from antara_crawler.web.messages_of_changes import CHANGES
from antara_crawler.web.messages_of_coverage import COVERAGE
from antara_crawler.web.messages_of_desk import DESK
from antara_crawler.web.messages_of_fleet import FLEET
from antara_crawler.web.messages_of_health import HEALTH
from antara_crawler.web.messages_of_runs import RUNS

LANGUAGES = ("id", "en")

MESSAGES: dict[str, tuple[str, str]] = {
    # every page
    "name": ("Arsip ANTARA Daerah", "ANTARA Regional Archive"),
    "skip": ("Langsung ke isi", "Skip to content"),
    "menu": ("Menu", "Menu"),
    "search": ("Cari", "Search"),
    "coverage": ("Cakupan", "Coverage"),
    "runs": ("Riwayat & kegagalan", "Runs & failures"),
    "other_language": ("English", "Bahasa Indonesia"),
    "foot": (
        "Arsip ini hanya dapat dibaca. Tidak ada yang dikirim ke luar.",
        "A read-only archive. Nothing is sent out.",
    ),
    "api": ("Data untuk program (OpenAPI)", "Data for programs (OpenAPI)"),
    "all": ("Semua", "All"),
    "none": ("tidak ada", "none"),
    "unknown": ("tidak diketahui", "unknown"),
    "show": ("Tampilkan", "Show"),
    "revision": ("Revisi", "Revision"),
    # search
    "query": ("Kata yang dicari", "Words to look for"),
    "query_hint": (
        'Contoh: banjir barabai · "hulu sungai tengah" · -jembatan · banjir ATAU longsor · banjar*',
        'For example: banjir barabai · "hulu sungai tengah" · -jembatan · banjir OR rob · banjar*',
    ),
    "filters": ("Filter", "Filters"),
    "portal": ("Portal", "Portal"),
    "section": ("Rubrik", "Section"),
    "since": ("Sejak", "Since"),
    "until": ("Sampai", "Until"),
    "tag": ("Tag", "Tag"),
    "author": ("Pewarta atau editor", "Writer or editor"),
    "order": ("Urutan", "Order"),
    "relevance": ("Paling relevan", "Best match"),
    "date": ("Terbaru", "Newest"),
    "oldest": ("Terlama", "Oldest"),
    "download_all": ("Unduh semuanya:", "Download them all:"),
    "form_jsonl": ("JSON Lines", "JSON Lines"),
    "form_csv": ("CSV", "CSV"),
    "form_excel.csv": ("CSV untuk Excel", "CSV for Excel (;)"),
    "form_xlsx": ("Excel", "Excel"),
    "form_parquet": ("Parquet", "Parquet"),
    "without": ("hapus filter {name}", "remove the filter {name}"),
    "sections": ("Menurut rubrik", "By section"),
    "years": ("Menurut tahun", "By year"),
    "no_section": ("tanpa rubrik", "no section"),
    "no_year": ("tanpa tanggal", "no date"),
    "more": ("{n} lagi", "{n} more"),
    "results": ("{n} artikel", "{n} articles"),
    "results_for": ("{n} artikel untuk {query}", "{n} articles for {query}"),
    "nothing": ("Tidak ada artikel yang cocok", "Nothing found"),
    "nothing_for": ("Tidak ada artikel untuk {query}", "Nothing found for {query}"),
    "understood": ("Ditafsirkan sebagai: {query}", "Understood as: {query}"),
    "did_you_mean": ("Apakah maksud Anda", "Did you mean"),
    "in_dateline": ("Tempat:", "Dateline:"),
    "in_caption": ("Keterangan foto:", "Caption:"),
    "in_tag": ("Tag:", "Tag:"),
    "in_editor": ("Editor:", "Editor:"),
    "in_uploader": ("Pengunggah:", "Uploader:"),
    "outdated": (
        "Indeks pencarian dibuat oleh versi lain, jadi hasil bisa kurang lengkap. Jalankan:"
        " scrapy search --rebuild-index",
        "The search index was made by another version, so results may be incomplete. Run:"
        " scrapy search --rebuild-index",
    ),
    "nothing_hint": (
        "Coba kata yang lebih umum, atau hapus satu filter.",
        "Try a more general word, or remove a filter.",
    ),
    "empty": (
        "Arsip ini belum berisi artikel. Jalankan: scrapy crawl kalsel",
        "This archive holds no article yet. Run: scrapy crawl kalsel",
    ),
    "holds": (
        "{n} artikel, {first} sampai {last}",
        "{n} articles, {first} to {last}",
    ),
    "holds_undated": ("{n} artikel", "{n} articles"),
    "newest": ("Artikel terbaru", "Newest articles"),
    "page_of": ("Halaman {page} dari {pages}", "Page {page} of {pages}"),
    "pages": ("Halaman hasil", "Pages of results"),
    "previous": ("Sebelumnya", "Previous"),
    "next": ("Berikutnya", "Next"),
    "untitled": ("(tanpa judul)", "(no title)"),
    "bad_date": (
        "{name}: tulis tanggal seperti 2024-09-30.",
        "{name}: write the date like 2024-09-30.",
    ),
    "reversed": (
        "Tanggal awal lebih baru daripada tanggal akhir: tukarkan keduanya.",
        "The first date is later than the last one: exchange them.",
    ),
    "stranger": (
        "{name}: “{value}” tidak ada di arsip ini.",
        "{name}: “{value}” is nowhere in this archive.",
    ),
    "stranger_near": (
        "{name}: “{value}” tidak ada di arsip ini. Apakah maksud Anda: {near}?",
        "{name}: “{value}” is nowhere in this archive. Did you mean: {near}?",
    ),
    "bad_text": (
        "{name}: terlalu panjang, atau berisi tanda yang tidak dapat dicari.",
        "{name}: too long, or with characters that cannot be looked for.",
    ),
    "bad_number": ("{name}: bukan angka yang dikenal.", "{name}: no number that is known."),
    "bad_choice": ("{name}: pilihan tidak dikenal.", "{name}: no such choice."),
    "page": ("Halaman", "Page"),
    "year": ("Tahun", "Year"),
    # article
    "published": ("Terbit", "Published"),
    "modified": ("Diperbarui", "Updated"),
    "reporters": ("Pewarta", "Reporter"),
    "editors": ("Editor", "Editor"),
    "uploaders": ("Pengunggah", "Uploader"),
    "dateline": ("Tempat", "Dateline"),
    "pictures": ("Foto", "Pictures"),
    "picture_live": ("lihat foto di portal", "see the picture on the portal"),
    "credit": ("Kredit: {name}", "Credit: {name}"),
    "related": ("Baca juga", "Related"),
    "in_archive": ("di arsip", "in the archive"),
    "on_portal": ("di portal", "on the portal"),
    "tags": ("Tag", "Tags"),
    "live": ("Halaman asli di portal", "Original page on the portal"),
    "gone": (
        "Portal tidak lagi menampilkan halaman ini sejak {at}.",
        "The portal no longer shows this page since {at}.",
    ),
    "old_revision": (
        "Anda membaca revisi {n}. Versi terkini adalah revisi {last}.",
        "You are reading revision {n}. The current text is revision {last}.",
    ),
    "to_current": ("Ke versi terkini", "To the current text"),
    "removed": (
        "{n} paragraf pengulangan disisihkan",
        "{n} repeated paragraphs were taken out",
    ),
    "removed_hint": (
        "Halaman asli memuat paragraf ini lebih dari sekali. Nomor dihitung dari paragraf"
        " pertama halaman itu, pengulangan ikut dihitung.",
        "The original page had these paragraphs more than once. Numbers count that page's"
        " paragraphs from the first, repeats included.",
    ),
    "removed_one": (
        "Paragraf {position}, mengulang paragraf {repeats}",
        "Paragraph {position}, a repeat of paragraph {repeats}",
    ),
    "revisions": ("Revisi", "Revisions"),
    "seen": ("terpantau {first} hingga {last}", "seen {first} to {last}"),
    "seen_once": ("terpantau {first}", "seen {first}"),
    "compare": ("Bandingkan dengan revisi {n}", "Compare with revision {n}"),
    "shown": ("ditampilkan", "shown"),
    "captures": ("Salinan asli (WARC)", "Raw captures (WARC)"),
    "captures_hint": (
        "Setiap pengambilan halaman disimpan apa adanya sebagai berkas WARC.",
        "Every fetch of the page is kept as it was, as a WARC file.",
    ),
    "captured": ("Diambil", "Captured"),
    "status": ("Status", "Status"),
    "download": ("Unduh", "Download"),
    "download_of": ("Unduh salinan asli {at}", "Download the capture of {at}"),
    "size": ("Ukuran", "Size"),
    "cite": ("Cara mengutip", "How to cite"),
    "cite_styles": ("Gaya lain", "Other styles"),
    "cite_for_programs": ("Untuk Zotero, Mendeley, JabRef:", "For Zotero, Mendeley, JabRef:"),
    "style_indonesia": ("Indonesia", "Indonesian"),
    "style_apa": ("APA", "APA"),
    "style_chicago": ("Chicago", "Chicago"),
    "style_turabian": ("Turabian", "Turabian"),
    "cite_revision": ("revisi {n}", "revision {n}"),
    "identity": ("Kode arsip", "Archive number"),
    "rights": ("Hak cipta", "Rights"),
    "rights_hint": (
        "Hak cipta teks dan foto dimiliki ANTARA. Salinan ini hanya untuk dibaca, diteliti, dan"
        " diperiksa; jangan diterbitkan ulang tanpa izin tertulis.",
        "The rights in text and pictures are ANTARA's. This copy is for reading, research and"
        " checking; do not publish it again without written permission.",
    ),
    # differences
    "difference": ("Perbedaan revisi", "Differences"),
    "difference_of": ("Perbandingan revisi {old} dan {new}", "Revision {old} and revision {new}"),
    "difference_none": (
        "Judul dan paragraf sama; yang berubah hanya hal lain.",
        "Title and paragraphs are the same; only other things changed.",
    ),
    "from": ("Revisi lama", "Old revision"),
    "to": ("Revisi baru", "New revision"),
    "taken_out": ("Dihapus", "Removed"),
    "put_in": ("Ditambahkan", "Added"),
    "changed": ("Diubah", "Changed"),
    "back": ("Kembali ke artikel", "Back to the article"),
    # coverage
    "coverage_long": ("Artikel per hari", "Articles per day"),
    "coverage_sum": (
        "{n} artikel dalam {days} hari, {first} sampai {last}.",
        "{n} articles on {days} days, {first} to {last}.",
    ),
    "coverage_none": ("Tidak ada artikel bertanggal.", "No dated articles."),
    "undated": ("{n} artikel tanpa tanggal.", "{n} articles without a date."),
    "month": ("Bulan", "Month"),
    "total": ("Jumlah", "Total"),
    "all_years": ("Semua tahun", "All years"),
    "calendar": ("Kalender {year}", "Calendar of {year}"),
    "day_count": ("{day}: {n} artikel", "{day}: {n} articles"),
    "day_gap": ("{day}: tidak ada artikel", "{day}: no articles"),
    "legend": ("Artikel per hari:", "Articles per day:"),
    "legend_gap": ("hari kosong", "empty day"),
    "gaps": ("Rentang kosong terpanjang {year}", "Longest gaps of {year}"),
    "gap": ("{first} sampai {last}", "{first} to {last}"),
    "days": ("{n} hari", "{n} days"),
    "no_gaps": ("Tidak ada hari kosong.", "No empty days."),
    "gap_hint": (
        "Hari kosong bisa berarti portal tidak menerbitkan apa-apa, atau belum diambil.",
        "An empty day can mean that the portal published nothing, or that it was not crawled.",
    ),
    **COVERAGE,
    **RUNS,
    **CHANGES,
    **DESK,
    **FLEET,
    **HEALTH,
    # errors
    "error_404": ("Halaman tidak ditemukan", "Page not found"),
    "error_404_hint": (
        "Arsip ini tidak memuat yang Anda minta. Mungkin nomornya salah, atau artikelnya belum"
        " diambil.",
        "This archive does not hold what you asked for. The number may be wrong, or the article"
        " was not crawled yet.",
    ),
    "error_405": ("Hanya untuk dibaca", "Only for reading"),
    "error_405_hint": ("Arsip ini hanya dapat dibaca.", "This archive can only be read."),
    "error_503": ("Arsip sedang sibuk", "The archive is busy"),
    "error_503_hint": (
        "Program lain sedang menulis ke arsip. Tunggu sebentar, lalu muat ulang halaman ini.",
        "Another program is writing to the archive. Wait a moment, then load this page again.",
    ),
    "error_500": ("Terjadi kesalahan", "Something went wrong"),
    "error_500_hint": (
        "Halaman ini tidak dapat ditampilkan. Rinciannya ada di terminal tempat scrapy serve"
        " dijalankan.",
        "This page could not be made. The details are in the terminal where scrapy serve runs.",
    ),
    "error_capture": ("Salinan asli tidak dapat dibaca", "The capture cannot be read"),
    "error_capture_hint": (
        "Arsip mencatat salinan asli ini, tetapi berkasnya tidak ada atau rusak. Jalankan:"
        " scrapy verify",
        "The archive lists this capture, but its file is missing or damaged. Run: scrapy verify",
    ),
}


def say(lang: str, key: str, **values: object) -> str:
    """Return a message in 'id' or 'en', its {names} filled in. Plain text: escape it."""
    text = MESSAGES[key][LANGUAGES.index(lang)]
    return text.format(**values) if values else text


def known(key: str) -> bool:
    """Tell whether there is such a message."""
    return key in MESSAGES
