"""Check headings, section anchors, copy-links, contents and published anchors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bs4 import Tag

from tests.site.checks.registry import article_check, site_check
from tests.site.expectations import Article
from tests.site.page import Page, Site, article_path, fold, visible


def headings(page: Page) -> list[Tag]:
    """List a page's h2 and h3 in document order."""
    return page.all("h2, h3")


@site_check
def every_page_has_one_h1(site: Site) -> Iterator[str]:
    for path, page in site.pages.items():
        if (count := len(page.all("h1"))) != 1:
            yield f"{path}: {count} h1 elements"


@site_check
def ids_are_unique(site: Site) -> Iterator[str]:
    for path, page in site.pages.items():
        for id_, count in Counter(page.ids).items():
            if count > 1:
                yield f"{path}: id {id_} stands {count} times"


@site_check
def pages_are_titled(site: Site) -> Iterator[str]:
    for leaf in site.expected.pages:
        if leaf.path not in site.pages:
            yield f"{leaf.path}: the page is missing"
        elif [visible(tag) for tag in site.pages[leaf.path].all("h1")] != [fold(leaf.title)]:
            yield f"{leaf.path}: the h1 is not {leaf.title!r}"


@article_check
def h1_is_the_title(site: Site, article: Article, page: Page) -> Iterator[str]:
    shown = [visible(tag) for tag in page.all("h1")]
    if shown != [fold(article.title)]:
        yield f"h1 {shown} is not the title {article.title!r}"


@article_check
def headings_match_the_source(site: Site, article: Article, page: Page) -> Iterator[str]:
    wanted = [(f"h{heading.level}", fold(heading.text)) for heading in article.headings]
    shown = [(tag.name, visible(tag)) for tag in headings(page)]
    if shown != [*wanted, ("h2", "references")]:
        yield f"headings {shown} are not those of the source {wanted} and References"


@article_check
def written_ids_are_kept(site: Site, article: Article, page: Page) -> Iterator[str]:
    shown = [
        section.get("id") if (section := tag.find_parent("section", id=True)) else None
        for tag in headings(page)
    ]
    for heading, id_ in zip(article.headings, shown, strict=False):
        if heading.id and heading.id != id_:
            yield f"section {heading.text!r} has id {id_}, not {heading.id}"


@article_check
def every_heading_opens_a_section(site: Site, article: Article, page: Page) -> Iterator[str]:
    for tag in headings(page):
        section = tag.parent.parent if tag.parent else None
        if section is None or section.name != "section" or not section.get("id"):
            yield f"heading {visible(tag)!r} does not open a section with an id"
        elif section.find(["h2", "h3"]) is not tag:
            yield f"section {section['id']} does not begin with its heading"


@article_check
def every_section_has_a_copy_link(site: Site, article: Article, page: Page) -> Iterator[str]:
    for tag in headings(page):
        section = tag.find_parent("section", id=True)
        links = tag.find_next_siblings("a", class_="copy-link")
        if tag.select("a.copy-link"):
            yield f"the copy-link of {visible(tag)!r} is a part of its heading"
        elif len(links) != 1:
            yield f"heading {visible(tag)!r} has {len(links)} copy-links"
        elif section is None or links[0].get("href") != f"#{section['id']}":
            yield f"the copy-link of {visible(tag)!r} leads to {links[0].get('href')}"
        elif fold(visible(tag)) not in fold(str(links[0].get("aria-label"))):
            yield f"the copy-link of {visible(tag)!r} does not name its section"


@article_check
def contents_list_every_section(site: Site, article: Article, page: Page) -> Iterator[str]:
    navs = page.all("nav[role=doc-toc]")
    if len(navs) != 1:
        yield f"{len(navs)} doc-toc"
        return
    listed = [(a.get("href"), visible(a)) for a in navs[0].find_all("a", href=True)]
    there = [
        (f"#{section['id']}" if (section := tag.find_parent("section", id=True)) else None,
         visible(tag))
        for tag in headings(page)
    ]  # fmt: skip
    for entry in there:
        if entry not in listed:
            yield f"section {entry} is not in the contents"
    for entry in listed:
        if entry not in there:
            yield f"contents entry {entry} leads to no section"
    if sorted(map(str, listed)) == sorted(map(str, there)) and listed != there:
        yield f"contents {listed} are not in the order of the page {there}"


@article_check
def contents_nest_as_the_page(site: Site, article: Article, page: Page) -> Iterator[str]:
    for tag in page.all("h3"):
        section = tag.find_parent("section", id=True)
        parent = section.find_parent("section", id=True) if section else None
        entry = page.soup.select_one(
            f'[role=doc-toc] a[href="#{section["id"]}"]' if section else ""
        )
        outer = entry.find_parent("li").find_parent("li") if entry else None
        above = outer.find("a", href=True) if outer else None
        if parent is None or above is None or above["href"] != f"#{parent['id']}":
            yield f"contents entry {visible(tag)!r} does not stand under its h2"


@article_check
def no_section_is_empty(site: Site, article: Article, page: Page) -> Iterator[str]:
    for tag in headings(page):
        section = tag.find_parent("section", id=True)
        if section and visible(section) == visible(tag):
            yield f"section {section['id']} holds nothing but its heading"


@article_check
def lead_ins_are_followed(site: Site, article: Article, page: Page) -> Iterator[str]:
    for tag in page.all("section[id] p"):
        text = visible(tag, cites=False)
        if text.endswith(":") and tag.find_next_sibling() is None:
            yield f"lead-in {text!r} introduces nothing"


@site_check
def published_anchors_stay(site: Site) -> Iterator[str]:
    for name, anchors in site.expected.anchors.items():
        page = site.pages.get(f"{name}/index.html")
        if page is None:
            yield f"{name}: a page with published anchors is missing"
            continue
        for id_ in anchors.get("published", ()):
            if id_ not in page.ids:
                yield f"{name}: published anchor {id_} is gone"


@site_check
def redirects_have_heirs(site: Site) -> Iterator[str]:
    for name, anchors in site.expected.anchors.items():
        page = site.pages.get(f"{name}/index.html")
        for old, new in (anchors.get("redirects") or {}).items() if page else ():
            heir, kept = page.by_id(new), page.by_id(old)
            if heir is None:
                yield f"{name}: {old} is redirected to {new}, which is missing"
            elif kept is None or not any(kept is tag for tag in heir.find_all(True)):
                yield f"{name}: {old} does not stand in its heir {new}"


@site_check
def published_anchors_are_recorded(site: Site) -> Iterator[str]:
    for slug, article in site.expected.articles.items():
        recorded = site.expected.anchors.get(f"articles/{slug}", {}).get("published", ())
        for tag in headings(site.pages[article_path(slug)]):
            section = tag.find_parent("section", id=True)
            if section and section["id"] != "references" and section["id"] not in recorded:
                yield f"{article.slug}: section {section['id']} is not in anchors.json"
