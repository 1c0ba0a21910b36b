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
LISTS = [("", "es/"), ("articles/", "es/articles/"), ("search/", "es/search/")]
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
        "Aún sin revisión clínica", "Referencia 1", "Uso seguro",
        "Esta ficha está pendiente de aprobación clínica.", "24 de noviembre de 2026",
        "Enlace a esta sección: Cómo funciona", "En otros idiomas:",
    ]  # fmt: skip
    assert [words for words in wanted if words not in said] == []


@pytest.mark.parametrize("path", [spanish for _, spanish in [*PAIRS, *LISTS]])
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
    cards = page(bilingual, "articles/").select(".article-list a")
    assert {link["href"] for link in cards} >= {"/articles/what-is-dry-needling/"}
    assert not any(link["href"].startswith("/es/") for link in cards)


@pytest.mark.parametrize(("english", "spanish"), LISTS)
def test_a_list_and_its_translation_name_each_other(
    bilingual: Path, english: str, spanish: str
) -> None:
    for path, lang in ((english, "en"), (spanish, "es")):
        soup = page(bilingual, path)
        assert soup.html["lang"] == lang
        if "search" not in path:  # search engines leave that page out
            assert alternates(soup) == {"en": english, "es": spanish}
        (switch,) = soup.select("main .translations a")
        assert switch["href"] == f"/{spanish if lang == 'en' else english}"
        assert switch.text == {"en": "español", "es": "English"}[lang]


@pytest.mark.parametrize("path", ["es/", "es/articles/", "es/search/"])
def test_spanish_lists_hold_the_spanish_article_alone(bilingual: Path, path: str) -> None:
    soup = page(bilingual, path)
    found = {str(a["href"]) for a in soup.select("main a[href*='/articles/']")}
    found -= {"/articles/", "/es/articles/"}
    assert found == {"/es/articles/what-is-dry-needling/"}


def test_who_reads_spanish_stays_in_spanish(bilingual: Path) -> None:
    for path in [spanish for _, spanish in [*PAIRS, *LISTS]]:
        soup = page(bilingual, path)
        header = {str(a["href"]) for a in soup.select(".site-header a")}
        assert {"/es/", "/es/articles/", "/es/search/"} <= header
        for link in soup.select(".site-header a"):
            own = str(link["href"]).startswith("/es/")
            assert own or link.get("hreflang") == "en", link
        assert "/es/about/" in {str(a["href"]) for a in soup.select(".site-footer a")}
        assert [str(a["href"]) for a in soup.select(".breadcrumb a")][:1] in ([], ["/es/"])
    assert page(bilingual, "es/search/").select_one("form.search")["action"] == "/es/search/"


def test_a_site_of_one_language_has_no_other_lists(site: Path) -> None:
    assert not (site / "es").exists()
    assert page(site, "").select(".translations, link[hreflang], a[hreflang]") == []


def test_the_sitemap_holds_both(bilingual: Path) -> None:
    sitemap = (bilingual / "sitemap.xml").read_text("utf-8")
    for path in [path for pair in [*PAIRS, *LISTS[:2]] for path in pair]:
        assert f"/{path}</loc>" in sitemap
    assert "search/</loc>" not in sitemap


def test_every_page_conforms(bilingual: Path) -> None:
    require(checkers.HTML_VALIDATE.exists(), "html-validate")
    require(checkers.NU.exists() and shutil.which("java"), "vnu-jar or Java")
    pages = sorted(bilingual.rglob("*.html"))
    found = [*checkers.html_validate(pages), *checkers.nu(pages)]
    assert checkers.lines(found, bilingual) == []
