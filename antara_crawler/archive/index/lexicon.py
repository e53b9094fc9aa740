"""Words that a search treats apart: those not asked for, of a number, in one piece or two."""

_FUNCTION_WORDS = """
    ada adalah agar akan antara apa atas atau bagi bahwa bisa bukan dalam dan dapat dari demi
    dengan di hingga ia ini itu jika juga kalau karena ke kepada kita lagi lalu maka masih mereka
    namun oleh pada para pun saat saja sambil sampai sang sangat saya sebagai sebelum secara
    sedang sehingga sejak selain seperti serta setelah si suatu sudah supaya tapi telah tentang
    terhadap tersebut tetapi tidak untuk yaitu yakni yang
    a an and are as at be by for from has have in is it its not of on or that the this to was were
    will with
"""
_UNITS = """
    ribu, juta, miliar milyar, triliun trilyun, persen, rupiah, dolar, gram, kilogram kg,
    kuintal, ton, meter, kilometer km, hektare hektar ha, liter
"""

STOP_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Beside other words, a search does not ask for these words of Indonesian and English."""

UNITS = {unit: same.split() for same in _UNITS.split(",") for unit in same.split()}
"""Behind a number, these make a phrase with it: 10 miliar; each with all ways to write it."""

PREFIXES = frozenset({"ber", "di", "ke", "me", "se", "ter"})
"""Before a hyphen and letters, these are part of the word: di-vaksin."""

CURRENCIES = frozenset({"rp", "idr", "us", "usd"})
"""Before a number, a search does not ask for these: articles have 'Rp10' and '10 rupiah'."""

_COMPOUNDS = """
    batu bara, beri tahu, bulu tangkis, daya guna, duta besar, ikut serta, kerja sama, lalu lintas,
    orang tua, orang utan, rumah sakit, salah guna, sepak bola, serah terima, sumber daya,
    tanda tangan, tanggung jawab, terima kasih, tindak lanjut, uji coba, unjuk rasa, wali kota
"""
COMPOUNDS = {"".join(each.split()): each.strip() for each in _COMPOUNDS.split(",")}
"""What is rightly two words, by how it is written in one."""
