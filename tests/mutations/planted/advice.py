"""Plant faults in advice, products, disclosures, figures, tables and terms."""

from tests.mutations.mutation import add, drop, move, one, page_mutation, put, say, unwrap
from tests.site.page import Page

CARDS = "[data-block=products]"
DISCLOSURE = f"{CARDS} [data-disclaimer=commercial]"
PRODUCT = "products/theraband-clx/index.html"


def unsay_approval(page: Page) -> None:
    """Call the emergency card approved."""
    one(page, ".emergency__status").string = "Approved."


def sell_in_a_page(page: Page) -> None:
    """Add an unmarked commercial link."""
    link = page.soup.new_tag("a", attrs={"href": MAKER, "rel": "noopener"})
    link.string = "Buy"
    one(page, "main").append(link)


MAKER = "https://www.therapearl.com/frequently-asked-questions"

MUTATIONS = (
    page_mutation("drop a takeaway", "takeaways_are_complete", drop("[data-block=takeaways] li")),
    page_mutation("drop the takeaways", "takeaways_are_complete", drop("[data-block=takeaways]")),
    page_mutation(
        "drop a warning's title", "advice_keeps_title_and_words", drop(".warning__title")
    ),
    page_mutation("drop the emergency card", "advice_keeps_title_and_words", drop(
        "[data-block=emergency]")),
    page_mutation("drop an emergency sign", "advice_keeps_title_and_words", drop(
        "[data-block=emergency] li")),
    page_mutation(
        "drop the emergency status", "emergency_cards_state_approval", drop(".emergency__status")
    ),
    page_mutation("invent an approval", "emergency_cards_state_approval", unsay_approval),
    page_mutation("move a product into advice", "products_keep_out_of_advice", move(
        "[data-product]", "[data-block=dont]")),
    page_mutation("sell in a warning", "products_keep_out_of_advice", add(
        "[data-block=warning]", "a", "Biofreeze", href="/products/biofreeze/")),
    page_mutation("remove the disclosure", "disclosures_come_first", drop(DISCLOSURE)),
    page_mutation("move the disclosure after the links", "disclosures_come_first", move(
        DISCLOSURE, CARDS)),
    page_mutation("soften the disclosure", "disclosures_come_first", say(
        "sell", "know", DISCLOSURE)),
    page_mutation("remove the disclosure of top products", "disclosures_come_first", drop(
        "[data-block=top-products] [data-disclaimer=commercial]")),
    page_mutation("remove the disclosure of a product page", "product_pages_disclose_first", drop(
        "[data-disclaimer=commercial]"), PRODUCT),
    page_mutation("remove rel", "commercial_links_say_so", put(
        'a[rel~="sponsored"]', "rel", "noopener"), "products/therapearl-packs/index.html"),
    page_mutation("sell in a card", "cards_link_their_pages", add(
        "#product-therapearl-packs", "a", "Buy", href=MAKER, rel="sponsored")),
    page_mutation("lose a maker's page", "product_pages_state_product_facts", drop(
        'a[rel~="sponsored"]'), "products/therapearl-packs/index.html"),
    page_mutation("sell without saying so", "commercial_links_say_so", sell_in_a_page),
    page_mutation("drop a product", "products_are_those_of_the_source", drop("[data-product]")),
    page_mutation("rename a product's card", "products_are_those_of_the_source", put(
        "[data-product]", "data-product", "other")),
    page_mutation("drop a top product", "top_products_are_those_of_the_page", drop(
        '[data-block=top-products] a[href^="#product-"]')),
    page_mutation("drop a maker", "product_pages_state_product_facts", say(
        "Performance Health", "A company", "main", 9),
        "products/sammons-preston-cold-packs/index.html"),
    page_mutation("drop a use", "cards_state_product_facts", say(
        "Cold for a sore area", "Cold", "#product-sammons-preston-cold-packs")),
    page_mutation("alter a label's strength", "cards_state_product_facts", say(
        "10.5%", "15%", "#product-biofreeze", 9)),
    page_mutation("alter a product page's strength", "product_pages_state_product_facts", say(
        "10.5%", "15%", "main", 9), "products/biofreeze/index.html"),
    page_mutation("30 minutes become 60", "cards_state_product_facts", say(
        "30 minutes", "60 minutes", "#product-sammons-preston-cold-packs", 9)),
    page_mutation("make a maker's claim ours", "claims_name_who_makes_them", say(
        "Performance Health", "we", "#product-sammons-preston-cold-packs", 9)),
    page_mutation("lose a product's page", "cards_link_their_pages", put(
        '#product-theraband-clx a[href*="/products/theraband-clx/"]', "href", "/products/")),
    page_mutation("drop the drug disclaimer", "drugs_carry_their_disclaimer", drop(
        "[data-disclaimer=drug]")),
    page_mutation("change an alternative text", "figures_match_the_source", put(
        "figure img", "alt", "A photograph")),
    page_mutation("drop an alternative text", "images_are_described_and_sized", put(
        "figure img", "alt", None)),
    page_mutation("drop an image's width", "images_are_described_and_sized", put(
        "figure img", "width", None)),
    page_mutation("lose an image", "images_are_described_and_sized", put(
        "figure img", "src", "/images/none.svg")),
    page_mutation("remove a credit", "figures_match_the_source", drop(".figure__credit")),
    page_mutation("remove a caption", "figures_match_the_source", drop("figcaption")),
    page_mutation("remove a text twin", "figures_match_the_source", drop(".figure__twin")),
    page_mutation("remove a figure", "figures_match_the_source", drop("figure")),
    page_mutation("drop a column's scope", "tables_have_column_headings", put(
        "[data-block=compare] thead th:last-child", "scope", None)),
    page_mutation("drop a row's scope", "comparisons_are_named_and_headed", put(
        "[data-block=compare] tbody th", "scope", None)),
    page_mutation("drop a row of the comparison", "comparisons_are_named_and_headed", drop(
        "[data-block=compare] tbody tr")),
    page_mutation("unname the comparison", "comparisons_are_named_and_headed", put(
        "[data-block=compare]", "aria-label", None)),
    page_mutation("drop a term", "terms_lead_to_the_glossary", unwrap("main a.term")),
    page_mutation("point a term elsewhere", "terms_lead_to_the_glossary", put(
        "main a.term", "href", "/glossary/#none")),
)  # fmt: skip
