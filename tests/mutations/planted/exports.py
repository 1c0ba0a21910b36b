"""Plant faults in exports, indexes, sitemap, feed, robots and the 404 page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from tests.mutations.mutation import Mutation, drop, file_mutation, page_mutation, put, say

ARTICLE = "articles/what-is-dry-needling"
HERE = f'a[href*="/{ARTICLE}/"]'


def parsed(change: Callable[[Any], object]) -> Callable[[str], str]:
    """Alter a JSON file by its value."""

    def alter(text: str) -> str:
        data = json.loads(text)
        change(data)
        return json.dumps(data)

    return alter


def export(name: str, check: str, file: str, change: Callable[[str], str] | None) -> Mutation:
    """Plant a fault in one export of the article."""
    return file_mutation(name, check, f"{ARTICLE}/{file}", change)


MUTATIONS = (
    export("lose an export", "exports_exist_and_are_linked", "references.ris", None),
    page_mutation("do not link an export", "exports_exist_and_are_linked", drop(
        'a[href$="claims.json"]')),
    export("drop an exported reference", "csl_export_holds_the_references", "references.json",
           parsed(lambda items: items.pop())),
    export("alter an exported title", "csl_export_holds_the_references", "references.json",
           parsed(lambda items: items[0].update(title="Other"))),
    export("drop a BibTeX entry", "bib_export_holds_the_references", "references.bib",
           lambda text: text[: text.rindex("@")]),
    export("break a BibTeX entry", "bib_export_holds_the_references", "references.bib",
           lambda text: text[: text.rindex("}")]),
    export("drop a RIS entry", "ris_export_holds_the_references", "references.ris",
           lambda text: text[text.index("ER  -") + 6 :]),
    export("alter a RIS title", "ris_export_holds_the_references", "references.ris",
           lambda text: re.sub(r"(TI|T1)  - ", r"\1  - The ", text, count=1)),
    export("drop an exported claim", "claims_export_holds_the_claims", "claims.json",
           parsed(lambda data: data["claims"].pop())),
    export("alter an exported claim", "claims_export_holds_the_claims", "claims.json",
           parsed(lambda data: data["claims"][0].update(text="It works."))),
    export("cut an exported claim", "claims_export_holds_the_claims", "claims.json",
           parsed(lambda data: data["claims"][0].update(text=data["claims"][0]["text"][:-9]))),
    export("raise an exported tier", "claims_export_holds_the_claims", "claims.json",
           parsed(lambda data: data["claims"][1]["references"][0].update(tier="guideline"))),
    file_mutation("drop a page from the sitemap", "sitemap_lists_every_page_once", "sitemap.xml",
                  lambda text: re.sub(r"<url>.*?</url>", "", text, count=1, flags=re.DOTALL)),
    file_mutation("list a page twice", "sitemap_lists_every_page_once", "sitemap.xml",
                  lambda text: re.sub(r"(<url>.*?</url>)", r"\1\1", text, count=1,
                                      flags=re.DOTALL)),
    file_mutation("lose the sitemap", "sitemap_lists_every_page_once", "sitemap.xml", None),
    file_mutation("drop an article from the feed", "feed_has_every_article", "feeds/atom.xml",
                  lambda text: re.sub(r"<entry>.*?</entry>", "", text, count=1,
                                      flags=re.DOTALL)),
    file_mutation("do not name the sitemap", "robots_name_the_sitemap", "robots.txt",
                  lambda text: text.replace("Sitemap:", "#")),
    file_mutation("lose the 404 page", "missing_pages_are_answered", "404.html", None),
    page_mutation("drop the article from its index", "indexes_list_every_article", lambda page: [
        tag.decompose() for tag in page.all(HERE)] and None, "articles/index.html"),
    page_mutation("drop a reference from the index", "references_index_tells_who_cites",
                  drop("#apta2015"), "references/index.html"),
    page_mutation("hide who cites a reference", "references_index_tells_who_cites",
                  lambda page: [tag.decompose() for tag in page.all(f"#apta2015 {HERE}")] and None,
                  "references/index.html"),
    page_mutation("drop a glossary term", "glossary_defines_and_tells_where",
                  put("#trigger-point", "id", None), "glossary/index.html"),
    page_mutation("alter a definition", "glossary_defines_and_tells_where",
                  say("muscle", "bone", "main", 99), "glossary/index.html"),
    page_mutation("hide where a product is shown", "product_pages_tell_where",
                  lambda page: [tag.decompose() for tag in page.all(HERE)] and None,
                  "products/theraband-clx/index.html"),
    page_mutation("drop a correction", "corrections_list_every_handled_error",
                  say("E-05", "E-50", "main h3"), "corrections/index.html"),
)  # fmt: skip
