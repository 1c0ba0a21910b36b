"""Hold what rendering needs beside the Document: the library, the theme, the site's files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from wellsourced.library import Library
from wellsourced.library.bibliography import Reference
from wellsourced.rendering.components import Components
from wellsourced.rendering.words import ENGLISH, Words
from wellsourced.source.pictures import Picture


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything a page is rendered from, the same for every page of a build.

    `entries` maps a reference key to its formatted HTML; `pictures` maps a name under
    images/ to its size; `disclosures` maps a disclaimer's kind to its HTML; `pages` maps a file
    below the content folder, which findings show as `folder`, to its root-relative address.
    """

    library: Library
    components: Components
    entries: Mapping[str, str]
    pictures: Mapping[str, Picture]
    disclosures: Mapping[str, str]
    pages: Mapping[str, str] = field(default_factory=dict)
    folder: str = "content"
    site_url: str = ""
    words: Words = ENGLISH

    def speaking(self, words: Words) -> Sources:
        """Give the same sources for pages in another language."""
        return replace(self, words=words, components=self.components.speaking(words))

    def url(self, path: str) -> str:
        """Give the address of a path of this site that begins with a slash."""
        return self.site_url + path

    def reference_url(self, key: str) -> str:
        """Give the address of a reference's entry in the references index."""
        return self.url(f"/references/#{key}")


@dataclass(frozen=True, slots=True)
class FurtherReading:
    """A reference that stands on a page without being cited, and why."""

    reference: Reference
    html: str
    reason: str
