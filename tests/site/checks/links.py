"""Check every address: links and fragments inside, nothing fetched from outside, no script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from tests.site.checks.registry import site_check
from tests.site.page import Site

FETCHED = ("src", "srcset", "poster", "data", "background", "action", "formaction", "ping")
FETCHING = {"stylesheet", "preload", "modulepreload", "prefetch", "icon", "preconnect", "manifest"}
CSS_ADDRESS = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""")
# The fingerprinted scripts of the theme, and the search engine that the search page loads.
OUR_SCRIPT = re.compile(r"assets/[a-z]+\.[0-9a-f]{16}\.js|pagefind/[\w.-]+")


@site_check
def links_resolve(site: Site) -> Iterator[str]:
    for path, page in site.pages.items():
        for tag in page.all("[href]"):
            href = str(tag["href"])
            target = site.target(page, href)
            if target is None:
                scheme = urlsplit(href).scheme
                if scheme not in ("http", "https", "mailto", "tel") or not href.strip():
                    yield f"{path}: {href!r} is no address"
                continue
            if target[0] not in site.files and target[0] not in site.pages:
                yield f"{path}: {href} leads nowhere"
            elif target[1] and not (target[0] in site.pages and site.has_id(*target)):
                yield f"{path}: {href} has no such fragment"


@site_check
def images_and_media_resolve(site: Site) -> Iterator[str]:
    for path, page in site.pages.items():
        for name in FETCHED:
            for tag in page.all(f"[{name}]"):
                for part in str(tag[name]).split(",") if name == "srcset" else [str(tag[name])]:
                    address = part.split()[0] if part.split() else ""
                    target = site.target(page, address)
                    if target is not None and target[0] not in site.files:
                        yield f"{path}: {name} {address!r} leads nowhere"


@site_check
def nothing_is_fetched_from_elsewhere(site: Site) -> Iterator[str]:
    for path, page in site.pages.items():
        fetched = [str(tag[name]) for name in FETCHED for tag in page.all(f"[{name}]")]
        fetched += [
            str(tag.get("href")) for tag in page.all("link")
            if FETCHING & set(tag.get_attribute_list("rel"))
        ]  # fmt: skip
        fetched += CSS_ADDRESS.findall(
            "\n".join(tag.decode_contents() for tag in page.all("style"))
        )
        for address in fetched:
            if not address.startswith(("data:", "#")) and site.target(page, address) is None:
                yield f"{path}: fetches {address}"
    for path, content in site.files.items():
        text = content.decode("utf-8", "replace") if path.endswith((".svg", ".css")) else ""
        inside = re.findall(r"""(?:href|src)\s*=\s*["'](https?:|//)""", text)
        if inside or any("//" in address for address in CSS_ADDRESS.findall(text)):
            yield f"{path}: fetches from elsewhere"
        if path.endswith(".svg") and re.search(r"<script|\son\w+\s*=|<foreignObject", text):
            yield f"{path}: an image that acts"


@site_check
def only_ours_run(site: Site) -> Iterator[str]:
    for path, page in site.pages.items():
        for tag in page.all("script"):
            target = site.target(page, str(tag["src"])) if tag.has_attr("src") else None
            if target and OUR_SCRIPT.fullmatch(target[0]) and not tag.get_text(strip=True):
                if not tag.has_attr("defer"):
                    yield f"{path}: a script that holds up the page"
            elif tag.get("type") != "application/ld+json" or tag.has_attr("src"):
                yield f"{path}: a script"
        for tag in page.all("iframe, object, embed, base, meta[http-equiv]"):
            yield f"{path}: a {tag.name} element"
        for tag in page.soup.find_all(True):
            for name, value in tag.attrs.items():
                if name == "style" or name.startswith("on"):
                    yield f"{path}: {tag.name} has {name}={value!r}"
                elif name in ("href", "src") and str(value).strip().startswith("javascript:"):
                    yield f"{path}: {tag.name} runs {value!r}"
    for path in site.files:
        if path.endswith((".js", ".mjs", ".wasm")) and not OUR_SCRIPT.fullmatch(path):
            yield f"{path}: a script"


@site_check
def links_open_safely(site: Site) -> Iterator[str]:
    for path, page in site.pages.items():
        for tag in page.all("a[href]"):
            href = str(tag["href"])
            outside = site.target(page, href) is None and href.startswith("http")
            if outside and "noopener" not in tag.get_attribute_list("rel"):
                yield f"{path}: {href} has no rel=noopener"
            if tag.has_attr("target"):
                yield f"{path}: {href} opens another window"


@site_check
def references_to_ids_resolve(site: Site) -> Iterator[str]:
    for path, page in site.pages.items():
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            for tag in page.all(f"[{name}]"):
                for id_ in str(tag[name]).split():
                    if not site.has_id(path, id_):
                        yield f"{path}: {name} names {id_}, which is missing"
