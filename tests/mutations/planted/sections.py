"""Plant faults in headings, section anchors, copy-links and the contents."""

from tests.mutations.mutation import add, drop, empty, move, page_mutation, put, say, swap, unwrap
from tests.site.page import Page


def repeat_id(page: Page) -> None:
    """Give a paragraph the id that a section has."""
    tag = page.soup.select_one("section#basics p")
    assert tag is not None
    tag["id"] = "basics"


MUTATIONS = (
    page_mutation("alter the title", "h1_is_the_title", say("can it", "will it", "h1")),
    page_mutation("add a second h1", "every_page_has_one_h1", add("main", "h1", "Another")),
    page_mutation(
        "drop the title of a page", "every_page_has_one_h1", drop("h1"), "about/index.html"
    ),
    page_mutation(
        "alter the title of a page",
        "pages_are_titled",
        empty("h1"),
        "about/index.html",
    ),
    page_mutation("drop a heading", "headings_match_the_source", drop("#risks h3")),
    page_mutation("alter a heading", "headings_match_the_source", say("hurt", "help", "h3")),
    page_mutation(
        "make a heading an h2",
        "headings_match_the_source",
        lambda page: setattr(page.soup.select_one("#risks h3"), "name", "h2"),
    ),
    page_mutation("delete a section's id", "published_anchors_stay", put("#risks", "id", None)),
    page_mutation("rename a section", "written_ids_are_kept", put("#risks", "id", "dangers")),
    page_mutation(
        "take a section's element away", "every_heading_opens_a_section", unwrap("section#risks")
    ),
    page_mutation(
        "put a copy-link into its heading",
        "every_section_has_a_copy_link",
        move("#risks .copy-link", "#risks h3"),
    ),
    page_mutation("drop a copy-link", "every_section_has_a_copy_link", drop("#risks .copy-link")),
    page_mutation(
        "point a copy-link elsewhere",
        "every_section_has_a_copy_link",
        put("#risks .copy-link", "href", "#basics"),
    ),
    page_mutation(
        "drop a contents entry",
        "contents_list_every_section",
        drop('[role=doc-toc] a[href="#risks"]'),
    ),
    page_mutation(
        "alter a contents entry",
        "contents_list_every_section",
        say("insurance", "assurance", "[role=doc-toc]"),
    ),
    page_mutation(
        "add a contents entry",
        "contents_list_every_section",
        add("[role=doc-toc] li", "a", "More", href="#more"),
    ),
    page_mutation(
        "swap two contents entries",
        "contents_list_every_section",
        swap('[role=doc-toc] a[href="#risks"]', '[role=doc-toc] a[href="#benefits"]'),
    ),
    page_mutation(
        "lift a contents entry out of its group",
        "contents_nest_as_the_page",
        move('[role=doc-toc] li:has(> a[href="#risks"])', "[role=doc-toc] :is(ol, ul)"),
    ),
    page_mutation("repeat an id", "ids_are_unique", repeat_id),
    page_mutation(
        "empty a section",
        "no_section_is_empty",
        lambda page: [tag.decompose() for tag in page.all("#insurance > :not(.heading)")] and None,
    ),
    page_mutation(
        "lose the list after its lead-in", "lead_ins_are_followed", drop("#conditions ul")
    ),
)
