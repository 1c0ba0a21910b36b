"""Plant faults in cites, entries, back-links and further reading."""

from tests.mutations.mutation import add, drop, empty, move, page_mutation, put, say, swap
from tests.site.page import Page

CITE = 'a[role=doc-biblioref][href="#ref-apta2015"]'
BACK_LINK = "#ref-apta2015 a[role=doc-backlink]"


def renumber(page: Page) -> None:
    """Let one cite show the number of another reference."""
    tag = page.soup.select_one(CITE)
    assert tag is not None
    tag.string = "1" if tag.get_text() != "1" else "2"


def invent_address(page: Page) -> None:
    """Give an entry whose address is missing an address."""
    tag = page.soup.select_one("[role=doc-bibliography] li[data-url-status=missing]")
    assert tag is not None
    link = page.soup.new_tag("a", attrs={"href": "https://example.org/found", "rel": "noopener"})
    link.string = "https://example.org/found"
    tag.append(link)


def silence_missing_address(page: Page) -> None:
    """Leave an entry without the words that say its address is missing."""
    tag = page.soup.select_one("[role=doc-bibliography] li[data-url-status=missing]")
    assert tag is not None
    for text in tag.find_all(string=True):
        if "ddress" in text:
            text.extract()


def cite_further_reading(page: Page) -> None:
    """Let a cite lead to a reference that is only further reading."""
    further = page.soup.select_one("ul[data-block=further-reading] > li")
    tag = page.soup.select_one(CITE)
    assert further is not None
    assert tag is not None
    tag["href"] = f"#{further['id']}"


MUTATIONS = (
    page_mutation("drop a cite", "cites_follow_the_source", drop(CITE)),
    page_mutation("drop every cite of a sentence", "cites_follow_the_source", drop("#risks sup")),
    page_mutation(
        "point a cite at another reference", "cites_follow_the_source",
        put(CITE, "href", "#ref-apta2019"),
    ),
    page_mutation("renumber a cite", "cites_number_by_first_citation", renumber),
    page_mutation(
        "name a cite by another number", "cites_number_by_first_citation",
        put(CITE, "aria-label", "Reference 99"),
    ),
    page_mutation("rename a cite", "cites_bear_their_ids", put(CITE, "id", "cite-apta2015-9")),
    page_mutation("drop a back-link", "back_links_and_cites_pair", drop(BACK_LINK)),
    page_mutation(
        "point a back-link elsewhere", "back_links_and_cites_pair",
        put(BACK_LINK, "href", "#cite-hamm2019-1"),
    ),
    page_mutation(
        "name two back-links alike", "back_links_are_named_apart",
        put("#ref-boyce2020 a[role=doc-backlink]:last-of-type", "aria-label",
            "Back to where it is cited, a"),
    ),
    page_mutation(
        "swap two entries", "bibliography_holds_what_is_cited",
        swap("#ref-apta2015", "#ref-hamm2019"),
    ),
    page_mutation("drop an entry", "bibliography_holds_what_is_cited", drop("#ref-apta2015")),
    page_mutation("add an entry", "bibliography_holds_what_is_cited", move(
        "ul[data-block=further-reading] > li", "[role=doc-bibliography] > ol")),
    page_mutation(
        "drop a source reference", "all_source_references_are_shown",
        drop("ul[data-block=further-reading] > li"),
    ),
    page_mutation(
        "blank an entry", "entries_state_title_year_and_source", empty("#ref-apta2015")
    ),
    page_mutation(
        "alter the year of an entry", "entries_state_title_year_and_source",
        say("2015", "2016", "#ref-apta2015"),
    ),
    page_mutation(
        "alter the title of an entry", "entries_state_title_year_and_source",
        say("Getting to the Point", "Getting the Point", "#ref-apta2015"),
    ),
    page_mutation("call a missing address known", "entries_state_their_address", put(
        "[role=doc-bibliography] li[data-url-status=missing]", "data-url-status", "ok")),
    page_mutation("invent an address", "entries_state_their_address", invent_address),
    page_mutation(
        "hide that an address is missing", "entries_state_their_address", silence_missing_address
    ),
    page_mutation("lose an address", "entries_state_their_address", drop(
        '#ref-gattie2017 a[href^="http"]')),
    page_mutation(
        "alter a printed address", "entries_state_their_address",
        lambda page: setattr(page.soup.select_one('#ref-apta2015 a[href^="http"]'), "string", "x"),
    ),
    page_mutation(
        "call a dependent publisher independent", "entries_state_tier_and_independence",
        say("Publisher not independent of", "Publisher independent of", "[role=doc-bibliography]"),
    ),
    page_mutation(
        "raise the tier of a trade article", "entries_state_tier_and_independence",
        say("Trade article", "Systematic review", "#ref-apta2015"),
    ),
    page_mutation("cite further reading", "further_reading_gives_reasons", cite_further_reading),
    page_mutation(
        "drop a reason", "further_reading_gives_reasons",
        lambda page: [
            tag.decompose() for tag in page.all("[data-block=further-reading] > li:first-child *")
        ] and None,
    ),
    page_mutation(
        "add further reading", "further_reading_gives_reasons",
        add("ul[data-block=further-reading]", "li", "A page", id="ref-other"),
    ),
)  # fmt: skip
