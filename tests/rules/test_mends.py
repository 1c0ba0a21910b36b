"""What a machine mends is certain; what is near a name and not certain is left to the writer."""

from __future__ import annotations

import pytest

from tests.editing.site import valid_site
from wellsourced import source
from wellsourced.editing.mending import mend_document
from wellsourced.rules import Site

HEAD = "Title: Fault\nDate: 2026-01-01\nAuthor: editors\nSummary: One fault.\n"
END = "\n\n/// disclaimer | medical\n///\n"
RECOMMENDED = (
    "\n## Top {#top}\n\n/// top-products\n///\n\n## Things {#things}\n"
    "\n/// products | Things\n    items: ["
)
MENDED = {
    "GLO001": [
        ("\nSuch [[Trigger-points]] hurt.", "\nSuch [[Trigger-points|trigger points]] hurt."),
        ("\nSuch [[knots|triggerpoint]] hurt.", "\nSuch [[knots|trigger point]] hurt."),
    ],
    "CIT002": [("\nText [@boyce2020, @gattie2017].", "\nText [@boyce2020; @gattie2017].")],
    "LNK008": [
        (
            "\nSee [the label] (https://www.example.org/label).",
            "\nSee [the label](https://www.example.org/label).",
        )
    ],
    "LNK002": [
        (
            "\nSee [it](#The_Risks).\n\n## Risks {#the-risks}\n\nText.",
            "\nSee [it](#the-risks).\n\n## Risks {#the-risks}\n\nText.",
        )
    ],
    "LNK001": [
        ("\nSee [us]({filename}/pages/About.md).", "\nSee [us]({filename}/pages/about.md).")
    ],
    "BLK012": [("\nBring these:\n- pills\n- papers", "\nBring these:\n\n- pills\n- papers")],
    "PRD001": [
        (
            RECOMMENDED + "BIOFREEZE]\n///",
            RECOMMENDED + "biofreeze]\n///",
        ),
        (
            RECOMMENDED + '"Biofreeze"]\n///',
            RECOMMENDED + "biofreeze]\n///",
        ),
    ],
    "CIT001": [
        ("\nText [see @Gattie-2017, p. 3].", "\nText [see @gattie2017, p. 3]."),
        ("\nText [@gattie2017; @BOYCE2020].", "\nText [@gattie2017; @boyce2020]."),
    ],
    "DIS002": [
        (
            "\nText.\n\n/// disclaimer | comercial\n///",
            "\nText.\n\n/// disclaimer | commercial\n///",
        )
    ],
    "BLK004": [
        (
            "\n/// emergency | Call\n    statu: sourced\n\nText.\n///",
            "\n/// emergency | Call\n    status: sourced\n\nText.\n///",
        )
    ],
    "BLK001": [
        ("\n/// warnings | Watch out\nText.\n///", "\n/// warning | Watch out\nText.\n///"),
        ("\n/// takaways\n- Text.\n///", "\n/// takeaways\n- Text.\n///"),
    ],
    "REV005": [
        (
            "Reviewer: JDoe\nReviewed: 2026-11-24\n\nText.",
            "Reviewer: jdoe\nReviewed: 2026-11-24\n\nText.",
        ),
        (
            "Reviewer: j-doe\nReviewed: 2026-11-24\n\nText.",
            "Reviewer: jdoe\nReviewed: 2026-11-24\n\nText.",
        ),
    ],
    "META014": [("Status: publishd\n\nText.", "Status: published\n\nText.")],
    "META003": [
        ("Catgory: Pain\n\nText.", "Category: Pain\n\nText."),
        ("modifed: 2026-02-01\n\nText.", "Modified: 2026-02-01\n\nText."),
    ],
}
LEFT = {
    "GLO001": [
        "\nSuch [[triger point]] hurt.",
        "\n| A | B |\n| --- | --- |\n| [[Trigger-point]] | b |",
    ],
    "CIT002": ["\nText [@boyce2020, @nobody2017].", "\nText [@boyce2020, p. 3, @gattie2017]."],
    "LNK008": ["\nSee [the label](https://www.example.org/label"],
    "LNK002": ["\nSee [it](#risk).\n\n## Risks {#risks}\n\nText."],
    "LNK001": ["\nSee [us]({filename}/pages/abot.md)."],
    "BLK012": ["\nBring these:\n- pills", "\nIt began in\n2019. Then it went on.\n2020. It ended."],
    "PRD001": [RECOMMENDED + "biofreezex]\n///"],
    "CIT001": ["\nText [@gatie2017].", "\nText [@gattie2018]."],
    "DIS002": ["\nText.\n\n/// disclaimer | medicine\n///"],
    "BLK004": ["\n/// emergency | Call\n    status: sourced\n    statu: sourced\n\nText.\n///"],
    "BLK001": ["\n/// alarm | Watch out\nText.\n///"],
    "REV005": ["Reviewer: jdo\nReviewed: 2026-11-24\n\nText."],
    "META014": ["Status: publish\n\nText."],
    "META003": [
        "Sumary: Again.\n\nText.",
        "Reviewe: jdoe\n\nText.",
        "Colour: red\n\nText.",
        "Reviewer: jdoe\nReviewe: jdoe\n\nText.",
    ],
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Load the valid site once."""
    return valid_site(tmp_path_factory.mktemp("mends"))


def mended(site: Site, text: str) -> tuple[str, set[str], set[str]]:
    """Mend an article; give its text, the codes that were mended and those that are left."""
    done = mend_document(source.scan(text, "content/articles/fault.md"), site)
    return done.text, {one.code for one, _ in done.mended}, {one.code for one in done.left}


@pytest.mark.parametrize(
    ("code", "wrong", "right"),
    [(code, wrong, right) for code, pairs in MENDED.items() for wrong, right in pairs],
)
def test_what_is_certain_is_mended(site: Site, code: str, wrong: str, right: str) -> None:
    for ending in ("\n", "\r\n"):
        text, expected = ((HEAD + part + END).replace("\n", ending) for part in (wrong, right))
        after, codes, left = mended(site, text)
        assert after == expected
        assert codes == {code}
        assert code not in left
        assert mended(site, after)[:2] == (after, set())


@pytest.mark.parametrize(
    ("code", "wrong"), [(code, wrong) for code, texts in LEFT.items() for wrong in texts]
)
def test_what_is_not_certain_is_left(site: Site, code: str, wrong: str) -> None:
    text = HEAD + wrong + END
    after, _, left = mended(site, text)
    assert after == text
    assert code in left


def test_two_misspellings_of_one_field_do_not_become_two(site: Site) -> None:
    after, codes, left = mended(site, f"{HEAD}Catgory: a\nCategry: b\n\nText.{END}")
    assert "\nCategory: a\nCategry: b\n" in after
    assert codes == {"META003"}
    assert "META003" in left
