"""Plant faults in what other sites show of a page, and in the files of pictures."""

from __future__ import annotations

from tests.mutations.mutation import Mutation, drop, page_mutation, put
from tests.site.page import Site

_CARD = "other_sites_are_shown_a_card"
_HIDDEN = "pictures_hold_nothing_that_is_not_seen"


def comment_on_a_drawing(site: Site) -> Site:
    """Leave an editor's words in the first drawing."""
    path = next(path for path in site.files if path.endswith(".svg"))
    data = site.files[path].replace(b"</svg>", b"<!-- by me --></svg>")
    return site.with_file(path, data)


MUTATIONS = (
    page_mutation("drop the card", _CARD, drop('meta[property="og:image"]')),
    page_mutation("name a card that is not there", _CARD, put(
        'meta[property="og:image"]', "content", "http://localhost:8000/assets/images/none.png")),
    page_mutation("show another site's card", _CARD, put(
        'meta[property="og:image"]', "content", "https://example.org/a.png")),
    page_mutation("misstate the card's height", _CARD, put(
        'meta[property="og:image:height"]', "content", "600")),
    page_mutation("drop the card's words", _CARD, drop('meta[property="og:image:alt"]')),
    page_mutation("show the card small", _CARD, put(
        'meta[name="twitter:card"]', "content", "summary")),
    Mutation("leave a comment in a drawing", _HIDDEN, comment_on_a_drawing),
)  # fmt: skip
