"""Plant faults in the evidence summary and in the claims that it sums up."""

from tests.mutations.mutation import drop, file_mutation, page_mutation, put, say

CLAIMS = "articles/what-is-dry-needling/claims.json"
TIERS = "details.evidence > ul:first-of-type"
GAPS = "details.evidence > ul:last-of-type"

MUTATIONS = (
    page_mutation("drop the evidence summary", "evidence_counts_the_claims",
                  drop("details.evidence")),
    page_mutation("count more claims than there are", "evidence_counts_the_claims",
                  say("sentences on benefits", "0 sentences on benefits", "details.evidence")),
    page_mutation("hide the claims without a source", "evidence_counts_the_claims",
                  drop(f"{TIERS} > li:last-child")),
    page_mutation("call all gaps admitted", "evidence_counts_the_claims",
                  say("the text says so for", "the text says so for 9", TIERS)),
    page_mutation("let more claims rest on a review", "evidence_counts_the_claims",
                  say(": 4", ": 14", TIERS)),
    page_mutation("credit another source", "evidence_counts_the_claims",
                  put(f"{TIERS} > li > a", "href", "#ref-hamm2019")),
    page_mutation("hide a sentence from the summary", "evidence_opens_each_benefit_and_harm",
                  drop(f"{TIERS} li li")),
    page_mutation("alter a sentence in the summary", "evidence_opens_each_benefit_and_harm",
                  say("not a magic cure", "a cure", TIERS)),
    page_mutation("lead a sentence elsewhere", "evidence_opens_each_benefit_and_harm",
                  put(f"{TIERS} li li a", "href", "#disclaimer")),
    page_mutation("hide a missing address from the summary", "evidence_tells_its_gaps",
                  say("5, 10", "5", GAPS)),
    page_mutation("hide the dependent publishers", "evidence_tells_its_gaps",
                  drop(f"{GAPS} > li:nth-child(2)")),
    page_mutation("hide how much is unverified", "evidence_tells_its_gaps",
                  say("could not verify", "could verify", "details.evidence")),
    file_mutation("alter a claim that cites nothing", "uncited_claims_are_on_the_page", CLAIMS,
                  lambda text: text.replace("How long depends", "How deep depends")),
    file_mutation("call a claim by another kind", "uncited_claims_are_on_the_page", CLAIMS,
                  lambda text: "".join((
                      text[: (at := text.index('"uncited"'))],
                      text[at:].replace('"kind": "efficacy"', '"kind": "proof"', 1)))),
)  # fmt: skip
