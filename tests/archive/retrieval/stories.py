"""The invented articles of the retrieval test set: number, section, town, title, text."""

from tests.archive.retrieval.story import Story

STORIES = (
    # floods, and words that look like them
    Story(
        *(
            1,
            "Hulu Sungai Tengah",
            "Barabai",
            "Sungai meluap, ratusan rumah di Awang Landas kebanjiran",
        ),
        "Hujan dua hari membuat sungai meluap. Air setinggi pinggang orang dewasa membanjiri"
        " permukiman, dan warga diungsikan ke balai desa.",
        ("bencana",),
    ),
    Story(
        *(2, "Hulu Sungai Tengah", "Barabai", "Pengungsi di Awang Landas mulai pulang"),
        "Air bah yang merendam desa itu telah surut. Para pengungsi membersihkan lumpur dari"
        " rumah masing-masing dan menunggu bantuan pangan.",
        ("bencana",),
    ),
    Story(
        *(3, "Banjar", "Martapura", "Tanggul baru cegah banjir kiriman"),
        "Pemerintah kabupaten membangun tanggul sepanjang tiga kilometer. Banjir kiriman dari"
        " hulu setiap tahun merusak sawah warga.",
    ),
    Story(
        *(
            4,
            "Banjarmasin",
            "Banjarmasin",
            "Pasar terapung kebanjiran pengunjung saat libur sekolah",
        ),
        "Pedagang sayur dan buah di atas jukung kewalahan melayani wisatawan dari Pulau Jawa.",
    ),
    Story(
        *(5, "Kotabaru", "Kotabaru", "Gelombang tinggi, nelayan tidak melaut"),
        "Badai di perairan selatan memaksa para nelayan menambatkan perahu. Harga ikan naik dua"
        " kali lipat di tempat pelelangan.",
    ),
    Story(
        *(6, "Tapin", "Rantau", "Tanah longsor tutup jalan antarkabupaten"),
        "Tebing setinggi dua puluh meter longsor dan menimbun badan jalan. Dua alat berat"
        " dikerahkan untuk menyingkirkan tanah.",
        ("bencana",),
    ),
    # fires
    Story(
        *(7, "Banjarbaru", "Banjarbaru", "Petugas padamkan kebakaran lahan gambut dekat bandara"),
        "Lahan gambut seluas empat hektare terbakar sejak pagi. Helikopter dikerahkan untuk"
        " pemadaman dari udara karena kabut asap mengganggu penerbangan.",
        ("karhutla",),
    ),
    Story(
        *(8, "Barito Kuala", "Marabahan", "Polisi tangkap pembakar lahan"),
        "Seorang pria ditangkap karena membakar semak untuk membuka kebun. Penyidik masih"
        " memeriksa beberapa saksi.",
        ("karhutla",),
    ),
    Story(
        *(9, "Banjarmasin", "Banjarmasin", "Api lalap belasan kios di pasar lama"),
        "Si jago merah menghanguskan kios pakaian. Barisan pemadam swakarsa berhasil memadamkan"
        " api dalam satu jam; tidak ada korban jiwa.",
    ),
    Story(
        *(10, "Tanah Laut", "Pelaihari", "Warga dilatih menyiram bibit dengan air kolam"),
        "Pelatihan hemat air itu diikuti kelompok perempuan tani menjelang kemarau.",
    ),
    # farming and fishing
    Story(
        *(11, "Hulu Sungai Tengah", "Barabai", "Petani Barabai panen padi varietas baru"),
        "Hasil pertanian meningkat berkat pemupukan berimbang. Sawah seluas sepuluh hektare"
        " dipanen dengan mesin.",
    ),
    Story(
        *(12, "Hulu Sungai Selatan", "Kandangan", "Harga beras naik menjelang tanam"),
        "Kenaikan harga beras di pasar tradisional dikeluhkan para ibu. Dinas perdagangan"
        " menggelar pasar murah.",
    ),
    Story(
        *(13, "Hulu Sungai Utara", "Amuntai", "Peternak itik alabio terima bantuan pakan"),
        "Peternakan itik menjadi sumber penghasilan keluarga. Bantuan pakan disalurkan kepada"
        " dua ratus peternak.",
    ),
    Story(
        *(14, "Tanah Bumbu", "Batulicin", "Perkebunan sawit rakyat diremajakan"),
        "Pekebun menanam ulang kelapa sawit tua dengan bibit unggul; dana berasal dari badan"
        " pengelola perkebunan.",
    ),
    Story(
        *(15, "Kotabaru", "Kotabaru", "Budi daya rumput laut tambah penghasilan nelayan"),
        "Para istri nelayan mengeringkan rumput laut di tepi pantai sebelum menjualnya kepada"
        " pengepul.",
    ),
    Story(
        *(16, "Tabalong", "Tanjung", "Karet kering ditimbang ulang"),
        "Penyadap karet menuntut timbangan yang adil. Koperasi menjual karet langsung ke pabrik.",
    ),
    Story(
        *(17, "Hulu Sungai Utara", "Amuntai", "Kerbau rawa mati mendadak"),
        "Puluhan ternak kerbau di rawa mati karena penyakit. Dokter hewan menyuntikkan vaksin"
        " kepada kerbau yang sehat.",
    ),
    # animals and nature
    Story(
        *(18, "Tapin", "Rantau", "Bekantan terlihat lagi di hutan galam"),
        "Monyet berhidung panjang itu dilindungi undang-undang. Peneliti menghitung lebih dari"
        " lima puluh ekor.",
    ),
    Story(
        *(19, "Tanah Laut", "Pelaihari", "Penangkaran rusa dibuka untuk umum"),
        "Pengunjung dapat memberi makan rusa di padang rumput.",
    ),
    Story(
        *(20, "Balangan", "Paringin", "Beruang madu masuk kampung"),
        "Seekor beruang merusak sarang lebah milik warga; petugas memasang perangkap.",
    ),
    Story(
        *(21, "Banjar", "Martapura", "Hutan lindung Meratus ditanami ulin"),
        "Penanaman ulin dilakukan pelajar dan pecinta alam untuk melestarikan hutan Pegunungan"
        " Meratus.",
    ),
    # schools and children
    Story(
        *(22, "Banjarmasin", "Banjarmasin", "Anak-anak tepian sungai belajar berenang"),
        "Relawan mengajari anak-anak berenang supaya tidak tenggelam.",
    ),
    Story(
        *(23, "Barito Kuala", "Marabahan", "Guru honorer mengajar di sekolah terapung"),
        "Pendidikan di daerah rawa membutuhkan perahu sebagai ruang kelas. Pelajar datang"
        " dengan jukung.",
    ),
    Story(
        *(24, "Hulu Sungai Selatan", "Kandangan", "Beasiswa bagi siswa berprestasi"),
        "Dinas pendidikan memberikan beasiswa kepada pelajar dari keluarga miskin.",
    ),
    Story(
        *(25, "Banjarbaru", "Banjarbaru", "Imunisasi anak digelar di posyandu"),
        "Balita divaksin campak. Orang tua diminta membawa buku kesehatan.",
    ),
    # health
    Story(
        *(26, "Banjarmasin", "Banjarmasin", "Rumah sakit tambah ruang perawatan"),
        "Perawat dan dokter baru direkrut. Pasien tidak perlu lagi menunggu lama untuk dirawat.",
    ),
    Story(
        *(27, "Tabalong", "Tanjung", "Kasus demam berdarah meningkat"),
        "Dinas kesehatan mengasapi permukiman dan mengajak warga menguras bak air. Penderita"
        " dirawat di puskesmas.",
    ),
    Story(
        *(28, "Banjar", "Martapura", "Vaksinasi COVID-19 untuk lanjut usia"),
        "Penyuntikan vaksin COVID-19 dosis ketiga dilakukan dari rumah ke rumah.",
    ),
    # roads, accidents, buildings
    Story(
        *(29, "Tapin", "Rantau", "Perbaikan jalan rusak dimulai"),
        "Kerusakan jalan provinsi sepanjang delapan kilometer diperbaiki setelah dikeluhkan"
        " sopir angkutan batu bara.",
    ),
    Story(
        *(30, "Tanah Bumbu", "Batulicin", "Truk terguling, sopir terluka"),
        "Kecelakaan tunggal itu terjadi di tikungan. Sopir dibawa ke rumah sakit.",
    ),
    Story(
        *(31, "Hulu Sungai Tengah", "Barabai", "Jembatan gantung Pagat diresmikan bupati"),
        "Pembangunan jembatan menelan biaya dua miliar rupiah. Warga tidak perlu menyeberang"
        " dengan rakit lagi.",
    ),
    Story(
        *(32, "Kotabaru", "Kotabaru", "Kapal tenggelam, dua orang hilang"),
        "Pencarian korban dilanjutkan pagi ini. Tim penyelamat menyelam di sekitar karang.",
    ),
    Story(
        *(33, "Banjarmasin", "Banjarmasin", "Pelabuhan Trisakti perluas dermaga"),
        "Perluasan dermaga memudahkan kapal barang berlabuh.",
    ),
    # justice and politics
    Story(
        *(34, "Banjarmasin", "Banjarmasin", "Pengadilan vonis penyelundup kayu"),
        "Hakim menghukum terdakwa dua tahun penjara. Jaksa menuntut lebih berat.",
    ),
    Story(
        *(35, "Balangan", "Paringin", "Musyawarah adat jatuhkan denda kepada pencuri"),
        "Tetua adat mengedepankan keadilan bagi korban pencurian.",
    ),
    Story(
        *(36, "Hulu Sungai Utara", "Amuntai", "Pemilih pemula ikuti simulasi"),
        "Komisi pemilihan umum menjelaskan cara memilih kepala daerah.",
    ),
    Story(
        *(37, "Banjarbaru", "Banjarbaru", "Gubernur lantik pejabat baru"),
        "Pelantikan berlangsung di kantor pemerintah provinsi. Menteri dalam negeri hadir.",
    ),
    Story(
        *(38, "Tanah Laut", "Pelaihari", "Nasi goreng ikan teri juara lomba masak"),
        "Juri memuji rasa ikan teri yang gurih.",
    ),
    # money, mining, work
    Story(
        *(39, "Tanah Bumbu", "Batulicin", "Penambang liar ditertibkan"),
        "Penertiban pertambangan tanpa izin dilakukan polisi bersama dinas. Alat berat disita.",
    ),
    Story(
        *(40, "Tabalong", "Tanjung", "Buruh tambang menuntut kenaikan upah"),
        "Ratusan pekerja berunjuk rasa di depan kantor perusahaan.",
    ),
    Story(
        *(41, "Banjarmasin", "Banjarmasin", "Perbankan salurkan kredit usaha rakyat"),
        "Bank daerah menyalurkan pinjaman kepada pedagang kecil dengan bunga rendah.",
    ),
    Story(
        *(42, "Banjarmasin", "Banjarmasin", "Pajak kendaraan dapat dibayar lewat telepon"),
        "Pembayaran pajak secara daring mengurangi antrean di kantor perpajakan.",
    ),
    Story(
        *(43, "Hulu Sungai Selatan", "Kandangan", "Uji laik kendaraan gratis"),
        "Pengujian kendaraan angkutan digelar sepekan. Balai uji buka sampai sore.",
    ),
    # culture, sport, people
    Story(
        *(44, "Banjar", "Martapura", "Perajin sasirangan ajari remaja mewarnai kain"),
        "Kain sasirangan diwarnai dengan daun ketapang. Pembuatan kain memakan waktu sepekan.",
    ),
    Story(
        *(45, "Hulu Sungai Tengah", "Barabai", "Rusmini, penenun terakhir dari Birayang"),
        "Rusmini menenun sejak remaja. Ia berharap cucunya meneruskan pekerjaan itu.",
    ),
    Story(
        *(46, "Tapin", "Rantau", "Balap jukung meriahkan hari jadi kabupaten"),
        "Perlombaan jukung diikuti empat puluh regu. Pemenang mendapat piala bergilir.",
    ),
    Story(
        *(47, "Banjarmasin", "Banjarmasin", "Penyair muda bacakan puisi di antara dua jembatan"),
        "Pembacaan puisi di antara dua jembatan itu memperingati hari jadi kota.",
    ),
    Story(
        *(48, "Banjarbaru", "Banjarbaru", "Masjid Al-Jum'ah selesai dibangun"),
        "Jemaah salat Jum'at pertama memenuhi halaman masjid.",
    ),
    Story(
        *(49, "Balangan", "Paringin", "Ketua DPRD Sya'rani Hamdan temui petani karet"),
        "Sya'rani Hamdan berjanji memperjuangkan harga karet.",
    ),
    Story(
        *(50, "Hulu Sungai Utara", "Amuntai", "Berlian Sari menangi lomba lari"),
        "Pelari Berlian Sari mencatat waktu terbaik di nomor lima kilometer.",
    ),
    Story(
        *(51, "Tanah Laut", "Pelaihari", "Mata-mata hutan dibentuk di tiga desa"),
        "Kelompok pengawas itu melaporkan penebangan liar kepada petugas.",
    ),
    Story(
        *(52, "Kotabaru", "Kotabaru", "Kelapa muda jadi oleh-oleh wisatawan"),
        "Pariwisata pantai menghidupkan warung kecil. Kunjungan wisatawan meningkat.",
    ),
    Story(
        *(53, "Banjarmasin", "Banjarmasin", "Kekeringan, warga antre air bersih"),
        "Sumur warga kering sejak kemarau. Perusahaan air minum mengirim tangki.",
    ),
    Story(
        *(54, "Hulu Sungai Tengah", "Barabai", "Bantuan untuk korban banjir disalurkan"),
        "Penyaluran beras, selimut dan air bersih dipimpin langsung oleh bupati Hulu Sungai"
        " Tengah.",
        ("bencana",),
    ),
    # figures, spellings, and words that a wrong root would take for others
    Story(
        *(55, "Tabalong", "Tanjung", "Pasar induk dibangun ulang senilai Rp12 miliar"),
        "Pemenang tender sanggup menyelesaikan bangunan dua lantai itu dalam 240 hari kerja.",
    ),
    Story(
        *(56, "Kotabaru", "Kotabaru", "Tambak ikan nila hasilkan 3.500 kilogram sebulan"),
        "Benih ditebar pada kolam terpal; pakan buatan sendiri menekan ongkos.",
    ),
    Story(
        *(57, "Banjarbaru", "Banjarbaru", "Perekaman e-KTP dibuka pada malam hari"),
        "Layanan kependudukan itu dibuka sampai pukul 21.00 agar pekerja sempat datang.",
    ),
    Story(
        *(58, "Tapin", "Rantau", "Relawan berikan kacamata gratis"),
        "Sebanyak 1.250 orang lansia diperiksa penglihatannya dalam bakti sosial itu.",
    ),
    Story(
        *(59, "Banjarmasin", "Banjarmasin", "Daerah rawan angin kencang dipetakan"),
        "Anggaran mitigasi tahun depan disiapkan 1,5 miliar rupiah.",
    ),
    Story(
        *(60, "Barito Kuala", "Marabahan", "Jembatan Alalak 2 dicat ulang"),
        "Pengecatan memakan biaya Rp1,5 triliun menurut papan proyek yang salah ketik.",
    ),
)
