"""Check products, their disclosure, and the distance between commerce and advice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bs4 import Tag

from tests.site.checks.registry import article_check, site_check
from tests.site.expectations import Article
from tests.site.markdown import plain
from tests.site.page import Page, Site, fold, holds, precedes, visible

COMMERCIAL = {"sponsored", "nofollow", "noopener"}
ADVICE = ("do", "dont", "warning", "emergency", "takeaways")


def product_blocks(page: Page) -> list[Tag]:
    """List the blocks that show products: cards and the list of top products."""
    return page.all("[data-block=products], [data-block=top-products]")


def product_links(site: Site, page: Page, root: Tag) -> list[Tag]:
    """List the links under a tag that lead to a product: its card, its page or its maker."""
    urls = {item.get("url") for item in site.expected.products.values()} - {None}
    found = []
    for tag in root.select("a[href]"):
        href = str(tag["href"])
        path = (site.target(page, href) or ("", ""))[0]
        inside = path.startswith("products/") and path != "products/index.html"
        sponsored = "sponsored" in tag.get_attribute_list("rel")
        if href in urls or inside or sponsored or href.startswith("#product-"):
            found.append(tag)
    return found


@article_check
def disclosures_come_first(site: Site, article: Article, page: Page) -> Iterator[str]:
    wanted = len(article.named("products")) + len(article.named("top-products"))
    if len(product_blocks(page)) != wanted:
        yield f"{len(product_blocks(page))} product blocks, not {wanted}"
    for block in product_blocks(page):
        links = product_links(site, page, block)
        stated = block.select_one("[data-disclaimer=commercial]")
        if stated is None:
            yield f"block {block['data-block']} has no commercial disclosure"
        elif fold(site.expected.disclaimers["commercial"]) != visible(stated):
            yield f"block {block['data-block']} does not print the disclosure of the library"
        elif links and not precedes(stated, links[0]):
            yield f"block {block['data-block']} links {links[0]['href']} before its disclosure"


@site_check
def product_pages_disclose_first(site: Site) -> Iterator[str]:
    for path, page in site.pages.items():
        if not path.startswith("products/"):
            continue
        main = page.soup.find("main")
        if main is None:
            yield f"{path}: no main"
            continue
        links = [tag for tag in main.select("a[href]") if "sponsored" in tag.get("rel", [])]
        stated = main.select_one("[data-disclaimer=commercial]")
        if stated is None or fold(site.expected.disclaimers["commercial"]) != visible(stated):
            yield f"{path}: no commercial disclosure in the words of the library"
        elif links and not precedes(stated, links[0]):
            yield f"{path}: links {links[0]['href']} before the disclosure"


@site_check
def commercial_links_say_so(site: Site) -> Iterator[str]:
    urls = {item.get("url") for item in site.expected.products.values()} - {None}
    evidence = {item.get("URL") for item in site.expected.references.values()}
    for path, page in site.pages.items():
        for tag in page.all("a[href]"):
            rel, href = set(tag.get_attribute_list("rel")) - {None}, str(tag["href"])
            cited = href in evidence and tag.find_parent(attrs={"data-url-status": True})
            if href in urls and not cited and rel != COMMERCIAL:
                yield f"{path}: product link {href} has rel {sorted(rel)}"
            elif "sponsored" in rel and href not in urls:
                yield f"{path}: {href} is marked as sponsored but is no product's address"


@article_check
def products_are_those_of_the_source(site: Site, article: Article, page: Page) -> Iterator[str]:
    shown = [str(tag["data-product"]) for tag in page.all("[data-block=products] [data-product]")]
    wanted = [id_ for block in article.named("products") for id_ in block.options["items"]]
    if shown != wanted:
        yield f"cards {shown} are not {wanted}"
    for id_ in shown:
        if page.by_id(f"product-{id_}") is None:
            yield f"card {id_} has no id"
    titles = [visible(tag) for tag in page.all("[data-block=products] > .subhead")]
    for block in article.named("products"):
        if block.title and fold(block.title) not in titles:
            yield f"the products block does not print its title {block.title!r}"


@article_check
def top_products_are_those_of_the_page(site: Site, article: Article, page: Page) -> Iterator[str]:
    for block in page.all("[data-block=top-products]"):
        links = [
            tag for tag in product_links(site, page, block)
            if str(tag["href"]).startswith("#product-")
        ]  # fmt: skip
        shown = [str(tag["href"]).removeprefix("#product-") for tag in links]
        if shown != list(article.products):
            yield f"top products {shown} are not {list(article.products)}"
        for id_, tag in zip(shown, links, strict=True):
            name = site.expected.products.get(id_, {}).get("name", "?")
            if fold(name) not in visible(tag):
                yield f"top product {id_} is not named {name!r}"


@article_check
def cards_state_product_facts(site: Site, article: Article, page: Page) -> Iterator[str]:
    for id_, card in _cards(page):
        for fact in _card_facts(site.expected.products.get(id_, {})):
            if not holds(visible(card), fact):
                yield f"card {id_} does not state {fact!r}"


@site_check
def product_pages_state_product_facts(site: Site) -> Iterator[str]:
    for id_, product in site.expected.products.items():
        page = site.pages.get(f"products/{id_}/index.html")
        if page is None:
            yield f"products/{id_}/ is missing"
            continue
        hrefs = [str(tag["href"]) for tag in page.all('a[rel~="sponsored"]')]
        if hrefs != ([product["url"]] if product.get("url") else []):
            yield f"products/{id_}/ links {hrefs}, not {product.get('url')}"
        if "address" not in visible(page.soup):
            yield f"products/{id_}/ does not say whether its maker's address is known"
        text = visible(page.soup)
        yield from (
            f"products/{id_}/ does not state {fact!r}"
            for fact in _facts(product) if not holds(text, fact)
        )  # fmt: skip


@article_check
def claims_name_who_makes_them(site: Site, article: Article, page: Page) -> Iterator[str]:
    for id_, card in _cards(page):
        for claim in site.expected.products.get(id_, {}).get("claims", ()):
            near = [
                visible(tag) for tag in card.find_all(["p", "li", "dd", "blockquote", "div"])
                if holds(visible(tag), plain(claim["text"]))
            ]  # fmt: skip
            speaker = fold(claim["by"])
            speaker = speaker.removeprefix("the ")
            if not near or not holds(min(near, key=len), speaker):
                yield f"card {id_} does not say that {claim['by']!r} claims {claim['text']!r}"


@article_check
def cards_link_their_pages(site: Site, article: Article, page: Page) -> Iterator[str]:
    for id_, card in _cards(page):
        targets = [site.target(page, str(tag["href"])) for tag in card.select("a[href]")]
        if (f"products/{id_}/index.html", "") not in targets:
            yield f"card {id_} does not link its page"
        if card.select('a[rel~="sponsored"]'):
            yield f"card {id_} links a shop; its page does"


@article_check
def drugs_carry_their_disclaimer(site: Site, article: Article, page: Page) -> Iterator[str]:
    wanted = [id_ for id_ in article.products if site.expected.products[id_].get("label")]
    for id_ in wanted:
        card = page.by_id(f"product-{id_}")
        block = card.find_parent(attrs={"data-block": "products"}) if card else None
        stated = block.select("[data-disclaimer=drug]") if block else []
        if not any(fold(site.expected.disclaimers["drug"]) == visible(tag) for tag in stated):
            yield f"no drug disclaimer in the words of the library by {id_}"


@article_check
def products_keep_out_of_advice(site: Site, article: Article, page: Page) -> Iterator[str]:
    advice = ", ".join(f"[data-block={name}]" for name in ADVICE) + ", [data-disclaimer=medical]"
    for block in page.all(advice):
        kind = block.get("data-block") or "medical disclaimer"
        if block.select("[data-product], [data-block=products], [data-block=top-products]"):
            yield f"a product stands in a {kind} block"
        if product_links(site, page, block):
            yield f"a product is linked in a {kind} block"


def _cards(page: Page) -> list[tuple[str, Tag]]:
    return [(str(tag["data-product"]), tag) for tag in page.all("li.product[data-product]")]


def _facts(product: dict[str, Any]) -> Iterator[str]:
    """Give every sentence and figure of a product that its readers must be told."""
    for name in ("maker", "connection"):
        if product.get(name):
            yield plain(str(product[name])).rstrip(".")
    yield from _card_facts(product)


def _card_facts(product: dict[str, Any]) -> Iterator[str]:
    """Give those that readers must be told in an article as well."""
    for name in ("name", "purpose"):
        if product.get(name):
            yield plain(str(product[name])).rstrip(".")
    yield from (plain(claim["text"]).rstrip(".") for claim in product.get("claims") or ())
    yield from (plain(note).rstrip(".") for note in product.get("safety") or ())
    label = product.get("label") or {}
    yield from (plain(str(label[key])).rstrip(".") for key in ("ingredient", "indication") if label)
    yield from (plain(str(note)).rstrip(".") for note in label.get("warnings", ()))
    for strength in label.get("strengths", ()):
        yield str(strength["form"])
        yield str(strength["strength"])
