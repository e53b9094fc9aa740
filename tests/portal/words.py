"""Vocabulary of the generated articles: names, places and phrases, all put together here."""


def _listed(text: str) -> tuple[str, ...]:
    """'a | b' over several lines as ('a', 'b')."""
    return tuple(" ".join(part.split()) for part in text.split("|"))


GIVEN = _listed("""
    Rahmat | Ahmad | Siti | Nurul | Fitri | Gusti | Hairul | Mulyadi | Saidah | Taufan | Ridhani
    | Laila | Wahyuni | Arifin | Bahrul | Syahrul | Maulida | Noorhayati | Zainal | Kartika |
    Rusdi | Hamdani | Yulianti | Darmawan | Supian | Masnah | Ihsan | Khairani | Fadli | Norlina
    | Hafiz | Winda | Jainuddin | Rosmala | Abdi | Melati | Surya | Ratna
""")
FAMILY = _listed("""
    Hidayatullah | Maksum | Syarifudin | Rahmani | Anshari | Fauzan | Hasanah | Noor | Saputra |
    Wijayanto | Ilmi | Mahfuz | Rasyidi | Halimah | Nasution | Pratomo | Badaruddin | Salim |
    Effendy | Kurniati | Yamani | Ramadhani | Sya'rani | Nor-Aini | Basuki | Firdaus | Lestari |
    Handoko | Alamsyah | Suwandi | Azhari | Permana | Husaini | Marlina
""")
VILLAGES = _listed("""
    Sungai Rangas | Pematang Danau | Kandui Hilir | Tabat Luar | Hapalah Seberang | Gadang Lurus
    | Mantaas Ulu | Lok Bahalang | Parigi Dalam | Binuang Rawa | Awang Landas | Tambak Sirih |
    Muara Kintap Lama | Teluk Jingah | Pulau Nyiur Baru | Sungai Batang Lama | Rantau Bujur
    Hilir | Anjir Seberang
""")
OFFICES = _listed("""
    Kepala Dinas Pertanian | Ketua DPRD | Kepala Pelaksana BPBD | Camat | Kepala Dinas Kesehatan
    | Sekretaris Daerah | Kepala Bidang Pariwisata | Kapolsek | Ketua Kelompok Tani Harapan |
    Direktur Rumah Sakit Umum Daerah | Kepala Sekolah | Wakil Bupati | Ketua Panitia | Kepala
    Dinas Pekerjaan Umum | Koordinator Relawan | Kepala Desa | Manajer Koperasi Nelayan
""")
TOPICS = _listed("""
    perbaikan jalan desa | panen padi musim ini | penyaluran bantuan pangan | pelatihan anyaman
    purun | penanganan kabut asap | pembangunan jembatan gantung | festival jukung hias |
    vaksinasi ternak | pembersihan sungai | pasar terapung | budi daya ikan keramba | sekolah
    lapang petani | pencegahan banjir kiriman | pendataan warga lanjut usia | pameran kain
    sasirangan | penanaman bibit mangrove | penertiban parkir | layanan kesehatan keliling |
    lomba baca puisi | penyediaan air bersih | perekaman data kependudukan | perawatan irigasi |
    pengawasan harga beras
""")
VERBS = _listed("""
    berjalan lebih cepat daripada rencana | membutuhkan dukungan seluruh warga | memberi manfaat
    bagi pelaku usaha kecil | masih menghadapi kendala cuaca | akan diperluas ke wilayah
    terpencil | sudah memasuki tahap akhir | perlu diawasi bersama supaya tepat sasaran |
    menarik perhatian pengunjung dari luar daerah | menjadi contoh bagi kecamatan tetangga |
    ditargetkan rampung sebelum musim hujan | mendapat sambutan baik dari tokoh masyarakat |
    dilaksanakan secara bertahap
""")
REASONS = _listed("""
    karena anggarannya telah tersedia | setelah dilakukan pemeriksaan di lapangan | agar ekonomi
    keluarga kembali bergerak | meskipun akses jalan belum sepenuhnya mulus | sehingga warga
    tidak perlu menunggu lama | berkat gotong royong para pemuda | sesuai hasil musyawarah di
    balai desa | sebab permintaan pasar terus naik | supaya anak-anak dapat belajar dengan
    tenang | mengingat debit air sungai meningkat
""")
SPEECH = _listed("""
    kata | ujar | ucap | tutur | jelas | terang | sebut | papar
""")
DAYS_AGO = _listed("""
    Senin | Selasa | Rabu | Kamis | Jumat | Sabtu | Minggu | kemarin | pekan lalu
""")
UNITS = _listed("""
    hektare | kepala keluarga | ton | paket | unit | orang peserta | kilometer | ekor | batang
    bibit
""")
THINGS = _listed("""
    lahan sawah | rumah panggung | kendaraan roda dua | perahu kelotok | bibit pohon | kolam
    ikan | gedung sekolah | posko kesehatan | kios pasar | saluran air | alat berat | paket
    sembako
""")
HEADINGS = _listed("""
    Potensi desa | Langkah berikutnya | Suara warga | Kendala di lapangan | Rencana tahun depan
    | Data sementara | Status terkini | Jalan panjang | Harapan petani | Catatan sejarah
""")
SHORT = _listed("""
    Sah! | Hidup petani! | Alhamdulillah. | Selamat datang. | Merdeka! | Bagaimana caranya? |
    Itu dulu.
""")
TAGS = _listed("""
    banjir | karhutla | sasirangan | padi | bekantan | pasar terapung | DPRD | UMKM | jembatan |
    vaksin | kesehatan | irigasi | pendidikan | pariwisata | Meratus | itik alabio | sungai |
    cuaca | pemilu | olahraga
""")
REGIONS = _listed("""
    Kalsel | HST | HSU | Tabalong | Tanah Bumbu | Banjar | Balangan | Kotabaru | Tapin
""")
ADVERTS = _listed("""
    Diskon akhir pekan untuk pembaca setia | Pasang iklan di sini | Unduh aplikasi kami sekarang
    | Langganan berita lewat pesan singkat
""")
EN_WHO = _listed("""
    The head of the agriculture office | A village chief | The regional secretary | The chairman
    of the fishing cooperative | A spokesman for the volunteers | The deputy regent
""")
EN_TOPICS = _listed("""
    the repair of the village road | the rice harvest of this season | the handling of peatland
    fires | the training of weavers | the distribution of clean water | the floating market |
    the planting of mangroves | the new suspension bridge
""")
EN_VERBS = _listed("""
    was going faster than planned | needed the support of all residents | had been of use to
    small businesses | would be extended to remote areas | had entered its final stage | was
    still held up by the weather
""")
EN_REASONS = _listed("""
    because the funds were in place | after the officers had been to the field | so that
    families could earn a living again | although the road was not yet even | thanks to the work
    of the youth of the village
""")
EN_TITLES = _listed("""
    Villagers of {village} mend {number} km of road | {village} plants {number} thousand trees |
    Fire crews put out {number} hectares in {village} | {village} market draws {number} traders
""")
