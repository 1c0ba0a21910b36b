"""A page and its translation name each other, and each speaks its own language throughout."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from wellsourced.rendering import words

from ..conformity import checkers
from ..conftest import ROOT, require

PAIRS = [
    ("articles/what-is-dry-needling/", "es/articles/what-is-dry-needling/"),
    ("about/", "es/about/"),
]
SPANISH = words.load(ROOT / "theme", "es")


def page(site: Path, path: str) -> BeautifulSoup:
    """Read a built page."""
    return BeautifulSoup((site / path / "index.html").read_bytes(), "lxml")


def alternates(soup: BeautifulSoup) -> dict[str, str]:
    """Map each language that a page's head names to the path of its page."""
    links = soup.head.select("link[rel=alternate][hreflang]")
    return {link["hreflang"]: re.sub(r"^https?://[^/]+/", "", link["href"]) for link in links}


def spoken(soup: BeautifulSoup) -> set[str]:
    """Gather a page's texts and labels, but those of passages in another language."""
    for passage in soup.select("body [lang]"):
        passage.decompose()
    texts = {" ".join(text.split()) for text in soup.body.stripped_strings}
    labels = {str(tag["aria-label"]) for tag in soup.select("[aria-label]")}
    return texts | labels


@pytest.mark.parametrize(("english", "spanish"), PAIRS)
def test_a_page_and_its_translation_name_each_other(
    bilingual: Path, english: str, spanish: str
) -> None:
    for path, lang in ((english, "en"), (spanish, "es")):
        soup = page(bilingual, path)
        assert soup.html["lang"] == lang
        assert alternates(soup) == {"en": english, "es": spanish}
        switch = soup.select_one("main .translations a")
        assert isinstance(switch, Tag)
        assert switch["href"] == f"/{spanish if lang == 'en' else english}"
        assert switch["lang"] == switch["hreflang"] != lang
        assert switch.text == {"en": "español", "es": "English"}[lang]


def test_a_page_without_translation_names_none(bilingual: Path) -> None:
    soup = page(bilingual, "articles/saved-on-windows/")
    assert alternates(soup) == {}
    assert soup.select(".translations") == []


def test_the_spanish_article_speaks_spanish(bilingual: Path) -> None:
    said = spoken(page(bilingual, "es/articles/what-is-dry-needling/"))
    wanted = [
        "Saltar al contenido principal", "Artículos", "Contenido", "Referencias", "Publicado",
        "Aún sin revisión clínica", "Referencia 1", "Fabricante",
        "Esta ficha está pendiente de aprobación clínica.", "24 de noviembre de 2026",
        "Enlace a esta sección: Cómo funciona", "En otros idiomas:",
    ]  # fmt: skip
    assert [words for words in wanted if words not in said] == []


@pytest.mark.parametrize("path", [spanish for _, spanish in PAIRS])
def test_no_english_word_of_the_theme_is_left(bilingual: Path, path: str) -> None:
    said = spoken(page(bilingual, path))
    english = {m for m in SPANISH.messages if "%" not in m and SPANISH.gettext(m) != m}
    assert said & english == set()


def test_the_english_pages_speak_english(bilingual: Path) -> None:
    said = spoken(page(bilingual, "articles/what-is-dry-needling/"))
    assert {"Skip to main content", "Contents", "References", "24 November 2026"} <= said
    assert not {"Contenido", "Referencias"} & said


def test_passages_of_the_library_say_that_they_are_english(bilingual: Path) -> None:
    soup = page(bilingual, "es/articles/what-is-dry-needling/")
    found = soup.select("[data-disclaimer], li[id^=ref-] > p:first-child")
    assert len(found) > 2
    assert {tag.get("lang") for tag in found} == {"en"}
    soup = page(bilingual, "articles/what-is-dry-needling/")
    assert soup.select("main [data-disclaimer][lang], main li[id^=ref-] > p[lang]") == []


def test_lists_hold_articles_of_the_sites_own_language(bilingual: Path) -> None:
    cards = page(bilingual, "articles/").select("main a[href^='/articles/'], main a[href^='/es/']")
    assert {link["href"] for link in cards} >= {"/articles/what-is-dry-needling/"}
    assert not any(link["href"].startswith("/es/") for link in cards)


def test_the_sitemap_holds_both(bilingual: Path) -> None:
    sitemap = (bilingual / "sitemap.xml").read_text("utf-8")
    for path in [path for pair in PAIRS for path in pair]:
        assert f"/{path}</loc>" in sitemap


def test_every_page_conforms(bilingual: Path) -> None:
    require(checkers.HTML_VALIDATE.exists(), "html-validate")
    require(checkers.NU.exists() and shutil.which("java"), "vnu-jar or Java")
    pages = sorted(bilingual.rglob("*.html"))
    found = [*checkers.html_validate(pages), *checkers.nu(pages)]
    assert checkers.lines(found, bilingual) == []
