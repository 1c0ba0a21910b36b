"""Plant faults in the previews of sources."""

from tests.mutations.mutation import drop, move, page_mutation, put, say
from tests.site.page import Page

BUTTON = 'a[role=doc-biblioref][href="#ref-apta2015"] + button'


def preview(page: Page) -> str:
    """Select the preview of the reference apta2015."""
    button = page.soup.select_one(BUTTON)
    assert button is not None
    return f"#{button['popovertarget']}"


def nest_button(page: Page) -> None:
    """Put the button on the link itself."""
    move(BUTTON, 'a[role=doc-biblioref][href="#ref-apta2015"]')(page)


MUTATIONS = (
    page_mutation("drop a preview button", "previews_open_beside_their_cites", drop(BUTTON)),
    page_mutation("put a preview button on the link", "previews_open_beside_their_cites",
                  nest_button),
    page_mutation("open the preview of another source", "previews_open_beside_their_cites",
                  put(BUTTON, "popovertarget", "ref-gattie2017")),
    page_mutation("drop a preview", "previews_open_beside_their_cites",
                  lambda page: drop(preview(page))(page)),
    page_mutation("make a preview plain text", "previews_open_beside_their_cites",
                  lambda page: put(preview(page), "popover", None)(page)),
    page_mutation("announce a preview twice", "previews_open_beside_their_cites",
                  put(BUTTON, "aria-expanded", "false")),
    page_mutation("name a preview by another number", "previews_open_beside_their_cites",
                  put(BUTTON, "aria-label", "About reference 99")),
    page_mutation("alter a title in a preview", "previews_tell_of_their_source",
                  lambda page: say("Getting to the Point", "Getting", preview(page))(page)),
    page_mutation("raise a tier in a preview", "previews_tell_of_their_source",
                  lambda page: say("Trade article", "Guideline", preview(page))(page)),
    page_mutation("hide a gap in a preview", "previews_tell_of_their_source",
                  lambda page: say("The 80% figure", "It", preview(page))(page)),
    page_mutation("hide a missing address in a preview", "previews_tell_of_their_source",
                  say("Address not found", "Address", "[popover]")),
    page_mutation("hide an interest in a preview", "previews_tell_of_their_source",
                  say("Publisher not independent", "Publisher independent", "[popover]")),
    page_mutation("lose an occurrence in a preview", "previews_lead_to_source_and_cites",
                  lambda page: drop(f'{preview(page)} a[href="#cite-apta2015-1"]')(page)),
    page_mutation("alter an address in a preview", "previews_lead_to_source_and_cites",
                  lambda page: put(f'{preview(page)} a[href^="http"]', "href",
                                   "https://example.org/")(page)),
)  # fmt: skip
