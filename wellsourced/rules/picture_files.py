"""IMG: the files of pictures — what cannot be published, and what nobody shows."""

from __future__ import annotations

from collections.abc import Iterator

from wellsourced.diagnostics import Diagnostic, Location, Severity, code, diagnose
from wellsourced.imaging import cards
from wellsourced.imaging.inspection import LONGEST_SIDE, MOST_PIXELS, Fault
from wellsourced.rules.registry import Finding, rule
from wellsourced.rules.site import Site
from wellsourced.source import Document, pictures

UNUSABLE = (Fault.UNREADABLE, Fault.UNSUPPORTED, Fault.UNSAFE)
"""Faults that also stand in the way of a file that readers only download."""


@rule("IMG005")
def unreadable_picture(document: Document, site: Site) -> Iterator[Finding]:
    """A picture cannot be read, or its size cannot.

    A damaged file shows nothing, or half; without its size the page jumps while it loads.

    Wrong: an SVG with neither `viewBox` nor `width` and `height`; a JPEG that was cut short.
    Right: `<svg viewBox="0 0 720 400" width="720" height="400">`; the JPEG saved anew.
    """
    yield from _faulty(
        document, site, Fault.UNREADABLE, 'The picture "{}" cannot be read',
        "an SVG needs a viewBox; save other pictures anew",
    )  # fmt: skip


@rule("IMG007")
def animated_picture(document: Document, site: Site) -> Iterator[Finding]:
    """A picture moves.

    Nobody can stop it; movement beside a text keeps some people from reading at all, and flashes
    can bring on a seizure (WCAG 2.2, criteria 2.2.2 and 2.3.1).

    Wrong: an animated WebP or PNG.
    Right: a figure for each step, with its own caption.
    """
    yield from _faulty(
        document, site, Fault.ANIMATED, 'The picture "{}" is animated',
        "save one of its pictures by itself, or show the steps as figures",
    )  # fmt: skip


@rule("IMG008")
def oversized_picture(document: Document, site: Site) -> Iterator[Finding]:
    """A picture has more pixels than anybody can look at.

    A small file can unfold to gigabytes and stop the build; no reader gets more than 1,440 pixels
    across anyway.

    Wrong: a scan of 20,000 × 20,000 pixels.
    Right: the same scan at 3,000 × 3,000.
    """
    most = f"{MOST_PIXELS // 1_000_000} million pixels, {LONGEST_SIDE:,} a side"
    yield from _faulty(
        document, site, Fault.TOO_LARGE, 'The picture "{}" is too large',
        f"make it smaller: {most} at most",
    )  # fmt: skip


@rule("IMG009")
def unsupported_picture(document: Document, site: Site) -> Iterator[Finding]:
    """A picture's file is of a kind that is not published.

    Not every browser shows it, and what else it holds about its maker cannot be taken out.

    Wrong: a GIF, TIFF, BMP, HEIC or AVIF file.
    Right: a PNG, JPEG, WebP or SVG; AVIF is made from it.
    """
    yield from _faulty(
        document, site, Fault.UNSUPPORTED, 'The picture "{}" is of a kind that is not published',
        "save it as PNG or JPEG",
    )  # fmt: skip


@rule("IMG010")
def print_colours(document: Document, site: Site) -> Iterator[Finding]:
    """A picture is in the colours of a printing press (CMYK).

    Screens can only guess what they look like, and a rash is known by its colour.

    Wrong: a JPEG out of a print shop's file.
    Right: the same picture saved in sRGB.
    """
    yield from _faulty(
        document, site, Fault.PRINT_COLOURS, 'The picture "{}" is in CMYK',
        "save it in RGB (sRGB)",
    )  # fmt: skip


@rule("IMG011")
def unsafe_drawing(document: Document, site: Site) -> Iterator[Finding]:
    """A drawing does more than show something.

    A script in an SVG can read what readers do here; an address in it tells another site who reads
    about which illness; an embedded photograph can say where it was taken.

    Wrong: `<script>`, `onclick="…"`, `<image href="https://…">`, `<!ENTITY …>` or `<animate>`.
    Right: shapes, text and styles; a photograph as a picture of its own.
    """
    yield from _faulty(
        document, site, Fault.UNSAFE, 'The drawing "{}" is not safe',
        "take that out of the SVG; photographs go into files of their own",
    )  # fmt: skip


@code("IMG012", Severity.WARNING)
def unused_picture(path: str) -> Diagnostic:
    """A picture is shown on no published page.

    It is not published, so it costs readers nothing; but somebody meant it to be seen.

    Wrong: a new drawing under images/, and a figure that still names the old one.
    Right: the new one's name in the figure, and the old one deleted.
    """
    return diagnose(
        Location(path), "IMG012", "No published page shows this picture.",
        "show it in a figure, or delete it",
    )  # fmt: skip


@rule("IMG013", Severity.WARNING, on="article")
def undrawable_title(document: Document, site: Site) -> Iterator[Finding]:
    """A title cannot be drawn on the picture that other sites show beside a link to the article.

    They show our name alone, and nobody sees what the article is about.

    Wrong: `Title: What are β-blockers?`
    Right: `Title: What are beta blockers?`
    """
    title = document.metadata("title")
    # An empty title and a control character in one are told by rules of their own.
    is_sound = title is not None and title.value.strip() and title.value.isprintable()
    if title and is_sound and (problem := cards.problem(title.value)):
        yield Finding(
            title.value_span,
            f"The title cannot be drawn on the article's sharing picture: {problem}.",
            "write it otherwise, or allow this with a reason",
        )


def _faulty(
    document: Document, site: Site, fault: Fault, message: str, hint: str
) -> Iterator[Finding]:
    """Yield each use of a picture that has a fault; `message` has a place for its name."""
    for use in pictures.uses(document):
        picture = site.pictures.get(use.name)
        if picture and picture.fault is fault and (use.shown or fault in UNUSABLE):
            more = f": {picture.detail}" if picture.detail else ""
            yield Finding(use.span, f"{message.format(use.name)}{more}.", hint)
