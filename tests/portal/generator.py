"""Makes the articles of a portal from a seed: the same seed makes the same articles, always."""

from datetime import datetime
from html import escape
from random import Random

from tests.portal import feet, repeats, words
from tests.portal.datelines import AMP_KEEPS, FORMS, dateline
from tests.portal.deck import Deck, pack
from tests.portal.markup import dress
from tests.portal.model import Article, Block, Byline, Foot, Paragraph
from tests.portal.places import SECTIONS, Place, number_for
from tests.portal.sentences import caption, lead, person, title
from tests.portal.shots import HEADERS, header_shot
from tests.portal.stamps import SAID_IN, ZONES, stamp
from tests.portal.story import Teller

KINDS = pack(berita=14, foto=1, video=2, rilis_pers=1, nasional=2)
TEMPLATES = pack(
    regional_br=4, regional_p=4, wrap_br=2, wrap_p=3, older_br=2, older_row_only=1
)  # fmt: skip
LANGUAGES = ("id",) * 11 + ("en",)
PAGES = (1,) * 9 + (2, 3, 3)
STORIES = pack(told=19, numbered=1)
SECTION_SHOWN = (True, True, True, True, False)
TITLE_MANNERS = pack(plain=3, entities=1, nbsp=1, line_ends=1, inline=1)
VIDEO_MARKS = ("ANTARA - ", "ANTARA- ", "ANTARA – ")


