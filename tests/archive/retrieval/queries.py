"""The queries of the retrieval test set, and the numbers of the articles each should find.

What is relevant was decided by what an article is about, before any search was run on it.
"""

QUERIES: tuple[tuple[str, frozenset[int]], ...] = tuple(
    (query, frozenset(relevant))
    for query, relevant in (
        # affixes: the root finds its forms, a form finds the root and other forms
        ("banjir", (1, 3, 54)),
        ("kebanjiran", (1, 3, 54)),
        ("membanjiri rumah", (1,)),
        ("tani", (10, 11, 49)),
        ("pertanian", (11,)),
        ("petani panen", (11,)),
        ("adil", (16, 34, 35)),
        ("keadilan", (16, 34, 35)),
        ("membakar lahan", (7, 8)),
        ("kebakaran", (7, 8, 9)),
        ("memadamkan api", (9,)),
        ("pemadaman", (7, 9)),
        ("ternak", (13, 17)),
        ("peternak", (13, 17)),
        ("rusak jalan", (29,)),
        ("kerusakan", (3, 20, 29)),
        ("rawat", (26, 27)),
        ("vaksin", (17, 25, 28)),
        ("selamat", (32,)),
        ("menambang", (39, 40)),
        ("pajak", (42,)),
        ("bank", (41,)),
        ("ajar", (22, 23, 24, 44)),
        ("pelajar", (21, 22, 23, 24)),
        ("mengungsi", (1, 2)),
        ("pembangunan", (3, 31, 48)),
        ("kering", (15, 16, 53)),
        ("tanam", (12, 14, 21)),
        ("memilih", (36,)),
        ("lantik gubernur", (37,)),
        ("uji kendaraan", (43,)),
        ("salur bantuan", (13, 54)),
        ("lomba", (38, 46, 50)),
        # doubling
        ("anak", (22, 25)),
        ("anak-anak", (22, 25)),
        ("oleh-oleh", (52,)),
        ("mata-mata", (51,)),
        # phrases
        ('"di antara"', (47,)),
        ('"banjir kiriman"', (3,)),
        ('"air bersih"', (53, 54)),
        ('"rumah sakit"', (26, 30)),
        ("COVID-19", (28,)),
        # names and places
        ("Rusmini", (45,)),
        ("Sya'rani", (49,)),
        ("syarani hamdan", (49,)),
        ("Berlian Sari", (50,)),
        ("menteri", (37,)),
        ("rusa", (19,)),
        ("beruang", (20,)),
        ("Jumat", (48,)),
        ("Awang Landas", (1, 2)),
        ("Barabai", (1, 2, 11, 31, 45, 54)),
        ("Meratus", (21,)),
        # several words, function words, exclusion, filters
        ("harga beras di pasar", (12,)),
        ("nelayan dan perahu", (5,)),
        ("banjir -rumah", (3, 54)),
        ('bencana section:"Hulu Sungai Tengah"', (1, 2, 54)),
        ("banjir tag:bencana", (1, 54)),
        ("jembatan section:banjarmasin", (47,)),
    )
)
