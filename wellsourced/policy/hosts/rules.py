"""Say the policy as a short list of path rules, for hosts that match paths by patterns.

Such hosts put a rule's headers on every answer under its pattern, an error included. So a pattern
never says "immutable": that goes to files that exist, each by its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from wellsourced.policy import security
from wellsourced.policy.caching import IMMUTABLE, is_immutable
from wellsourced.policy.media_types import TYPES, media_type
from wellsourced.policy.serving import Serving, address

_UNCOMMON = frozenset({"bib", "ris"})
"""Suffixes whose media type no host can be trusted to know."""


class HostLimitError(ValueError):
    """What the policy asks for is more than the host takes."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Headers for the paths that end in `.suffix`, for one address, or for every path if neither.

    Of two rules that name one header the later counts.
    """

    headers: Mapping[str, str]
    suffix: str = ""
    address: str = ""


def rules(serving: Serving, limit: int) -> tuple[Rule, ...]:
    """Give at most `limit` rules, the general one first.

    Immutable files beyond the limit, Pagefind's fragments before assets, keep the host's own
    caching: they are asked about again and answered 304.
    Raises `HostLimitError` when even the others are too many.
    """
    made = [Rule(site_wide(serving)), *_by_suffix(serving), *_by_address(serving)]
    if len(made) > limit:
        raise HostLimitError(
            f"the site needs {len(made)} header rules, and this host takes {limit}"
        )
    immutable = sorted(filter(is_immutable, serving.keys), key=lambda key: ("pagefind" in key, key))
    made += (Rule({"Cache-Control": IMMUTABLE}, address=address(key)) for key in immutable)
    return tuple(made[:limit])


def site_wide(serving: Serving) -> dict[str, str]:
    """Give the headers of a page, but for its type and caching, which hosts know well."""
    made = dict(serving.headers("index.html"))
    for name in security.object_metadata("index.html"):
        del made[name]
    return made


def differences(serving: Serving, key: str) -> dict[str, str]:
    """Give the headers of one file that are not those of a page; caching is left out."""
    of_page = site_wide(serving)
    made = serving.headers(key)
    return {
        name: value
        for name, value in made.items()
        if name not in security.object_metadata(key) and of_page[name] != value
    }


def _by_suffix(serving: Serving) -> Iterator[Rule]:
    there = {key.rpartition(".")[2] for key in serving.keys if "." in key}
    for suffix in sorted(there & TYPES.keys()):
        made = differences(serving, f"any.{suffix}")
        if suffix in _UNCOMMON:
            made["Content-Type"] = media_type(f"any.{suffix}")
        if made:
            yield Rule(made, suffix=suffix)


def _by_address(serving: Serving) -> Iterator[Rule]:
    for key in serving.keys:
        suffix = key.rpartition(".")[2]
        if not security.uses_wasm(key) and media_type(key) == media_type(f"any.{suffix}"):
            continue  # all that is told of it goes by its suffix
        made = differences(serving, key)
        told = differences(serving, f"any.{suffix}") if suffix in TYPES else {}
        if suffix in TYPES and media_type(key) != media_type(f"any.{suffix}"):
            made["Content-Type"] = media_type(key)
        if made != told:
            yield Rule(made, address=address(key))


def moves(serving: Serving, forms: Callable[[str], tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Give (old, new) in order, with each of the `forms` that a host must be told apart."""
    for old, new in sorted(serving.moved.items()):
        for form in forms(old):
            yield form, new


def every_form(old: str) -> tuple[str, ...]:
    """Give the ways in which readers ask for one page: with, without slash, with its file."""
    return old, old.rstrip("/"), f"{old}index.html"