class Generator:
    """Makes one article after another; related links name articles made before."""

    def __init__(self, seed: int, place: Place, missing: float | None = None) -> None:
        self.place = place
        self.missing = missing
        self.seed = f"{seed}/{place.name}"
        self.deck = Deck(self.seed)
        self.made: list[Article] = []
        self._numbers: set[tuple[str, int]] = set()
        self._titles: set[str] = set()
        self._shared = False

    def make(self, at: datetime) -> Article:
        """Return the next article, published at about `at`, and remember it."""
        turn = len(self.made)
        rng = Random(f"{self.seed}/{turn}")
        article = self._bare(turn, at, rng)
        self._foot(article, turn, rng)
        self._fill(article, turn, rng)
        self.made.append(article)
        return article

    def _bare(self, turn: int, at: datetime, rng: Random) -> Article:
        kind = self.deck.deal("kind", turn, KINDS) if self.missing is None else "berita"
        language = self.deck.deal("language", turn, LANGUAGES) if kind == "berita" else "id"
        headline = title(rng, language)
        while headline in self._titles:
            headline = title(rng, language)
        self._titles.add(headline)
        zone, said_in = self.deck.deal("zone", turn, ZONES), self.deck.deal("date", turn, SAID_IN)
        moment = stamp(zone, said_in, at, self.place, rng)
        article = Article(
            self.place.name, self.place.host, kind, self._number(kind, moment.at, rng),
            slug_of(headline), headline, moment, language=language,
        )  # fmt: skip
        if self._shared:
            article.traps.add("number:shared by two kinds")
        article.template = self.deck.deal("template", turn, TEMPLATES)
        if kind in {"foto", "video"} and article.template.startswith("older"):
            article.template = "regional-br"
        manner = self.deck.deal("title", turn, TITLE_MANNERS)
        article.headline_html = dress(headline, rng, manner)
        article.section = self._section(kind, turn)
        article.shows_section = self.deck.deal("section-shown", turn, SECTION_SHOWN)
        if not article.shows_section:
            article.traps.add("section:not shown")
        article.tags = tuple(rng.sample(words.TAGS + words.REGIONS, rng.randint(1, 5)))
        if turn % 9 == 4 and article.template != "older-row-only":
            article.tags = ()
            article.traps.add("tags:none")
        article.traps |= {
            f"kind:{kind}", f"template:{article.template}", f"zone:{zone}",
            f"date:{said_in or 'visible only'}", f"language:{language}", f"title:{manner}",
        }  # fmt: skip
        return article

    def _number(self, kind: str, at: datetime, rng: Random) -> int:
        if self.missing is not None:
            number = self.made[-1].number + 1 if self.made else number_for(kind, at)
            while self.made and rng.random() < self.missing:
                number += 1
            return number
        own = [article.number for article in self.made if article.kind == "berita"]
        number = rng.choice(own) if kind == "foto" and own else number_for(kind, at)
        while (kind, number) in self._numbers:
            number += 1
        self._numbers.add((kind, number))
        self._shared = kind == "foto" and ("berita", number) in self._numbers
        return number

    def _section(self, kind: str, turn: int) -> tuple[str, str]:
        named = {"foto": "/foto", "video": "/video", "rilis-pers": "/rilis-pers"}
        named["nasional"] = "/nasional"
        path = named.get(kind) or self.deck.deal("section", turn, SECTIONS[:5])[0]
        return next(section for section in SECTIONS if section[0] == path)

    def _foot(self, article: Article, turn: int, rng: Random) -> None:
        card = self.deck.deal("byline", turn, feet.LABELS)
        people: list[str] = []
        while len(people) < 4:
            people += [name for name in [person(rng)] if name not in people]
        forms = feet.FORMS_NEWER if article.template.startswith("wrap") else feet.FORMS_REGIONAL
        form = self.deck.deal("byline-form", turn, forms)
        article.byline = Byline(feet.byline_lines(card, people), form, card)
        line = self.deck.deal("copyright", turn, feet.COPYRIGHTS)
        year = article.published.year
        article.copyright = {
            "regional": f"COPYRIGHT © {self.place.copyright_name} {year}",
            "national": f"Copyright © ANTARA {year}",
        }.get(line)
        if self.deck.deal("notice", turn, feet.NOTICES) == "present" and article.copyright:
            article.notice = feet.NOTICE
            article.traps.add("notice:present")
        article.traps |= {f"byline:{card}", f"byline-form:{form}", f"copyright:{line}"}

    def _fill(self, article: Article, turn: int, rng: Random) -> None:
        header = self.deck.deal("header", turn, HEADERS)
        if article.kind == "foto":
            header = "bare"
        elif article.kind == "video":
            header = "none"
        article.header = header_shot(article, header, rng)
        article.traps.add(f"header:{header}")
        article.has_logo = header == "logo"
        if article.kind in {"foto", "video"}:
            blocks = self._captions_only(article, turn, rng)
            article.pages = [self._with_foot(article, blocks)]
            article.amp = [*blocks, Foot(self._amp_foot(article))]
            article.amp_dateline = article.kind == "foto"
            return
        teller = Teller(article, self.deck, turn, rng, self.made)
        numbered = self.deck.deal("story", turn, STORIES) == "numbered" and article.language == "id"
        story = teller.numbered() if numbered else teller.tell()
        self._dateline(article, story, turn, rng)
        for block in story:
            if isinstance(block, Paragraph):
                block.style = "p" if article.template.endswith("-p") else "br"
        count = self.deck.deal("pages", turn, PAGES)
        kind = "none" if numbered or count > 1 else self.deck.deal("repeat", turn, repeats.KINDS)
        if kind == "behind-copyright" and not article.copyright:
            article.copyright = f"Copyright © ANTARA {article.published.year}"
        if kind == "behind-copyright":
            article.byline.form = "lines"
        planted = repeats.plant(kind, list(story), lambda: self._inner_foot(article), rng)
        if kind != "none":
            article.traps.add(f"repeat:{kind}")
        if kind == "lead-again":
            article.pull_quote = story[0].text  # type: ignore[union-attr]
        self._paginate(article, planted, count, rng, has_foot=kind == "behind-copyright")
        self._amp(article, story, numbered, turn, rng)

    def _captions_only(self, article: Article, turn: int, rng: Random) -> list[Block]:
        name, initial = person(rng), rng.choice(("ss", "Koz", "tom"))
        if article.kind == "foto":
            town = rng.choice(self.place.towns).upper()
            day = f"{article.published.day}/{article.published.month}"
            before = f"{town}, {day} - {article.title.upper()} - "
            text = f"{caption(rng)} Foto ANTARA/{name}/{initial}"
            article.dateline = town
        else:
            before = self.deck.deal("video-mark", turn // 5, VIDEO_MARKS)
            text, credits = lead(rng), f"({name}/{person(rng)}/{person(rng)})"
            article.traps.add(f"video-mark:{before.strip()}")
            if turn % 3 == 0:
                article.traps.add("video:credits apart")
                return [self._caption(text, before), Paragraph(credits, credits)]
            return [self._caption(f"{text}{credits}", before)]
        return [self._caption(text, before)]

    def _caption(self, text: str, before: str) -> Paragraph:
        return Paragraph(text, escape(text, quote=False), "line", before, escape(before))

    def _dateline(self, article: Article, story: list[Block], turn: int, rng: Random) -> None:
        form = self.deck.deal("dateline", turn, FORMS)
        article.traps.add(f"dateline:{form}")
        found = dateline(form, self.place, rng)
        first = story[0]
        if found and isinstance(first, Paragraph):
            article.dateline = found.town
            article.amp_dateline = form in AMP_KEEPS
            first.before, first.before_html = found.text, found.html

    def _paginate(
        self, article: Article, blocks: list[Block], count: int, rng: Random, *, has_foot: bool
    ) -> None:
        starts = [
            place
            for place in range(2, len(blocks))
            if isinstance(blocks[place], Paragraph)
            and isinstance(blocks[place - 1], Paragraph)
            and blocks[place].form == blocks[place - 1].form == "line"  # type: ignore[union-attr]
        ]
        cuts = sorted(rng.sample(starts, min(count - 1, len(starts))))
        pieces = [blocks[a:b] for a, b in zip([0, *cuts], [*cuts, len(blocks)], strict=True)]
        if len(pieces) > 1:
            article.page_all_linked = rng.random() < 0.5
            linked = "with" if article.page_all_linked else "without"
            article.traps |= {f"pages:{len(pieces)}", f"pages:{linked} page=all"}
        on_every = rng.random() < 0.5
        article.pages = [
            piece if has_foot or (number < len(pieces) - 1 and not on_every)
            else self._with_foot(article, piece)
            for number, piece in enumerate(pieces)
        ]  # fmt: skip

    def _amp(
        self, article: Article, story: list[Block], numbered: bool, turn: int, rng: Random
    ) -> None:
        twice = bool(article.copyright) and not numbered and 2018 <= article.published.year <= 2022
        article.amp = repeats.amp_blocks(
            story, lambda: Foot(self._amp_foot(article)), rng,
            twice=twice, dateline=article.amp_dateline,
        )  # fmt: skip
        if twice:
            article.traps.add("amp:body twice")
        if article.dateline:
            article.traps.add("amp:dateline" if article.amp_dateline else "amp:no dateline")

    def _with_foot(self, article: Article, blocks: list[Block]) -> list[Block]:
        outside = article.byline.form in {"footer", "footer-spans"}
        return blocks if outside else [*blocks, self._inner_foot(article)]

    def _inner_foot(self, article: Article) -> Foot:
        return Foot(feet.foot_html(article, article.byline.card))

    def _amp_foot(self, article: Article) -> str:
        return feet.foot_html(article, article.byline.card, form="lines")


def slug_of(headline: str) -> str:
    kept = "".join(letter if letter.isalnum() else " " for letter in headline.lower())
    return "-".join(kept.split())[:90].strip("-")
