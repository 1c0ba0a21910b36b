"""Plant faults in facts: figures, hedges, conditions, contraindications, disclaimers."""

from tests.mutations.mutation import drop, empty, move, page_mutation, put, say, swap

FACTS = "facts_stand_in_their_sections"
WORDS = "words_are_those_of_the_source"
MEDICAL = "medical_disclaimer_is_whole"

MUTATIONS = (
    page_mutation("34 states become 43", FACTS, say("34 states and", "43 states and")),
    page_mutation("34 become 43 in the table", WORDS, say("34 states", "43 states", "figure td")),
    page_mutation("5 states become 6", FACTS, say("5 states had", "6 states had")),
    page_mutation("11 undecided become 12", FACTS, say("11 by subtraction", "12 by subtraction")),
    page_mutation("80% becomes 8%", FACTS, say("an 80% gain", "an 8% gain")),
    page_mutation("10 to 15 minutes become 10 to 50", FACTS, say("10 to 15", "10 to 50")),
    page_mutation("12 years become 21", FACTS, say("12 years", "21 years")),
    page_mutation("36.7% becomes 63.7%", WORDS, say("36.7%", "63.7%")),
    page_mutation("0.1% becomes 0.01%", WORDS, say("0.1%", "0.01%")),
    page_mutation("a dozen becomes two dozen", FACTS, say("maybe a dozen", "two dozen")),
    page_mutation("two blocks become ten", FACTS, say("two blocks", "ten blocks")),
    page_mutation("2017 becomes 2007", FACTS, say("of 2017", "of 2007", "#practitioners")),
    page_mutation("2019 becomes 2009", FACTS, say("of 2019", "of 2009", "#practitioners", 2)),
    page_mutation("very low quality becomes low", WORDS, say("very low- to", "low- to")),
    page_mutation("drop 'may'", FACTS, say("may also increase", "also increases", "#how-it-works")),
    page_mutation("drop 'usually'", FACTS, say("usually does not", "does not")),
    page_mutation("drop 'some people'", FACTS, say("some people", "people", "#benefits")),
    page_mutation("drop 'not a magic cure'", FACTS, say("not a magic cure", "a cure", "main", 9)),
    page_mutation("drop 'might'", FACTS, say("might be recommended", "is recommended")),
    page_mutation("drop 'very rare'", FACTS, say("very rare", "possible")),
    page_mutation("drop 'sometimes'", FACTS, say("sometimes covered", "covered")),
    page_mutation("drop 'not statistically'", WORDS, say("the effect on pain was not", "it was")),
    page_mutation("drop a contraindication", FACTS, drop("[data-block=dont] li:nth-of-type(3)")),
    page_mutation("drop lymphedema", FACTS, drop("[data-block=dont] ul + p + ul li:last-child")),
    page_mutation("drop a caution", FACTS, drop("[data-block=warning] li:nth-of-type(2)")),
    page_mutation("drop a consent item", FACTS, drop(
        "[data-block=warning] ~ [data-block=warning] li")),
    page_mutation("call a contraindication a caution", FACTS, move(
        "[data-block=dont] li:nth-of-type(2)", "[data-block=warning] ul")),
    page_mutation("turn the need for consent over", FACTS, say(
        "is not recommended", "is recommended", "[data-block=warning] ~ [data-block=warning]")),
    page_mutation("drop what the faint feel", FACTS, say(" along with any of these", "")),
    page_mutation("5.9% becomes 59%", FACTS, say("5.9%", "59%", "#does-it-hurt")),
    page_mutation("turn a lack of proof over", FACTS, say("does not prove", "proves")),
    page_mutation("call acupuncture the same", FACTS, say(
        "needling is not acupuncture", "needling is acupuncture")),
    page_mutation("confirm the 80%", FACTS, say("could not confirm the 80%", "confirmed it")),
    page_mutation("7 days become 17", FACTS, say("7 days", "17 days", "#product-biofreeze")),
    page_mutation("drop a label's form", FACTS, say("Foam", "Gel", "#product-biofreeze dd")),
    page_mutation("call the choice of products independent", FACTS, say(
        "was not independent", "was independent", "[data-block=products]")),
    page_mutation("turn a contraindication over", WORDS, say("is not recommended", "is advised")),
    page_mutation("drop a condition", FACTS, drop("#conditions li:nth-of-type(5)")),
    page_mutation("drop a side effect", FACTS, drop("#risks li:nth-of-type(4)")),
    page_mutation("alter a policy", "pages_say_what_was_written", drop("main section p"),
                  "editorial-policy/index.html"),
    page_mutation("swap two groups of people", WORDS, swap(
        "[data-block=dont]", "[data-block=warning]")),
    page_mutation(
        "take a claim's cite away", "facts_are_borne_by_references",
        drop('#conditions a[href="#ref-apta2020"]'),
    ),
    page_mutation(
        "let another reference bear a claim", "facts_are_borne_by_references",
        put('#practitioners a[href="#ref-aota2017"]', "href", "#ref-nata"),
    ),
    page_mutation("drop the medical disclaimer", MEDICAL, drop("[data-disclaimer=medical]")),
    page_mutation("blank the medical disclaimer", MEDICAL, empty("[data-disclaimer=medical]")),
    page_mutation(
        "soften the medical disclaimer", MEDICAL,
        say("not", "perhaps not", "[data-disclaimer=medical]"),
    ),
)  # fmt: skip
