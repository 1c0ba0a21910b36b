"""Check the pages and files that list others: indexes, glossary, sitemap, feed, robots, 404."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from tests.site.checks.citations import entries, further
from tests.site.checks.registry import site_check
from tests.site.expectations import find_term
from tests.site.page import Page, Site, article_path, fold, holds, visible


def xml(site: Site, path: str) -> BeautifulSoup:
    """Parse an XML file of the site; an empty soup when it is missing."""
    return BeautifulSoup(site.files.get(path, b""), "xml")


@site_check
def sitemap_lists_every_page_once(site: Site) -> Iterator[str]:
    places = xml(site, "sitemap.xml").select("url > loc")
    listed = Counter(tag.get_text(strip=True) for tag in places)
    wanted = {
        f"{site.origin}/{path.removesuffix('index.html')}"
        for path, page in site.pages.items() if not page.is_unlisted
    }  # fmt: skip
    yield from (f"sitemap.xml lacks {url}" for url in sorted(wanted - listed.keys()))
    yield from (f"sitemap.xml lists {url}, no page" for url in sorted(listed.keys() - wanted))
    yield from (f"sitemap.xml lists {url} {n} times" for url, n in listed.items() if n > 1)


@site_check
def feed_has_every_article(site: Site) -> Iterator[str]:
    home = site.pages["index.html"]
    entries_ = {}
    for entry in xml(site, "feeds/atom.xml").find_all("entry"):
        path, _ = site.target(home, str(entry.find("link")["href"])) or ("", "")
        entries_[path] = entry
    for slug, article in site.expected.articles.items():
        entry = entries_.get(article_path(slug))
        if entry is None:
            yield f"the feed lacks {slug}"
        elif fold(entry.find("title").get_text()) != fold(article.title):
            yield f"the feed names {slug} {entry.find('title').get_text()!r}"
    if len(entries_) != len(site.expected.articles):
        yield f"the feed has {len(entries_)} entries"


@site_check
def robots_name_the_sitemap(site: Site) -> Iterator[str]:
    text = site.files.get("robots.txt", b"").decode("utf-8")
    if not site.origin or not site.origin.startswith("http"):
        yield f"robots.txt does not name the sitemap: {text!r}"
    if "disallow: /\n" in f"{text.lower()}\n":
        yield "robots.txt shuts readers out"


@site_check
def indexes_list_every_article(site: Site) -> Iterator[str]:
    for path in ("index.html", "articles/index.html"):
        if path not in site.pages:
            yield f"{path} is missing"
            continue
        for slug in site.expected.articles:
            if not _leads(site, site.pages[path], site.pages[path].soup, slug):
                yield f"{path} does not list {slug}"


@site_check
def references_index_tells_who_cites(site: Site) -> Iterator[str]:
    page = site.pages.get("references/index.html")
    if page is None:
        yield "references/index.html is missing"
        return
    for slug in site.expected.articles:
        article = site.pages[article_path(slug)]
        for key in [*entries(article), *further(article)]:
            entry = page.by_id(key)
            if entry is None:
                yield f"the references index lacks {key}"
            elif not _leads(site, page, entry, slug):
                yield f"the references index does not say that {slug} uses {key}"
    for key, csl in site.expected.references.items():
        entry = page.by_id(key)
        if entry is not None and fold(csl["title"]) not in visible(entry):
            yield f"the references index does not print the title of {key}"


@site_check
def glossary_defines_and_tells_where(site: Site) -> Iterator[str]:
    page = site.pages.get("glossary/index.html")
    if page is None:
        yield "glossary/index.html is missing"
        return
    for id_, term in site.expected.glossary.items():
        entry = _entry(page, id_)
        if entry is None:
            yield f"the glossary lacks {id_}"
            continue
        text = visible(entry, cites=False)
        for key in ("term", "pronunciation"):
            if term.get(key) and fold(str(term[key])) not in text:
                yield f"the glossary does not give the {key} of {id_}"
        if fold(str(term["definition"])) not in text:
            yield f"the glossary does not define {id_} in the words of the library"
    for slug, article in site.expected.articles.items():
        for _, name in article.terms:
            id_ = find_term(site.expected.glossary, name)
            entry = _entry(page, id_) if id_ else None
            if entry is not None and not _leads(site, page, entry, slug):
                yield f"the glossary does not say that {slug} uses {id_}"


@site_check
def product_pages_tell_where(site: Site) -> Iterator[str]:
    index = site.pages.get("products/index.html")
    for id_ in site.expected.products:
        path = f"products/{id_}/index.html"
        if index is None or not any(
            site.target(index, str(tag["href"])) == (path, "") for tag in index.all("a[href]")
        ):
            yield f"the index of products does not list {id_}"
        for slug, article in site.expected.articles.items():
            page = site.pages.get(path)
            if page and id_ in article.products and not _leads(site, page, page.soup, slug):
                yield f"products/{id_}/ does not say that {slug} shows it"


@site_check
def missing_pages_are_answered(site: Site) -> Iterator[str]:
    page = site.pages.get("404.html")
    if page is None:
        yield "404.html is missing"
    elif ("index.html", "") not in [site.target(page, str(a["href"])) for a in page.all("a[href]")]:
        yield "404.html does not lead home"


@site_check
def corrections_list_every_handled_error(site: Site) -> Iterator[str]:
    """Ask for the 38 errors and gaps of the source article, one entry each."""
    page = site.pages.get("corrections/index.html")
    if page is None:
        yield "corrections/index.html is missing"
        return
    for number in range(1, 39):
        entry = page.by_id(f"e-{number:02}")
        if entry is None or not holds(visible(entry), f"E-{number:02}"):
            yield f"corrections/ does not list E-{number:02}"


def _entry(page: Page, id_: str) -> Tag | None:
    """Find a glossary entry: the tag with the id, with its dd when it is a dt."""
    tag = page.by_id(id_)
    return tag.parent if tag is not None and tag.name in ("dt", "dfn", "h2", "h3") else tag


def _leads(site: Site, page: Page, root: Tag, slug: str) -> bool:
    hrefs = (str(tag["href"]) for tag in root.select("a[href]"))
    return any((site.target(page, href) or ("",))[0] == article_path(slug) for href in hrefs)
