"""Hold what stands for a picture, a link or a button when it cannot be seen."""

from __future__ import annotations

from collections.abc import Iterator

from wellsourced.audit.page import Element, Page, is_named, name
from wellsourced.diagnostics import Diagnostic, Location, code, diagnose

_UNNAMED_INPUTS = frozenset({"hidden", "submit", "reset", "button", "image"})


def check(page: Page) -> Iterator[Diagnostic]:
    """Check the text alternatives of pictures, and the names of what can be operated."""
    for image in page.all("img"):
        source = image.get("src") or ""
        if image.get("alt") is None or (not image.get("alt") and _is_alone(image)):
            yield no_alternative(page.at(image, source), source)
        if image.get("width") is None or image.get("height") is None:
            yield no_size(page.at(image, source), source)
    for tag in ("area", "input"):
        for element in page.all(tag):
            is_picture = tag == "area" or element.get("type") == "image"
            if is_picture and not element.get("alt"):
                yield no_alternative(page.at(element), element.get("src") or "")
    for drawing in page.having("role", "img"):
        if drawing.tag != "img" and not name(drawing, page):
            yield no_alternative(page.at(drawing), "")
    for element in page.all("a", "button", "summary"):
        if not is_named(element, page) and (element.tag != "a" or element.get("href") is not None):
            yield no_name(page.at(element), str(element.tag))
    labelled = {label.get("for") for label in page.all("label")}
    for element in page.all("input", "select", "textarea"):
        if not _is_named(element, labelled, page):
            yield no_name(page.at(element), str(element.tag))


def _is_alone(image: Element) -> bool:
    """Tell whether a picture is what a figure or a link is there for (WCAG 2.2 SC 1.1.1)."""
    around = next(image.iterancestors("figure"), None)
    return around is not None


def _is_named(element: Element, labelled: set[str | None], page: Page) -> bool:
    if (element.get("type") or "").lower() in _UNNAMED_INPUTS:
        return True
    if element.get("id") in labelled or next(element.iterancestors("label"), None) is not None:
        return True
    return bool(element.get("aria-label") or name(element, page))


@code("AUD065")
def no_alternative(at: Location, source: str) -> Diagnostic:
    """A picture has no text alternative.

    Readers who do not see it do not learn what it shows (WCAG 2.2 SC 1.1.1).

    Wrong: `<img src="/images/needle.svg">`
    Right: `<img src="/images/needle.svg" alt="A thin needle in a knot of a muscle.">`
    """
    shown = f'The picture "{source}"' if source else "A picture"
    return diagnose(at, "AUD065", f"{shown} has no text alternative.", "say what it shows in alt")


@code("AUD066")
def no_size(at: Location, source: str) -> Diagnostic:
    """A picture has no width and height.

    The text jumps when it arrives, and readers lose their place.

    Wrong: `<img src="/images/needle.svg" alt="…">`
    Right: the same with `width="720" height="480"`.
    """
    return diagnose(
        at, "AUD066", f'The picture "{source}" has no size.', "add width and height in pixels"
    )


@code("AUD067")
def no_name(at: Location, tag: str) -> Diagnostic:
    """A link, a button or a field has no name.

    A screen reader says "link" or "edit" and nothing else (WCAG 2.2 SC 4.1.2).

    Wrong: `<a href="/about/"></a>`
    Right: `<a href="/about/">About us</a>`, or an `aria-label`.
    """
    return diagnose(
        at, "AUD067", f"A <{tag}> has no name.", "give it words, a label or an aria-label"
    )
