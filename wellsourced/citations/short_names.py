"""Name a reference in running text by its authors, as author–number styles do.

Source: APA 7, section 8.17: one or two family names, or the first and "et al."; a work
without authors goes by its title.
"""

from __future__ import annotations

from collections.abc import Mapping

from wellsourced.library.reference import Reference, name_text

_TITLE_WORDS = 8


def short_name(reference: Reference) -> str:
    """Give the name of a reference in a sentence, such as "Boyce et al."."""
    authors = reference.csl.get("author")
    names = [_family(author) for author in authors] if isinstance(authors, list) else []
    if len(names) > 2:
        return f"{names[0]} et al."
    return " and ".join(names) or f"“{_short(reference.title)}”"


def _family(name: Mapping[str, object]) -> str:
    particle = str(name.get("non-dropping-particle", ""))
    family = str(name.get("family", ""))
    return f"{particle} {family}".strip() or name_text(name)


def _short(title: str) -> str:
    """Cut a title before its subtitle, and after some words."""
    words = title.partition(": ")[0].split()
    cut = words[:_TITLE_WORDS]
    return " ".join(cut) + ("…" if len(words) > len(cut) else "")
