"""The reading grade rests on a count of syllables, which is held against words counted by hand."""

from __future__ import annotations

import pytest

from wellsourced.rules.readability import grade, syllables, words

ONE = (
    "pain sleep blood heart week month eye ear age caused breathe used placed goes knee dose vague"
)
TWO = (
    "needle needles muscle treatment relieve relieved reduce used-up table vaccine doctor migraine"
    " minute minutes fatigue soreness special social partial fascia language guideline require"
    " likely movement safety sometimes anxious cautious rhythm spasm technique tissue diet trial"
)
THREE = (
    "physical therapist condition conditions evidence umbrella exercise medicine infection allergy"
    " nausea surgery nutrition delicious serious obvious period video vitamin calcium measuring"
    " usual manual annual radio area idea diseases viruses licenses bacterium example insulin"
)
FOUR = (
    "acupuncture practitioner significant systematic diagnosis diabetes vaccination evaluate"
    " radiation anxiety variety society magnesium usually myofascial ingredient exercises"
)
COUNTED = [
    (word, number)
    for number, listed in enumerate((ONE, TWO, THREE, FOUR), start=1)
    for word in listed.split()
    if "-" not in word
]


def test_syllables_of_words_that_health_texts_use() -> None:
    wrong = {w: (syllables(w), n) for w, n in COUNTED if syllables(w) != n}
    assert len(wrong) <= len(COUNTED) // 20, wrong


@pytest.mark.parametrize("word", ["Qi", "TCM", "12", "DC", "911"])
def test_what_has_no_vowels_counts_one(word: str) -> None:
    assert syllables(word) == 1


def test_words_are_counted_as_a_reader_would() -> None:
    assert words("It’s 5.9% of 20,464 twenty-one-day sessions: see https://example.org/a/b.") == (
        "It’s", "5.9", "of", "20,464", "twenty", "one", "day", "sessions", "see",
        "https://example.org/a/b.",
    )  # fmt: skip


def test_the_grade_is_the_formula() -> None:
    # 10 words, 2 sentences, 12 syllables
    text = ["The cat sat on the mat.", "It was very happy."]
    assert grade(text) == pytest.approx(0.39 * 5 + 11.8 * 1.2 - 15.59)
    assert grade([]) == 0.0
    assert grade(["…"]) == 0.0
