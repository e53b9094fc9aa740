"""Function words of Indonesian and English: beside other words, a search does not ask for them."""

_LISTED = """
    ada adalah agar akan antara apa atas atau bagi bahwa bisa bukan dalam dan dapat dari demi
    dengan di hingga ia ini itu jika juga kalau karena ke kepada kita lagi lalu maka masih mereka
    namun oleh pada para pun saat saja sambil sampai sang sangat saya sebagai sebelum secara
    sedang sehingga sejak selain seperti serta setelah si suatu sudah supaya tapi telah tentang
    terhadap tersebut tetapi tidak untuk yaitu yakni yang
    a an and are as at be by for from has have in is it its not of on or that the this to was were
    will with
"""
STOP_WORDS = frozenset(_LISTED.split())
