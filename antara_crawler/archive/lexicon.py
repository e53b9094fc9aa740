"""Lists of words for the search: not asked for, misleading, or names."""

_FUNCTION_WORDS = """
    ada adalah agar akan antara apa atas atau bagi bahwa bisa bukan dalam dan dapat dari demi
    dengan di hingga ia ini itu jika juga kalau karena ke kepada kita lagi lalu maka masih mereka
    namun oleh pada para pun saat saja sambil sampai sang sangat saya sebagai sebelum secara
    sedang sehingga sejak selain seperti serta setelah si suatu sudah supaya tapi telah tentang
    terhadap tersebut tetapi tidak untuk yaitu yakni yang
    a an and are as at be by for from has have in is it its not of on or that the this to was were
    will with
"""
_MISLEADING = """
    abar aji ampo ana arya awat ban ering haj hut lidi luk madam maja meni paja perban pupu rusa
    sih tan terna unjung usak
"""
_NAMES = """
    asahan babaris balangan bali belawang bengkalis berau binuang juai kandangan kusan kutai labuan
    maluku melawi mentawai merangin meratus musi penajam pengambau pengaron penukal persebaya
    pesawaran rokan satui sebuku sekumpul tabukan tarakan
"""

STOP_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Beside other words, a search does not ask for these words of Indonesian and English."""

MISLEADING = frozenset(_MISLEADING.split())
"""Short roots that the stemmer would find in forms of other words: rusa (deer) in kerusakan.

Without them kerusakan is a form of rusak, pemadaman of padam; they are still found themselves.
"""

NAMES = frozenset(_NAMES.split())
"""Names of places that look as if they had affixes: they are roots themselves."""
