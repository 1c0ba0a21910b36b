"""Weigh what readers download against the budgets of WELLSOURCED_BUDGETS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import brotli  # type: ignore[import-untyped]

from wellsourced.diagnostics import Diagnostic, Location, Severity, code, diagnose
from wellsourced.policy.encodings import QUALITY
from wellsourced.policy.media_types import is_compressible, media_type

BUDGETS: Mapping[str, int] = {"article": 20_000, "script": 5_000, "image": 100_000}
"""Kind of file → bytes that a reader downloads for one at most; pages have their styles inside."""

_QUICK = 4  # a fiftieth of the time of the best quality, and never smaller


def check(key: str, data: bytes, kind: str, budgets: Mapping[str, int]) -> Iterator[Diagnostic]:
    """Weigh one file, as sent with Brotli; `kind` is that of its page, or `""`."""
    kind = kind or _kind(key)
    budget = budgets.get(kind)
    if budget is None or len(data) <= budget:
        return
    if is_compressible(key):
        size = len(brotli.compress(data, quality=_QUICK))
        if size > budget:
            size = len(brotli.compress(data, quality=QUALITY))
    else:
        size = len(data)
    if size > budget:
        yield too_heavy(Location(key), kind, size, budget)


def _kind(key: str) -> str:
    if key.startswith("pagefind/"):
        return ""  # loaded only by those who search
    kind = media_type(key)
    return "script" if "javascript" in kind else "image" if kind.startswith("image/") else ""


@code("AUD095", Severity.WARNING)
def too_heavy(at: Location, kind: str, size: int, budget: int) -> Diagnostic:
    """A file is heavier than its budget.

    Readers on a slow connection wait, pay, or give up.

    Wrong: an article of 40,000 bytes with Brotli where WELLSOURCED_BUDGETS allows 20,000.
    Right: two articles, or fewer words of markup.
    """
    return diagnose(
        at, "AUD095", f"This {kind} weighs {size:,} bytes as sent; its budget is {budget:,}.",
        "make it lighter, or raise WELLSOURCED_BUDGETS on purpose",
    )  # fmt: skip
