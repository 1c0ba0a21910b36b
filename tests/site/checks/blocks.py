"""Check takeaways, advice, warnings, comparisons, tables, figures and glossary terms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.site.checks.registry import article_check, site_check
from tests.site.expectations import Article, find_term
from tests.site.markdown import pieces, plain
from tests.site.page import Page, Site, fold, visible

AWAITING = "this card is awaiting clinical approval."


@article_check
def takeaways_are_complete(site: Site, article: Article, page: Page) -> Iterator[str]:
    shown = page.all("[data-block=takeaways]")
    wanted = article.named("takeaways")
    if len(shown) != len(wanted):
        yield f"{len(shown)} takeaways blocks, not {len(wanted)}"
    for tag, block in zip(shown, wanted, strict=False):
        items = re.findall(r"(?m)^(?:[-*+]|\d+\.)\s+", block.body)
        if len(tag.select("li")) != len(items):
            yield f"{len(tag.select('li'))} takeaways, not {len(items)}"


@article_check
def advice_keeps_title_and_words(site: Site, article: Article, page: Page) -> Iterator[str]:
    for name in ("do", "dont", "warning", "emergency"):
        shown, wanted = page.all(f"[data-block={name}]"), article.named(name)
        if len(shown) != len(wanted):
            yield f"{len(shown)} {name} blocks, not {len(wanted)}"
        for tag, block in zip(shown, wanted, strict=False):
            title = tag.select_one(f".{'advice' if name in ('do', 'dont') else name}__title")
            if title is None or fold(plain(block.title)) not in visible(title):
                yield f"{name} block does not print its title {block.title!r}"
            text = visible(tag, cites=False)
            for line in pieces(block.body):
                if fold(line) not in text:
                    yield f"{name} block {block.title!r} does not print {line!r}"
            if name in ("warning", "emergency") and tag.get("role") != "note":
                yield f"{name} block {block.title!r} has no role note"


@article_check
def emergency_cards_state_approval(site: Site, article: Article, page: Page) -> Iterator[str]:
    for tag, block in zip(
        page.all("[data-block=emergency]"), article.named("emergency"), strict=False
    ):
        stated = tag.select_one(".emergency__status")
        if block.options.get("status") == "awaiting-approval":
            if stated is None or AWAITING not in visible(stated):
                yield "the emergency card does not say that it is awaiting clinical approval"
        elif not tag.select("a[role=doc-biblioref]"):
            yield "the emergency card is neither awaiting approval nor sourced"
        elif AWAITING in visible(tag):
            yield "a sourced emergency card says that it is awaiting approval"


@article_check
def comparisons_are_named_and_headed(site: Site, article: Article, page: Page) -> Iterator[str]:
    shown, wanted = page.all("[data-block=compare]"), article.named("compare")
    if len(shown) != len(wanted):
        yield f"{len(shown)} comparisons, not {len(wanted)}"
    for tag, block in zip(shown, wanted, strict=False):
        if fold(str(tag.get("aria-label"))) != fold(plain(block.title)):
            yield f"comparison is named {tag.get('aria-label')!r}, not {block.title!r}"
        for row in tag.select("tbody tr"):
            cell = row.find(["th", "td"])
            if cell is None or cell.name != "th" or cell.get("scope") != "row":
                yield f"comparison row {visible(row)[:40]!r} has no th scope=row"
        rows = re.findall(r"(?m)^\|", block.body)
        if len(tag.select("tr")) != len(rows) - 1:
            yield f"comparison has {len(tag.select('tr'))} rows, not {len(rows) - 1}"


@site_check
def tables_have_column_headings(site: Site) -> Iterator[str]:
    for path, page in site.pages.items():
        for table in page.all("table"):
            cells = table.select("thead tr > *")
            if not cells:
                yield f"{path}: a table has no heading row"
            corner = cells[:1] if cells and cells[0].name == "td" and not visible(cells[0]) else []
            for cell in cells[len(corner) :]:
                if cell.name != "th" or cell.get("scope") != "col" or not visible(cell):
                    yield f"{path}: column {visible(cell)!r} has no th scope=col, or no words"
            region = table.find_parent(attrs={"role": "region"})
            if region is None or not region.get("aria-label") or region.get("tabindex") != "0":
                yield f"{path}: a table does not stand in a named region that can be scrolled"


@article_check
def figures_match_the_source(site: Site, article: Article, page: Page) -> Iterator[str]:
    shown, wanted = page.all("figure[data-block=figure]"), article.named("figure")
    if len(shown) != len(wanted):
        yield f"{len(shown)} figures, not {len(wanted)}"
    for tag, block in zip(shown, wanted, strict=False):
        src, image = block.options["src"], tag.find("img")
        file = rf"{re.escape(str(src).rpartition('.')[0])}(-\d+)?\.[0-9a-f]{{8}}\.(svg|jpg|png)"
        if image is None or not re.fullmatch(f".*/{file}", str(image.get("src"))):
            yield f"figure {src} has no such image"
            continue
        if image.get("alt") != str(block.options["alt"]):
            yield f"figure {src} has alt {image.get('alt')!r}"
        credit = tag.select_one(".figure__credit")
        if credit is None or fold(plain(str(block.options["credit"]))) not in visible(credit):
            yield f"figure {src} does not print its credit"
        caption, *twin = block.body.split("\n\n", 1)
        shown_caption = tag.find("figcaption")
        words = fold(plain(caption))
        if shown_caption is None or words not in visible(shown_caption, cites=False):
            yield f"figure {src} does not print its caption"
        elif twin and tag.select_one(".figure__twin") is None:
            yield f"figure {src} does not print its text twin"


@site_check
def images_are_described_and_sized(site: Site) -> Iterator[str]:
    for path, page in site.pages.items():
        for image in page.all("img"):
            src = str(image.get("src"))
            if not image.has_attr("alt"):
                yield f"{path}: {src} has no alt"
            if not all(str(image.get(side, "")).isdigit() for side in ("width", "height")):
                yield f"{path}: {src} has no width and height"
            target = site.target(page, src)
            if target is None or target[0] not in site.files:
                yield f"{path}: {src} does not exist"


@article_check
def terms_lead_to_the_glossary(site: Site, article: Article, page: Page) -> Iterator[str]:
    wanted = [
        (fold(shown), find_term(site.expected.glossary, term)) for shown, term in article.terms
    ]
    links = page.all("main a.term")
    shown = []
    for tag in links:
        path, fragment = site.target(page, str(tag.get("href"))) or ("", "")
        shown.append((visible(tag), fragment if path == "glossary/index.html" else path))
    if shown != wanted:
        yield f"terms {shown} are not {wanted}"
