"""Name the checks that need the whole site, and run those of which something has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from wellsourced.audit import feed, identity, links, published_pages, sitemap, unpublished
from wellsourced.audit.page_facts import PageFacts
from wellsourced.audit.roll import Lost, Roll
from wellsourced.audit.whole import Whole
from wellsourced.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class SiteCheck:
    """A check of the whole site, and what its outcome depends on.

    `facts` are the fields of `PageFacts` that it looks at; with none it is quick, and runs each
    time. `reads` tells which files' bytes it reads, `also` what else it goes by. Any of them
    depends on which pages there are and what was promised of them, and may ask for addresses
    through `Whole.asked`.
    """

    check: Callable[[Whole], Iterator[Diagnostic]]
    facts: tuple[str, ...] = ()
    reads: Callable[[str], bool] = lambda key: False
    also: Callable[[Whole], str] = lambda whole: ""

    @property
    def name(self) -> str:
        """Name it by its place in the code."""
        return f"{self.check.__module__}.{self.check.__qualname__}"


SITE_CHECKS: tuple[SiteCheck, ...] = (
    SiteCheck(links.check),
    SiteCheck(unpublished.check),
    SiteCheck(published_pages.check),
    SiteCheck(identity.check, ("robots", "canonical", "alternates", "language")),
    SiteCheck(
        feed.check,
        ("title", "summary", "language", "published", "modified"),
        reads=feed.is_feed,
    ),
    SiteCheck(
        sitemap.check,
        ("robots", "modified"),
        reads=lambda key: key in (sitemap.SITEMAP, sitemap.ROBOTS),
    ),
)
"""The checks that need the whole site; a family that is not named here checks nothing."""

RELEASE_CHECKS = (
    *SITE_CHECKS,
    SiteCheck(
        unpublished.check_dates, ("published",), also=lambda whole: whole.site.today.isoformat()
    ),
)
"""Those of what is to go out."""


@dataclass(frozen=True, slots=True)
class Differences:
    """What has changed since the last audit.

    `files` have other bytes now, or are gone; `pages` are the facts of each page that was read,
    then and now; `lost` are addresses that were there. `is_other` tells that pages came or went,
    that a promise has changed, or that nobody knows.
    """

    files: frozenset[str]
    pages: Sequence[tuple[PageFacts, PageFacts]]
    lost: Lost
    is_other: bool

    def concern(self, one: SiteCheck, asked: Sequence[str]) -> bool:
        """Tell whether a check could now come to something else; `asked` is what it asked for."""
        return (
            self.is_other
            or any(one.reads(key) for key in self.files)
            or any(
                getattr(then, name) != getattr(now, name)
                for then, now in self.pages
                for name in one.facts
            )
            or any(self.lost.holds(address) for address in asked)
        )


def run(
    checks: Sequence[SiteCheck], whole: Whole, differences: Differences, last: Roll, roll: Roll
) -> Iterator[Diagnostic]:
    """Yield what the checks find, and write down in `roll` which of them found nothing.

    One that found nothing in the last audit is left out while nothing has changed for it.
    """
    for one in checks:
        also, asked = one.also(whole), last.asked.get(one.name, ())
        was_clean = bool(one.facts) and last.clean.get(one.name) == also
        if was_clean and not differences.concern(one, asked):
            roll.clean[one.name], roll.asked[one.name] = also, asked
            continue
        whole.asked.clear()
        found = list(one.check(whole))
        yield from found
        if one.facts and not found:
            roll.clean[one.name], roll.asked[one.name] = also, tuple(whole.asked)
