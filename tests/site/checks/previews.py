"""Check the preview beside each cite: its button, what it tells of the source, where it leads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bs4 import Tag

from tests.site.checks.citations import INDEPENDENCE, cites
from tests.site.checks.registry import article_check
from tests.site.expectations import Article
from tests.site.page import Page, Site, fold, letters, visible


def previews(article: Article, page: Page) -> Iterator[tuple[str, Tag | None]]:
    """Give for each cited key the popover that its first button opens."""
    for key in article.numbers:
        button = page.soup.select_one(f'a[role=doc-biblioref][href="#ref-{key}"] + button')
        yield key, page.by_id(str(button.get("popovertarget"))) if button else None


@article_check
def previews_open_beside_their_cites(site: Site, article: Article, page: Page) -> Iterator[str]:
    """Ask for a button right after each cite, outside of any link, that opens one popover."""
    for cite in cites(page):
        key, button = str(cite.get("href")).removeprefix("#ref-"), cite.next_sibling
        if not isinstance(button, Tag) or button.name != "button":
            yield f"no button stands right after {cite.get('id')}"
            continue
        target = str(button.get("popovertarget"))
        if target != f"ref-{key}":
            yield f"the button after {cite.get('id')} opens {target}, not the entry of {key}"
        if (preview := page.by_id(target)) is None or preview.get("popover") not in ("", "auto"):
            yield f"the button after {cite.get('id')} opens no popover"
        if button.has_attr("aria-expanded") or button.find_parent("a") or cite.find("button"):
            yield f"the button after {cite.get('id')} stands in a link or says aria-expanded"
        if button.get("aria-label") != f"About reference {article.numbers.get(key)}":
            yield f"the button after {cite.get('id')} is named {button.get('aria-label')!r}"


@article_check
def previews_tell_of_their_source(site: Site, article: Article, page: Page) -> Iterator[str]:
    for key, preview in previews(article, page):
        csl, text = site.expected.references[key], visible(preview) if preview else ""
        custom = csl["custom"]
        issued = csl.get("issued", {}).get("date-parts", [[None]])[0][0]
        names = [name.get("family") or name.get("literal") for name in csl.get("author", ())]
        by = (names or [csl.get("publisher") or csl.get("container-title") or ""])[0]
        kind = custom["tier"].replace("-", " ").replace("randomised", "randomized")
        told = {
            "title": letters(csl["title"]) in letters(text),
            "year": f"({issued or 'n.d.'}" in text,
            "source": letters(by) in letters(text),
            "kind of evidence": kind in text,
            "independence": INDEPENDENCE[custom.get("independent")] in text,
            "address": ("address not found" in text) is (custom["url_status"] == "missing"),
            "what was not verified": fold(custom.get("unverified", "")) in text,
        }
        for what in (what for what, is_told in told.items() if not is_told):
            yield f"the preview of {key} does not tell its {what}"


@article_check
def previews_lead_to_source_and_cites(site: Site, article: Article, page: Page) -> Iterator[str]:
    counts = Counter(article.cites)
    for key, preview in previews(article, page):
        hrefs = [str(a.get("href")) for a in preview.select("a[href]")] if preview else []
        within = [href for href in hrefs if href.startswith("#")]
        wanted = [f"#cite-{key}-{n}" for n in range(1, counts[key] + 1)]
        if within != wanted:
            yield f"the preview of {key} leads to {within}"
        csl = site.expected.references[key]
        known = [] if csl["custom"]["url_status"] == "missing" else [csl["URL"]]
        outside = [href for href in hrefs if site.target(page, href) is None]
        if [href for href in outside if not href.startswith("https://doi.org/")] != known:
            yield f"the preview of {key} leads outside to {outside}"
