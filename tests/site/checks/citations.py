"""Check cites in the text, the bibliography, back-links and further reading, both ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bs4 import Tag

from tests.site.checks.registry import article_check
from tests.site.expectations import Article
from tests.site.page import Page, Site, fold, letters, visible

MISSING = re.compile(r"\b(no|not|missing)\b[^.]*\baddress\b|\baddress\b[^.]*\b(not|missing)\b")
STATUSES = {"ok", "missing", "archived", "unchecked"}


def cites(page: Page) -> list[Tag]:
    """List the cites of a page in document order."""
    return page.all("a[role=doc-biblioref]")


def entries(page: Page) -> dict[str, Tag]:
    """Map key → list item of the bibliography, in printed order."""
    items = page.all("[role=doc-bibliography] > ol > li")
    return {str(item.get("id", "")).removeprefix("ref-"): item for item in items}


def further(page: Page) -> dict[str, Tag]:
    """Map key → list item of further reading."""
    items = page.all("ul[data-block=further-reading] > li")
    return {str(item.get("id", "")).removeprefix("ref-"): item for item in items}


@article_check
def cites_follow_the_source(site: Site, article: Article, page: Page) -> Iterator[str]:
    shown = [str(tag.get("href")).removeprefix("#ref-") for tag in cites(page)]
    if shown != list(article.cites):
        lost, extra = (
            Counter(article.cites) - Counter(shown),
            Counter(shown) - Counter(article.cites),
        )
        yield f"cites {dict(lost)} are lost, {dict(extra)} not in the source, or the order differs"


@article_check
def cites_bear_their_ids(site: Site, article: Article, page: Page) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for tag in cites(page):
        key = str(tag.get("href")).removeprefix("#ref-")
        seen[key] += 1
        if tag.get("id") != f"cite-{key}-{seen[key]}":
            yield f"cite {seen[key]} of {key} has id {tag.get('id')}"
        if tag.find_parent("sup", class_="cites") is None:
            yield f"cite {tag.get('id')} does not stand in sup.cites"


@article_check
def cites_number_by_first_citation(site: Site, article: Article, page: Page) -> Iterator[str]:
    for tag in cites(page):
        key = str(tag.get("href")).removeprefix("#ref-")
        number = str(article.numbers.get(key))
        if tag.get_text(strip=True) != number or tag.get("aria-label") != f"Reference {number}":
            label = tag.get("aria-label")
            yield f"cite {tag.get('id')} reads {tag.get_text()!r} ({label}), not {number}"


@article_check
def bibliography_holds_what_is_cited(site: Site, article: Article, page: Page) -> Iterator[str]:
    lists = page.all("section[role=doc-bibliography] > ol")
    if len(lists) != 1:
        yield f"{len(lists)} bibliographies"
        return
    if page.all("[role=doc-biblioentry], ol[role=doc-bibliography]"):
        yield "doc-bibliography stands on the list, or doc-biblioentry is used"
    if lists[0].get("start", "1") != "1" or lists[0].has_attr("reversed"):
        yield "the list does not count from 1"
    shown = [str(tag.get("id")) for tag in lists[0].find_all("li", recursive=False)]
    wanted = [f"ref-{key}" for key in article.numbers]
    if shown != wanted:
        yield f"entries {shown} are not {wanted}"


@article_check
def back_links_and_cites_pair(site: Site, article: Article, page: Page) -> Iterator[str]:
    seen: list[str] = []
    for key, item in entries(page).items():
        for tag in item.select("a[role=doc-backlink]"):
            id_ = str(tag.get("href")).removeprefix("#")
            seen.append(id_)
            cite = page.by_id(id_)
            if cite is None or cite.get("href") != f"#ref-{key}":
                yield f"back-link {tag.get('href')} of {key} does not lead to a cite of it"
    wanted = [str(tag.get("id")) for tag in cites(page)]
    if sorted(seen) != sorted(wanted):
        lost, extra = Counter(wanted) - Counter(seen), Counter(seen) - Counter(wanted)
        yield f"cites without back-link {sorted(lost)}; back-links without cite {sorted(extra)}"


@article_check
def back_links_are_named_apart(site: Site, article: Article, page: Page) -> Iterator[str]:
    for key, item in entries(page).items():
        names = [str(tag.get("aria-label", "")) for tag in item.select("a[role=doc-backlink]")]
        for name, n in Counter(names).items():
            if n > 1 or not name.startswith("Back to where it is cited, "):
                yield f"{n} back-links of {key} are named {name!r}"


@article_check
def entries_state_title_year_and_source(site: Site, article: Article, page: Page) -> Iterator[str]:
    for key, item in {**entries(page), **further(page)}.items():
        if key not in site.expected.references:
            yield f"entry {key} is not in references.json"
            continue
        csl, text = site.expected.references[key], visible(item)
        if letters(csl["title"]) not in letters(text):
            yield f"entry {key} does not print its title {csl['title']!r}"
        issued = csl.get("issued", {}).get("date-parts", [[None]])[0][0]
        year = str(issued) if issued else "n.d."
        if f"({year}" not in text:
            yield f"entry {key} does not print {year}"
        names = [name.get("family") or name.get("literal") for name in csl.get("author", ())]
        source = (names or [csl.get("publisher") or csl.get("container-title") or ""])[0]
        if letters(source) not in letters(text):
            yield f"entry {key} does not name {source!r}"


@article_check
def entries_state_their_address(site: Site, article: Article, page: Page) -> Iterator[str]:
    for key, item in {**entries(page), **further(page)}.items():
        csl = site.expected.references.get(key, {"custom": {}})
        status, url = csl["custom"].get("url_status"), csl.get("URL")
        if item.get("data-url-status") != status or status not in STATUSES:
            yield f"entry {key} has status {item.get('data-url-status')}, not {status}"
        hrefs = [str(tag["href"]) for tag in item.select("a[href]")]
        links = [href for href in hrefs if site.target(page, href) is None]
        allowed = {url, f"https://doi.org/{csl.get('DOI')}"}
        allowed.add(f"https://pubmed.ncbi.nlm.nih.gov/{csl.get('PMID')}/")
        if extra := [href for href in links if href not in allowed]:
            yield f"entry {key} leads to addresses its reference does not have: {extra}"
        if status in {"ok", "archived"} and url not in links:
            yield f"entry {key} does not link {url}"
        if status in {"ok", "archived"} and fold(str(url)) not in visible(item):
            yield f"entry {key} does not print {url}"
        if status == "missing":
            if url in links or "http" in visible(item).replace("https://doi.org/", ""):
                yield f"entry {key} prints an address although it is missing"
            if not MISSING.search(visible(item)):
                yield f"entry {key} does not say that its address is missing"


INDEPENDENCE = {
    True: "publisher independent of",
    False: "not independent of",
    None: "independence not established",
}


@article_check
def entries_state_tier_and_independence(site: Site, article: Article, page: Page) -> Iterator[str]:
    for key, item in {**entries(page), **further(page)}.items():
        custom = site.expected.references.get(key, {"custom": {}})["custom"]
        facts = [visible(fact) for fact in item.select(".source-facts > li")]
        kind = str(custom.get("tier")).replace("-", " ").replace("randomised", "randomized")
        if not facts or kind not in facts[0]:
            yield f"entry {key} does not say that it is a {kind}"
        if not any(INDEPENDENCE[custom.get("independent")] in fact for fact in facts):
            yield f"entry {key} does not tell of its publisher's independence"
        if (left := fold(custom.get("unverified") or "")) and left not in visible(item):
            yield f"entry {key} does not tell what was not verified"


@article_check
def further_reading_gives_reasons(site: Site, article: Article, page: Page) -> Iterator[str]:
    shown = further(page)
    if list(shown) != list(article.further):
        yield f"further reading {list(shown)} is not {list(article.further)}"
    for key, item in shown.items():
        if fold(_plain(article.further.get(key, "?"))) not in visible(item):
            yield f"further reading {key} does not give its reason"
        if key in article.numbers or page.all(f'a[role=doc-biblioref][href="#ref-{key}"]'):
            yield f"further reading {key} is cited"


@article_check
def all_source_references_are_shown(site: Site, article: Article, page: Page) -> Iterator[str]:
    """Ask for each numbered reference of the article that this one was written from."""
    numbered = {
        item["custom"]["source_number"]: key
        for key, item in site.expected.references.items()
        if item["custom"].get("source_number")
    }
    if article.slug != "what-is-dry-needling":
        return
    if sorted(numbered) != list(range(1, 11)):
        yield f"references.json numbers the source references {sorted(numbered)}"
    shown = {**entries(page), **further(page)}
    for number, key in sorted(numbered.items()):
        if key not in shown:
            yield f"source reference {number} ({key}) is neither cited nor in further reading"


def _plain(text: str) -> str:
    return re.sub(r"[*`]", "", text)
