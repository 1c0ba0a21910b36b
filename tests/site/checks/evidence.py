"""Check the evidence summary: it says what claims.json and references.json say, and all of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from bs4 import Tag

from tests.site.checks.exports import export
from tests.site.checks.registry import article_check
from tests.site.expectations import Article
from tests.site.page import Page, Site, fold, visible

NO_SOURCE = "no source"


def told(site: Site, article: Article) -> list[dict[str, Any]]:
    """List the claims about health in claims.json, each with the keys that stand for it."""
    data = json.loads(export(site, article, "claims.json"))
    both = [*data["claims"], *data["uncited"]]
    return [
        {**claim, "keys": [one["key"] for one in claim.get("references", claim.get("nearby"))]}
        for claim in both
        if claim["kind"]
    ]


def grades(page: Page) -> Iterator[tuple[str, Tag]]:
    """Give each kind of evidence that the summary lists, in folded words, with its item."""
    for item in page.all("details.evidence > ul:first-of-type > li"):
        name = item.find("b")
        yield visible(name) if name else "", item


def kind_of(tier: str) -> str:
    return tier.replace("-", " ").replace("randomised", "randomized")


@article_check
def evidence_counts_the_claims(site: Site, article: Article, page: Page) -> Iterator[str]:
    claims, references = told(site, article), site.expected.references
    intro = page.soup.select_one("details.evidence > p")
    if intro is None or not re.search(rf"\b{len(claims)} sentences\b", visible(intro)):
        yield f"the summary does not say that there are {len(claims)} claims about health"
    tiers = {references[key]["custom"]["tier"] for claim in claims for key in claim["keys"]}
    shown = dict(grades(page))
    bare = [claim for claim in claims if not claim["keys"]]
    if len(shown) != len(tiers) + bool(bare):
        yield f"the summary lists {list(shown)} for {sorted(tiers)}"
    for tier in tiers:
        resting = [
            claim
            for claim in claims
            if any(references[key]["custom"]["tier"] == tier for key in claim["keys"])
        ]
        item = next((item for name, item in shown.items() if kind_of(tier) in name), None)
        if item is None or not re.search(rf": {len(resting)}\b", visible(item)):
            yield f"{len(resting)} claims rest on a {tier}, and the summary does not say so"
            continue
        keys = {
            key for c in resting for key in c["keys"] if references[key]["custom"]["tier"] == tier
        }
        if {str(a["href"]) for a in item.find_all("a", recursive=False)} != {
            f"#ref-{key}" for key in keys
        }:
            yield f"the summary does not name the sources of {tier}"
    admitted = sum(claim["admitted"] for claim in bare)
    if bare and f": {len(bare)}, and the text says so for {admitted}" not in visible(
        shown.get(NO_SOURCE, page.soup)
    ):
        yield f"{len(bare)} claims have no source, {admitted} admitted; the summary hides that"


@article_check
def evidence_opens_each_benefit_and_harm(site: Site, article: Article, page: Page) -> Iterator[str]:
    listed = {
        (name, str(link["href"]), visible(link))
        for name, item in grades(page)
        for part in item.find_all("ul")
        for link in part.select("a[href]")
    }
    wanted = set()
    for claim in told(site, article):
        if claim["kind"] != "figure":
            tiers = {site.expected.references[k]["custom"]["tier"] for k in claim["keys"]}
            for tier in tiers or {NO_SOURCE}:
                name = next((n for n, _ in grades(page) if kind_of(tier) in n), tier)
                wanted.add((name, f"#{claim['section'] or 'main'}", fold(claim["text"])))
    for one in wanted ^ listed:
        yield f"claims.json and the summary differ in {one}"


@article_check
def evidence_tells_its_gaps(site: Site, article: Article, page: Page) -> Iterator[str]:
    custom = {key: site.expected.references[key]["custom"] for key in article.numbers}
    gaps = {
        "address not found": [k for k, c in custom.items() if c["url_status"] == "missing"],
        "publisher not independent": [k for k, c in custom.items() if c["independent"] is False],
        "not established": [k for k, c in custom.items() if c["independent"] is None],
    }
    items = page.all("details.evidence > ul:last-of-type > li")
    for words, keys in gaps.items():
        text = next((visible(item) for item in items if words in visible(item)), "")
        shown = [int(number) for number in re.findall(r"\d+", text)]
        if shown != [article.numbers[key] for key in keys]:
            yield f"{words}: the summary names {shown}, not {keys}"
    unverified = sum(bool(c.get("unverified")) for c in custom.values())
    words = f"of the {len(custom)} sources, {unverified} hold something that we could not verify"
    if not any(words in visible(tag) for tag in page.all("details.evidence > p")):
        yield f"the summary does not say: {words}"


@article_check
def uncited_claims_are_on_the_page(site: Site, article: Article, page: Page) -> Iterator[str]:
    for claim in json.loads(export(site, article, "claims.json"))["uncited"]:
        section = page.by_id(claim["section"]) if claim["section"] else page.soup.find("main")
        if section is None or fold(claim["text"]) not in visible(section, cites=False):
            yield f"claims.json: {claim['text']!r} does not stand in {claim['section']}"
        if claim["kind"] not in ("figure", "efficacy", "risk"):
            yield f"claims.json: {claim['text']!r} is of kind {claim['kind']}"
        if not {one["key"] for one in claim["nearby"]} <= set(article.numbers):
            yield f"claims.json: {claim['text']!r} rests on what the page does not cite"
