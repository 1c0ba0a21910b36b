"""A card shows the whole title, in our type, on every machine the same."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw

from wellsourced.imaging import cards

NAME = "Well Sourced"
TITLES = [
    "Pain",
    "What is dry needling, and can it relieve pain?",
    "¿Qué es la punción seca? ÁÉÍÓÚÜÑ áéíóúüñ ¡así!",
    "Hüftschmerzen “heute” – was hilft… 5 € & ½ °C?",
    "What should somebody who takes anticoagulants know about percutaneous electrical nerve "
    "stimulation before the first visit, and what may a physical therapist do in each state?",
    "long " * 150,
]


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("title", TITLES)
def test_all_words_are_on_it_within_its_margins(title: str) -> None:
    size, lines = cards.fit(title)
    assert " ".join(lines).split() == title.split()
    assert size >= 20
    image = opened(cards.card(title, NAME))
    assert (image.size, image.format) == ((1200, 630), "PNG")
    paper = Image.new("RGB", image.size, "white")
    ink = image.convert("RGB").crop((0, 20, 1200, 630))
    left, top, right, bottom = _box(ink, paper.crop((0, 20, 1200, 630)))
    assert left >= 70
    assert right <= 1130
    assert top >= 40
    assert bottom <= 580


def _box(image: Image.Image, paper: Image.Image) -> tuple[int, int, int, int]:
    from PIL import ImageChops

    box = ImageChops.difference(image, paper).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize("title", TITLES)
def test_it_is_small_and_the_same_every_time(title: str) -> None:
    made = cards.card(title, NAME)
    assert len(made) < 100_000
    assert made == cards.card(title, NAME)
    assert not opened(made).info.keys() - {"transparency"}


def test_nothing_of_the_machine_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    real = cards.ImageFont.truetype
    monkeypatch.setattr(
        cards.ImageFont, "truetype", lambda font, *a, **k: asked.append(font) or real(font, *a, **k)
    )
    for drawn in (cards._font, cards._letter, cards._foot):
        drawn.cache_clear()
    cards.card("Pain", NAME)
    assert asked
    assert {path.parent.parent.name for path in asked} == {"imaging"}
    assert all((path.parent / "OFL.txt").is_file() for path in asked)


def test_letters_stand_where_pillow_sets_them() -> None:
    title = "AVATAR: Wéll, “Té” jolly gym?"
    size, lines = cards.fit(title)
    image = Image.new("L", cards.SIZE, 10)
    for number, line in enumerate(lines):
        at = (cards._LEFT, cards._TOP + round(number * size * cards._LEADING))
        ImageDraw.Draw(image).text(at, line, fill=0, font=cards._font(size))
    box = (0, cards._TOP, 1200, cards._FOOT)
    drawn = opened(cards.card(title, NAME)).crop(box).get_flattened_data()
    differences = [
        abs(a - b) for a, b in zip(drawn, image.crop(box).get_flattened_data(), strict=True)
    ]
    assert max(differences) <= 1


def test_nothing_of_one_card_stays_on_the_next() -> None:
    first = cards.card("Mmmmm mmmmm mmmmm", NAME)
    cards.card("Iiiii iiiii iiiii", NAME)
    assert cards.card("Mmmmm mmmmm mmmmm", NAME) == first
    cards._canvas.cache_clear()
    assert cards.card("Mmmmm mmmmm mmmmm", NAME) == first


def test_our_colours_are_on_it() -> None:
    colours = {colour for _, colour in opened(cards.card("Pain", NAME)).convert("RGB").getcolors()}
    assert {(20, 33, 31), (255, 255, 255), (255, 229, 154), (238, 179, 2)} <= colours


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("What are β-blockers?", '"β"'),
        ("針", '"針"'),
        ("x" * 300, "too long"),
        ("many words " * 400, "too long"),
        ("🪡", "no words"),
    ],
)
def test_a_title_that_cannot_be_drawn_gives_the_sites_card(title: str, why: str) -> None:
    assert why in cards.problem(title)
    assert cards.card(title, NAME) == cards.card("", NAME)
    assert cards.card_key(title, NAME, "articles/x/") == cards.card_key("", NAME)


def test_pictographs_are_left_out() -> None:
    assert cards.problem("Needling 🪡👩🏽‍⚕️ and pain ❤️") == ""
    assert cards.card("Needling 🪡 and pain", NAME) == cards.card("Needling and pain", NAME)


def test_an_address_follows_from_all_that_is_drawn() -> None:
    key = cards.card_key("Pain", NAME, "articles/what-is-pain/")
    assert key.startswith("assets/images/what-is-pain.")
    others = [
        cards.card_key("Pains", NAME, "articles/what-is-pain/"),
        cards.card_key("Pain", "Another", "articles/what-is-pain/"),
        cards.card_key("Pain", NAME, "es/articles/what-is-pain/"),
    ]
    assert len({key, *others}) == 4
