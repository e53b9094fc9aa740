"""The body of an article as blocks in page order, before anything is said twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tests.portal import words
from tests.portal.deck import Deck, pack
from tests.portal.links import related_blocks
from tests.portal.markup import dress
from tests.portal.model import Article, Block, Junk, Paragraph
from tests.portal.sentences import lead, paragraph, person, sentence
from tests.portal.shots import shot_blocks

MANNERS = pack(plain=4, entities=2, inline=2, links=1, nbsp=2, zero_width=1, spaces=1, line_ends=2)
HEADINGS = pack(none=5, h2=1, h3=1, strong=1, line=2)
LISTS = pack(none=6, ul=1, ol=1)
QUOTES = pack(none=4, blockquote=1)
JUNK = pack(none=2, script=1, advert=1, iframe=1, share=1, comment=1)
DECOYS = pack(none=6, refrain=2, near_figure=2, near_letter=1, opening=3, blemish=1)
JUNK_HTML = {
    "script": "<script>var iklan = '<p>Ini bukan paragraf, melainkan naskah program iklan.</p>';"
    "</script>",
    "advert": '<ins class="adsbygoogle" style="display:block" data-ad-client="ca-1">{advert}</ins>'
    "<script>(adsbygoogle = window.adsbygoogle || []).push({{}});</script>",
    "iframe": '<iframe src="https://video.example/embed/1" title="{advert}">{advert}</iframe>',
    "share": '<div class="share-this social-share"><a href="@antara_kalsel">Bagikan</a> '
    '<a href="https://wa.example/send">WhatsApp</a></div>',
    "comment": "<!-- <p>{advert}: paragraf ini tidak pernah terlihat pembaca.</p> -->",
}
LOOKALIKES = (
    "Oleh karena itu, {name} mengajak warga menjaga tanggul yang baru saja selesai dibangun.",
    "Oleh {name}, lahan itu kemudian dihibahkan kepada kelompok tani setempat tanpa syarat.",
    "Dilarang keras membuang sampah di sungai antara dermaga lama dan pasar, kata {name}.",
    "Editor majalah sekolah itu, {name}, pernah menulis tentang sungai yang sama.",
    "Baca buku di rumah jukung menjadi kegiatan baru anak-anak, kata {name} menambahkan.",
    "Hak cipta motif kain itu sudah didaftarkan oleh {name} sejak tahun 2019.",
    "Pewarta foto dari berbagai daerah diundang oleh {name} untuk melihat panen raya.",
    "Kegiatan itu diikuti warga, pelajar dan anggota Badan Penanggulangan Bencana Daerah (BPBD)",
)
"""Paragraphs that begin or end like a byline, a notice or a credit, and are none."""
BLEMISHES = (
    "Kegiatan pada 23/9/2924 itu dihadiri {name} dan warga sekitar .",
    "Bantuan tiba pada Kamis (15)4) sore, kata {name}.*",
    "Burung itu muncul diDesa tetangga menurutkesaksian {name} dan keluarganya",
)
"""Slips of the source, which stay as they are."""
PARAGRAPH_FORMS = {"strong": "strong", "line": "line", "h2": "h2", "h3": "h3"}


@dataclass
class Teller:
    """Tells the story of one article: features are dealt by its turn, words by its own seed."""

    article: Article
    deck: Deck
    turn: int
    rng: Random
    older: Sequence[Article]

    def deal(self, name: str, cards: Sequence[str]) -> str:
        card = self.deck.deal(name, self.turn, cards)
        if card != "none" and (name, card) != ("manner", "plain"):
            self.article.traps.add(f"{name}:{card}")
        return card

    def paragraph(self, text: str, form: str = "line", manner: str = "plain") -> Paragraph:
        return Paragraph(text, dress(text, self.rng, manner), form)

    def tell(self) -> list[Block]:
        """Return the blocks of an ordinary text article, between six and twenty of them."""
        language = self.article.language
        manner = self.deal("manner", MANNERS)
        manners = ("plain", manner)
        blocks: list[Block] = [self.paragraph(lead(self.rng, language), manner=manner)]
        for number in range(self.rng.randint(4, 9)):
            text = paragraph(self.rng, language)
            blocks.append(self.paragraph(text, manner=manners[number % 2]))
        if language == "id":
            self.add_decoys(blocks)
        self.add_shapes(blocks)
        self.add_junk(blocks)
        shot_blocks(self, blocks)
        related_blocks(self, blocks)
        return blocks

    def insert(self, blocks: list[Block], new: Sequence[Block]) -> None:
        """Put blocks somewhere behind the lead, each run of them kept together."""
        places = [place for place in range(1, len(blocks) + 1) if not _would_split(blocks, place)]
        place = self.rng.choice(places)
        blocks[place:place] = new

    def add_shapes(self, blocks: list[Block]) -> None:
        language = self.article.language
        heading = self.deal("heading", HEADINGS)
        if heading != "none":
            for text in self.rng.sample(words.HEADINGS, 2):
                after = self.paragraph(paragraph(self.rng, language))
                self.insert(blocks, [self.paragraph(text, PARAGRAPH_FORMS[heading]), after])
        kind = self.deal("list", LISTS)
        if kind != "none":
            items = [sentence(self.rng, language) for _ in range(3)]
            self.insert(blocks, [self.item(n, text, kind) for n, text in enumerate(items, 1)])
        if self.deal("quote", QUOTES) != "none":
            self.insert(blocks, [self.paragraph(paragraph(self.rng, language), "blockquote")])

    def item(self, number: int, text: str, kind: str) -> Paragraph:
        """An item of a list; that of an ordered one is read with its number."""
        block = self.paragraph(text, f"{kind}-li")
        if kind == "ol":
            block.text = f"{number}. {text}"
        return block

    def add_junk(self, blocks: list[Block]) -> None:
        kind = self.deal("junk", JUNK)
        if kind != "none":
            advert = self.rng.choice(words.ADVERTS)
            self.insert(blocks, [Junk(JUNK_HTML[kind].format(advert=advert))])

    def add_decoys(self, blocks: list[Block]) -> None:
        """Things that look repeated and must stay: refrains, and near-equal paragraphs."""
        kind = self.deal("decoy", DECOYS)
        if kind == "refrain":
            refrain = self.rng.choice(words.SHORT)
            for place in (2, 4, 6):
                blocks[place:place] = [self.paragraph(refrain)]
        elif kind == "near-figure":
            number = self.rng.randint(100, 900)
            text = (
                f"Di {self.rng.choice(words.VILLAGES)} tercatat {number} keluarga menerima bantuan"
            )
            blocks[2:2] = [
                self.paragraph(f"{text} pada tahap 1."),
                self.paragraph(f"{text} pada tahap 2."),
            ]
        elif kind == "near-letter":
            name = person(self.rng)
            text = "datang paling awal lalu membantu warga membersihkan tepian sungai itu."
            blocks[3:3] = [
                self.paragraph(f"Amelia {name} {text}"),
                self.paragraph(f"Amalia {name} {text}"),
            ]

        elif kind == "opening":
            texts = self.rng.sample(LOOKALIKES, 3)
            for text in texts:
                self.insert(blocks, [self.paragraph(text.format(name=person(self.rng)))])
        elif kind == "blemish":
            for text in BLEMISHES:
                self.insert(blocks, [self.paragraph(text.format(name=person(self.rng)))])

    def numbered(self) -> list[Block]:
        """A list of short items, each with a sub-head and the same closing sentence."""
        blocks: list[Block] = [self.paragraph(lead(self.rng))]
        closing = "Berita selengkapnya bisa dibaca di sini."
        first: Paragraph | None = None
        for number in range(1, 5):
            blocks.append(
                self.paragraph(f"{number}. {self.rng.choice(words.HEADINGS)} {number}", "strong")
            )
            blocks.append(self.paragraph(paragraph(self.rng)))
            html = f'Berita selengkapnya bisa dibaca di <a href="/berita/{number}/berita">sini</a>.'
            link = Paragraph(closing, html, repeats=first)
            first = first or link
            blocks.append(link)
        self.article.traps.add("repeat:closing-sentence")
        return blocks


def _would_split(blocks: list[Block], place: int) -> bool:
    """Whether a place lies between two items of a list or behind a sub-head."""
    before, after = blocks[place - 1], blocks[place] if place < len(blocks) else None
    if isinstance(before, Paragraph) and before.form in {"h2", "h3", "strong"}:
        return True
    pair = isinstance(before, Paragraph) and isinstance(after, Paragraph)
    return pair and before.form.endswith("-li") and after.form.endswith("-li")
