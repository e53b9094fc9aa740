"""Sentences and paragraphs that read like regional news, no two of an article alike."""

from random import Random

from tests.portal import words


def person(rng: Random) -> str:
    before = "M. " if rng.random() < 0.06 else ""
    return f"{before}{rng.choice(words.GIVEN)} {rng.choice(words.FAMILY)}"


def _amount(rng: Random) -> str:
    return f"{rng.randint(2, 998)} {rng.choice(words.UNITS)}"


def _fact(rng: Random) -> str:
    topic, verb = rng.choice(words.TOPICS), rng.choice(words.VERBS)
    return f"{topic} di {rng.choice(words.VILLAGES)} {verb} {rng.choice(words.REASONS)}"


def _said(rng: Random) -> str:
    office = rng.choice(words.OFFICES)
    fact = _fact(rng)
    return f"{office} {person(rng)} mengatakan {fact}, {rng.choice(words.DAYS_AGO)}."


def _quote(rng: Random) -> str:
    left, right = rng.choice((("“", "”"), ('"', '"'), ("“", '"')))
    fact = _fact(rng)
    who = f"{rng.choice(words.SPEECH)} {person(rng)}"
    return f"{left}{fact[0].upper()}{fact[1:]},{right} {who} di {rng.choice(words.VILLAGES)}."


def _count(rng: Random) -> str:
    first, second = rng.sample(words.THINGS, 2)
    return (
        f"Petugas mencatat {_amount(rng)} untuk {first} dan {_amount(rng)} untuk {second} "
        f"hingga {rng.choice(words.DAYS_AGO)} ({rng.randint(1, 28)}/{rng.randint(1, 12)})."
    )


def _plan(rng: Random) -> str:
    return (
        f"Menurut {person(rng)}, {_fact(rng)}, sedangkan {rng.choice(words.TOPICS)} "
        f"menunggu giliran pada pukul {rng.randint(6, 20)}.{rng.randint(10, 59)} Wita."
    )


def _place(rng: Random) -> str:
    return (
        f"Warga {rng.choice(words.VILLAGES)} dan {rng.choice(words.VILLAGES)} menerima "
        f"{_amount(rng)} melalui {rng.choice(words.TOPICS)} (tahap {rng.randint(1, 9)})."
    )


def _english(rng: Random) -> str:
    village = rng.choice(words.VILLAGES)
    fact = f"{rng.choice(words.EN_TOPICS)} in {village} {rng.choice(words.EN_VERBS)}"
    shape = rng.choice(
        (
            "{who} said on Monday that {fact} {reason}.",
            "According to {person}, {fact}, and {number} people had been there by the evening.",
            "“It is known that {fact},” said {person}, who is one of the {number} farmers.",
        )
    )
    return shape.format(
        who=rng.choice(words.EN_WHO),
        fact=fact,
        reason=rng.choice(words.EN_REASONS),
        person=person(rng),
        number=rng.randint(3, 900),
    )


_SHAPES = (_said, _quote, _count, _plan, _place)


def sentence(rng: Random, language: str = "id") -> str:
    return _english(rng) if language == "en" else rng.choice(_SHAPES)(rng)


def lead(rng: Random, language: str = "id") -> str:
    """The first sentence: a statement, never a quote, so that a dateline may stand before it."""
    return _english(rng) if language == "en" else f"{_said(rng)} {_count(rng)}"


def paragraph(rng: Random, language: str = "id") -> str:
    """Between one and three sentences, at least a dozen words."""
    return " ".join(sentence(rng, language) for _ in range(rng.choice((1, 2, 2, 3))))


def title(rng: Random, language: str = "id") -> str:
    village, number = rng.choice(words.VILLAGES), rng.randint(3, 999)
    if language == "en":
        return rng.choice(words.EN_TITLES).format(village=village, number=number)
    topic = rng.choice(words.TOPICS)
    shapes = (
        f"{topic[0].upper()}{topic[1:]} di {village} jangkau {_amount(rng)}",
        f"{rng.choice(words.OFFICES)}: {topic} {rng.choice(words.VERBS)}",
        f'"{topic[0].upper()}{topic[1:]}" & {number} harapan warga {village}',
        f"{village} siapkan {_amount(rng)} demi {topic}",
        f"Artikel - {topic[0].upper()}{topic[1:]} | catatan {number} hari dari {village}",
    )
    return rng.choice(shapes)


def caption(rng: Random) -> str:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2014, 2025)
    village = rng.choice(words.VILLAGES)
    return f"Suasana {rng.choice(words.TOPICS)} di {village} ({day}/{month}/{year})."
