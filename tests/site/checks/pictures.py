"""Pictures: what other sites show beside a link, and what no file may hold."""

from __future__ import annotations

from collections.abc import Iterator

from tests.site.checks.registry import site_check
from tests.site.page import Page, Site

_PNG = b"\x89PNG\r\n\x1a\n"
_MOST = 100_000  # bytes
_TELLING = (b"<metadata", b"<!--", b"Exif\0\0", b"eXIf", b"http://ns.adobe.com/xap")


@site_check
def other_sites_are_shown_a_card(site: Site) -> Iterator[str]:
    """Each page names a PNG of its own origin, in the size that it says, with words for it."""
    for path, page in site.pages.items():
        address = _meta(page, "og:image")
        target = site.target(page, address) if address.startswith(f"{site.origin}/") else None
        data = site.files.get(target[0], b"") if target else b""
        if not data.startswith(_PNG) or len(data) > _MOST:
            yield f"{path}: {address!r} is no card of ours"
            continue
        sizes = [str(int.from_bytes(data[at : at + 4])) for at in (16, 20)]
        if sizes != [_meta(page, f"og:image:{side}") for side in ("width", "height")]:
            yield f"{path}: the card is {sizes[0]} × {sizes[1]}, and the page says otherwise"
        if not _meta(page, "og:image:alt"):
            yield f"{path}: the card has no words"
        if not page.all('meta[name="twitter:card"][content=summary_large_image]'):
            yield f"{path}: the card would be shown small"


@site_check
def pictures_hold_nothing_that_is_not_seen(site: Site) -> Iterator[str]:
    for path, data in site.files.items():
        if path.endswith((".svg", ".png", ".jpg", ".webp", ".avif")):
            for mark in _TELLING:
                if mark in data:
                    yield f"{path} holds {mark.decode('ascii', 'replace')}"


def _meta(page: Page, name: str) -> str:
    found = page.soup.find("meta", property=name)
    return str(found.get("content")) if found else ""
